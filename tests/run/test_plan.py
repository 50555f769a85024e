"""Plans: distinct requests, the slowest first, nothing that may not be asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnose.errors import PlanInvalid, UnknownName
from diagnose.knowledge.plans import PlanFile, PlanTitle, plan_names, read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel, Shell
from diagnose.requests.adb import GETPROP
from diagnose.run.planning import make_plan

PROBES = load_probes()
EVERYTHING = PlanFile(name="all", title=PlanTitle(en="All"), probes=("*",), watch=True)


def test_a_request_is_asked_once_and_the_slowest_first() -> None:
    plan = make_plan(EVERYTHING, PROBES)
    keys = [request.key for request in plan.all_requests]
    assert len(keys) == len(set(keys))
    for channel in {request.channel for request in plan.requests}:
        order = [(r.turn, -r.expected_ms) for r in plan.requests if r.channel is channel]
        assert order == sorted(order)
    moments = [request.after_s for request in plan.watched]
    assert moments == sorted(moments)
    wanted = {request.key for loaded in PROBES.values() for request in loaded.probe.requests}
    assert set(keys) == wanted


def test_a_bootloader_is_asked_for_everything_at_last() -> None:
    """`all` makes some loaders hang: what is read by name is read before."""
    asked = make_plan(read_plan("no-boot"), PROBES).on({Channel.FASTBOOT}).requests
    keys = [request.key for request in asked]
    assert (keys[0], keys[-1]) == ("fastboot:getvar product", "fastboot:getvar all")


def test_a_plan_on_a_phone_keeps_what_its_channels_carry() -> None:
    plan = make_plan(read_plan("no-boot"), PROBES)
    loader = plan.on({Channel.HOST, Channel.USB, Channel.FASTBOOT})
    assert {request.channel for request in loader.requests} == {"host", "usb", "fastboot"}
    assert "startup.bootloader" in loader.probes
    assert "startup.modem" not in loader.probes  # it offers none: nothing of it is untested
    assert "battery.state" in loader.probes  # a phone has a battery: it was not tested
    system = make_plan(read_plan("full"), PROBES).on({Channel.HOST, Channel.ADB})
    assert not [name for name in system.probes if name.startswith("startup.")]


def test_the_properties_are_asked_even_for_one_probe() -> None:
    plan = make_plan(EVERYTHING, PROBES, only=["memory.ram"])
    assert GETPROP in plan.requests
    assert list(plan.probes) == ["memory.ram"]


def test_a_refused_request_is_not_in_the_plan_and_says_why() -> None:
    plan = make_plan(EVERYTHING, PROBES, refusal=lambda r: "no" if "battery" in r.key else None)
    assert plan.refused
    assert not any("battery" in request.key for request in plan.requests)


def test_a_deadline_shortens_and_never_lengthens() -> None:
    whole = {r.key: r.timeout_s for r in make_plan(EVERYTHING, PROBES).requests}
    short = make_plan(EVERYTHING, PROBES, deadline_s=3)
    assert all(r.timeout_s == min(3, whole[r.key]) for r in short.requests)
    assert all(r.timeout_s <= 3 for r in short.watched)


@pytest.mark.parametrize("name", plan_names())
def test_every_shipped_plan_fits_the_probes(name: str) -> None:
    plan = make_plan(read_plan(name), PROBES)
    assert plan.probes
    assert plan.required <= set(plan.probes)


def test_the_quick_plan_is_quick() -> None:
    assert max(r.expected_ms for r in make_plan(read_plan("quick"), PROBES).requests) < 1000


def test_only_a_plan_that_watches_takes_the_time() -> None:
    quick = make_plan(read_plan("full"), PROBES)
    assert not quick.watched
    assert "touch.ghost" not in quick.probes
    thorough = make_plan(read_plan("thorough"), PROBES)
    assert {"touch.ghost", "battery.charge_flow"} == set(thorough.probes) - set(quick.probes)
    assert thorough.watch_s == 30
    assert {request.key for request in quick.requests} <= {r.key for r in thorough.requests}


def test_a_symptom_brings_its_watch_into_the_plan_and_says_what_it_needs() -> None:
    plan = make_plan(read_plan("full"), PROBES, also=["touch.ghost"])
    assert "touch.ghost" in plan.probes
    assert not plan.watched
    [why] = {reason for key, reason in plan.refused.items() if " #" in key}
    assert "--plan thorough --allow listen" in why


def test_a_probe_that_watches_is_named_in_full() -> None:
    assert "battery.charge_flow" not in make_plan(EVERYTHING, PROBES, only=["battery.*"]).probes
    assert make_plan(EVERYTHING, PROBES, only=["battery.charge_flow"]).watched


def test_a_shorter_watch_keeps_its_proportions() -> None:
    [whole, short] = (
        {r.key: (r.after_s, r.listen_s) for r in make_plan(EVERYTHING, PROBES, watch_s=s).watched}
        for s in (30, 6)
    )
    for key, times in whole.items():
        assert short[key] == pytest.approx([time_s / 5 for time_s in times])


def test_a_plan_without_probes_and_an_unknown_plan_are_errors() -> None:
    with pytest.raises(PlanInvalid, match="selects no probe"):
        make_plan(PlanFile(name="x", title=PlanTitle(en="X"), probes=("nothing.*",)), PROBES)
    with pytest.raises(UnknownName, match="quik"):
        read_plan("quik")


def test_of_equal_requests_the_most_patient_and_the_most_generous_is_sent() -> None:
    hasty, patient = (
        replace(
            PROBES[name],
            probe=replace(
                PROBES[name].probe,
                requests=(Shell("dumpsys", "battery", timeout_s=timeout, max_bytes=bytes_),),
            ),
        )
        for name, timeout, bytes_ in (("memory.ram", 2, 10), ("cpu.cores", 20, 1000))
    )
    for order in ((hasty, patient), (patient, hasty)):
        probes = {one.probe.id: one for one in order}
        asked = {r.key: r for r in make_plan(EVERYTHING, probes).requests}
        battery = asked["shell:dumpsys battery"]
        assert (battery.timeout_s, battery.max_bytes) == (20, 1000)


def test_a_longer_watch_spreads_its_samples_in_proportion() -> None:
    whole = {r.key: r for r in make_plan(EVERYTHING, PROBES).watched}
    double = make_plan(EVERYTHING, PROBES, watch_s=60)
    assert double.watch_s == 60
    assert len(double.watched) == len(whole) > 10
    for request in double.watched:
        assert request.after_s == 2 * whole[request.key].after_s
        assert request.listen_s == 2 * whole[request.key].listen_s
