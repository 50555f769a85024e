"""The digest of a report: what a consent is bound to.

SHA-256 over the RFC 8785 canonical JSON of the report without its `digest`. On the page of a case
the seal of the customer's words stands for the words, so that they can be erased.
"""

from __future__ import annotations

import hashlib

from diagnose.model.canonical import canonical
from diagnose.model.report import Report
from diagnose.model.words import seal_fits, without_words


def digest_of(report: Report) -> str:
    """Compute the digest; the field `digest` itself plays no part."""
    if report.intake.seal:
        report = report.model_copy(update={"intake": without_words(report.intake)})
    body = report.model_dump(mode="json", exclude={"digest"})
    return hashlib.sha256(canonical(body)).hexdigest()


def is_intact(report: Report) -> bool:
    """Whether the report still has the digest it was made with."""
    try:
        fits = bool(report.digest) and digest_of(report) == report.digest
    except ValueError:  # a number that RFC 8785 cannot write: nobody ever took its digest
        return False
    return fits and seal_fits(report.intake)
