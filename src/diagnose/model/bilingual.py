"""Words as data files hold them: every text in both languages, or it is no text."""

from __future__ import annotations

from pydantic import Field

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text


class Bilingual(Frozen):
    """A text of a data file: `{ en = "…", zh = "…" }`."""

    en: str = Field(min_length=2, max_length=600)
    zh: str = Field(min_length=1, max_length=600)

    @property
    def text(self) -> Text:
        """The text as reports carry it."""
        return Text(self.en, self.zh)
