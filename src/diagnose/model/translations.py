"""The table from the English texts of a report to its other languages.

It travels inside the report, so that a view of an old report shows the words that were shown then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from diagnose.model.symptom import Symptom
from diagnose.model.text import Text

LANGUAGES = ("zh-CN", "en")
_PLAIN = frozenset({str, int, float, bool, type(None)})


def translations_of(
    document: BaseModel, symptoms: Iterable[Symptom] = ()
) -> dict[str, dict[str, str]]:
    """Collect every translated text of a report or a part of one, sorted by its English words.

    A document read back from JSON has no translations any more: take the table it came with.
    The names of `symptoms` go in under `symptom:CODE`, for a report carries their codes only.
    """
    chinese = {text.en: text.zh for text in _texts(document) if text.zh}
    names = {f"symptom:{symptom.code}": symptom.name for symptom in symptoms}
    chinese |= {key: name.zh for key, name in names.items() if name.zh}
    english = {key: name.en for key, name in sorted(names.items())}
    return {"zh-CN": dict(sorted(chinese.items()))} | ({"en": english} if english else {})


def translated(value: Any, chinese: Mapping[str, str]) -> Any:
    """Give the texts of a part of a report their translations back, from its table.

    The inverse of `translations_of`, for what was read from JSON.
    """
    if isinstance(value, Text):
        return Text(value.en, value.zh or chinese.get(value.en, ""))
    if isinstance(value, BaseModel):
        names = type(value).model_fields
        return value.model_copy(
            update={name: translated(getattr(value, name), chinese) for name in names}
        )
    if isinstance(value, tuple):
        return tuple(translated(item, chinese) for item in value)
    if isinstance(value, Mapping):
        return {name: translated(item, chinese) for name, item in value.items()}
    return value


def _texts(document: BaseModel) -> list[Text]:
    found: list[Text] = []
    _gather(document, found)
    return found


def _gather(value: object, found: list[Text]) -> None:
    """Add the texts of a part in their order; most parts are plain, and looked at no further."""
    if type(value) in _PLAIN:
        return
    if isinstance(value, Text):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _gather(item, found)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _gather(getattr(value, name), found)
    elif isinstance(value, Mapping):
        for item in value.values():
            _gather(item, found)
