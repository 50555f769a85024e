"""Symptoms: what a customer complains of, sorted under a code."""

from __future__ import annotations

from pydantic import Field

from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.text import Text

CODE = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"


class SymptomEntry(Frozen):
    """A symptom as it stands in `profiles/symptoms.toml`.

    `sanbao` is the failure of the Chinese 三包 list (移动电话机商品性能故障表) it belongs to.
    `probes` are globs in the order in which they are looked at; `suspects` the causes that may be
    behind it even where nothing measured shows one; `ask` what is asked at the counter.
    """

    title: Bilingual
    sanbao: str = ""
    probes: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    ask: tuple[Bilingual, ...] = Field(min_length=1)


class Symptom(SymptomEntry):
    """A symptom with its code."""

    code: str = Field(pattern=CODE)

    @property
    def name(self) -> Text:
        """Its title as reports carry it."""
        return self.title.text
