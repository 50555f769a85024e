"""startup.bootloader: slots, battery and lock, in the words of several loaders."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.testing import interpret_probe, measurement

PROBE = "startup.bootloader"
SLOTS = """\
product:alioth
unlocked:yes
current-slot:b
battery-voltage:3747
slot-retry-count:b:7
slot-unbootable:b:no
slot-successful:b:no
slot-retry-count:a:0
slot-unbootable:a:yes
slot-successful:a:no
"""


def judged(all_of_them: str, **named: str) -> ProbeResult:
    answers: dict[str, str | bytes | Reply] = {
        f"fastboot:getvar {name.replace('_', '-')}": value for name, value in named.items()
    }
    return interpret_probe(PROBE, answers | {"fastboot:getvar all": all_of_them})


def names(result: ProbeResult) -> set[str]:
    return {found.id.rpartition(".")[2] for found in result.measurements}


def test_a_good_slot_in_use_beside_a_spare_that_is_dead() -> None:
    result = judged(SLOTS, product="alioth")
    assert measurement(result, "unbootable").value is False
    assert measurement(result, "spare_unbootable").value is True
    assert measurement(result, "tries_left").value == 7
    assert measurement(result, "locked").value is False
    assert measurement(result, "battery_voltage").value == 3747
    assert result.outcome is Outcome.OBSERVED


def test_the_slot_in_use_is_marked_unbootable() -> None:
    result = judged(SLOTS, current_slot="_a")
    assert measurement(result, "unbootable").outcome is Outcome.FAIL


def test_without_a_current_slot_none_is_blamed() -> None:
    result = judged(SLOTS.replace("current-slot:b\n", ""))
    assert "unbootable" not in names(result)
    assert result.outcome is not Outcome.FAIL


@pytest.mark.parametrize(
    ("voltage", "enough", "outcome"),
    [
        ("4148mV", "yes", Outcome.OBSERVED),
        ("3102", "no", Outcome.ATTENTION),
        ("0", "(null)", Outcome.OBSERVED),
    ],
)
def test_battery(voltage: str, enough: str, outcome: Outcome) -> None:
    result = judged("", product="x", battery_voltage=voltage, battery_soc_ok=enough)
    assert result.outcome is outcome


def test_a_loader_that_refuses_all_still_tells_what_was_asked_by_name() -> None:
    refused = Reply("fastboot:getvar all", ReplyStatus.COMPLETE, stderr=b"unknown", exit_code=1)
    result = interpret_probe(
        PROBE, {"fastboot:getvar product": "sargo", "fastboot:getvar all": refused}
    )
    assert measurement(result, "product").value == "sargo"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(ReplyStatus.REFUSED, Reason.DENIED), (ReplyStatus.TIMEOUT, Reason.TIMEOUT),
     (ReplyStatus.LOST, Reason.DEVICE_LOST)],
)  # fmt: skip
def test_a_loader_that_tells_nothing_is_not_run(status: ReplyStatus, reason: Reason) -> None:
    key = "fastboot:getvar product"
    result = interpret_probe(PROBE, {key: Reply(key, status)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, reason)


@pytest.mark.parametrize("noise", ["\x1b[2J:\x00", ":" * 5000, "a:" + "b" * 9000, "\ufffd"])
def test_hostile_words_stay_words(noise: str) -> None:
    result = judged(noise, product=noise)
    assert result.outcome is not Outcome.FAIL
    for found in result.measurements:
        assert len(str(found.value)) <= 300
