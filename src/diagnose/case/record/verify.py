"""Whether a chain is what was recorded: nothing changed, removed, inserted, reordered or cut off.

`Flaw.certain` False: it could not be shown to be right, which is not the same as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from diagnose.case.record.events import FIRST_HASH, CaseEvent, Chain, EventKind, Head
from diagnose.model.canonical import canonical
from diagnose.model.frozen import Frozen
from diagnose.station.signing import is_signed_by, key_id


class Flaw(Frozen):
    """One thing that is wrong with a chain; `seq` 0: with the chain as a whole."""

    code: str
    seq: int
    text: str
    certain: bool = True


def check_chain(
    chain: Chain,
    *,
    trusted: Collection[str],
    known: Iterable[CaseEvent | Head] = (),
    private_apart: bool = False,
) -> tuple[Flaw, ...]:
    """Look for everything that can be wrong; an empty result is a sound chain.

    `trusted` are the public keys of stations; `known` events of an earlier copy, all of which this
    chain must still contain. `private_apart`: a copy that was made without private values.
    """
    return (
        *_check_events(chain, trusted),
        *_check_links(chain),
        *_check_head(chain, trusted),
        *(() if private_apart else _check_private(chain)),
        *_check_known(chain, known),
    )


def _check_events(chain: Chain, trusted: Collection[str]) -> Iterator[Flaw]:
    if not chain.events:
        yield Flaw(code="empty", seq=0, text="there is no event")
    for event in chain.events:
        if event.case != chain.case:
            yield _flaw("foreign", event, f"belongs to the case {event.case}")
        if not _is_canonical(event.body):
            yield _flaw("form", event, "is not canonical JSON")
        yield from _check_signature(event, trusted)


def _is_canonical(body: bytes) -> bool:
    try:
        return canonical(json.loads(body)) == body
    except (ValueError, TypeError, RecursionError):
        return False


def _check_signature(signed: CaseEvent | Head, trusted: Collection[str]) -> Iterator[Flaw]:
    if not signed.key:
        yield _flaw("unsigned", signed, "is not signed")
    elif not is_signed_by(signed.key, signed.body, signed.signature):
        yield _flaw("signature", signed, "has a wrong signature: it was changed")
    elif signed.key not in trusted:
        text = f"is signed by a station this computer does not know ({key_id(signed.key)})"
        yield _flaw("station", signed, text, certain=False)


def _check_links(chain: Chain) -> Iterator[Flaw]:
    """Each event names its place and the hash of the one before it."""
    for place, event in enumerate(chain.events, 1):
        if event.seq != place:
            yield _flaw("order", event, f"stands at place {place}: an event is missing or moved")
    if chain.events and chain.events[0].prev_hash != FIRST_HASH:
        yield _flaw("link", chain.events[0], "is not the first one: events before it are missing")
    for before, event in pairwise(chain.events):
        if event.prev_hash != before.hash:
            yield _flaw("link", event, f"does not continue event {before.seq}")


def _check_head(chain: Chain, trusted: Collection[str]) -> Iterator[Flaw]:
    head = chain.head
    if head is None:
        yield Flaw(code="head", seq=0, text="the signed head is missing")
        return
    yield from _check_signature(head, trusted)
    last = chain.events[-1] if chain.events else None
    if head.case != chain.case or last is None or (head.seq, head.hash) != (last.seq, last.hash):
        text = f"the signed head names event {head.seq} as the last: the end was changed or cut off"
        yield Flaw(code="tail", seq=0, text=text)


def _check_private(chain: Chain) -> Iterator[Flaw]:
    """A private value is there and opens its commitment, or a later event says it was erased."""
    values = {(value.seq, value.name): value for value in chain.private}
    erased = _erased(chain.events)
    for event in chain.events:
        for name, commitment in event.private.items():
            value = values.pop((event.seq, name), None)
            if value is None and (event.seq, name) not in erased:
                yield _flaw("private", event, f"{name} is missing and no event says it was erased")
            if value is not None and value.commitment != commitment:
                yield _flaw("private", event, f"{name} is not what was recorded")
    for seq, name in values:
        yield Flaw(code="private", seq=seq, text=f"{name} was never recorded")


def _erased(events: Iterable[CaseEvent]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for event in events:
        if event.kind is EventKind.ERASED:
            for item in event.payload.get("erased", ()):
                found.add((item["seq"], item["name"]))
    return found


def _check_known(chain: Chain, known: Iterable[CaseEvent | Head]) -> Iterator[Flaw]:
    hashes = {event.seq: event.hash for event in chain.events}
    for head in known:
        if hashes.get(head.seq) != head.hash:
            text = f"event {head.seq} is not the one an earlier copy has: the record was rewritten"
            yield Flaw(code="rewritten", seq=head.seq, text=text)


def _flaw(code: str, where: CaseEvent | Head, text: str, *, certain: bool = True) -> Flaw:
    name = "the head" if isinstance(where, Head) else f"event {where.seq}"
    return Flaw(code=code, seq=where.seq, text=f"{name} {text}", certain=certain)
