"""tradein.status: what a buyer learns, and phones that have no such mode."""

from __future__ import annotations

import json

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

COMMAND = "tradeinmode getstatus"
HEALTHY: dict[str, object] = {
    "storage": {"useful_lifetime_remaining": 97},
    "locks": {"factory_reset_protection": False},
    "screen": {"screens": [{"part_status": "Original"}]},
    "sensors": {"moisture_intrusion": False},
    "hinge": {"hinges": [{"num_times_folded": 1200, "rated_lifespan": 200000}]},
}


def judge(changed: dict[str, object]) -> ProbeResult:
    return interpret_probe("tradein.status", {COMMAND: json.dumps(HEALTHY | changed)})


def test_healthy_phone() -> None:
    result = judge({})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "hinge.0").value == 0.6
    assert measurement(result, "screen.0").value == "original"


@pytest.mark.parametrize(
    "changed",
    [
        {"sensors": {"moisture_intrusion": True}},
        {"screen": {"screens": [{"part_status": "Replaced"}]}},
        {"hinge": {"hinges": [{"num_times_folded": 210000, "rated_lifespan": 200000}]}},
        {"storage": {"useful_lifetime_remaining": 6}},
        {"locks": {"factory_reset_protection": True}},
    ],
)
def test_findings(changed: dict[str, object]) -> None:
    assert judge(changed).outcome is Outcome.ATTENTION


def test_locked_phone_fills_only_its_locks() -> None:
    answers = {COMMAND: '{"locks": {"factory_reset_protection": true}}'}
    assert interpret_probe("tradein.status", answers).outcome is Outcome.ATTENTION


def test_older_phone_has_no_trade_in_mode() -> None:
    reply = Reply(
        f"shell:{COMMAND}",
        ReplyStatus.COMPLETE,
        stderr=b"/system/bin/sh: tradeinmode: inaccessible or not found\n",
        exit_code=127,
    )
    assert interpret_probe("tradein.status", {COMMAND: reply}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("reply", ["Device is not in trade-in mode.\n", denied(COMMAND)])
def test_phone_in_use_or_refusing_is_not_run(reply: str) -> None:
    assert interpret_probe("tradein.status", {COMMAND: reply}).outcome is Outcome.NOT_RUN


def test_certificates_are_told_to_be_there_and_never_repeated() -> None:
    chain = "MIIC" + "Ab1/" * 200
    result = judge({"attestation": {"certificates": chain}})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "attested").value is True
    assert "Ab1/" not in result.model_dump_json()


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Attestation keys unavailable", "Attestation keys unavailable"),
        ("no provider " * 40, "no provider no provider"),
    ],
)
def test_why_there_are_none_is_no_fault(answer: str, shown: str) -> None:
    result = judge({"attestation": {"error": answer}})
    assert result.outcome is Outcome.PASS
    found = measurement(result, "attestation_error")
    assert str(found.value).startswith(shown)
    assert len(str(found.value)) <= 80
    assert found.outcome is Outcome.OBSERVED
    assert all(not m.id.endswith(".attested") for m in result.measurements)
