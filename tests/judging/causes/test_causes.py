"""Every fault of the virtual phones is called by its name, and a healthy phone by none."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from tests.judging.causes.bench import (
    KNOWLEDGE,
    NOW,
    PLAN,
    PROBES,
    a_phone_with,
    noticed,
    report_of,
)
from tests.judging.causes.expected import kind_of
from tests.thinning import one_in

from diagnose.errors import UsageError
from diagnose.evaluation.trials import record
from diagnose.judging.examination import examine
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.report import exit_status
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.state.battery import Battery

load_areas()
PAIRS = [pair for number, pair in enumerate(combinations(sorted(FAULTS), 2)) if number % 97 == 0]


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_of_the_simulator_states_its_cause_or_why_it_has_none(name: str) -> None:
    fault = FAULTS[name]
    assert bool(fault.causes) != bool(fault.uncaused)
    assert set(fault.causes) <= set(KNOWLEDGE.causes)
    assert not fault.masks or fault.masks.causes <= set(KNOWLEDGE.causes)


@pytest.mark.parametrize(
    "name", one_in(12, sorted(name for name, fault in FAULTS.items() if fault.causes))
)
def test_a_fault_is_ranked_first_and_is_of_the_right_kind(name: str) -> None:
    fault = FAULTS[name]
    phone = a_phone_with((name,), fault.found_by, first=sorted(FAULTS).index(name))
    assert phone, f"no phone shows {name}"
    symptoms = (fault.complaint,) if fault.complaint else ()
    [first, *_] = report_of(phone, (name,), symptoms).faults
    assert first.code in fault.causes, phone
    assert kind_of(name) in {KNOWLEDGE.causes[code].kind for code in fault.causes}


@pytest.mark.parametrize("pair", one_in(24, PAIRS), ids="+".join)
def test_two_faults_at_once_are_both_named(pair: tuple[str, str]) -> None:
    for phone in phone_names():
        try:
            report = report_of(phone, pair)
        except UsageError:
            continue
        seen = [name for name in pair if noticed(report, FAULTS[name].found_by)]
        names = {fault.code for fault in (*report.faults, *report.ruled_out)}
        for name in seen:
            hidden = {c for f in pair if (m := FAULTS[f].masks) and f != name for c in m.causes}
            known = names | hidden
            assert FAULTS[name].complaint or known & set(FAULTS[name].causes), (phone, name, names)
        return
    pytest.skip("no phone can have both")


def test_two_independent_faults_are_both_concluded() -> None:
    report = report_of("galaxy-s23", ("battery-worn", "camera-missing", "storage-full"))
    sure = {f.code for f in report.faults if f.confidence is not Confidence.POSSIBLE}
    assert sure == {"battery.worn", "camera.rear-missing"}
    assert "storage.full" in {fault.code for fault in report.faults}


@pytest.mark.parametrize("phone", one_in(3, phone_names()))
def test_a_healthy_phone_has_no_cause_and_says_how_much_was_tested(phone: str) -> None:
    report = report_of(phone)
    assert report.faults == ()
    assert report.ruled_out == ()
    assert report.conclusion
    assert report.conclusion.text.en.startswith("No cause of a fault found;")
    assert report.conclusion.causes_tested > 70
    assert exit_status(report) == 0


def test_a_healthy_phone_gets_no_advice_that_its_values_do_not_call_for() -> None:
    assert report_of("pixel-9").advice == ()


def test_advice_carries_the_phone_s_own_value() -> None:
    advice = report_of("galaxy-s23", ("battery-worn",)).advice
    assert [text for text in advice if "72 %" in text.en and "72%" in text.zh]


def test_a_possible_cause_alone_leaves_the_exit_status_at_0() -> None:
    report = report_of("pixel-9", ("animations-slow",))
    assert {fault.confidence for fault in report.faults} == {Confidence.POSSIBLE}
    assert exit_status(report) == 0


def test_a_concluded_cause_gives_exit_status_1() -> None:
    report = report_of("galaxy-s23", ("battery-worn",))
    assert report.faults[0].confidence is Confidence.LIKELY
    assert report.summary.outcome is Outcome.FAIL
    assert exit_status(report) == 1


def test_what_the_customer_says_makes_a_measured_cause_certain() -> None:
    report = report_of("galaxy-s23", ("battery-worn",), ("drains-fast",))
    assert report.faults[0].code == "battery.worn"
    assert report.faults[0].confidence is Confidence.CERTAIN
    assert [e.symptom for e in report.faults[0].evidence if e.symptom] == ["drains-fast"]


def test_a_complaint_that_is_measured_to_be_unfounded_is_ruled_out_with_the_reason() -> None:
    report = report_of("galaxy-s23", (), ("slow",))
    cleared = {fault.code: fault for fault in report.ruled_out}
    assert "software.slow-animations" in cleared
    because = [e.measurement for e in cleared["software.slow-animations"].excluded_by]
    assert because == ["software.animations.slowest"]


def test_a_part_that_no_measurement_can_clear_stays_possible_and_names_its_test() -> None:
    report = report_of("galaxy-s23", (), ("touch-dead",))
    [fault] = report.faults
    assert (fault.code, fault.confidence) == ("touch.panel-damaged", Confidence.POSSIBLE)
    assert [evidence.measurement for evidence in fault.evidence] == [""]
    assert fault.next_test
    assert exit_status(report) == 0


def test_software_stands_before_parts_of_the_same_certainty() -> None:
    report = report_of("galaxy-s23", ("storage-slow", "drainer-app"), ("slow",))
    kinds = [fault.kind for fault in report.faults if fault.confidence is Confidence.POSSIBLE]
    measured = [fault for fault in report.faults if any(e.measurement for e in fault.evidence)]
    assert measured[0].code == "software.drainer-app"
    assert "hardware" in kinds


def test_forced_values_are_evidence_of_nothing_but_themselves() -> None:
    report = report_of("galaxy-s23", ("battery-forced", "battery-dead"))
    assert [fault.code for fault in report.faults] == ["battery.values-forced"]
    assert "battery.cell-failed" in {fault.code for fault in report.ruled_out}


def test_what_was_complained_of_stands_first_and_areas_stay_together() -> None:
    report = report_of("pixel-9", (), ("drains-fast",))
    probes = [result.probe for result in report.results]
    assert probes[0] == "software.drainers"
    assert probes.index("battery.health") < probes.index("audio.cards")
    areas = [result.area for result in report.results]
    assert [a for n, a in enumerate(areas) if n == 0 or areas[n - 1] != a] == list(
        dict.fromkeys(areas)
    )


def _named(phone: Phone, symptoms: tuple[str, ...]) -> dict[str, str]:
    """The causes that something measured speaks for."""
    made = record(phone, PLAN, NOW)
    header = replace(made.header, symptoms=symptoms)
    report = examine(replace(made, header=header), PROBES)
    return {f.code: f.confidence for f in report.faults if any(e.measurement for e in f.evidence)}


def test_an_estimate_of_the_capacity_is_a_hint_only_of_what_is_complained_of() -> None:
    """Mate 40 Pro: Android's learned capacity is all there is; the catalogue says never alone."""
    healthy, worn = (build_phone("mate-40-pro", now=NOW) for _ in "hw")
    worn[Battery].wear_to(60, 900)
    assert _named(worn, ("drains-fast",))["battery.worn"] == "possible"
    assert "battery.worn" not in _named(worn, ())
    assert "battery.worn" not in _named(healthy, ("drains-fast",))
