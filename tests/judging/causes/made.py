"""Causes and readings made for one test: what a rule does, whatever the shipped knowledge says."""

from __future__ import annotations

from typing import Any

from diagnose.knowledge.cause_files import Knowledge
from diagnose.model.cause import CareAdvice, Cause, Condition
from diagnose.model.outcome import Outcome
from diagnose.model.result import About, Finding, Measurement, ProbeResult
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text

WORD = Text("word", "词")
ABOUT = About(tested=WORD, meaning=WORD, consequence=WORD, action=WORD)
SLOW = Symptom.model_validate(
    {
        "code": "slow",
        "title": {"en": "Slow", "zh": "卡顿"},
        "ask": [{"en": "Since when?", "zh": "何时开始？"}],
    }
)


def two(en: str) -> dict[str, str]:
    return {"en": en, "zh": f"{en}（中）"}


def condition(name: Any = "area.one.value", **parts: Any) -> Condition:
    return Condition.model_validate({"id": name, **parts})


def cause(code: str = "area.cause", **parts: Any) -> Cause:
    """A cause for which `area.one.value` speaks, strongly, where nothing else is said."""
    strong = any(c.strength == "strong" for c in parts.get("for", [condition()]))
    return Cause.model_validate(
        {
            "code": code,
            "kind": "hardware",
            "title": two(f"title of {code}"),
            "suspected": two("it may be"),
            "shown": two("it was measured") if strong else None,
            "innocent": two("it may be nothing"),
            "consequence": two("it gets worse"),
            "symptoms": ("slow",),
            "for": (condition(),),
            "next_test": two("look at it"),
            "repair": ("replace-battery",),
            **parts,
        }
    )


def knowledge(*causes: Cause, care: tuple[CareAdvice, ...] = ()) -> Knowledge:
    return Knowledge({one.code: one for one in causes}, care, {}, "00" * 32)


def measured(
    name: str = "area.one.value",
    outcome: Outcome = Outcome.FAIL,
    *,
    value: Any = 1,
    source: str = "",
    **more: Any,
) -> Measurement:
    source = source or f"asked for {name}"
    return Measurement(
        id=name, title=Text("Value", "数值"), value=value, outcome=outcome, source=source, **more
    )


def result(
    *measurements: Measurement, outcome: Outcome = Outcome.FAIL, findings: tuple[Finding, ...] = ()
) -> ProbeResult:
    return ProbeResult(
        probe=".".join(measurements[0].id.split(".")[:2]),
        version=1,
        tier="checked",
        origin="here",
        sha256="00" * 32,
        area="area",
        title=WORD,
        required=False,
        outcome=outcome,
        duration_ms=1.0,
        measurements=measurements,
        findings=findings,
        about=ABOUT,
    )
