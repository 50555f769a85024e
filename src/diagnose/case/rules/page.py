"""The customer's page: the report of the phone with what he said and what it would cost.

Its digest is what a consent is bound to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from diagnose.case.rules.phone import other_phone
from diagnose.errors import CaseRefused
from diagnose.knowledge.symptoms import symptoms_known
from diagnose.model.canonical import canonical
from diagnose.model.digest import digest_of, is_intact
from diagnose.model.intake import Intake
from diagnose.model.quote import Quote
from diagnose.model.report import Report
from diagnose.model.translations import translations_of

Translations = Mapping[str, Mapping[str, str]]


def case_page(report: Report, intake: Intake, earlier: Report | None = None) -> Report:
    """Make the page of a case from the report of its phone: with its own intake, without quote.

    Raises `CaseRefused` for a report that was changed, or of another phone than the one before.
    """
    if not is_intact(report):
        raise CaseRefused(
            "the report was changed after it was made", hint="see: diagnose report verify"
        )
    if found := other_phone(earlier, report) if earlier else ():
        raise CaseRefused(
            f"the report is of another phone than this case: {'; '.join(t.en for t in found)}",
            hint="open a case of its own for it: diagnose case open; or: --other-phone",
        )
    return after_page(report.model_copy(update={"quote": None}), intake)


def after_page(report: Report, intake: Intake) -> Report:
    """Make the page of the phone after the repair: with the intake of the case.

    Whose phone it is was looked at by the check; another board has another serial number.
    """
    page = report.model_copy(update={"intake": intake})
    return _resealed(page.model_copy(update={"translations": _named(page)}))


def _named(page: Report) -> dict[str, dict[str, str]]:
    """The page's translations with the names of the symptoms that the case was opened with."""
    names = translations_of(page.intake, symptoms_known(page.intake.symptoms))
    languages = {*page.translations, *names}
    return {
        lang: dict(sorted({**page.translations.get(lang, {}), **names.get(lang, {})}.items()))
        for lang in sorted(languages)
    }


def quoted_page(page: Report, quote: Quote, translations: Translations | None = None) -> Report:
    """Put a quote on the page. `translations` are of a quote that was read back from JSON."""
    with_quote = page.model_copy(update={"quote": quote})
    chinese = {
        **page.translations.get("zh-CN", {}),
        **(translations or {}).get("zh-CN", {}),
        **translations_of(quote)["zh-CN"],
    }
    table = {**page.translations, "zh-CN": dict(sorted(chinese.items()))}
    return _resealed(with_quote.model_copy(update={"translations": table}))


def quote_digest(quote: Quote) -> str:
    """Give the SHA-256 of the RFC 8785 form of a quote; no word of the customer's is in it."""
    return hashlib.sha256(canonical(quote.model_dump(mode="json"))).hexdigest()


def _resealed(report: Report) -> Report:
    return report.model_copy(update={"digest": digest_of(report)})
