"""Kills a worker with SIGKILL again and again, in the midst of its deliveries to a real server.

    python -m tests.tickets.killing roundup 70 FOLDER

Every time another process begins where that one ended. In the end every ticket and every note is
counted in the server itself: none may be missing, none half, none there twice.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.tickets.real import real_server
from tests.tickets.shop import TicketDesk

from diagnose.tickets import conformance
from diagnose.tickets.delivery import DeliveryKind, DeliveryState, TicketDraft
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.system import TicketSystem, open_system
from diagnose.tickets.worker import Worker

# A server that others keep busy may take its time; only then may another worker search.
PATIENT = "timeout_s = 4.0\nsettle_s = 4.0"
DRAINED_S = 240.0
TICKETS = 12
"""So many at least wait, so that a killed worker's lease keeps nobody from working."""


@dataclass(frozen=True)
class Count:
    """What came of it."""

    server: str
    kills: int
    tickets: int
    notes: int
    lost: int
    doubled: int
    half: int

    def __str__(self) -> str:
        return (
            f"{self.server}: {self.kills} kills, {self.tickets} tickets and {self.notes} notes, "
            f"lost {self.lost}, doubled {self.doubled}, half {self.half}"
        )


def kill_in_a_loop(server: str, kills: int, folder: Path, *, seed: int = 1) -> Count:
    """Put deliveries in, kill `kills` workers at them, let the last one finish, and count."""
    desk = TicketDesk(folder, str(folder / "cases.db"))
    name = real_server(server).map_at(desk, extra=PATIENT)
    os.environ.update(desk.env)
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    # In a child, too: a database connection must not be inherited.
    _in_child(lambda: _put(name, desk.url))
    took_s = json.loads(_in_child(lambda: _deliver_one(desk.url)))["took_s"]
    while (state := json.loads(_in_child(lambda: _state(desk.url))))["killed"] < kills:
        if state["waiting"] < TICKETS:
            _in_child(lambda: _put(name, desk.url))
        for _ in range(min(5, kills - state["killed"])):
            _kill_one(desk.url, chance.uniform(0, 1.5 * took_s))
    _in_child(lambda: _drain(desk.url))
    counted = json.loads(_in_child(lambda: _count(name, desk.url)))
    return Count(server, state["killed"], **counted)


def _put(name: str, url: str) -> dict[str, Any]:
    with open_system(load_mapping(name)) as system, Outbox.open(url) as outbox:
        for _ in range(TICKETS):
            outbox.put(list(_drafts(system, name, f"report:{secrets.token_hex(8)}")))
    return {}


def _deliver_one(url: str) -> dict[str, Any]:
    began = time.monotonic()
    with Outbox.open(url) as outbox, Worker(outbox, load_mapping) as worker:
        worker.deliver_next()
    return {"took_s": time.monotonic() - began}


def _drafts(system: TicketSystem, name: str, thread: str) -> Iterator[TicketDraft]:
    ticket = conformance.sample(system)
    yield TicketDraft(name, thread, "ticket", DeliveryKind.TICKET, ticket)
    file = replace(ticket.files[0], name="note.bin")
    note = conformance.sample(system, files=0)
    note = replace(note, fields={}, sources={}, files=(file,))
    yield TicketDraft(name, thread, "000001", DeliveryKind.NOTE, note)


def _state(url: str) -> dict[str, Any]:
    """How much waits, and how many attempts ended with their process."""
    with Outbox.open(url) as outbox:
        found = outbox.deliveries(delivered=True)
        attempts = [one for delivery in found for one in outbox.attempts(delivery.number)]
        waiting = sum(delivery.state is DeliveryState.WAITING for delivery in found)
    return {"waiting": waiting, "killed": sum(one.ended_at is None for one in attempts)}


def _kill_one(url: str, after_s: float) -> None:
    """Let a worker work for a while, and kill it."""
    child = os.fork()
    if child == 0:
        _work(url)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _work(url: str) -> None:
    with Outbox.open(url) as outbox, Worker(outbox, load_mapping) as worker:
        for _ in worker.work(patience_s=DRAINED_S):
            pass
    os._exit(0)


def _drain(url: str) -> dict[str, Any]:
    with Outbox.open(url) as outbox, Worker(outbox, load_mapping) as worker:
        for _ in worker.work(patience_s=DRAINED_S):
            pass
    return {}


def _count(name: str, url: str) -> dict[str, Any]:
    """Ask the server itself, not the outbox."""
    lost = doubled = half = 0
    with open_system(load_mapping(name)) as system, Outbox.open(url) as outbox:
        found = outbox.deliveries(delivered=True)
        for delivery in found:
            if delivery.kind is DeliveryKind.TICKET:
                there = len(system.adapter.find(delivery.delivery_id))
            else:
                there = count_notes(system, delivery.ref, delivery.delivery_id)
            lost += there == 0
            doubled += there > 1
            half += _is_half(system, delivery.ref, delivery.kind)
    tickets = sum(delivery.kind is DeliveryKind.TICKET for delivery in found)
    return {
        "tickets": tickets,
        "notes": len(found) - tickets,
        "lost": lost,
        "doubled": doubled,
        "half": half,
    }


def _is_half(system: TicketSystem, ref: str, kind: DeliveryKind) -> bool:
    sample = conformance.sample(system)
    names = (
        ("note.bin",) if kind is DeliveryKind.NOTE else tuple(file.name for file in sample.files)
    )
    files = tuple(replace(sample.files[0], name=name) for name in names)
    seen = system.adapter.see(ref, replace(sample, files=files))
    return seen is None or set(seen.files) != set(names) or not all(seen.fields.values())


def count_notes(system: TicketSystem, ref: str, delivery_id: str) -> int:
    """How often a note stands at a ticket."""
    adapter: Any = system.adapter
    if system.mapping.adapter == "redmine":
        journals = adapter._get(f"issues/{ref}", include="journals")["issue"]["journals"]
        return sum(delivery_id in (journal["notes"] or "") for journal in journals)
    if system.mapping.adapter == "request_tracker":
        found = adapter._attachments(ref)
        return sum(delivery_id in (item["Subject"] or "") for item in found)
    messages = adapter._get(f"issue/{ref}")["attributes"]["messages"]
    made = adapter._search("msg", "messageid", delivery_id)
    return sum(message["id"] in made for message in messages)


def _in_child(work: Any) -> str:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with _ending(), os.fdopen(writer, "w") as pipe:
            pipe.write(json.dumps(work()))
    os.close(writer)
    with os.fdopen(reader) as pipe:
        output = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, "a step of the test broke"
    return output


@contextmanager
def _ending() -> Iterator[None]:
    try:
        yield
    except BaseException:  # noqa: BLE001 - a forked child must end here, whatever happened
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    Path(sys.argv[3]).mkdir(parents=True, exist_ok=True)
    print(kill_in_a_loop(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])), flush=True)
