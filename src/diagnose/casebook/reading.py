"""From a chain to a case: each event changes the state a little; nothing else does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from diagnose.casebook.events import Chain, Event, Kind
from diagnose.errors import CasebookInvalid, UnknownName
from diagnose.model.acceptance import Acceptance
from diagnose.model.case import Case, ConsentState, Erasure, RecordedConsent, Stage
from diagnose.model.consent import Choice, Consent, Voiding, Withdrawal
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report
from diagnose.model.verification import Verification
from diagnose.model.work import Work

Private = Mapping[str, Any]
Changes = dict[str, Any]


def read_case(chain: Chain) -> Case:
    """Read the state of a case. Raises `UnknownName` where there is none, `CasebookInvalid`."""
    if not chain.events:
        raise UnknownName("case", chain.case, ())
    try:
        case = _open(chain)
        for event in chain.events[1:]:
            change = _CHANGES[event.kind]
            case = case.model_copy(update=change(case, event, _private(chain, event)))
            case = case.model_copy(update={"translations": _translations(case, event)})
    except (ValidationError, KeyError, TypeError, ValueError) as problem:
        raise CasebookInvalid(
            f"the record of case {chain.case} cannot be read: {problem}",
            hint=f"diagnose case verify {chain.case}",
        ) from problem
    return case


def _open(chain: Chain) -> Case:
    first = chain.events[0]
    private = _private(chain, first)
    if first.kind is not Kind.OPENED:
        raise ValueError(f"it begins with {first.kind}")
    return Case(
        case_id=chain.case,
        events=len(chain.events),
        head=chain.last_hash,
        opened_at=first.at,
        opened_by=first.actor,
        intake=Intake.model_validate(first.payload["intake"]),
        contact=_optional(Contact, private.get("contact")),
        identifiers=_optional(Identifiers, private.get("identifiers")),
    )


def _optional(model: Any, value: Any) -> Any:
    return None if value is None else model.model_validate(value)


def _private(chain: Chain, event: Event) -> Private:
    return {value.name: value.value for value in chain.private if value.seq == event.seq}


def _translations(case: Case, event: Event) -> Mapping[str, Mapping[str, str]]:
    new: Mapping[str, Mapping[str, str]] = event.payload.get("translations", {})
    old = case.translations
    return {lang: {**old.get(lang, {}), **new.get(lang, {})} for lang in {*old, *new}}


def _diagnose(case: Case, event: Event, _private: Private) -> Changes:
    page = Report.model_validate(event.payload["page"])
    return {"page": page, "stage": _unless_worked(case, Stage.DIAGNOSED)}


def _quote(case: Case, event: Event, _private: Private) -> Changes:
    page = Report.model_validate(event.payload["page"])
    return {"page": page, "stage": _unless_worked(case, Stage.QUOTED)}


def _unless_worked(case: Case, stage: Stage) -> Stage:
    """Say what is next: a consent that was given does not need to be asked for again."""
    return Stage.AGREED if _agreed(case) else stage


def _agreed(case: Case) -> bool:
    return case.standing is not None and case.standing.consent.choice is not Choice.REFUSE


def _consent(case: Case, event: Event, private: Private) -> Changes:
    said = _with_signer(event.payload["consent"], private)
    consent = Consent.model_validate(said)
    before = tuple(
        one.model_copy(update={"state": ConsentState.SUPERSEDED})
        if one.state is ConsentState.STANDS
        else one
        for one in case.consents
    )
    stage = Stage.REFUSED if consent.choice is Choice.REFUSE else Stage.AGREED
    return {
        "consents": (*before, RecordedConsent(seq=event.seq, consent=consent)),
        "stage": stage,
    }


def _with_signer(document: Mapping[str, Any], private: Private) -> dict[str, Any]:
    statement = {**document["statement"], "signer": private.get("signer")}
    return {**document, "statement": statement}


def _end(case: Case, seq: int, state: ConsentState) -> tuple[RecordedConsent, ...]:
    return tuple(
        one.model_copy(update={"state": state}) if one.seq == seq else one for one in case.consents
    )


def _void(case: Case, event: Event, _private: Private) -> Changes:
    voiding = Voiding.model_validate(event.payload["voiding"])
    return {
        "consents": _end(case, voiding.consent, ConsentState.VOIDED),
        "voidings": (*case.voidings, voiding),
        "stage": Stage.CONSENT_NEEDED,
    }


def _withdraw(case: Case, event: Event, private: Private) -> Changes:
    said = _with_signer(event.payload["withdrawal"], private)
    withdrawal = Withdrawal.model_validate(said)
    return {
        "consents": _end(case, withdrawal.consent, ConsentState.WITHDRAWN),
        "withdrawals": (*case.withdrawals, withdrawal),
        "stage": Stage.CONSENT_NEEDED,
    }


def _work(case: Case, event: Event, _private: Private) -> Changes:
    return {
        "before": case.before or case.page,
        "works": (*case.works, Work.model_validate(event.payload["work"])),
        "stage": Stage.WORKED,
    }


def _verify(_case: Case, event: Event, _private: Private) -> Changes:
    return {
        "verification": Verification.model_validate(event.payload["verification"]),
        "after": Report.model_validate(event.payload["report"]),
        "stage": Stage.VERIFIED,
    }


def _accept(_case: Case, event: Event, private: Private) -> Changes:
    acceptance = Acceptance.model_validate(_with_signer(event.payload["acceptance"], private))
    # A customer who says that it is not solved has not closed his case.
    return {
        "acceptance": acceptance,
        "stage": Stage.CLOSED if acceptance.solved else Stage.VERIFIED,
    }


def _export(case: Case, _event: Event, _private: Private) -> Changes:
    return {"exports": case.exports + 1}


def _erase(_case: Case, event: Event, _private: Private) -> Changes:
    values = len(event.payload["erased"])
    return {"erasure": Erasure(at=event.at, reason=event.payload["reason"], values=values)}


_CHANGES: dict[Kind, Callable[[Case, Event, Private], Changes]] = {
    Kind.DIAGNOSED: _diagnose,
    Kind.QUOTED: _quote,
    Kind.CONSENTED: _consent,
    Kind.REFUSED: _consent,
    Kind.VOIDED: _void,
    Kind.WITHDRAWN: _withdraw,
    Kind.WORKED: _work,
    Kind.VERIFIED: _verify,
    Kind.ACCEPTED: _accept,
    Kind.EXPORTED: _export,
    Kind.ERASED: _erase,
}
