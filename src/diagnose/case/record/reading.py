"""From a chain to a case: each event changes the state a little; nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from diagnose.case.record.events import CaseEvent, Chain, EventKind
from diagnose.errors import CasebookInvalid, UnknownName
from diagnose.model.acceptance import Acceptance
from diagnose.model.case import Case, ConsentState, Erasure, RecordedConsent, Stage
from diagnose.model.closing import Closing
from diagnose.model.consent import Choice, Consent, Voiding, Withdrawal
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report
from diagnose.model.retention import Retention
from diagnose.model.terms import ShopTerms
from diagnose.model.verification import Verification
from diagnose.model.words import Words, with_words
from diagnose.model.work import Work

Private = Mapping[str, Any]
Changes = dict[str, Any]

AFTER_THE_END = (EventKind.EXPORTED, EventKind.ERASED)
"""What is still recorded of a case that the shop has closed: neither is a step of it."""


def read_case(chain: Chain) -> Case:
    """Read the state of a case. Raises `UnknownName` where there is none, `CasebookInvalid`."""
    if not chain.events and (chain.head or chain.private):
        raise CasebookInvalid(
            f"the record of case {chain.case} was removed; only its remains are there",
            hint=f"diagnose case verify {chain.case}",
        )
    if not chain.events:
        raise UnknownName("case", chain.case, ())
    try:
        case = _open(chain)
        for event in chain.events[1:]:
            change = _CHANGES[event.kind](case, event, _private(chain, event))
            case = case.model_copy(update=_times(case, event) | change)
    except (ValidationError, KeyError, TypeError, ValueError) as problem:
        raise CasebookInvalid(
            f"the record of case {chain.case} cannot be read: {problem}",
            hint=f"diagnose case verify {chain.case}",
        ) from problem
    return case.model_copy(update={"kept_until": kept_until(case)})


def kept_until(case: Case) -> datetime | None:
    """When the time of its private data runs out; None while the case is open."""
    return case.ended_at and case.ended_at + timedelta(days=days_kept(case))


def days_kept(case: Case) -> int:
    """How many days after its end the private data of a case are kept."""
    rule = case.retention
    return rule.days if case.works else rule.days_without_work


def _times(case: Case, event: CaseEvent) -> Changes:
    """What every event changes: the clock of the case, and the words it brought along.

    A step that is none of the ends opens the case again; a copy or an erasure is no step. Where
    the customer ended the case, closing it does not lengthen the time.
    """
    last = max(case.last_at, event.at)
    no_step = event.kind in AFTER_THE_END or (event.kind is EventKind.CLOSED and case.ended_at)
    return {
        "last_at": last,
        "ended_at": case.ended_at if no_step else last if _ends(event) else None,
        "translations": _translations(case, event),
    }


def _ends(event: CaseEvent) -> bool:
    accepted = event.kind is EventKind.ACCEPTED and event.payload["acceptance"]["solved"] is True
    took_note = (
        event.kind is EventKind.CONSENTED
        and event.payload["consent"]["choice"] == Choice.ACKNOWLEDGE
    )
    return (
        accepted
        or took_note
        or event.kind in (EventKind.REFUSED, EventKind.WITHDRAWN, EventKind.CLOSED)
    )


def _open(chain: Chain) -> Case:
    first = chain.events[0]
    private = _private(chain, first)
    if first.kind is not EventKind.OPENED:
        raise ValueError(f"it begins with {first.kind}")
    return Case(
        case_id=chain.case,
        events=len(chain.events),
        head=chain.last_hash,
        opened_at=first.at,
        opened_by=first.actor,
        last_at=first.at,
        retention=Retention.model_validate(first.payload.get("retention", {})),
        shop=_optional(ShopTerms, first.payload.get("shop")),
        private_values=len(chain.private),
        intake=_intake(first, private),
        translations=first.payload.get("translations", {}),
        contact=_optional(Contact, private.get("contact")),
        identifiers=_optional(Identifiers, private.get("identifiers")),
    )


def _intake(first: CaseEvent, private: Private) -> Intake:
    intake = Intake.model_validate(first.payload["intake"])
    words = private.get("words")
    return intake if words is None else with_words(intake, Words.model_validate(words))


def _correct(_case: Case, event: CaseEvent, private: Private) -> Changes:
    return {
        "intake": _intake(event, private),
        "contact": _optional(Contact, private.get("contact")),
        "identifiers": _optional(Identifiers, private.get("identifiers")),
    }


def _optional(model: Any, value: Any) -> Any:
    return None if value is None else model.model_validate(value)


def _private(chain: Chain, event: CaseEvent) -> Private:
    return {value.name: value.value for value in chain.private if value.seq == event.seq}


def _translations(case: Case, event: CaseEvent) -> Mapping[str, Mapping[str, str]]:
    new: Mapping[str, Mapping[str, str]] = event.payload.get("translations", {})
    old = case.translations
    return {lang: {**old.get(lang, {}), **new.get(lang, {})} for lang in {*old, *new}}


def _diagnose(case: Case, event: CaseEvent, _private: Private) -> Changes:
    page = _page(case, event.payload["page"])
    return {
        "page": page,
        "source_digest": event.payload["source_digest"],
        "ranked_again_by": tuple(event.payload.get("ranked_again_by", ())),
        "stage": _unless_worked(case, Stage.DIAGNOSED),
    }


def _quote(case: Case, event: CaseEvent, _private: Private) -> Changes:
    page = _page(case, event.payload["page"])
    return {"page": page, "stage": _unless_worked(case, Stage.QUOTED)}


def _page(case: Case, payload: Mapping[str, Any]) -> Report:
    """Read a page; the customer's words are those of the case, if they are still there.

    A page that an earlier version recorded has no seal: its words stand in it.
    """
    page = Report.model_validate(payload)
    seal, own = page.intake.seal, case.intake.seal
    if seal is None or own is None or seal.commitment != own.commitment:
        return page
    return page.model_copy(update={"intake": case.intake})


def _unless_worked(case: Case, stage: Stage) -> Stage:
    """Say what is next: a consent that was given does not need to be asked for again."""
    return Stage.AGREED if _agreed(case) else stage


def _agreed(case: Case) -> bool:
    return case.standing is not None and bool(case.standing.consent.accepted)


_DECIDED = {Choice.REFUSE: Stage.REFUSED, Choice.ACKNOWLEDGE: Stage.NOTHING_TO_REPAIR}


def _consent(case: Case, event: CaseEvent, private: Private) -> Changes:
    payload = _with_private(event.payload["consent"], private)
    consent = Consent.model_validate(payload)
    before = tuple(
        one.model_copy(update={"state": ConsentState.SUPERSEDED})
        if one.state is ConsentState.STANDS
        else one
        for one in case.consents
    )
    stage = _DECIDED.get(consent.choice, Stage.AGREED)
    return {
        "consents": (*before, RecordedConsent(seq=event.seq, consent=consent)),
        "stage": stage,
    }


def _with_private(document: Mapping[str, Any], private: Private) -> dict[str, Any]:
    """Put back what was put apart: the signer, the witness and what they wrote freely."""
    words = dict(private.get("words", {}))
    apart = {"signer": private.get("signer")}
    apart |= {"witness": words.pop("witness")} if "witness" in words else {}
    if notes := words.pop("notes", ()):
        pairs = zip(document["tests"], notes, strict=True)
        words["tests"] = [{**test, "note": note} for test, note in pairs]
    return {**document, **words, "statement": {**document["statement"], **apart}}


def _end(case: Case, seq: int, state: ConsentState) -> tuple[RecordedConsent, ...]:
    return tuple(
        one.model_copy(update={"state": state}) if one.seq == seq else one for one in case.consents
    )


def _void(case: Case, event: CaseEvent, _private: Private) -> Changes:
    voiding = Voiding.model_validate(event.payload["voiding"])
    return {
        "consents": _end(case, voiding.consent, ConsentState.VOIDED),
        "voidings": (*case.voidings, voiding),
        "stage": Stage.CONSENT_NEEDED,
    }


def _withdraw(case: Case, event: CaseEvent, private: Private) -> Changes:
    payload = _with_private(event.payload["withdrawal"], private)
    withdrawal = Withdrawal.model_validate(payload)
    return {
        "consents": _end(case, withdrawal.consent, ConsentState.WITHDRAWN),
        "withdrawals": (*case.withdrawals, withdrawal),
        "stage": Stage.CONSENT_NEEDED,
    }


def _work(case: Case, event: CaseEvent, private: Private) -> Changes:
    payload = {**event.payload["work"], **private.get("words", {})}
    return {
        "before": case.before or case.page,
        "works": (*case.works, Work.model_validate(payload)),
        "stage": Stage.WORKED,
    }


def _verify(case: Case, event: CaseEvent, _private: Private) -> Changes:
    return {
        "verification": Verification.model_validate(event.payload["verification"]),
        "after": _page(case, event.payload["report"]),
        "stage": Stage.VERIFIED,
    }


def _accept(_case: Case, event: CaseEvent, private: Private) -> Changes:
    acceptance = Acceptance.model_validate(_with_private(event.payload["acceptance"], private))
    # A customer who says that it is not solved has not closed his case.
    return {
        "acceptance": acceptance,
        "stage": Stage.CLOSED if acceptance.solved else Stage.VERIFIED,
    }


def _close(_case: Case, event: CaseEvent, private: Private) -> Changes:
    reason = private.get("words", {}).get("reason", "")
    closing = Closing(at=event.at, by=event.actor, reason=reason)
    return {"closing": closing, "stage": Stage.CLOSED_BY_SHOP}


def _export(case: Case, _event: CaseEvent, _private: Private) -> Changes:
    return {"exports": case.exports + 1}


def _erase(_case: Case, event: CaseEvent, _private: Private) -> Changes:
    payload = event.payload
    rule = payload.get("rule") is not None
    gone = Erasure(
        at=event.at, reason=payload["reason"], values=len(payload["erased"]), by_rule=rule
    )
    return {"erasure": gone}


_CHANGES: dict[EventKind, Callable[[Case, CaseEvent, Private], Changes]] = {
    EventKind.CORRECTED: _correct,
    EventKind.DIAGNOSED: _diagnose,
    EventKind.QUOTED: _quote,
    EventKind.CONSENTED: _consent,
    EventKind.REFUSED: _consent,
    EventKind.VOIDED: _void,
    EventKind.WITHDRAWN: _withdraw,
    EventKind.WORKED: _work,
    EventKind.VERIFIED: _verify,
    EventKind.ACCEPTED: _accept,
    EventKind.CLOSED: _close,
    EventKind.EXPORTED: _export,
    EventKind.ERASED: _erase,
}
