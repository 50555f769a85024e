"""`shell:` and `exec:` streams: one command, its latency, its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

from diagnose.simulator.output import Output, refuse
from diagnose.simulator.wire.distortion import distort
from diagnose.simulator.wire.faults import matches
from diagnose.simulator.wire.framing import Framing, frame, frame_cut, gather
from diagnose.simulator.wire.phone import WirePhone
from diagnose.simulator.wire.stream import TURN_BYTES, Stream, StreamLink


class Call(NamedTuple):
    """A command and the way its output is wanted."""

    command: str
    framing: Framing


def parse_call(service: str, *, is_old: bool) -> Call | None:
    """Read `shell[,v2][,raw|pty][,TERM=…]:CMD` or `exec:CMD`; None for any other service."""
    head, colon, command = service.partition(":")
    name, *options = head.split(",")
    if not colon or name not in ("shell", "exec"):
        return None
    if name == "exec":
        return Call(command, Framing.RAW)
    if is_old:
        return None if options else Call(command, Framing.TERMINAL)
    wants_terminal = "pty" in options or not (command or "raw" in options)
    if "v2" in options:
        return Call(command, Framing.V2_TERMINAL if wants_terminal else Framing.V2)
    return Call(command, Framing.TERMINAL if wants_terminal else Framing.RAW)


class ShellStream(Stream):
    """Answers one command after the time a real phone takes."""

    def __init__(
        self,
        link: StreamLink,
        ids: tuple[int, int],
        window: int | None,
        phone: WirePhone,
        call: Call,
    ) -> None:
        super().__init__(link, *ids, window)
        self._phone = phone
        self._call = call
        self._timer: asyncio.Handle | None = None
        self._later: list[asyncio.Handle] = []

    def start(self) -> None:
        """Start the clock; the answer is worked out while it runs."""
        command = self._call.command
        self._phone.ledger.commands.append(command)
        if matches(self._phone.faults.hangs, command):
            return
        due = self.link.loop.time() + self._latency_s()
        self._timer = self.link.loop.call_soon(self._prepare, due)

    def cancel(self) -> None:
        """Stop the clock and the answer at once."""
        if not self.closed and not self._finished:
            self._phone.ledger.cancelled += 1
        super().cancel()
        for timer in (self._timer, *self._later):
            if timer is not None:
                timer.cancel()

    def on_finished(self) -> None:
        """Count the answer: some phones leave after a number of them."""
        self._phone.ledger.answered += 1
        self._phone.on_answered()

    def _latency_s(self) -> float:
        try:
            latency_ms = self._phone.responder.latency_ms(self._call.command)
        except Exception as error:  # noqa: BLE001 - a broken phone must not end the daemon
            self._record(error)
            latency_ms = 0.0
        return max(0.0, latency_ms) * self._phone.faults.slow_factor / 1000

    def _prepare(self, due: float) -> None:
        output = self._ask()
        if due <= self.link.loop.time():
            self._answer(output)
        else:
            self._timer = self.link.loop.call_at(due, self._answer, output)

    def _ask(self) -> Output:
        command = self._call.command
        if not command:
            return refuse("a virtual phone has no interactive shell\n")
        try:
            output = self._phone.responder.respond(command)
        except Exception as error:  # noqa: BLE001 - a broken phone must not end the daemon
            self._record(error)
            return Output(exit_code=1)
        return distort(output, command, self._phone.faults)

    def _answer(self, output: Output) -> None:
        self._say(output)
        if not output.hangs:
            self.finish()
        self._later = [
            self.link.loop.call_later(seconds, self._say, Output(stdout=printed, hangs=True))
            for seconds, printed in output.later
        ]

    def _say(self, output: Output) -> None:
        self.enqueue(gather(self._guard(self._parts(output)), self._piece_bytes()))

    def _parts(self, output: Output) -> Iterator[bytes]:
        if matches(self._phone.faults.truncates, self._call.command):
            return frame_cut(output, self._call.framing)
        return frame(output, self._call.framing)

    def _guard(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        """Chunks may be made while they are sent: an error there ends the answer with 1."""
        try:
            yield from parts
        except Exception as error:  # noqa: BLE001 - a broken phone must not end the daemon
            self._record(error)
            yield from frame(Output(exit_code=1), self._call.framing)

    def _piece_bytes(self) -> int:
        return min(self.link.max_payload, TURN_BYTES)

    def _record(self, error: Exception) -> None:
        self._phone.ledger.errors.append(f"{self._call.command}: {error!r}")
