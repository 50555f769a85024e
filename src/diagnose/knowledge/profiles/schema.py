"""The form of one profile file (`profiles/devices/<vendor>/<model>.toml`).

Everything a file may say is here; an unknown key is an error. A number never stands alone: facts
and limits name their source, which a reader can look up, and how far to trust it.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, StringConstraints
from pydantic import model_validator as validator

from diagnose.knowledge.profiles.citation import cited
from diagnose.model.criterion import Basis, Criterion, OneOf, Range, Source, Value
from diagnose.model.frozen import Frozen

SCHEMA_VERSION = 1

Word = StrictBool | StrictInt | StrictStr
Number = StrictInt | StrictFloat
Scalar = StrictBool | StrictInt | StrictFloat | StrictStr
SourceText = Annotated[str, Field(min_length=8, max_length=400)]
Pattern = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
ProfileId = Annotated[
    str, Field(pattern=r"^[a-z0-9_][a-z0-9_.+-]*(/[a-z0-9_][a-z0-9_.+-]*)?$", max_length=100)
]


class FactEntry(Frozen):
    """One fact: `battery_typical_mah = { value = 4000, source = "…", confidence = "vendor" }`.

    A list is kept as words: `memory_gb = [8, 12]` is known as `("8", "12")`.
    """

    value: Scalar | list[Scalar]
    source: SourceText
    confidence: Basis

    def known(self) -> Value:
        """Give the value as the model holds it."""
        if isinstance(self.value, list):
            return tuple(str(item) for item in self.value)
        return self.value

    def cited(self) -> Source:
        """Give the source as the model holds it."""
        return Source(text=cited(self.source), basis=self.confidence)


class LimitEntry(Frozen):
    """One limit: the bounds of a range, or the judged words of a measure, never both."""

    fail_below: Number | None = None
    attention_below: Number | None = None
    attention_above: Number | None = None
    fail_above: Number | None = None
    good: tuple[Word, ...] = ()
    attention: tuple[Word, ...] = ()
    fail: tuple[Word, ...] = ()
    source: SourceText
    confidence: Basis

    @validator(mode="after")
    def _is_one_kind(self) -> Self:
        if self._words() and self._bounds():
            raise ValueError("a limit is either a range or a list of words, not both")
        if not self._words() and not self._bounds():
            raise ValueError("a limit needs at least one bound or one word")
        self.criterion()
        return self

    def criterion(self) -> Criterion:
        """Give the limit as the model judges by it."""
        source = Source(text=cited(self.source), basis=self.confidence)
        if self._words():
            return OneOf(
                good=self.good,
                attention=self.attention,
                fail=self.fail,
                source=source,
            )
        return Range.model_validate({**self._bounds(), "source": source})

    def _words(self) -> bool:
        return bool(self.good or self.attention or self.fail)

    def _bounds(self) -> dict[str, float]:
        bounds = {
            "fail_below": self.fail_below,
            "attention_below": self.attention_below,
            "attention_above": self.attention_above,
            "fail_above": self.fail_above,
        }
        return {name: bound for name, bound in bounds.items() if bound is not None}


class QuirkEntry(Frozen):
    """One known oddity of a model that a probe can take into account."""

    value: Scalar
    why: SourceText
    since: str = ""


class SeenEntry(Frozen):
    """A real unit that was read and resolves to this file: provenance.

    `capture` names the evidence (`<folder>/<file>` of the reference captures). What the build
    fingerprint does not say stands beside it.
    """

    fingerprint: Annotated[str, Field(max_length=300)] = ""
    manufacturer: Pattern | None = None
    brand: Pattern | None = None
    model: Pattern | None = None
    device: Pattern | None = None
    capture: str = ""

    @validator(mode="after")
    def _names_a_unit(self) -> Self:
        if not self.fingerprint and not self.model:
            raise ValueError("name the unit: its fingerprint, or at least its model")
        return self

    def properties(self) -> dict[str, str]:
        """Give what is known of what the unit said, for matching it again."""
        product = self.fingerprint.partition(":")[0].split("/")
        brand, name, device = product if len(product) == 3 else ("", "", "")
        conditions = {
            "ro.product.manufacturer": self.manufacturer,
            "ro.product.brand": self.brand or brand,
            "ro.product.name": name,
            "ro.product.device": self.device or device,
            "ro.product.model": self.model,
            "ro.build.fingerprint": self.fingerprint,
        }
        return {key: value for key, value in conditions.items() if value}


class ProfileFile(Frozen):
    """One file, before the files it extends are merged in."""

    version: Annotated[Literal[1], Field(alias="schema")]
    id: ProfileId
    extends: ProfileId | None = None
    title: str = ""
    marketing_name: str = ""
    match: dict[str, Pattern | Annotated[list[Pattern], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    facts: dict[str, FactEntry] = Field(default_factory=dict)
    limits: dict[str, LimitEntry] = Field(default_factory=dict)
    quirks: dict[str, dict[str, QuirkEntry]] = Field(default_factory=dict)
    seen: tuple[SeenEntry, ...] = ()
