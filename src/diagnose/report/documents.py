"""The two documents of a report: the sheet that is signed, and the annex with all the evidence.

Both are words and drawings only; HTML and PDF lay the same ones out. The digest of the annex's
words stands on the sheet, so that who signs the sheet signs both.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import is_dataclass

from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.report.page.annex import build_annex
from diagnose.report.page.model import Annex, Sheet
from diagnose.report.page.sheet import build_sheet
from diagnose.report.record import Record

SHEET, ANNEX = "report", "annex"
"""The names of their files, without `.html` or `.pdf`."""


@dataclass(frozen=True)
class Documents:
    """Both, with the SHA-256 of their words: what a consent names as shown.

    The digests do not depend on the paper: a rendering may say less on the sheet for want of room.
    """

    sheet: Sheet
    annex: Annex
    sheet_digest: str
    annex_digest: str


def build_documents(report: Report, *, lang: str, record: Record | None = None) -> Documents:
    """Put a report into the words of its two documents. `lang` is `zh-CN`, `en` or `both`."""
    annex = build_annex(report, lang=lang, record=record)
    annex_digest = words_digest(annex)
    sheet = build_sheet(report, lang=lang, annex_digest=annex_digest, record=record)
    return Documents(sheet, annex, words_digest(sheet), annex_digest)


def words_digest(document: Sheet | Annex) -> str:
    """The SHA-256 of everything a document says and draws, in its order."""
    content = json.dumps(
        document, default=_parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()


def _parts(value: object) -> dict[str, object]:
    """Give a part of a document as JSON shows it, without a copy of all that is in it."""
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no part of a document")
    return vars(value)
