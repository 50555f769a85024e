"""What was not heard is evidence of nothing: every probe with every way of not hearing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from tests.properties.judged import Subjected, virtual_phones
from tests.thinning import one_in

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.simulator.building import phone_names
from diagnose.testing import bundled_probes

UNHEARD = [s for s in ReplyStatus if s not in (ReplyStatus.COMPLETE, ReplyStatus.REFUSED)]
ACCUSING = (Outcome.ATTENTION, Outcome.FAIL)


def _accusations(result: ProbeResult) -> set[str]:
    return {m.id for m in result.measurements if m.outcome in ACCUSING}


def _lose(phone: Subjected, keys: set[str], status: ReplyStatus) -> dict[str, Reply]:
    """Keep what the phone had begun to say: that is what a lost answer looks like."""
    lost = {key: replace(phone.replies[key], status=status) for key in keys}
    return {**phone.replies, **lost}


def check(phone: Subjected, probe: str, keys: set[str], status: ReplyStatus) -> None:
    before = phone.judged(probe)
    after = phone.judged(probe, _lose(phone, keys, status))
    assert _accusations(after) <= _accusations(before), (phone.name, keys, after.findings)
    if after.outcome is Outcome.NOT_APPLICABLE:
        assert before.outcome is Outcome.NOT_APPLICABLE, (phone.name, keys, after.detail)
    assert after.error is None or after.error.code == "parse", (phone.name, keys, after.error)
    for found in after.measurements:
        chosen = found.evidence[0].request if found.evidence else ""
        if found.outcome is Outcome.PASS:
            assert chosen not in keys, (phone.name, found.id, keys)


def _keys(phone: Subjected, probe: str) -> list[str]:
    return [r.key for r in bundled_probes()[probe].probe.requests if r.key in phone.replies]


def every_loss() -> Iterator[tuple[Subjected, str, set[str], ReplyStatus]]:
    """Every answer of every probe of every phone, lost in every way."""
    for phone in virtual_phones():
        for probe in bundled_probes():
            for key in _keys(phone, probe):
                for status in UNHEARD:
                    yield phone, probe, {key}, status


@pytest.mark.parametrize("status", UNHEARD)
@pytest.mark.parametrize("phone", one_in(14, phone_names()), indirect=True)
def test_nothing_is_concluded_from_one_lost_answer(phone: Subjected, status: ReplyStatus) -> None:
    for probe in bundled_probes():
        for key in _keys(phone, probe):
            check(phone, probe, {key}, status)


@pytest.mark.parametrize("status", UNHEARD)
@pytest.mark.parametrize("phone", one_in(14, phone_names()), indirect=True)
def test_nothing_is_concluded_where_nothing_was_heard(
    phone: Subjected, status: ReplyStatus
) -> None:
    for probe in bundled_probes():
        result = phone.judged(probe, _lose(phone, set(_keys(phone, probe)), status))
        assert result.outcome is Outcome.NOT_RUN, (probe, result.outcome)


def _refuse(phone: Subjected, key: str) -> Mapping[str, Reply]:
    return {**phone.replies, key: Reply(key, ReplyStatus.REFUSED, detail="closed")}


@pytest.mark.parametrize("phone", one_in(14, phone_names()), indirect=True)
def test_a_stream_the_phone_closed_is_no_missing_part(phone: Subjected) -> None:
    for probe in bundled_probes():
        for key in _keys(phone, probe):
            before, after = phone.judged(probe), phone.judged(probe, _refuse(phone, key))
            assert _accusations(after) <= _accusations(before), (probe, key, after.findings)
            if after.outcome is Outcome.NOT_APPLICABLE:
                assert before.outcome is Outcome.NOT_APPLICABLE, (probe, key)
