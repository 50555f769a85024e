"""The customer's list: what he tries himself before he says that it is solved."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from diagnose.case.rules.billing import bill_of
from diagnose.case.rules.parts import part_title
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.acceptance import Acceptance, AcceptanceTest, Origin
from diagnose.model.case import Case
from diagnose.model.consent import Statement
from diagnose.model.plain import dataclass
from diagnose.model.quote import DataRisk
from diagnose.model.text import Text
from diagnose.model.verification import Verdict, Verification

COMPLAINT = AcceptanceTest(
    code="complaint",
    title=Text("What you complained of, tried by yourself, is gone", "您亲自试用，所报故障已消失"),
    origin=Origin.COMPLAINT,
)
DATA = AcceptanceTest(
    code="data",
    title=Text("Your data are there as agreed", "您的数据与约定一致"),
    origin=Origin.GENERAL,
)


def acceptance_list(case: Case, symptoms: Mapping[str, Text]) -> tuple[AcceptanceTest, ...]:
    """Make the list from the complaint and the work. `symptoms` names symptom codes."""
    done = [item for work in case.works for item in work.items]
    complained = tuple(
        AcceptanceTest(
            code=f"symptom.{code}", title=symptoms.get(code, Text(code)), origin=Origin.COMPLAINT
        )
        for code in case.intake.symptoms
    )
    parts = dict.fromkeys(item.part for item in done if item.part)
    worked = tuple(
        AcceptanceTest(code=f"part.{part}", title=_works(part_title(part)), origin=Origin.WORK)
        for part in parts
    )
    at_risk = any(item.data_risk is not DataRisk.NONE for item in done)
    return (COMPLAINT, *complained, *worked, *((DATA,) if at_risk else ()))


@dataclass(frozen=True)
class CustomerWord:
    """What the customer says at the end.

    `unchecked` is why the phone was not checked after the repair. `despite_check`: he says that it
    is solved, and was told that the check says it is not.
    """

    solved: bool
    tried: Mapping[str, bool]
    remark: str = ""
    unchecked: str = ""
    despite_check: bool = False


def last_check(case: Case) -> Verification | None:
    """Give the check after the repair; one from before the last work is none."""
    check = case.verification
    if check is None or any(work.finished_at > check.checked_at for work in case.works):
        return None
    return check


def untried(
    tests: tuple[AcceptanceTest, ...], tried: Mapping[str, bool]
) -> tuple[AcceptanceTest, ...]:
    """What he complained of and did not try, or tried in vain: with it nothing is solved."""
    own = (test for test in tests if test.origin is Origin.COMPLAINT)
    return tuple(test for test in own if tried.get(test.code) is not True)


def accept(
    case: Case, tests: tuple[AcceptanceTest, ...], word: CustomerWord, statement: Statement
) -> Acceptance:
    """Record what the customer says at the end. Raises `CaseRefused`, `UnknownName`."""
    if not case.works:
        raise CaseRefused(
            "no work is recorded that could be accepted", hint=f"diagnose case work {case.case_id}"
        )
    tried, check = word.tried, last_check(case)
    _refuse_unchecked(case, word, check)
    codes = [test.code for test in tests]
    if unknown := [code for code in tried if code not in codes]:
        raise UnknownName("test of the list", unknown[0], codes)
    try:
        return Acceptance(
            solved=word.solved,
            tests=tuple(test.model_copy(update={"passed": tried.get(test.code)}) for test in tests),
            verdict=check.verdict if check else None,
            unchecked="" if check else word.unchecked.strip(),
            despite_check=word.despite_check and bool(check) and word.solved,
            bill=bill_of(case),
            remark=word.remark,
            statement=statement,
        )
    except ValidationError as problem:
        message = problem.errors()[0]["msg"].removeprefix("Value error, ")
        raise CaseRefused(
            message, hint="--passed CODE for each test he tried, or --solved no"
        ) from problem


def _refuse_unchecked(case: Case, word: CustomerWord, check: Verification | None) -> None:
    """Neither a missing check nor one that says otherwise is passed over in silence."""
    if check is None and not word.unchecked.strip():
        raise CaseRefused(
            "the phone was not checked after the repair",
            hint=f"diagnose run --out AFTER; diagnose case verify {case.case_id} --report AFTER; "
            "or say why not: --unchecked REASON",
        )
    if check and check.verdict is Verdict.NOT_SOLVED and word.solved and not word.despite_check:
        reasons = " ".join(reason.en for reason in check.reasons)
        raise CaseRefused(
            f"the check after the repair says that it is not solved: {reasons}",
            hint="tell the customer; if he says that it is solved all the same: --despite-check",
        )


def _works(name: Text) -> Text:
    return Text(f"{name.en}: works as it should", f"{name.zh or name.en}：使用正常")
