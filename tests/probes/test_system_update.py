"""Slots and unfinished updates."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

SLOTS: dict[str, str | None] = {"ro.build.ab_update": "true", "ro.boot.slot_suffix": "_b"}


def test_slots() -> None:
    result = interpret_probe("system.update", {"getprop": getprop(SLOTS)})
    assert measurement(result, "two_slots").value is True
    assert measurement(result, "slot").value == "b"
    assert result.outcome is Outcome.OBSERVED


def test_phone_with_one_slot() -> None:
    result = interpret_probe("system.update", {"getprop": getprop()})
    assert measurement(result, "two_slots").value is False
    assert measurement(result, "unfinished").value is None


@pytest.mark.parametrize(
    ("state", "outcome"), [("stopped", Outcome.PASS), ("running", Outcome.ATTENTION)]
)
def test_merge_of_an_update(state: str, outcome: Outcome) -> None:
    words = getprop({**SLOTS, "init.svc.snapuserd": state})
    result = interpret_probe("system.update", {"getprop": words})
    assert measurement(result, "unfinished").outcome is outcome


HEAD = "Filesystem       1K-blocks     Used Available Use% Mounted on\n"
VIRTUAL = {**SLOTS, "ro.virtual_ab.enabled": "true"}
ONE_SLOT: dict[str, str | None] = {}


def data(total_gib: int, free_mib: int, mount: str = "/data") -> str:
    total, free = total_gib * 1024 * 1024, free_mib * 1024
    return f"{HEAD}/dev/block/dm-8 {total} {total - free} {free} 90% {mount}\n"


@pytest.mark.parametrize(
    ("slots", "free_mib", "outcome"),
    [
        (VIRTUAL, 40_000, Outcome.PASS),
        (VIRTUAL, 2_500, Outcome.ATTENTION),
        (ONE_SLOT, 2_500, Outcome.PASS),
        (ONE_SLOT, 1_500, Outcome.ATTENTION),
        (SLOTS, 200, Outcome.OBSERVED),  # two real slots: an update is streamed into the other
    ],
)
def test_room_for_the_next_update(
    slots: dict[str, str | None], free_mib: int, outcome: Outcome
) -> None:
    answers = {"getprop": getprop(slots), "df -k /data": data(100, free_mib)}
    room = measurement(interpret_probe("system.update", answers), "room")
    assert room.outcome is outcome
    assert room.value == pytest.approx(free_mib * 1024 * 1024 / 1e9, abs=0.06)


def test_room_is_a_guess_and_never_fails() -> None:
    answers = {"getprop": getprop(VIRTUAL), "df -k /data": data(100, 0)}
    result = interpret_probe("system.update", answers)
    assert result.outcome is Outcome.ATTENTION
    assert [finding for finding in result.findings if "update may fail" in finding.text.en]


def test_a_phone_of_a_few_gb_is_not_held_to_it() -> None:
    answers = {"getprop": getprop(), "df -k /data": data(5, 900)}
    assert (
        measurement(interpret_probe("system.update", answers), "room").outcome is Outcome.OBSERVED
    )


@pytest.mark.parametrize("table", ["df: /data: Permission denied\n", ""])
def test_room_from_the_disk_service_or_unknown(table: str) -> None:
    stats = "Latency: 1ms [512B Data Write]\nData-Free: 900000K / 112000000K total = 0% free\n"
    answers = {"getprop": getprop(VIRTUAL), "df -k /data": table}
    unknown = measurement(interpret_probe("system.update", answers), "room")
    assert (unknown.value, unknown.outcome) == (None, Outcome.NOT_RUN)
    known = interpret_probe("system.update", {**answers, "dumpsys diskstats": stats})
    assert measurement(known, "room").value == 0.9
    assert measurement(known, "room").outcome is Outcome.ATTENTION
