"""One stream of a connection: what is waiting to go out, and how much may go now."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Protocol

from diagnose.simulator.wire.packet import CLSE, OKAY, WRTE

TURN_BYTES = 256 * 1024  # what one stream sends before the others get their turn
WINDOW_OURS = 1024 * 1024  # delayed acks: what the client may send ahead of us


class StreamLink(Protocol):
    """What a stream needs of its connection."""

    loop: asyncio.AbstractEventLoop
    paused: bool
    delayed_acks: bool
    max_payload: int

    def send(self, command: int, arg0: int, arg1: int, payload: bytes = b"") -> None:
        """Put a packet into the next write."""
        ...

    def forget(self, local_id: int) -> None:
        """The stream has ended."""
        ...


class Stream:
    """Sends queued pieces under flow control; subclasses say what is sent.

    `window`: bytes the client takes ahead (delayed acks), None for one packet at a time.
    """

    def __init__(self, link: StreamLink, local_id: int, remote_id: int, window: int | None) -> None:
        self.link = link
        self.local_id = local_id
        self.remote_id = remote_id
        self.closed = False
        self._window = window
        self._clear = True  # classic mode: the last packet was acknowledged
        self._sources: deque[Iterator[bytes]] = deque()
        self._finishing = False
        self._finished = False
        self._turn: asyncio.Handle | None = None

    def start(self) -> None:
        """Called once the client knows that the stream is open."""

    def receive(self, data: bytes) -> None:
        """Take what the client sent; it has been acknowledged."""

    def on_drained(self) -> None:
        """Called when everything queued has gone out."""

    def on_finished(self) -> None:
        """Called when the stream was ended by us, everything sent."""

    def acknowledge(self, length: int | None) -> None:
        """Say that the stream is open (None) or that so many bytes were taken."""
        payload = b""
        if self.link.delayed_acks:
            payload = (WINDOW_OURS if length is None else length).to_bytes(4, "little")
        self.link.send(OKAY, self.local_id, self.remote_id, payload)

    def on_okay(self, payload: bytes) -> None:
        """The client took what we sent: more may go."""
        self._clear = True
        if self._window is not None and len(payload) == 4:
            self._window += int.from_bytes(payload, "little", signed=True)
        self.pump()

    def enqueue(self, pieces: Iterator[bytes]) -> None:
        """Queue pieces, none longer than the negotiated payload, none empty."""
        self._sources.append(pieces)
        self.pump()

    def finish(self) -> None:
        """Close the stream once everything queued has gone out."""
        self._finishing = True
        self.pump()

    def cancel(self) -> None:
        """The client or the connection is gone: nothing more is sent."""
        self.closed = True
        if self._turn is not None:
            self._turn.cancel()
        self._sources.clear()

    def pump(self) -> None:
        """Send what may go, at most one turn's worth, then let the others run."""
        budget = TURN_BYTES
        while self._may_send():
            piece = self._next_piece()
            if piece is None:
                self._drained()
                return
            self._write(piece)
            budget -= len(piece)
            if budget <= 0:
                self._take_turn_later()
                return

    def _may_send(self) -> bool:
        if self.closed or self.link.paused:
            return False
        return self._clear if self._window is None else self._window > 0

    def _next_piece(self) -> bytes | None:
        while self._sources:
            for piece in self._sources[0]:
                return piece
            self._sources.popleft()
        return None

    def _write(self, piece: bytes) -> None:
        self._clear = False
        if self._window is not None:
            self._window -= len(piece)
        self.link.send(WRTE, self.local_id, self.remote_id, piece)

    def _take_turn_later(self) -> None:
        if self._turn is not None:
            self._turn.cancel()
        self._turn = self.link.loop.call_soon(self.pump)

    def _drained(self) -> None:
        if not self._finishing:
            self.on_drained()
            return
        self._finished = True
        self.cancel()
        self.link.send(CLSE, self.local_id, self.remote_id)
        self.link.forget(self.local_id)
        self.on_finished()
