"""The worker: takes what is due, delivers it, and writes down how it went.

Any number of them may run, in any number of processes and on any number of hosts.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Self

from diagnose.errors import DiagnoseError, SecretMissing
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.text import printable
from diagnose.tickets.adapter import Adapter
from diagnose.tickets.compact import compacted, what_was_left_out
from diagnose.tickets.credentials import missing
from diagnose.tickets.delivering import DeliveryWay, deliver
from diagnose.tickets.delivery import Claim, Delivery, DeliveryKind
from diagnose.tickets.failures import (
    AttemptFailed,
    LeaseLost,
    TooLarge,
    Uncertain,
    Unreached,
)
from diagnose.tickets.mapping import TicketMapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.schedule import delay_s, pause_s
from diagnose.tickets.system import TicketSystem, open_system

UNEXPECTED = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading JSON of another shape ends with: a proxy answered, or another version."""

POLL_S = 5.0
"""How often a worker that has nothing to do looks for something new."""

FIRST_LEASE_S = 60.0
"""Until the mapping says how long its system may take."""


def worker_name() -> str:
    """A name nobody else has: host, process, and a few letters."""
    return f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(3)}"


@dataclass(frozen=True)
class _Held:
    claim: Claim
    lease_s: float
    settle_s: float


@dataclass
class Worker:
    """Delivers. `stop` ends it between two requests; `mapping_of` finds the mapping of a system."""

    outbox: Outbox
    mapping_of: Callable[[str], TicketMapping]
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=worker_name)
    cafile: Path | None = None
    _open: ExitStack = field(default_factory=ExitStack)
    _systems: dict[Path, TicketSystem] = field(default_factory=dict)
    _held: _Held | None = None

    def deliver_next(
        self, *, system: str | None = None, number: int | None = None
    ) -> Delivery | None:
        """Deliver what is due first; None: nothing is. What was done is in the outbox."""
        claim = self.outbox.claim(self.name, FIRST_LEASE_S, system=system, number=number)
        if claim is None:
            return None
        with suppress(LeaseLost):  # another worker found it and writes down what it became
            self._attempt(claim)
        return self.outbox.read(claim.delivery.number)

    def work(
        self, *, system: str | None = None, number: int | None = None, patience_s: float
    ) -> Iterator[Delivery]:
        """Deliver until nothing is due within `patience_s`; gives each after an attempt at it."""
        while not self.stop.is_set():
            if done := self.deliver_next(system=system, number=number):
                yield done
                continue
            due_s = self.outbox.next_due_s(system, number)
            if due_s is None or due_s > patience_s:
                return
            self.stop.wait(min(due_s, POLL_S) + 0.01)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._open.close()

    def _attempt(self, claim: Claim) -> None:
        asked = self.requests
        try:
            system = self._opened(claim)
            self._held = _held(claim, system.mapping)
            self._hold()
            outcome = self._deliver(claim, system.adapter)
        except AttemptFailed as failure:
            self._failed(claim, failure, self.requests - asked)
        except SecretMissing as problem:
            self._failed(claim, Unreached(missing(problem)), self.requests - asked)
        except DiagnoseError as problem:
            self._failed(claim, Unreached(Text(problem.message)), self.requests - asked)
        except UNEXPECTED as problem:
            why = f"{type(problem).__name__}: {printable(str(problem), 100)}"
            text = Text(f"an answer nobody expected ({why})", f"应答格式意外（{why}）")
            self._failed(claim, Uncertain(text), self.requests - asked)
        else:
            self.outbox.confirm(claim, outcome, self.requests - asked)

    @property
    def requests(self) -> int:
        """How many requests were sent so far."""
        return sum(system.wire.requests for system in self._systems.values())

    @property
    def waits(self) -> int:
        """How often a system asked to be left alone for a moment, and was."""
        return sum(system.wire.waits for system in self._systems.values())

    def _opened(self, claim: Claim) -> TicketSystem:
        """Keep a system open as long as its mapping stays the same."""
        mapping = self.mapping_of(claim.delivery.system)
        if mapping.path not in self._systems or self._systems[mapping.path].mapping != mapping:
            opened = open_system(mapping, hold=self._hold, wait=self._wait, cafile=self.cafile)
            self._systems[mapping.path] = self._open.enter_context(opened)
        return self._systems[mapping.path]

    def _hold(self) -> None:
        if self._held:
            self.outbox.renew(self._held.claim, self._held.lease_s)

    def _deliver(self, claim: Claim, adapter: Adapter) -> Text:
        found, content = claim.delivery, claim.content
        keep = partial(self._keep, claim, adapter)
        way = DeliveryWay(adapter, found.kind, found.ref, keep, in_doubt=claim.interrupted)
        while True:
            try:
                return deliver(way, content)
            except TooLarge:
                smaller = compacted(content)
                if smaller is None:
                    raise
                if way.ref:  # its text was written before anybody knew: say it beside
                    deliver(replace(way, kind=DeliveryKind.NOTE), what_was_left_out(smaller))
                self.outbox.replace(claim, smaller)
                content = smaller

    def _keep(self, claim: Claim, adapter: Adapter, ref: str) -> None:
        self.outbox.keep_ref(claim, ref, adapter.link(ref))

    def _wait(self, seconds: float) -> bool:
        """Wait on the spot where the system says how long; hold the ticket meanwhile."""
        if self._held:
            self.outbox.renew(self._held.claim, self._held.lease_s + seconds)
        return not self.stop.wait(seconds)

    def _failed(self, claim: Claim, failure: AttemptFailed, asked: int) -> None:
        found = claim.delivery
        tried = failure.reached
        wait_s = None if failure.final else delay_s(found.tries + int(tried))
        if wait_s is not None:
            wait_s = self._waits(found.system, failure, wait_s)
        self.outbox.fail(claim, failure.outcome, failure.detail, asked, wait_s=wait_s, tried=tried)

    def _waits(self, system: str, failure: AttemptFailed, wait_s: float) -> float:
        if failure.halts:

            def seconds(times: int) -> float:
                return pause_s(times) if failure.wait_s is None else max(failure.wait_s, 1.0)

            paused_s = self.outbox.pause(system, failure.detail, seconds)
            return paused_s if not failure.reached else max(wait_s, paused_s)
        least_s = self._held.settle_s if self._held and isinstance(failure, Uncertain) else 0.0
        return max(wait_s, failure.wait_s or 0.0, least_s)


def _held(claim: Claim, mapping: TicketMapping) -> _Held:
    """How long a ticket is held for one request.

    The request may take its time-out twice (to connect, to answer), and the server may work on
    after that; only then another worker may search for what became of it.
    """
    settle_s = max(mapping.settle_s, mapping.adapter_class.settles_s)
    return _Held(claim, 2 * mapping.timeout_s + settle_s, settle_s)
