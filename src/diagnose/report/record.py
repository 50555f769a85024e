"""What may be shown beside a report: the rest of the case, and what leads to the customer.

A report never carries these; they are handed to the page for the customer's copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from diagnose.model.moment import day_text
from diagnose.model.plain import dataclass
from diagnose.model.report import Report

if TYPE_CHECKING:  # a report alone is shown without loading any of them
    from diagnose.model.acceptance import Acceptance
    from diagnose.model.bill import Bill
    from diagnose.model.case import Case, RecordedConsent
    from diagnose.model.closing import Closing
    from diagnose.model.consent import Consent, Statement, Voiding, Withdrawal
    from diagnose.model.intake import Contact, Identifiers
    from diagnose.model.retention import Retention
    from diagnose.model.terms import ShopTerms
    from diagnose.model.verification import Verification
    from diagnose.model.work import Work


@dataclass(frozen=True)
class Record:
    """Everything is optional; what is there is shown.

    `before` and `after` are the reports from before and after the repair; without `after` the page
    is that of the report after it. `earlier` are decisions that no longer count, with why.
    `retention` is how long private data are kept, `kept_until` the day it comes to.
    `translations` are those of the texts that the case added to its page.
    """

    case_id: str = ""
    opened_on: date | None = None
    shop: ShopTerms | None = None
    before: Report | None = None
    after: Report | None = None
    consent: Consent | None = None
    earlier: tuple[RecordedConsent, ...] = ()
    voidings: tuple[Voiding, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    works: tuple[Work, ...] = ()
    bill: Bill | None = None
    verification: Verification | None = None
    acceptance: Acceptance | None = None
    closing: Closing | None = None
    contact: Contact | None = None
    identifiers: Identifiers | None = None
    retention: Retention | None = None
    kept_until: date | None = None
    erased_on: date | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def record_of(case: Case, *, private: bool = False, bill: Bill | None = None) -> Record:
    """What a case adds to its page; `bill` is what is charged.

    Names, numbers and signatures only where `private` is set.
    """
    zone = case.shop.time_zone if case.shop else ""
    standing = case.standing
    acceptance, consent = case.acceptance, standing.consent if standing else None
    if not private:
        acceptance = acceptance and acceptance.model_copy(
            update={"statement": _without_signer(acceptance.statement)}
        )
        consent = consent and consent.model_copy(
            update={"statement": _without_signer(consent.statement)}
        )
    return Record(
        case_id=case.case_id,
        opened_on=day_text(case.opened_at, zone),
        shop=case.shop,
        before=case.before if case.after else None,
        after=case.after,
        consent=consent,
        earlier=tuple(one for one in case.consents if one is not standing),
        voidings=case.voidings,
        withdrawals=case.withdrawals,
        works=case.works,
        bill=case.acceptance.bill if case.acceptance and case.acceptance.bill else bill,
        verification=case.verification,
        acceptance=acceptance,
        closing=case.closing,
        contact=case.contact if private else None,
        identifiers=case.identifiers if private else None,
        retention=case.retention,
        kept_until=day_text(case.kept_until, zone) if case.kept_until else None,
        erased_on=(
            day_text(case.erasure.at, zone) if case.erasure and not case.private_values else None
        ),
        translations=case.translations,
    )


def zone_of(report: Report, record: Record) -> str:
    """The zone of the shop; a report that is of no shop keeps the offset it was made with."""
    if record.shop:
        return record.shop.time_zone
    return report.quote.shop.time_zone if report.quote else ""


def _without_signer(statement: Statement) -> Statement:
    return statement.model_copy(update={"signer": None, "witness": ""})
