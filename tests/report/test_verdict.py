"""Exit status, JUnit, JSON and the terminal say the same of every report that there can be."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml
from tests.report import samples

from diagnose.errors import Reason
from diagnose.model.compatibility import Check, Compatibility, Fit
from diagnose.model.fault import Confidence, Fault
from diagnose.model.outcome import Outcome
from diagnose.model.report import (
    STARTING,
    Attachment,
    DeviceIdentity,
    Ended,
    Report,
    cover,
    exit_status,
    summarise,
    verdict_of,
    with_verdict,
)
from diagnose.model.result import ProbeFailure, ProbeResult
from diagnose.model.text import Text
from diagnose.model.verdict import GROUNDS, Ground, status_of_run
from diagnose.report.junit import render_junit
from diagnose.report.terminal import print_report

BASE = samples.complete()


@st.composite
def results(draw: st.DrawFn) -> tuple[ProbeResult, ...]:
    """Up to four probes with any outcomes, some of them required."""
    outcomes = draw(st.lists(st.sampled_from(Outcome), max_size=4))
    return tuple(
        BASE.results[0].model_copy(
            update={
                "probe": f"area.probe_{number}",
                "outcome": outcome,
                "required": draw(st.booleans()),
                "reason": Reason.DENIED if outcome is Outcome.NOT_RUN else None,
                "error": ProbeFailure(code="x", message="y") if outcome is Outcome.ERROR else None,
                "measurements": (),
                "findings": (),
            }
        )
        for number, outcome in enumerate(outcomes)
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports with every ground a verdict can have, in any mixture."""
    found = draw(results())
    coverage = cover(found, least=draw(st.sampled_from([0.0, 0.5, 1.0])))
    ended = draw(st.sampled_from(Ended))
    state = draw(st.sampled_from(["device", STARTING]))
    confidence = draw(st.none() | st.sampled_from(Confidence))
    fit = draw(st.none() | st.sampled_from(Fit))
    return with_verdict(
        BASE.model_copy(
            update={
                "results": found,
                "coverage": coverage,
                "summary": summarise(found, coverage, ended),
                "device": DeviceIdentity(
                    attachments=(Attachment(channel="adb", state=state, serial="emulator-5554"),)
                ),
                "faults": (fault(confidence),) if confidence else (),
                "app": app(fit) if fit else None,
            }
        )
    )


def fault(confidence: Confidence) -> Fault:
    known = samples.faulty().faults[0]
    return known.model_copy(update={"confidence": confidence})


def app(fit: Fit) -> Compatibility:
    text = Text("the app")
    check = Check(id="sdk", title=text, fit=fit, asked="36", found="?", text=text)
    return Compatibility(package="org.example", verdict=fit, checks=(check,))


@given(reports())
def test_every_view_agrees_with_the_exit_status(report: Report) -> None:
    verdict = verdict_of(report)
    written = report.model_dump(mode="json")["summary"]["verdict"]
    junit = JUnitXml.fromstring(render_junit([report]).encode())

    assert exit_status(report) == written["exit_status"] == verdict.exit_status
    assert (junit.failures > 0) == written["faulty"] == verdict.faulty
    assert (junit.errors > 0) == written["incomplete"] == verdict.incomplete
    assert (verdict.exit_status == 0) == (not verdict.faulty and not verdict.incomplete)
    assert verdict.exit_status == (5 if verdict.incomplete else 1 if verdict.faulty else 0)
    assert terminal_says(report) == (verdict.faulty, verdict.incomplete)


@given(reports())
def test_the_counts_of_junit_are_those_of_its_cases(report: Report) -> None:
    root = ET.fromstring(render_junit([report, report]))  # noqa: S314 - our own file
    parsed = JUnitXml.fromstring(render_junit([report, report]).encode())
    cases = [case for suite in parsed for case in suite]
    assert parsed.tests == len(cases) == len(list(root.iter("testcase")))
    assert parsed.failures == sum(isinstance(r, Failure) for c in cases for r in c.result)
    assert parsed.errors == sum(isinstance(r, Error) for c in cases for r in c.result)
    assert len({(case.classname, case.name) for case in cases}) == len(cases)


@given(reports())
def test_every_reason_stands_in_one_case_of_junit(report: Report) -> None:
    root = ET.fromstring(render_junit([report]))  # noqa: S314 - our own file
    types = {e.attrib["type"] for case in root.iter("testcase") for e in case if "type" in e.attrib}
    answers = {reason.ground.value for reason in verdict_of(report).reasons}
    assert types <= answers
    assert bool(types) == bool(answers)


def terminal_says(report: Report) -> tuple[bool, bool]:
    """Whether the terminal calls the phone faulty, and the run incomplete."""
    page = io.StringIO()
    with redirect_stdout(page):
        print_report(report, lang="en")
    text = " ".join(page.getvalue().split())
    by_says: dict[str, list[str]] = {"faulty": ["✗ A fault was found"], "incomplete": []}
    for ground, traits in GROUNDS.items():
        lead = "" if ground in (Ground.LOST, Ground.CANCELLED) else "! "
        by_says[traits.says].append(lead + traits.text.en)
    by_says["incomplete"] += ["The connection was lost", "Stopped by the operator"]
    faulty, incomplete = (any(w in text for w in by_says[k]) for k in ("faulty", "incomplete"))
    return faulty, incomplete


def test_a_run_over_several_phones_has_one_rule() -> None:
    assert status_of_run([0, 0]) == 0
    assert status_of_run([0, 1]) == 1
    assert status_of_run([5, 1]) == 5
    assert status_of_run([0, 1], unexamined=[4]) == 5, "a phone that was not read"
    assert status_of_run([], unexamined=[4, 2]) == 4
    assert status_of_run([]) == 4
    assert status_of_run([0], interrupted=True) == 130
