"""Shell commands on one phone through the adb server, many streams at once.

Why not adbutils here: it costs 23 ms a call, its timeouts are per read, and it hands a cut answer
over as success.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from diagnose.model.replies import Reply
from diagnose.model.requests import Request
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.loop import Guard, Round
from diagnose.transports.adb.server import server_address
from diagnose.transports.adb.task import AdbPhone

DEFAULT_CONCURRENCY = 40  # measured: 40 streams beat 8 and 16 on a link with a round-trip time


class AdbTransport:
    """A phone on the adb server; see `Transport` for the contract.

    `guard` sees every request before it is sent and may forbid it by giving a reason. Once the
    phone is lost, or after `abort`, every later request ends at once in the same way. Nothing is
    raised after the construction; a server that does not answer is a lost phone.

    `preload` is loading in short steps (some ms), done while the phone is silent. In the thread
    that waits, because Python runs one thread at a time: another one would take the processor
    away from the answers at every turn (measured: 50 ms a run).
    """

    def __init__(
        self,
        serial: str,
        *,
        address: Address | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        guard: Guard | None = None,
        preload: Iterable[object] = (),
    ) -> None:
        if concurrency < 1:
            raise ValueError("concurrency counts streams and starts at 1")
        self._phone = AdbPhone(serial, address or server_address())
        self._concurrency = concurrency
        self._guard = guard
        self._preload = iter(preload)
        self._wakers: set[socket.socket] = set()
        # Re-entrant: a signal handler may call abort while this very thread holds it.
        self._waking = threading.RLock()

    @property
    def lost_because(self) -> str:
        """Why the phone is lost, as one plain sentence; empty while it is not."""
        return self._phone.lost_because

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply a request as each ends; `started_ms` counts from the first `next`.

        Closing the iterator ends every stream. The time its reader takes between two replies is
        not counted against the deadlines.
        """
        with self._wakeable() as waker:
            work = Round(
                self._phone,
                requests,
                concurrency=self._concurrency,
                guard=self._guard,
                waker=waker,
                preload=self._preload,
            )
            try:
                yield from work.replies()
            finally:
                work.close()

    def abort(self) -> None:
        """End everything under way as CANCELLED; from any thread or a signal handler."""
        self._phone.cancelled = True
        with self._waking:
            for waker in self._wakers:
                with suppress(OSError):  # full: it is being woken already
                    waker.send(b"!")

    @contextmanager
    def _wakeable(self) -> Iterator[socket.socket]:
        listening, waking = socket.socketpair()
        waking.setblocking(False)
        with listening, waking:
            with self._waking:
                self._wakers.add(waking)
            try:
                yield listening
            finally:
                with self._waking:
                    self._wakers.discard(waking)
