"""Text for people, in every language the product speaks.

In the JSON a text is its English wording; the report carries a table from there to the other
languages (`translations`), so that a view needs nothing but the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import core_schema


@dataclass(frozen=True)
class Text:
    """One statement: `en` is also its key; `zh` is empty where there is no translation."""

    en: str
    zh: str = ""

    def format(self, **values: object) -> Text:
        """Fill `{name}` places in both languages; a text fills them with its own wordings."""
        chinese = {name: _chinese(value) for name, value in values.items()}
        return Text(self.en.format(**values), self.zh.format(**chinese))

    def in_language(self, lang: str) -> str:
        """Give the words of one language; English where there is no Chinese."""
        return self.zh if lang == "zh-CN" and self.zh else self.en

    def __str__(self) -> str:
        return self.en

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        # Here, not above: a phone is asked before anything loads pydantic (13 ms of a start).
        from pydantic_core import core_schema

        from_string = core_schema.no_info_after_validator_function(cls, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            json_schema=from_string,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(cls), from_string]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda text: text.en, return_schema=core_schema.str_schema()
            ),
        )


def _chinese(value: object) -> object:
    return value.zh or value.en if isinstance(value, Text) else value
