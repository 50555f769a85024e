"""Which documents a customer is shown before he decides: their digests go into his consent."""

from __future__ import annotations

from diagnose.case.rules.decision import shown_quote
from diagnose.model.case import Case
from diagnose.model.consent import ShownDocuments
from diagnose.report.documents import build_documents
from diagnose.report.phrase import LANGUAGES_OF
from diagnose.report.record import record_of


def documents_shown(case: Case, language: str) -> ShownDocuments:
    """Make sheet and annex of the page as it is, and give their digests.

    A language that pages do not speak is one he was read them in: they were English then. Raises
    `CaseRefused` where there is nothing to agree to.
    """
    page, _ = shown_quote(case)
    spoken = language if language in LANGUAGES_OF else "en"
    made = build_documents(page, lang=spoken, record=record_of(case))
    return ShownDocuments(language=spoken, sheet=made.sheet_digest, annex=made.annex_digest)
