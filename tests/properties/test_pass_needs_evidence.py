"""A pass needs evidence: take the words it cites away, and it must be gone.

Unless another source carries it, which then is what it cites. Five ways of taking away: the cited
lines, either half of the answer, the whole answer, and known words or digits made unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from tests.properties.judged import Subjected, corpus_phones

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import Evidence, Measurement
from diagnose.simulator.building import phone_names
from diagnose.testing import bundled_probes
from diagnose.text import decode

FREE_NAMES = {
    "audio.cards.count": "a card is there whatever its maker calls it",
    "radio.baseband.answers": "a firmware is one whatever its maker calls it",
    "system.webview.available": "the package is the evidence, its version is not",
    "radio.imei.known": "a number that was masked is a marker of any letters",
    "display.panel.resolution": "the words around the size are names",
    "storage.filesystem.data_writable": "devices and file systems have any name",
    "storage.space.free": "devices have any name",
    "storage.space.free_percent": "devices have any name",
    "storage.space.total": "devices have any name",
    "system.update.room": "devices have any name",
    "camera.errors.errors": "the heading that ends the log numbers a camera",
    "camera.errors.deaths": "the heading that ends the log numbers a camera",
    "camera.errors.lost": "the heading that ends the log numbers a camera",
    "camera.errors.configuration_errors": "the heading that ends the log numbers a camera",
    "camera.restarts.returned": "the heading that ends the log numbers a camera",
    "thermal.temperatures.zone": "sensors have any name",
    "thermal.sensors.sensor": "sensors have any name",
}
"""Measures whose cited words hold names of somebody's own choosing beside what is judged."""

STATES_NO_NUMBER = {
    "radio.modem_process.restarting": "init names its services one by one, and says no end of them",
}
"""Measures of a list that cannot show that it is whole: another row may be missing unseen."""

_SEPARATOR = re.compile(r": ?\[?|=|\s")


def measure_of(found: Measurement) -> str:
    return ".".join(found.id.split(".")[:3])


def passes(phone: Subjected) -> Iterator[tuple[str, Measurement]]:
    for probe in bundled_probes():
        for found in phone.judged(probe).measurements:
            if found.outcome is Outcome.PASS:
                yield probe, found


def cited(found: Measurement) -> dict[str, list[Evidence]]:
    by_request: dict[str, list[Evidence]] = defaultdict(list)
    for one in found.evidence:
        if one.is_found:
            by_request[one.request].append(one)
    return by_request


def mutants(
    text: str, evidence: Sequence[Evidence], found: Measurement
) -> Iterator[tuple[str, str]]:
    spans = [(at, at + len(one.raw)) for one in evidence if (at := one.offset) is not None]
    lines, place = [], 0
    for line in text.splitlines(keepends=True):
        end = place + len(line)
        lines.append((line, any(a < end and b > place for a, b in spans)))
        place = end
    half = len(lines) // 2
    yield "lines", "".join(line for line, hit in lines if not hit)
    yield "first half", "".join(line for line, _ in lines[:half])
    yield "second half", "".join(line for line, _ in lines[half:])
    yield "whole", ""
    if measure_of(found) not in FREE_NAMES:
        yield "unknown words", _replaced(text, spans, r"[A-Za-z]", "q")
    is_number = isinstance(found.value, int | float) and not isinstance(found.value, bool)
    if is_number and measure_of(found) not in FREE_NAMES:
        yield "no digits", _replaced(text, spans, r"\d", "~")


def _replaced(text: str, spans: Sequence[tuple[int, int]], letters: str, by: str) -> str:
    """Make unknown what stands behind the first separator of each quotation."""
    for start, end in sorted(spans, reverse=True):
        raw = text[start:end]
        head = match.end() if (match := _SEPARATOR.search(raw)) else 0
        text = text[:start] + raw[:head] + re.sub(letters, by, raw[head:]) + text[end:]
    return text


def check(phone: Subjected, probe: str, found: Measurement) -> int:
    by_request = cited(found)
    assert found.evidence[0].request in by_request, (phone.name, found.id, "cites nothing")
    changes: dict[str, dict[str, Reply]] = defaultdict(dict)
    for request, evidence in by_request.items():
        reply = phone.replies[request]
        text = decode(reply.stdout)
        for kind, changed in mutants(text, evidence, found):
            if changed != text:
                changes[kind][request] = replace(reply, stdout=changed.encode())
    for kind, replies in changes.items():
        after = phone.judged(probe, {**phone.replies, **replies})
        for again in after.measurements:
            if again.id == found.id and again.outcome is Outcome.PASS:
                _is_carried_by_another(phone, found, again, kind, replies)
    return len(changes)


def _is_carried_by_another(
    phone: Subjected, before: Measurement, after: Measurement, kind: str, replies: dict[str, Reply]
) -> None:
    chosen = after.evidence[0].request
    words = {one.raw for one in after.evidence if one.is_found and one.request == chosen}
    old = {one.raw for one in before.evidence if one.is_found and one.request == chosen}
    where = (phone.name, after.id, kind, sorted(words)[:3])
    if kind in ("unknown words", "no digits"):
        output = decode(phone.replies[chosen].stdout)
        assert chosen not in replies or all(word in output for word in words), where
    elif chosen in replies and not before.readings and measure_of(before) not in STATES_NO_NUMBER:
        # What is left of the evidence is not enough: it was whole or it is nothing.
        assert words == old or not words < old, where


@pytest.mark.parametrize("phone", phone_names(), indirect=True)
def test_a_virtual_phone_without_the_words_does_not_pass(phone: Subjected) -> None:
    tried = sum(check(phone, probe, found) for probe, found in passes(phone))
    assert tried > 50


@pytest.mark.slow
@pytest.mark.corpus
def test_a_sample_of_real_phones_without_the_words_does_not_pass() -> None:
    for phone in corpus_phones()[::12]:
        for probe, found in passes(phone):
            check(phone, probe, found)


@pytest.mark.slow
@pytest.mark.corpus
def test_no_real_phone_without_the_words_passes(
    record_property: pytest.FixtureRequest,
) -> None:
    phones = corpus_phones()
    if not phones:
        pytest.skip("the corpus is not here")
    found = [(phone, probe, one) for phone in phones for probe, one in passes(phone)]
    tried = sum(check(phone, probe, one) for phone, probe, one in found)
    assert len(found) > 500, (len(found), tried)
