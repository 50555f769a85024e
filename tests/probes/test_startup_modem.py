"""startup.modem: the modem port of a phone with USB debugging off."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.testing import interpret_probe, measurement

PROBE = "startup.modem"
INFO = "\r\n+DEVCONINFO: MN(SM-G991B);VER(G991/AP);SN(<serial:1a2b>);LOCK(NONE)\r\n\r\nOK\r\n"


def test_a_samsung() -> None:
    result = interpret_probe(
        PROBE,
        {
            "serial:AT+DEVCONINFO": INFO,
            "serial:AT+CGMM": "AT+CGMM\r\r\nSM-G991B\r\n\r\nOK\r\n",
            "serial:AT+BATGETLEVEL?": "+BATGETLEVEL:83\r\nOK\r\n",
            "serial:AT+CSQ": "\r\n^RSSI:17\r\n+CSQ: 17,99\r\nOK\r\n",
            "serial:AT+CPIN?": "+CME ERROR: SIM not inserted\r\n",
        },
    )
    assert measurement(result, "model").value == "SM-G991B"
    assert len(measurement(result, "model").readings) == 2
    assert measurement(result, "lock").value == "none"
    assert measurement(result, "battery_level").value == 83
    assert measurement(result, "signal").value == 55
    assert measurement(result, "sim").value == "sim not inserted"


@pytest.mark.parametrize(
    "answer", ["ERROR\r\n", "\r\n", "OK\r\n", "\x80\x81\x82", "+CME ERROR: 4\r\n"]
)
def test_a_modem_that_does_not_say_who_it_is(answer: str) -> None:
    result = interpret_probe(PROBE, {"serial:AT+CGMM": answer})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_a_silent_port() -> None:
    key = "serial:AT+CGMM"
    result = interpret_probe(PROBE, {key: Reply(key, ReplyStatus.TIMEOUT)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.TIMEOUT)


@pytest.mark.parametrize("level", ["101", "999", "no number", "-"])
def test_an_impossible_level_is_no_level(level: str) -> None:
    result = interpret_probe(
        PROBE,
        {"serial:AT+CGMM": "X1\r\nOK\r\n", "serial:AT+CBC": f"+CBC: {level}\r\nOK\r\n"},
    )
    assert [m.id for m in result.measurements] == ["startup.modem.model"]
