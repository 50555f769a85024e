"""Whatever bytes a phone says, no probe draws a verdict from noise, and none breaks."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.thinning import examples, one_in

from diagnose.knowledge.probes import load_probes
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Shell
from diagnose.testing import interpret_probe

PROBES = load_probes()
EACH = pytest.mark.parametrize("probe_id", list(PROBES))
VERDICTS = (Outcome.PASS, Outcome.ATTENTION, Outcome.FAIL, Outcome.NOT_APPLICABLE)
ALPHABETS = (
    bytes(range(256)),
    bytes(range(32, 127)) + b"\n",
    b"\x00\xff\x7f\n",
    b"::=/[]{}()\n 01",
)


def _noise(seed: int) -> bytes:
    source = random.Random(seed)  # noqa: S311 - noise, no secret
    alphabet = ALPHABETS[seed % len(ALPHABETS)]
    return bytes(source.choices(alphabet, k=source.choice((1, 30, 2000, 20000))))


def _replies(probe_id: str, data: bytes) -> dict[str, str | bytes | Reply]:
    answers: dict[str, str | bytes | Reply] = {}
    for request in PROBES[probe_id].probe.requests:
        name = request.command if isinstance(request, Shell) else request.key
        answers[name] = Reply(request.key, ReplyStatus.COMPLETE, stdout=data, exit_code=0)
    return answers


@EACH
@pytest.mark.parametrize("seed", one_in(6, range(12)))
def test_no_verdict_is_drawn_from_noise(probe_id: str, seed: int) -> None:
    result = interpret_probe(probe_id, _replies(probe_id, _noise(seed)))
    assert result.error is None or result.error.code == "parse", result.error
    assert result.outcome not in VERDICTS, result.measurements


@EACH
def test_no_verdict_is_drawn_from_silence(probe_id: str) -> None:
    result = interpret_probe(probe_id, _replies(probe_id, b""))
    assert result.error is None or result.error.code == "parse", result.error
    assert result.outcome not in (Outcome.PASS, Outcome.FAIL), result.measurements


@EACH
def test_no_verdict_is_drawn_from_nothing_at_all(probe_id: str) -> None:
    result = interpret_probe(probe_id, {})
    assert result.outcome is Outcome.NOT_RUN, result


@EACH
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=400))
def test_no_text_breaks_a_probe(probe_id: str, text: str) -> None:
    result = interpret_probe(probe_id, _replies(probe_id, text.encode("utf-8", "replace")))
    assert result.error is None or result.error.code == "parse", result.error
