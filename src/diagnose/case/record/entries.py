"""What is written for each step of a case: the document, its translations, and what stays apart.

What a person wrote freely stands apart under `words`: it may name somebody, and must be erasable.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from diagnose.case.record.events import Chain, Entry, EventKind
from diagnose.model.acceptance import Acceptance
from diagnose.model.closing import Closing
from diagnose.model.consent import Choice, Consent, Voiding, Withdrawal
from diagnose.model.frozen import Frozen
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report
from diagnose.model.retention import Retention
from diagnose.model.terms import ShopTerms
from diagnose.model.translations import translations_of
from diagnose.model.verification import Verification
from diagnose.model.words import sealed, without_words, words_of
from diagnose.model.work import Work


def opened(
    intake: Intake,
    contact: Contact,
    identifiers: Identifiers,
    retention: Retention | None = None,
    shop: ShopTerms | None = None,
) -> Entry:
    """Record what was handed over, and where; who the customer is, and his words, stay apart."""
    intake = with_seal(intake)
    retention = retention or Retention()
    payload = {
        "intake": _json(without_words(intake)),
        "retention": _json(retention),
        **({"shop": _json(shop)} if shop else {}),
        "translations": translations_of(retention),
    }
    return Entry(EventKind.OPENED, payload, _handed_over(intake, contact, identifiers))


def corrected(intake: Intake, contact: Contact, identifiers: Identifiers) -> Entry:
    """Record the intake anew, whole: it is what is read from now on. What it was stays before."""
    payload = {"intake": _json(without_words(intake))}
    return Entry(EventKind.CORRECTED, payload, _handed_over(intake, contact, identifiers))


def with_seal(intake: Intake) -> Intake:
    """Seal an intake that has no seal yet: the page and its event carry the same one."""
    return intake if intake.seal else sealed(intake, secrets.token_hex(32))


def _handed_over(intake: Intake, contact: Contact, identifiers: Identifiers) -> dict[str, Any]:
    """What stands apart of an intake: who, which numbers, and his words."""
    private = {
        name: _json(value)
        for name, value in (("contact", contact), ("identifiers", identifiers))
        if value != type(value)()
    }
    words = words_of(intake)
    return private | ({"words": _json(words)} if words.has_words else {})


def diagnosed(
    page: Report, source_digest: str, *, ranked_again_by: Sequence[str] = (), proven: bool = True
) -> Entry:
    """Record the report of the phone as the customer's page, and the digest it came with.

    `ranked_again_by` are the symptoms by which the case ranked the causes of the report anew;
    `proven`: the report was drawn again from its capture.
    """
    payload = {"source_digest": source_digest, "ranked_again_by": list(ranked_again_by)}
    return Entry(EventKind.DIAGNOSED, {"page": _page(page), "proven": proven, **payload})


def quoted(page: Report) -> Entry:
    """Record the page with its quote."""
    return Entry(EventKind.QUOTED, {"page": _page(page)})


def decided(consent: Consent) -> Entry:
    """Record a consent or a refusal."""
    kind = EventKind.REFUSED if consent.choice is Choice.REFUSE else EventKind.CONSENTED
    return _stated(kind, "consent", consent)


def withdrawn(withdrawal: Withdrawal) -> Entry:
    """Record that the customer took his consent back."""
    return _stated(EventKind.WITHDRAWN, "withdrawal", withdrawal)


def voided(voiding: Voiding) -> Entry:
    """Record that a consent no longer holds, and what changed."""
    return Entry(EventKind.VOIDED, {"voiding": _json(voiding)})


def worked(work: Work) -> Entry:
    """Record work that was done."""
    body, private = _apart(_json(work))
    return Entry(EventKind.WORKED, {"work": body, "translations": translations_of(work)}, private)


def verified(verification: Verification, after: Report, *, proven: bool = True) -> Entry:
    """Record the check after the repair; `after` is the report it rests on, as the case's page.

    `proven`: that report was drawn again from its capture.
    """
    table = {"zh-CN": {**after.translations.get("zh-CN", {}), **_chinese(verification)}}
    payload = {
        "verification": _json(verification),
        "report": _page(after),
        "proven": proven,
        "translations": table,
    }
    return Entry(EventKind.VERIFIED, payload)


def accepted(acceptance: Acceptance) -> Entry:
    """Record what the customer said at the end."""
    return _stated(EventKind.ACCEPTED, "acceptance", acceptance)


def closed(closing: Closing) -> Entry:
    """Record that the shop closed the case; when and by whom is said by the event itself."""
    _, private = _apart({"reason": closing.reason})
    return Entry(EventKind.CLOSED, {}, private)


def exported(*, with_private: bool) -> Entry:
    """Record that a copy left the house."""
    return Entry(EventKind.EXPORTED, {"with_private": with_private})


def erased(chain: Chain, reason: str, *, ended_at: datetime | None = None, days: int = 0) -> Entry:
    """Record which private values go; the store takes them away in the same step.

    With `ended_at` they go by the retention rule: `days` after the case ended.
    """
    gone = [{"seq": value.seq, "name": value.name} for value in chain.private]
    rule = {"ended_at": ended_at.isoformat(), "days": days} if ended_at else None
    return Entry(EventKind.ERASED, {"reason": reason, "erased": gone, "rule": rule})


def _stated(kind: EventKind, name: str, document: Consent | Withdrawal | Acceptance) -> Entry:
    body, private = _apart(_json(document))
    signer = body["statement"].pop("signer")
    private |= {} if signer is None else {"signer": signer}
    return Entry(kind, {name: body, "translations": translations_of(document)}, private)


def _apart(body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take free text and the name of the witness out of a document; they are put apart."""
    words = {
        name: body.pop(name) for name in ("reason", "remark", "note", "unchecked") if body.get(name)
    }
    if body.get("statement", {}).get("witness"):
        words["witness"] = body["statement"].pop("witness")
    notes = [test.pop("note", "") for test in body.get("tests", ())]
    if any(notes):
        words["notes"] = notes
    return body, {"words": words} if words else {}


def _page(page: Report) -> dict[str, Any]:
    """Write a page without the customer's words; its digest holds without them."""
    return _json(page.model_copy(update={"intake": without_words(page.intake)}))


def _json(document: Frozen) -> dict[str, Any]:
    return document.model_dump(mode="json")


def _chinese(document: Frozen) -> dict[str, str]:
    return translations_of(document)["zh-CN"]
