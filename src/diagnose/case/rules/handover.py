"""The customer's list: what he tries himself before he says that it is solved."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from diagnose.case.rules.parts import part_title
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.acceptance import Acceptance, AcceptanceTest, Origin
from diagnose.model.case import Case
from diagnose.model.consent import Statement
from diagnose.model.quote import DataRisk
from diagnose.model.text import Text

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


def accept(
    case: Case,
    tests: tuple[AcceptanceTest, ...],
    tried: Mapping[str, bool],
    *,
    solved: bool,
    remark: str,
    statement: Statement,
) -> Acceptance:
    """Record what the customer says at the end. Raises `CaseRefused`, `UnknownName`."""
    if not case.works:
        raise CaseRefused(
            "no work is recorded that could be accepted", hint=f"diagnose case work {case.case_id}"
        )
    codes = [test.code for test in tests]
    if unknown := [code for code in tried if code not in codes]:
        raise UnknownName("test of the list", unknown[0], codes)
    try:
        return Acceptance(
            solved=solved,
            tests=tuple(test.model_copy(update={"passed": tried.get(test.code)}) for test in tests),
            verdict=case.verification.verdict if case.verification else None,
            remark=remark,
            statement=statement,
        )
    except ValidationError as problem:
        said = problem.errors()[0]["msg"].removeprefix("Value error, ")
        raise CaseRefused(
            said, hint="--passed CODE for each test he tried, or --solved no"
        ) from problem


def _works(name: Text) -> Text:
    return Text(f"{name.en}: works as it should", f"{name.zh or name.en}：使用正常")
