"""tradein.mode: the foyer, evaluation mode, and phones that are in neither."""

from __future__ import annotations

import json

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.testing import interpret_probe, measurement

STATUS = "tradeinmode getstatus"
CLOSED = Reply("shell:getprop", ReplyStatus.REFUSED, detail="closed")


def with_properties(mode: str | None, sdk: int = 36) -> ProbeResult:
    output = f"[ro.build.version.sdk]: [{sdk}]\n"
    output += "" if mode is None else f"[persist.adb.tradeinmode]: [{mode}]\n"
    return interpret_probe("tradein.mode", {"getprop": output})


def in_foyer(locked: bool) -> ProbeResult:
    report = json.dumps({"locks": {"factory_reset_protection": locked}})
    closed = Reply("shell:pm list features", ReplyStatus.REFUSED, detail="closed")
    answers: dict[str, str | Reply] = {
        "getprop": CLOSED,
        "pm list features": closed,
        STATUS: report,
    }
    return interpret_probe("tradein.mode", answers)


@pytest.mark.parametrize("status", [ReplyStatus.LOST, ReplyStatus.TIMEOUT, ReplyStatus.CANCELLED])
def test_a_phone_that_was_lost_is_not_in_the_foyer(status: ReplyStatus) -> None:
    report = json.dumps({"locks": {"factory_reset_protection": False}})
    answers: dict[str, str | Reply] = {
        "getprop": Reply("shell:getprop", status),
        "pm list features": Reply("shell:pm list features", status),
        STATUS: report,
    }
    assert interpret_probe("tradein.mode", answers).outcome is Outcome.NOT_RUN


def test_an_absent_property_is_read_as_off_but_proves_nothing() -> None:
    result = with_properties(None)
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "mode").value == "off"


@pytest.mark.parametrize("mode", ["0", "-1"])
def test_a_phone_in_use_is_in_no_such_mode(mode: str) -> None:
    result = with_properties(mode)
    assert result.outcome is Outcome.PASS
    assert result.findings == ()


def test_evaluation_mode_warns_of_the_erasing_restart() -> None:
    result = with_properties("2")
    assert result.outcome is Outcome.ATTENTION
    assert "erased" in result.findings[0].text.en


@pytest.mark.parametrize(("locked", "words"), [(False, "only its status"), (True, "locked")])
def test_the_foyer_is_known_by_its_one_open_command(locked: bool, words: str) -> None:
    result = in_foyer(locked)
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "mode").value == "status only"
    assert words in result.findings[0].text.en
    assert result.findings[0].advice


def test_older_phones_have_no_such_mode() -> None:
    assert with_properties(None, sdk=34).outcome is Outcome.NOT_APPLICABLE


def test_a_phone_that_refuses_both_is_unknown() -> None:
    closed = Reply(f"shell:{STATUS}", ReplyStatus.REFUSED, detail="closed")
    result = interpret_probe("tradein.mode", {"getprop": CLOSED, STATUS: closed})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_an_unknown_mode_is_not_guessed() -> None:
    assert with_properties("7").outcome is Outcome.NOT_RUN


def test_one_refused_stream_of_an_open_phone_is_no_foyer() -> None:
    report = json.dumps({"locks": {"factory_reset_protection": False}})
    answers: dict[str, str | Reply] = {
        "getprop": CLOSED,
        STATUS: report,
        "pm list features": "feature:android.hardware.nfc\n",
    }
    assert interpret_probe("tradein.mode", answers).outcome is Outcome.NOT_RUN
