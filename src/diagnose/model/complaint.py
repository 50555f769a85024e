"""Whether the complaint was found again on the phone, and what no probe can test at all."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.symptom import CODE
from diagnose.model.text import Text


class Reproduced(StrEnum):
    """What the measurements say of one complaint."""

    YES = "yes"  # a cause that explains it was measured, likely or certain
    HINTED = "hinted"  # something measured fits it and proves nothing
    NO = "no"  # all that is read for it was read, and nothing explains it
    NOT_TESTED = "not_tested"  # what is read for it was not read whole
    UNTESTABLE = "untestable"  # only a person can tell


class ComplaintAnswer(Frozen):
    """The answer to one symptom, in words; `because` are the codes of the causes it rests on."""

    symptom: str
    reproduced: Reproduced
    text: Text
    because: tuple[str, ...] = ()


class UntestableEntry(Frozen):
    """A function that no answer of a phone tells about, as `profiles/untestable.toml` has it."""

    title: Bilingual
    how: Bilingual
    symptoms: tuple[str, ...] = ()
    tested_by: tuple[str, ...] = Field(
        default=(), description="Probes (globs) that test it: where one answered it is not listed."
    )


class UntestableKind(UntestableEntry):
    """Such a function with its code."""

    code: str = Field(pattern=CODE)


class Untestable(Frozen):
    """It as a report carries it: what it is, and how a person tries it."""

    code: str
    title: Text
    how: Text
