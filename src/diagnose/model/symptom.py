"""Symptoms: what a customer complains of, sorted under a code."""

from __future__ import annotations

from pydantic import Field

from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.text import Text

CODE = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"


class SymptomEntry(Frozen):
    """A symptom as it stands in `profiles/symptoms.toml`.

    `words` are what people in China call it, `initials` those words' in pinyin. `sanbao` is the
    failure of the Chinese 三包 list (移动电话机商品性能故障表) it belongs to. `probes` are globs in
    the order in which they are looked at; `suspects` the causes that may be behind it even where
    nothing measured shows one; `ask` what is asked at the counter.
    """

    title: Bilingual
    words: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    sanbao: str = ""
    probes: tuple[str, ...] = ()
    suspects: tuple[str, ...] = ()
    ask: tuple[Bilingual, ...] = Field(min_length=1)


class Symptom(SymptomEntry):
    """A symptom with its code."""

    code: str = Field(pattern=CODE)

    def is_called(self, wanted: str) -> bool:
        """Tell whether somebody means it by a word: its title, a word for it, or initials."""
        heard = wanted.strip().casefold()
        known = (self.title.en, self.title.zh, *self.words, *self.initials)
        return heard in {name.casefold() for name in known}

    @property
    def name(self) -> Text:
        """Its title as reports carry it."""
        return self.title.text
