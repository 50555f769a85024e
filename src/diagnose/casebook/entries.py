"""What is written for each step of a case: the document, its translations, and what stays apart."""

from __future__ import annotations

from typing import Any

from diagnose.casebook.events import Chain, Entry, Kind
from diagnose.model.acceptance import Acceptance
from diagnose.model.consent import Choice, Consent, Voiding, Withdrawal
from diagnose.model.frozen import Frozen
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report
from diagnose.model.verification import Verification
from diagnose.model.work import Work
from diagnose.report.translations import translations_of


def opened(intake: Intake, contact: Contact, identifiers: Identifiers) -> Entry:
    """Record what was handed over; who the customer is stays apart."""
    private = {
        name: _json(value)
        for name, value in (("contact", contact), ("identifiers", identifiers))
        if value != type(value)()
    }
    return Entry(Kind.OPENED, {"intake": _json(intake)}, private)


def diagnosed(page: Report, source_digest: str) -> Entry:
    """Record the report of the phone as the customer's page, and the digest it came with."""
    return Entry(Kind.DIAGNOSED, {"page": _json(page), "source_digest": source_digest})


def quoted(page: Report) -> Entry:
    """Record the page with its quote."""
    return Entry(Kind.QUOTED, {"page": _json(page)})


def decided(consent: Consent) -> Entry:
    """Record a consent or a refusal."""
    kind = Kind.REFUSED if consent.choice is Choice.REFUSE else Kind.CONSENTED
    return _stated(kind, "consent", consent)


def withdrawn(withdrawal: Withdrawal) -> Entry:
    """Record that the customer took his consent back."""
    return _stated(Kind.WITHDRAWN, "withdrawal", withdrawal)


def voided(voiding: Voiding) -> Entry:
    """Record that a consent no longer holds, and what changed."""
    return Entry(Kind.VOIDED, {"voiding": _json(voiding)})


def worked(work: Work) -> Entry:
    """Record work that was done."""
    return Entry(Kind.WORKED, {"work": _json(work), "translations": translations_of(work)})


def verified(verification: Verification, after: Report) -> Entry:
    """Record the check after the repair with the report it rests on."""
    table = {"zh-CN": {**after.translations.get("zh-CN", {}), **_chinese(verification)}}
    payload = {
        "verification": _json(verification),
        "report": _json(after),
        "translations": table,
    }
    return Entry(Kind.VERIFIED, payload)


def accepted(acceptance: Acceptance) -> Entry:
    """Record what the customer said at the end."""
    return _stated(Kind.ACCEPTED, "acceptance", acceptance)


def exported(*, with_private: bool) -> Entry:
    """Record that a copy left the house."""
    return Entry(Kind.EXPORTED, {"with_private": with_private})


def erased(chain: Chain, reason: str) -> Entry:
    """Record which private values go; the store takes them away in the same step."""
    gone = [{"seq": value.seq, "name": value.name} for value in chain.private]
    return Entry(Kind.ERASED, {"reason": reason, "erased": gone})


def _stated(kind: Kind, name: str, document: Consent | Withdrawal | Acceptance) -> Entry:
    body = _json(document)
    signer = body["statement"].pop("signer")
    private = {} if signer is None else {"signer": signer}
    return Entry(kind, {name: body, "translations": translations_of(document)}, private)


def _json(document: Frozen) -> dict[str, Any]:
    return document.model_dump(mode="json")


def _chinese(document: Frozen) -> dict[str, str]:
    return translations_of(document)["zh-CN"]
