"""Phrases: what a page says, in one language or in two, each piece with its language.

A page in both languages is no translation of a page: every phrase carries both wordings, and what
is the same in both (a number, a name, what the phone said) stands there once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from diagnose.model.moment import day_text, moment_text
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.report.wording import LONGEST, PageWords
from diagnose.text import printable

LANGUAGES_OF = {"zh-CN": ("zh-CN",), "en": ("en",), "both": ("zh-CN", "en")}
"""The languages of a page by the name an operator gives it."""


@dataclass(frozen=True)
class Span:
    """A piece of text; `lang` is empty where it is in the page's own language, or in none."""

    text: str
    lang: str = ""


Phrase = tuple[Span, ...]


class Speaker:
    """Says everything in all languages of the page.

    `more` translates what stands on the page beside the report; `zone` is the shop's.
    """

    def __init__(
        self,
        report: Report,
        page_language: str,
        more: Mapping[str, Mapping[str, str]] | None = None,
        zone: str = "",
    ) -> None:
        self._zone = zone
        self.languages = LANGUAGES_OF[page_language]
        self._words = tuple(
            PageWords(
                lang, {lang: {**(more or {}).get(lang, {}), **report.translations.get(lang, {})}}
            )
            for lang in self.languages
        )

    def __call__(self, text: Text | str) -> Phrase:
        """Say a text of the report, or what the phone or a person said."""
        phrase = self.each(lambda words: words(text))
        if isinstance(text, str) or len(phrase) > 1 or self.languages[0] == "en":
            return phrase
        # Nobody has translated it: a screen reader must not read English as Chinese.
        return (Span(phrase[0].text, "en"),) if phrase[0].text == text.en else phrase

    def each(self, say: Callable[[PageWords], str]) -> Phrase:
        """Say something in every language; what comes out the same is said once."""
        if len(self._words) == 1:
            return _span(say(self._words[0]), "")
        in_languages = {words.lang: say(words) for words in self._words}
        if len(set(in_languages.values())) == 1:
            return _span(next(iter(in_languages.values())), "")
        return tuple(span for lang, text in in_languages.items() for span in _span(text, lang))

    def pair(self, en: str, zh: str) -> Phrase:
        """Say a wording of the page itself."""
        return self.each(lambda words: words.pick(en, zh))

    def moment(self, moment: datetime) -> Phrase:
        """Say a moment in the shop's time, with its offset."""
        return plain(moment_text(moment, self._zone))

    def day(self, moment: datetime) -> Phrase:
        """Say the day of a moment by the shop's calendar."""
        return plain(day_text(moment, self._zone).isoformat())

    def value(self, measurement: Measurement) -> Phrase:
        """Say a measured value with its unit, or why there is none."""
        return self.each(lambda words: words.value(measurement))

    def list(self, texts: Sequence[Text | str]) -> Phrase:
        """Say several texts one after the other."""
        return self.each(lambda words: words.pick(", ", "、").join(words(text) for text in texts))


def plain(text: str) -> Phrase:
    """A phrase that is the same in every language: an identifier, a digest, a number."""
    return _span(text, "")


def flat(phrase: Phrase) -> str:
    """A phrase as one line, for places that take no markup (titles, texts for pictures)."""
    return " · ".join(span.text for span in phrase)


def _span(text: str, lang: str) -> Phrase:
    # The one gate: whatever comes onto a page has lost its control and direction signs here.
    return (Span(printable(text, LONGEST), lang),) if text else ()
