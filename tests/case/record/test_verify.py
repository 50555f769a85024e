"""A chain that was tampered with is found out, whatever was done to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.case.record.events import (
    CaseEvent,
    Chain,
    Entry,
    EventKind,
    Head,
    make_event,
    make_head,
    read_event,
)
from diagnose.case.record.verify import check_chain
from diagnose.errors import CasebookInvalid
from diagnose.model.canonical import canonical
from diagnose.station.signing import StationKey, make_key

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KEY, STRANGER = make_key(), make_key()
CASE = "20261122-TEST01"


def build(key: StationKey | None = KEY, count: int = 4, case: str = CASE) -> Chain:
    chain = Chain(case)
    for number in range(count):
        entry = Entry(
            EventKind.EXPORTED, {"note": f"no. {number}", "price": "629.00"}, {"imei": number}
        )
        event, private = make_event(chain, entry, at=NOW, actor="tester", key=key)
        chain = Chain(case, (*chain.events, event), make_head(event, key), chain.private + private)
    return chain


SOUND = build()


def codes(chain: Chain, known: tuple[Head, ...] = ()) -> set[str]:
    return {flaw.code for flaw in check_chain(chain, trusted={KEY.public}, known=known)}


def test_a_sound_chain_has_no_flaw() -> None:
    assert codes(SOUND) == set()


def with_body(event: CaseEvent, body: bytes) -> CaseEvent:
    return read_event(body, signature=event.signature)


@given(st.integers(0, 3), st.data())
def test_any_byte_change_of_an_event_is_found(place: int, data: st.DataObject) -> None:
    event = SOUND.events[place]
    at = data.draw(st.integers(0, len(event.body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != event.body[at]))
    body = event.body[:at] + bytes([byte]) + event.body[at + 1 :]
    try:
        changed = with_body(event, body)
    except CasebookInvalid:
        return  # found out already when it was read
    events = (*SOUND.events[:place], changed, *SOUND.events[place + 1 :])
    assert codes(replace(SOUND, events=events))


@given(st.integers(0, 3), st.integers(0, 127), st.sampled_from("0123456789abcdef"))
def test_any_change_of_a_signature_is_found(place: int, at: int, digit: str) -> None:
    event = SOUND.events[place]
    signature = event.signature[:at] + digit + event.signature[at + 1 :]
    events = list(SOUND.events)
    events[place] = replace(event, signature=signature)
    found = codes(replace(SOUND, events=tuple(events)))
    assert found == (set() if signature == event.signature else {"signature"})


@given(st.permutations(range(4)), st.integers(0, 4))
def test_removed_and_reordered_events_are_found(order: list[int], kept: int) -> None:
    events = tuple(SOUND.events[place] for place in order[:kept])
    found = codes(replace(SOUND, events=events))
    assert bool(found) == (events != SOUND.events)


def test_an_inserted_event_is_found() -> None:
    entry = Entry(EventKind.EXPORTED, {"note": "slipped in"})
    short = Chain(CASE, SOUND.events[:2])
    inserted, _ = make_event(short, entry, at=NOW, actor="x", key=KEY)
    events = (*SOUND.events[:2], inserted, *SOUND.events[2:])
    assert {"order", "link"} <= codes(replace(SOUND, events=events))


def test_a_cut_tail_is_found_by_the_signed_head() -> None:
    found = codes(replace(SOUND, events=SOUND.events[:-1], private=SOUND.private[:-1]))
    assert found == {"tail"}


def test_a_cut_tail_with_a_forged_head_is_found() -> None:
    forged = make_head(SOUND.events[-2], STRANGER)
    found = codes(replace(SOUND, events=SOUND.events[:-1], head=forged))
    assert "station" in found
    stolen = replace(forged, key=KEY.public)
    assert "signature" in codes(replace(SOUND, events=SOUND.events[:-1], head=stolen))


def test_a_missing_head_is_found() -> None:
    assert "head" in codes(replace(SOUND, head=None))


def test_a_chain_rewritten_with_the_right_key_is_found_by_an_earlier_copy() -> None:
    """Even who holds the key cannot rewrite what a customer took home."""
    rewritten = build(count=2)
    assert codes(rewritten) == set()
    assert SOUND.head is not None
    assert codes(rewritten, known=(SOUND.head,)) == {"rewritten"}
    assert codes(SOUND, known=(make_head(SOUND.events[1], KEY),)) == set()


def test_a_chain_signed_by_nobody_or_by_a_stranger_is_not_sound() -> None:
    assert codes(build(key=None)) == {"unsigned"}
    found = check_chain(build(key=STRANGER), trusted={KEY.public})
    assert {flaw.code for flaw in found} == {"station"}
    assert not any(flaw.certain for flaw in found)


def test_an_event_of_another_case_is_found() -> None:
    assert "foreign" in codes(replace(build(case="20261122-OTHER"), case=CASE))


def test_an_empty_chain_is_no_proof_of_anything() -> None:
    assert codes(Chain(CASE)) == {"empty", "head"}


def test_json_that_is_not_canonical_is_found() -> None:
    """The same values in another spelling would have another hash: nothing is re-spelled."""
    event = SOUND.events[-1]
    body = json.dumps(json.loads(event.body)).encode()
    respelled = read_event(body, signature=KEY.sign(body))
    assert "form" in codes(replace(SOUND, events=(*SOUND.events[:-1], respelled)))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda output: output.pop("prev_hash"),
        lambda output: output.update(kind="stolen"),
        lambda output: output.update(at="yesterday"),
        lambda output: output.update(format=2),
        lambda output: output.update(payload=[1]),
    ],
)
def test_a_damaged_event_is_one_plain_error(break_it: Callable[[dict[str, object]], None]) -> None:
    content = json.loads(SOUND.events[0].body)
    break_it(content)
    with pytest.raises(CasebookInvalid):
        read_event(canonical(content), signature="")


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_an_event_or_one_plain_error(body: bytes) -> None:
    with pytest.raises(CasebookInvalid):
        read_event(body, signature="")
