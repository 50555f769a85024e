"""startup.bootrom: what a Qualcomm chip says of itself."""

from __future__ import annotations

import json

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.testing import interpret_probe, measurement

PROBE = "startup.bootrom"
KEY = "sahara:identity"


def test_a_chip_with_its_makers_key() -> None:
    words = {"sahara_version": 2, "hardware_id": "001b80e100000000", "key_hash": "00ab" * 16}
    result = interpret_probe(PROBE, {KEY: json.dumps(words)})
    assert measurement(result, "hardware_id").value == "001b80e100000000"
    assert measurement(result, "maker_key").value is True
    assert result.outcome is Outcome.OBSERVED


def test_a_chip_without_a_key_and_one_that_tells_nothing() -> None:
    words = {"hardware_id": "001b80e1", "key_hash": "0" * 64}
    assert measurement(interpret_probe(PROBE, {KEY: json.dumps(words)}), "maker_key").value is False
    assert interpret_probe(PROBE, {KEY: '{"sahara_version": 3}'}).outcome is Outcome.NOT_RUN


def test_not_asked_without_leave() -> None:
    forbidden = Reply(KEY, ReplyStatus.FORBIDDEN, detail="nobody allowed that")
    result = interpret_probe(PROBE, {KEY: forbidden})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.PERMISSION)


@pytest.mark.parametrize("noise", ["", "[]", "null", "{", "\x00\x01", '"words"'])
def test_noise_is_no_chip(noise: str) -> None:
    assert interpret_probe(PROBE, {KEY: noise}).outcome in (Outcome.ERROR, Outcome.NOT_RUN)
