"""What may be shown beside a report: the rest of the case, and what leads to the customer.

A report never carries these; they are handed to the page for the customer's copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from diagnose.model.acceptance import Acceptance
from diagnose.model.consent import Consent
from diagnose.model.intake import Contact, Identifiers
from diagnose.model.report import Report
from diagnose.model.verification import Verification
from diagnose.model.work import Work


@dataclass(frozen=True, slots=True)
class Record:
    """Everything is optional; what is there is shown.

    `before` is the report from before the repair; the page is then that of the one after it.
    """

    before: Report | None = None
    consent: Consent | None = None
    work: Work | None = None
    verification: Verification | None = None
    acceptance: Acceptance | None = None
    contact: Contact | None = None
    identifiers: Identifiers | None = None
    case_number: str = ""
