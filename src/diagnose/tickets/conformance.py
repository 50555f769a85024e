"""What every adapter must do, as checks anybody can run against his own system.

With pytest, for a package that brings an adapter:

    @pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
    def test_my_adapter(check):
        with open_system(load_mapping("my-system.toml")) as system:
            check(system)

Every check makes tickets of its own and leaves them there. A check that does not apply to a
system that cannot be searched or read does nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from diagnose.tickets.adapter import Adapter
from diagnose.tickets.content import Content, File
from diagnose.tickets.delivering import DeliveryWay, deliver
from diagnose.tickets.delivery import DeliveryKind
from diagnose.tickets.failures import LeaseLost
from diagnose.tickets.system import TicketSystem
from diagnose.tickets.writing import delivery_id

Check = Callable[[TicketSystem], None]

SAMPLES: Final = {
    "report_sha256": hashlib.sha256(b"report").hexdigest(),
    "page_sha256": hashlib.sha256(b"page").hexdigest(),
    "serial_masked": "4A…01",
    "risk": "red",
    "case": "20261126-ABCDE",
}
"""What fields get that are made of these sources; others get the name of the source."""


class NotConforming(AssertionError):
    """An adapter does not do what every adapter must."""


def sample(system: TicketSystem, *, files: int = 2) -> Content:
    """Make a ticket with every mapped field, in Chinese, with files of odd bytes."""
    named = delivery_id("conformance", secrets.token_hex(16), "ticket")
    rules = system.mapping.fields
    fields = {}
    for name, rule in rules.items():
        value = SAMPLES.get(rule.source, rule.source)
        fields[name] = named if rule.source == "delivery_id" else rule.values.get(value, value)
        fields[name] = rule.always or fields[name]
    odd = bytes(range(256)) + "电池已严重老化\r\n".encode() + b"\x00\xff"
    return Content(
        delivery_id=named,
        lang="zh-CN",
        subject="Pixel 9：检测到故障 – “conformance”",
        text=f"结论：电池已严重老化\n第二行 & more\ndiagnose {named}",
        fields=fields,
        sources=system.mapping.field_sources,
        files=tuple(
            File(f"sample-{number}.bin", "application/octet-stream", odd * (number + 1))
            for number in range(files)
        ),
    )


def a_ticket_is_found_by_its_delivery(system: TicketSystem) -> None:
    """Before it is made it is not there; afterwards it is, once."""
    content, adapter = sample(system), system.adapter
    _expect(not adapter.find(content.delivery_id), "find gave a ticket that nobody made")
    ref = adapter.create(content)
    _expect(bool(ref), "create must name the ticket")
    if adapter.searchable:
        found = list(adapter.find(content.delivery_id))
        _expect(found == [ref], f"find gave {found}, not [{ref!r}]")


def what_was_written_is_read_back(system: TicketSystem) -> None:
    """Every field and every byte, after at most one `complete`."""
    content = sample(system)
    ref = _deliver(system.adapter, content)
    seen = system.adapter.see(ref, content)
    if seen is None:
        return
    for name, value in content.fields.items():
        _expect(seen.fields.get(name) == value, f"field {name!r} is {seen.fields.get(name)!r}")
    for file in content.files:
        _expect(seen.files.get(file.name) == file.sha256, f"file {file.name} is not the same")


def a_half_ticket_is_completed(system: TicketSystem) -> None:
    """Fields and files that are missing can be added to a ticket that is there."""
    content, adapter = sample(system), system.adapter
    holder = {n for n, source in content.sources.items() if source == "delivery_id"}
    ref = adapter.create(content.only(holder, {content.files[0].name}))
    _deliver(adapter, content, ref=ref)
    seen = adapter.see(ref, content)
    _expect(
        seen is None or set(seen.files) == {file.name for file in content.files},
        "complete did not attach the missing file",
    )


def delivering_again_makes_no_second_ticket(system: TicketSystem) -> None:
    """The whole delivery twice, as after a crash: one ticket."""
    content, adapter = sample(system), system.adapter
    first = _deliver(adapter, content)
    _expect(_deliver(adapter, content) == first, "delivering again named another ticket")
    if adapter.searchable:
        _expect(len(adapter.find(content.delivery_id)) == 1, "there are two tickets now")


def notes_are_added_once_and_found(system: TicketSystem) -> None:
    """A note with a file, delivered twice, then another one."""
    adapter, ticket = system.adapter, sample(system, files=1)
    ref = _deliver(adapter, ticket)
    for number in range(2):
        file = File(f"note-{number}.json", "application/json", b'{"note": true}')
        note = replace(sample(system, files=0), fields={}, sources={}, files=(file,))
        before = adapter.has_note(ref, note.delivery_id)
        _expect(before in (False, None), "a note is there before it was added")
        for _ in range(2):
            deliver(DeliveryWay(adapter, DeliveryKind.NOTE, ref, _nothing, in_doubt=True), note)
        after = adapter.has_note(ref, note.delivery_id)
        _expect(after in (True, None), "a note that was added is not found")


def nothing_is_written_without_the_lease(system: TicketSystem) -> None:
    """Whoever lost its lease must not write: another worker may be at it."""
    content, hold = sample(system), system.wire.hold
    system.wire.hold = _lost
    try:
        system.adapter.create(content)
    except LeaseLost:
        pass
    else:
        raise NotConforming("create wrote without asking wire.hold, or did not use the wire")
    finally:
        system.wire.hold = hold
    _expect(not system.adapter.find(content.delivery_id), "something was written all the same")


def the_check_finds_everything_right(system: TicketSystem) -> None:
    """`ticket check` of a mapping that is right has nothing to complain of."""
    wrong = [finding for finding in system.adapter.check() if finding.ok is False]
    _expect(not wrong, f"check says: {[(one.name, one.text.en) for one in wrong]}")


CHECKS: Final[tuple[Check, ...]] = (
    a_ticket_is_found_by_its_delivery,
    what_was_written_is_read_back,
    a_half_ticket_is_completed,
    delivering_again_makes_no_second_ticket,
    notes_are_added_once_and_found,
    nothing_is_written_without_the_lease,
    the_check_finds_everything_right,
)


def _deliver(adapter: Adapter, content: Content, ref: str = "") -> str:
    way = DeliveryWay(adapter, DeliveryKind.TICKET, ref, _nothing, in_doubt=True)
    outcome = deliver(way, content)
    _expect("more than once" not in outcome.en, outcome.en)
    return way.ref


def _nothing(_ref: str) -> None:
    pass


def _lost() -> None:
    raise LeaseLost


def _expect(holds: bool, complaint: str) -> None:
    if not holds:
        raise NotConforming(complaint)
