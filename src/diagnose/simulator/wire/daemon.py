"""A virtual phone's adbd on TCP: `adb connect 127.0.0.1:PORT` reaches it."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import FrameType, TracebackType
from typing import Protocol, Self

from diagnose.simulator.wire.connection import Connection
from diagnose.simulator.wire.faults import WireFaults
from diagnose.simulator.wire.ledger import Ledger
from diagnose.simulator.wire.listener import Listener
from diagnose.simulator.wire.loop import SHARED
from diagnose.simulator.wire.phone import (
    Doorkeeper,
    Locked,
    WirePhone,
    payload_limit,
    wire_version,
)
from diagnose.simulator.wire.responder import Responder

_ANSWERS_A_FLAP = 3


class Served(Protocol):
    """Something virtual that other programs can reach while it is entered."""

    @property
    def reached_by(self) -> tuple[str, str]:
        """Its name, and the command with which other programs reach it."""
        ...

    def __enter__(self) -> object: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Daemon:
    """Serves one responder over the ADB protocol; all daemons share one loop and one thread.

    `port` 0 takes a free one. `doorkeeper` None lets every computer in. `version` and
    `max_payload` of the protocol follow from the responder's features where not given.
    """

    def __init__(
        self,
        responder: Responder,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: WireFaults | None = None,
        doorkeeper: Doorkeeper | None = None,
        version: int | None = None,
        max_payload: int | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.faults = faults or WireFaults()
        self._doorkeeper = doorkeeper
        self._phone = WirePhone(
            responder=responder,
            faults=self.faults,
            doorkeeper=Locked() if self.faults.unauthorized else doorkeeper,
            version=version or wire_version(responder),
            max_payload=max_payload or payload_limit(responder),
            on_answered=self._on_answered,
        )
        self._connections: set[Connection] = set()
        self._listener: Listener | None = None
        self._running = False

    # --- what was seen ---

    @property
    def serial(self) -> str:
        """What the adb server calls this phone."""
        return f"{self.host}:{self.port}"

    @property
    def reached_by(self) -> tuple[str, str]:
        """Its name, and the command with which other programs reach it."""
        return self.serial, f"adb connect {self.serial}"

    @property
    def ledger(self) -> Ledger:
        """Everything this phone was asked."""
        return self._phone.ledger

    @property
    def commands(self) -> list[str]:
        """Every command that was opened, in order."""
        return self._phone.ledger.commands

    @property
    def write_attempts(self) -> list[str]:
        """Every attempt to write a file; must stay empty."""
        return self._phone.ledger.write_attempts

    @property
    def unknown_services(self) -> list[str]:
        """Every service that was asked for and is not served (root, reboot, tcpip, …)."""
        return self._phone.ledger.unknown_services

    @property
    def closed_services(self) -> list[str]:
        """Every service that adbd would not open because of trade-in mode."""
        return self._phone.ledger.closed_services

    @property
    def errors(self) -> list[str]:
        """What went wrong inside the virtual phone, and clients that spoke no ADB."""
        return self._phone.ledger.errors

    @property
    def bytes_sent(self) -> int:
        """Bytes put on the wire, headers included."""
        return self._phone.ledger.bytes_sent

    def change_faults(self, faults: WireFaults) -> bool:
        """Have other faults of the connection; whether computers must connect again to notice."""
        if faults == self.faults:
            return False
        self.faults = faults
        locked = Locked() if faults.unauthorized else self._doorkeeper
        self._phone = replace(self._phone, faults=faults, doorkeeper=locked)
        return True

    # --- life ---

    @property
    def is_running(self) -> bool:
        """Whether `start` was called and `stop` was not."""
        return self._running

    def start(self) -> Self:
        """Bind and serve; raises `OSError` where the port is taken."""
        SHARED.acquire()
        try:
            SHARED.run(self._listen())
        except BaseException:
            SHARED.release()
            raise
        self._running = True
        return self

    def stop(self) -> None:
        """End everything; returns when no socket, timer or thread of this phone is left."""
        if not self._running:
            return
        self._running = False
        try:
            SHARED.run(self._close())
        finally:
            SHARED.release()

    def unplug(self) -> None:
        """Pull the cable: connections end at once, new ones are refused until `replug`.

        A responder may call this too, to be gone in the middle of a command.
        """
        if SHARED.is_here():
            self._cut()
        else:
            SHARED.run(self._close())

    def replug(self) -> None:
        """Put the cable back: the same port serves again."""
        SHARED.run(self._listen())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def _listen(self) -> None:
        self._listener = Listener(
            self.host, self.port, lambda: Connection(self._phone, self._connections)
        )
        self.port = self._listener.port

    async def _close(self) -> None:
        self._cut()
        if self._listener is not None:
            await self._listener.settle()
        leaving = list(self._connections)
        self._cut()
        await asyncio.gather(*(connection.gone for connection in leaving))

    def _cut(self) -> None:
        self._stop_listening()
        for connection in list(self._connections):
            connection.abort()

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()

    def _on_answered(self) -> None:
        ledger = self._phone.ledger
        if self.faults.drops_after is not None and ledger.answered >= self.faults.drops_after:
            self._stop_listening()
            self._hang_up()
        elif ledger.connections <= self.faults.flaps and not ledger.answered % _ANSWERS_A_FLAP:
            self._hang_up()

    def _hang_up(self) -> None:
        for connection in list(self._connections):
            connection.hang_up()


_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def serve_forever(daemons: Sequence[Served], on_ready: Callable[[], None]) -> None:
    """Serve phones until SIGINT, SIGTERM or SIGHUP; for the main thread only.

    `on_ready` is called once all of them listen.
    """
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    with ExitStack() as stack:
        for number in _ENDING:
            if signal.getsignal(number) != signal.SIG_IGN:  # `nohup` lets a terminal go
                stack.callback(signal.signal, number, signal.signal(number, end))
        for daemon in daemons:
            stack.enter_context(daemon)
        on_ready()
        ended.wait()
