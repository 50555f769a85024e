"""The check after the repair: unknown is never solved, and only what was agreed may change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.rules.samples import (
    ACCEPT,
    AFTER,
    BEFORE,
    FAULT,
    T0,
    Counter,
    agreed,
    part,
    quote,
    report,
)

from diagnose.case.record import entries
from diagnose.case.rules import aftercheck, handover
from diagnose.case.rules.aftercheck import verify_repair
from diagnose.case.rules.decision import state
from diagnose.case.rules.parts import compare_parts, part_titles, signs_by_part
from diagnose.errors import CaseRefused, Reason, UnknownName
from diagnose.knowledge.probes import measures_known
from diagnose.model.case import Stage
from diagnose.model.digest import digest_of
from diagnose.model.outcome import Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.text import Text
from diagnose.model.verification import PartState, ProbeComparison, Verdict, Verification

LATER = T0 + timedelta(hours=2)
OWN = frozenset({"battery.health"})


BOTH = ("battery-part", "battery-labour")


def repaired(*, on: Report | None = None, items: tuple[str, ...] = BOTH, **work: Any) -> Counter:
    counter = Counter()
    counter.diagnose(on)
    counter.quote()
    counter.decide(**ACCEPT)
    counter.work(*items, **work)
    return counter


def after(changes: dict[str, Any] | None = None, **more: Any) -> Report:
    return report(AFTER | (changes or {}), at=LATER, **more)


def check(counter: Counter, new: Report, own: frozenset[str] = OWN) -> Verification:
    named = {name: Text(name) for name in own}
    return verify_repair(counter.case, new, symptom_probes=named, at=LATER)


def part_states(verification: Verification) -> dict[str, PartState]:
    return {part.part: part.state for part in verification.parts}


def test_the_agreed_part_changed_and_the_complaint_is_gone() -> None:
    found = check(repaired(), after())
    assert found.verdict is Verdict.SOLVED
    states = part_states(found)
    assert states["battery"] is PartState.CHANGED
    assert states["mainboard"] is PartState.SAME
    assert states["display"] is PartState.SAME_TYPE
    assert states["camera"] is PartState.UNKNOWN


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.FAIL, Verdict.NOT_SOLVED),
        (Outcome.ATTENTION, Verdict.NOT_SOLVED),
        (Outcome.NOT_RUN, Verdict.NOT_PROVEN),
        (Outcome.ERROR, Verdict.NOT_PROVEN),
        (Outcome.OBSERVED, Verdict.NOT_PROVEN),
        (Outcome.NOT_APPLICABLE, Verdict.NOT_PROVEN),
        (Outcome.PASS, Verdict.SOLVED),
    ],
)
def test_the_test_that_found_the_fault_decides(outcome: Outcome, verdict: Verdict) -> None:
    health = AFTER["battery.health"][1]
    found = check(repaired(), after({"battery.health": (outcome, health)}))
    assert found.verdict is verdict


@given(
    st.dictionaries(
        st.sampled_from(sorted(AFTER)), st.sampled_from(list(Outcome)), min_size=1, max_size=5
    )
)
def test_unknown_is_never_solved(outcomes: dict[str, Outcome]) -> None:
    changed = {name: (outcome, AFTER[name][1]) for name, outcome in outcomes.items()}
    found = check(repaired(), after(changed))
    if found.verdict is Verdict.SOLVED:
        unread = (Outcome.NOT_RUN, Outcome.ERROR)
        assert outcomes.get("battery.health", Outcome.PASS) is Outcome.PASS
        assert not any(outcome in unread for outcome in outcomes.values())
        assert outcomes.get("camera.census", Outcome.PASS) is not Outcome.FAIL


def test_a_test_of_the_complaint_that_was_not_read_leaves_it_unproven() -> None:
    own = OWN | {"battery.drain"}
    unread = {"battery.drain": (Outcome.NOT_RUN, {"used": None})}
    assert check(repaired(), after(unread), own).verdict is Verdict.NOT_PROVEN
    assert check(repaired(), after(), own).verdict is Verdict.NOT_PROVEN  # never planned


@pytest.mark.parametrize("reason", [Reason.UNSUPPORTED, Reason.DENIED])
def test_a_test_this_phone_never_answers_leaves_no_doubt_where_another_saw_it(
    reason: Reason,
) -> None:
    mute: dict[str, Any] = {"battery.drain": (Outcome.NOT_RUN, {})}
    own = OWN | {"battery.drain"}
    counter = Counter()
    counter.diagnose(for_reason(report(BEFORE | mute, faults=(FAULT,)), reason))
    counter.quote()
    counter.decide(**ACCEPT)
    counter.work("battery-part")
    assert check(counter, for_reason(after(mute), reason), own).verdict is Verdict.SOLVED


def test_where_nothing_saw_the_trouble_nothing_can_show_that_it_is_gone() -> None:
    mute: dict[str, Any] = {"battery.drain": (Outcome.NOT_RUN, {})}
    own = OWN | {"battery.drain"}
    good = {"battery.health": (Outcome.PASS, BEFORE["battery.health"][1])}
    blind = Counter()
    blind.diagnose(report(BEFORE | mute | good))
    blind.quote()
    blind.decide(**ACCEPT)
    blind.work("battery-part")
    assert check(blind, after(mute), own).verdict is Verdict.NOT_PROVEN


def test_nothing_that_tests_the_complaint_is_no_proof() -> None:
    counter = agreed()
    counter.work("battery-labour")
    new = report({"storage.space": BEFORE["storage.space"]}, at=LATER)
    found = verify_repair(counter.case, new, symptom_probes={}, at=LATER)
    assert found.verdict is Verdict.NOT_PROVEN


def test_the_old_part_is_still_in() -> None:
    old = {"battery.health": (Outcome.PASS, BEFORE["battery.health"][1])}
    found = check(repaired(), after(old | {"battery.parts": BEFORE["battery.parts"]}))
    assert found.verdict is Verdict.NOT_SOLVED
    assert part_states(found)["battery"] is PartState.SAME


def test_a_part_nobody_agreed_to_is_found() -> None:
    found = check(repaired(), after({"display.panel": (Outcome.PASS, {"panel_id": "COPY-1"})}))
    assert found.verdict is Verdict.NOT_SOLVED
    assert part_states(found)["display"] is PartState.CHANGED
    assert any("nobody agreed" in reason.en for reason in found.reasons)


def test_the_report_of_another_phone_is_refused_and_an_unknown_one_proves_nothing() -> None:
    with pytest.raises(CaseRefused, match="another serial number"):
        check(repaired(), after(serial="b2" * 32))
    other = after()
    other = other.model_copy(update={"device": other.device.model_copy(update={"model": "M2"})})
    with pytest.raises(CaseRefused, match="model M1, now M2"):
        check(repaired(), resealed(other))
    boards: list[dict[str, Any]] = [
        {"identity.device": (Outcome.OBSERVED, {"hardware": name})} for name in ("mt6789", "qcom")
    ]
    with pytest.raises(CaseRefused, match="board mt6789, now qcom"):
        check(repaired(on=report(BEFORE | boards[0], faults=(FAULT,))), after(boards[1]))
    unknown = check(repaired(), after(serial=""))
    assert unknown.verdict is Verdict.NOT_PROVEN
    assert part_states(unknown)["mainboard"] is PartState.UNKNOWN


def test_a_check_that_was_cut_off_is_not_proven_and_accuses_no_board() -> None:
    board: dict[str, Any] = {
        "identity.device": (Outcome.OBSERVED, {"hardware": "mt6789", "soc": "x"})
    }
    before = report(BEFORE | board, faults=(FAULT,))
    half = after({"identity.device": (Outcome.OBSERVED, {"hardware": "qcom"})}, serial="")
    lost = half.model_copy(
        update={"summary": half.summary.model_copy(update={"ended": Ended.LOST})}
    )
    found = check(repaired(on=before), resealed(lost))
    assert found.verdict is Verdict.NOT_PROVEN
    assert part_states(found)["mainboard"] is PartState.UNKNOWN
    assert "did not come to its end" in found.reasons[0].en


@pytest.mark.parametrize(
    ("before", "fitted", "answer"),
    [
        ({"cycles": 1240}, {"cycles": 703}, "has been charged 703 times already"),
        ({"cycles": 703}, {"cycles": 703, "first_used": "2026-11-22"}, "either its counter was"),
        ({}, {"state_of_health": 81}, "holds 81 % of its capacity"),
        ({}, {"manufactured": "2021-05-01"}, "made on 2021-05-01"),
        ({"cycles": 1240}, {"cycles": 3, "state_of_health": 100}, ""),
    ],
)
def test_an_original_battery_that_is_not_new_is_said_not_praised(
    before: dict[str, Any], fitted: dict[str, Any], answer: str
) -> None:
    start = {"battery.health": (Outcome.FAIL, {"state_of_health": 61} | before)}
    now = {"battery.health": (Outcome.PASS, {"state_of_health": 100} | fitted)}
    found = check(repaired(on=report(BEFORE | start, faults=(FAULT,))), after(now))
    assert answer in " ".join(reason.en for reason in found.reasons)
    assert (found.verdict is Verdict.SOLVED) == (not answer)


def test_a_screen_of_another_kind_is_said() -> None:
    def panel(**values: Any) -> dict[str, Any]:
        return {"display.panel": (Outcome.PASS, values)}

    old = BEFORE | panel(resolution="1440x3120", refresh_max=120.0)
    counter = Counter()
    counter.diagnose(report(old, faults=(FAULT,)))
    counter.quote(quote(part("screen", part="display")))
    counter.decide(accept=("all",))
    counter.work("screen")
    new = after(panel(resolution="1080x2340", refresh_max=60.0))
    output = " ".join(reason.en for reason in check(counter, new).reasons)
    assert "resolution 1440x3120, now 1080x2340" in output
    assert "fastest refresh rate 120, now 60" in output


def test_what_broke_during_the_repair_is_found() -> None:
    found = check(repaired(), after({"camera.census": (Outcome.FAIL, {"count": 3})}))
    assert found.verdict is Verdict.NOT_SOLVED
    assert any("摄像头清点" in reason.zh for reason in found.reasons)


def test_a_new_battery_that_the_phone_calls_replaced_is_no_damage() -> None:
    found = check(repaired(), after())
    assert not any("good before" in reason.en for reason in found.reasons)


def test_less_tested_than_before_is_not_proven() -> None:
    found = check(repaired(), after({"storage.space": (Outcome.NOT_RUN, {"free_percent": None})}))
    assert found.verdict is Verdict.NOT_PROVEN


_MUTE = {
    "battery.health": (Outcome.PASS, {"state_of_health": 100}),
    "battery.parts": (Outcome.OBSERVED, {"battery": "unsupported"}),
}


def test_a_part_no_phone_can_tell_is_shown_by_the_number_on_it() -> None:
    assert check(repaired(), after(_MUTE)).verdict is Verdict.NOT_PROVEN
    noted = repaired(serials={"battery-part": "SN-77"})
    found = check(noted, after(_MUTE))
    assert found.verdict is Verdict.SOLVED
    assert any("SN-77" in reason.en for reason in found.reasons)


def test_fewer_cycles_are_another_battery_and_more_are_no_proof_of_the_same() -> None:
    def battery(cycles: int) -> Report:
        return report({"battery.health": (Outcome.PASS, {"cycles": cycles})})

    def compared(before: int, now: int) -> PartState:
        found = compare_parts(battery(before), battery(now), ())
        return next(part.state for part in found if part.part == "battery")

    assert compared(1240, 2) is PartState.CHANGED
    assert compared(1240, 1240) is PartState.SAME_TYPE
    assert compared(1240, 1241) is PartState.SAME_TYPE


def test_firmware_is_compared_only_where_the_build_is_the_same() -> None:
    """A new system names its modem and sensors otherwise: no part was changed."""

    def modem(version: str, build: str) -> Report:
        results = {"radio.baseband": (Outcome.OBSERVED, {"version": version})}
        return report(results, build=build)

    def compared(before: Report, now: Report) -> PartState:
        return next(p.state for p in compare_parts(before, now, ()) if p.part == "modem")

    assert compared(modem("1", "B.1"), modem("2", "B.2")) is PartState.UNKNOWN
    assert compared(modem("1", "B.1"), modem("2", "B.1")) is PartState.CHANGED


def test_every_sign_that_a_probe_declares_is_of_a_known_part() -> None:
    signs = [spec.sign for spec in measures_known().values() if spec.sign]
    assert {sign.part for sign in signs} <= set(part_titles())
    told = {code for code, signs in signs_by_part().items() if signs}
    assert told == {"battery", "display", "mainboard", "modem", "storage", "sensors"}


def test_a_report_from_before_the_work_proves_nothing() -> None:
    counter = repaired()
    with pytest.raises(CaseRefused, match="begun before"):
        check(counter, report(AFTER, at=T0))
    with pytest.raises(CaseRefused, match="changed after"):
        check(counter, after().model_copy(update={"station": "elsewhere"}))
    with pytest.raises(CaseRefused, match="no work"):
        check(agreed(), after())


SYMPTOMS = {"battery_drain": Text("Drains fast", "耗电快")}


def statement() -> Any:
    signer = {"person": "王小明", "strokes": [[{"x": 1, "y": 2, "ms": 3}]]}
    return state(method="signature", at=LATER, language="zh-CN", receiver="li", signer=signer)


def accept(counter: Counter, tried: dict[str, bool], *, solved: bool, **more: Any) -> Any:
    tests = handover.acceptance_list(counter.case, SYMPTOMS)
    word = handover.CustomerWord(solved=solved, tried=tried, **more)
    made = handover.accept(counter.case, tests, word, statement())
    return counter.add(entries.accepted(made))


def test_the_list_comes_from_the_complaint_and_the_work() -> None:
    tests = {
        test.code: test.title.zh for test in handover.acceptance_list(repaired().case, SYMPTOMS)
    }
    assert list(tests) == ["complaint", "symptom.battery_drain", "part.battery"]
    assert tests["symptom.battery_drain"] == "耗电快"


def checked(new: Report | None = None, items: tuple[str, ...] = BOTH) -> Counter:
    counter = repaired(items=items)
    new = new or after()
    counter.add(entries.verified(check(counter, new), new))
    return counter


TRIED = {"complaint": True, "symptom.battery_drain": True}


def test_without_a_check_it_is_accepted_only_with_the_reason() -> None:
    counter = repaired()
    with pytest.raises(CaseRefused, match="was not checked after the repair"):
        accept(counter, TRIED, solved=True)
    case = accept(counter, TRIED, solved=True, unchecked="screen is dark")
    assert (case.acceptance.verdict, case.acceptance.unchecked) == (None, "screen is dark")
    event = counter.chain.events[-1]
    assert b"dark" not in event.body  # it can be erased


def test_a_check_from_before_the_last_work_is_none() -> None:
    counter = checked(items=("battery-part",))
    counter.time = LATER + timedelta(hours=1)
    counter.work("battery-labour")
    with pytest.raises(CaseRefused, match="was not checked"):
        accept(counter, TRIED, solved=True)


def test_a_check_that_says_not_solved_is_not_overridden_in_silence() -> None:
    bad = after({"battery.health": (Outcome.FAIL, AFTER["battery.health"][1])})
    counter = checked(bad)
    with pytest.raises(CaseRefused, match="says that it is not solved"):
        accept(counter, TRIED, solved=True)
    assert accept(counter, TRIED, solved=False).stage is Stage.VERIFIED
    case = accept(counter, TRIED, solved=True, despite_check=True)
    assert (case.acceptance.verdict, case.acceptance.despite_check) == (Verdict.NOT_SOLVED, True)


def test_what_is_signed_says_what_is_charged_and_what_was_declined() -> None:
    bill = accept(checked(items=("battery-part",)), TRIED, solved=True).acceptance.bill
    assert {one.code: one.state.value for one in bill.charges} == {
        "battery-part": "done",
        "battery-labour": "not_done",
        "reinstall-system": "declined",
    }
    assert [one.code for one in bill.declined] == ["reinstall-system"]
    assert f"{bill.total:.2f}" == "339.00"


def test_solved_is_signed_only_after_everything_complained_of_was_tried() -> None:
    counter = checked()
    with pytest.raises(CaseRefused, match=r"symptom\.battery_drain"):
        accept(counter, {"complaint": True}, solved=True)
    with pytest.raises(CaseRefused):
        accept(counter, {"complaint": True, "symptom.battery_drain": False}, solved=True)
    case = accept(counter, {"complaint": True, "symptom.battery_drain": True}, solved=True)
    assert case.stage is Stage.CLOSED
    assert case.acceptance.statement.signer.strokes


def test_a_customer_who_is_not_content_has_not_closed_his_case() -> None:
    case = accept(checked(), {"complaint": False}, solved=False)
    assert case.stage is Stage.VERIFIED
    assert case.acceptance.solved is False


def test_nothing_is_accepted_before_anything_was_done() -> None:
    with pytest.raises(CaseRefused, match="no work"):
        accept(agreed(), {"complaint": True}, solved=True)
    with pytest.raises(UnknownName):
        accept(checked(), {"sound": True}, solved=False)


def test_the_check_is_part_of_the_record() -> None:
    counter = repaired()
    found = check(counter, after())
    case = counter.add(entries.verified(found, after()))
    assert (case.stage, case.verification) == (Stage.VERIFIED, _without_chinese(found))
    assert "电池：已按约定更换。" in case.translations["zh-CN"].values()


def _without_chinese(found: Verification) -> Verification:
    """Texts are English in JSON; the table beside them holds the rest."""
    return Verification.model_validate_json(found.model_dump_json())


def resealed(made: Report) -> Report:
    return made.model_copy(update={"digest": digest_of(made)})


def for_reason(made: Report, reason: Reason) -> Report:
    """The same report, where what was not read was not read for this reason."""
    results = tuple(
        one.model_copy(update={"reason": reason}) if one.outcome is Outcome.NOT_RUN else one
        for one in made.results
    )
    changed = made.model_copy(update={"results": results})
    return changed.model_copy(update={"digest": digest_of(changed)})


def test_good_now_names_only_what_was_bad() -> None:
    """What was good before did not become good."""

    def compared(probe: str, before: Outcome) -> ProbeComparison:
        return ProbeComparison(
            probe=probe, title=Text(probe, probe), before=before, after=Outcome.PASS, own=True
        )

    probes = (compared("battery.health", Outcome.FAIL), compared("storage.space", Outcome.PASS))
    output = [text.en for _, text in aftercheck._own_probes(probes, (), ())]
    assert output == ["Good now, of what was complained of: battery.health."]
    output = [text.en for _, text in aftercheck._own_probes(probes[1:], (), ())]
    assert output == ["Good, of what was complained of, before as well: storage.space."]


def test_what_was_not_tested_is_named_once_and_in_chinese() -> None:
    """A report of few points leaves many of the complaint open: one line, by their titles."""
    counter = repaired()
    results = {name: output for name, output in AFTER.items() if name == "storage.space"}
    new = report(results, at=LATER)
    named = {
        "camera.census": Text("Cameras", "摄像头"),
        "usb.link": Text("Speed of the cable", "数据线速度"),
        "battery.health": Text("x"),
    }
    found = verify_repair(counter.case, new, symptom_probes=named, at=LATER)
    untested = [reason for reason in found.reasons if "not tested" in reason.en]
    assert [reason.en for reason in untested] == [
        "Of what was complained of, not tested: Battery wear; Cameras present; Speed of the cable."
    ]
    assert untested[0].zh == "与所报故障相关，未检测：电池损耗；摄像头清点；数据线速度。"


@pytest.mark.parametrize(
    ("outcome", "rests_on", "verdict"),
    [
        (Outcome.FAIL, False, Verdict.NOT_SOLVED),
        (Outcome.ATTENTION, True, Verdict.NOT_SOLVED),
        (Outcome.ATTENTION, False, Verdict.NOT_PROVEN),
        (Outcome.OBSERVED, True, Verdict.NOT_PROVEN),
        (Outcome.OBSERVED, False, None),
        (Outcome.PASS, True, None),
        (Outcome.PASS, False, None),
        (Outcome.NOT_RUN, True, None),
    ],
)
def test_what_one_test_of_the_complaint_says(
    outcome: Outcome, rests_on: bool, verdict: Verdict | None
) -> None:
    probe = ProbeComparison(
        probe="x.y", title=Text("X"), own=True, before=Outcome.FAIL, after=outcome
    )
    verdicts = [found for found, _ in aftercheck._own_probe(probe, rests_on=rests_on)]
    assert verdicts == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.OBSERVED, "X: read, but no limit tells whether it is good."),
        (Outcome.NOT_APPLICABLE, "X: not fitted."),
        (Outcome.FAIL, "X: fault."),
    ],
)
def test_how_one_test_of_the_complaint_ended_is_said_in_words(outcome: Outcome, said: str) -> None:
    probe = ProbeComparison(
        probe="x.y", title=Text("X"), own=True, before=Outcome.FAIL, after=outcome
    )
    ((_, text),) = aftercheck._own_probe(probe, rests_on=True)
    assert text.en == said


def test_where_nothing_was_said_nothing_is_solved() -> None:
    assert aftercheck._verdict([]) is Verdict.NOT_PROVEN
    good = (Verdict.SOLVED, Text("good"))
    assert aftercheck._verdict([good]) is Verdict.SOLVED
    assert aftercheck._verdict([good, (Verdict.NOT_PROVEN, Text("?"))]) is Verdict.NOT_PROVEN
    assert aftercheck._verdict([good, (Verdict.NOT_SOLVED, Text("!"))]) is Verdict.NOT_SOLVED
