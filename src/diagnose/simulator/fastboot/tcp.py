"""The bootloader on TCP: Google's own `fastboot -s tcp:127.0.0.1:PORT` reads it as well."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from diagnose.simulator.fastboot.loader import Loader
from diagnose.simulator.wire.listener import Listener
from diagnose.simulator.wire.loop import SHARED

_GREETING = b"FB01"
_LONGEST = 1 << 20


class FastbootServer:
    """Serves one loader; `port` 0 takes a free one."""

    def __init__(self, loader: Loader, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.loader = loader
        self.host, self.port = host, port
        self.connections: set[_Connection] = set()
        self._listener: Listener | None = None

    @property
    def address(self) -> str:
        """What `fastboot -s` takes."""
        return f"tcp:{self.host}:{self.port}"

    @property
    def reached_by(self) -> tuple[str, str]:
        """Its name, and the command with which other programs reach it."""
        return self.address, f"fastboot -s {self.address} getvar all"

    def __enter__(self) -> Self:
        """Bind and serve; raises `OSError` where the port is taken."""
        SHARED.acquire()
        try:
            SHARED.run(self._listen())
        except BaseException:
            SHARED.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            SHARED.run(self._close())
        finally:
            SHARED.release()

    async def _listen(self) -> None:
        self._listener = Listener(self.host, self.port, lambda: _Connection(self))
        self.port = self._listener.port

    async def _close(self) -> None:
        if self._listener:
            self._listener.close()
            await self._listener.settle()
        for connection in list(self.connections):
            connection.hang_up()
        await asyncio.sleep(0)


class _Connection(asyncio.Protocol):
    def __init__(self, server: FastbootServer) -> None:
        self._server = server
        self._held = bytearray()
        self._greeted = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio's own promise
        self._transport = transport
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        self._server.connections.discard(self)

    def hang_up(self) -> None:
        """End the connection at once."""
        if self._transport:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._held += data
        if not self._greeted and len(self._held) >= 4:
            self._greet()
        while self._greeted and len(self._held) >= 8:
            length = int.from_bytes(self._held[:8], "big")
            if length > _LONGEST:
                return self.hang_up()
            if len(self._held) < 8 + length:
                return None
            command = bytes(self._held[8 : 8 + length])
            del self._held[: 8 + length]
            self._answer(command)
        return None

    def _greet(self) -> None:
        if self._held[:2] != b"FB":
            return self.hang_up()
        del self._held[:4]
        self._greeted = True
        self._write(_GREETING)
        return None

    def _answer(self, command: bytes) -> None:
        for packet in self._server.loader.answer(command):
            self._write(len(packet).to_bytes(8, "big") + packet)

    def _write(self, data: bytes) -> None:
        if self._transport:
            self._transport.write(data)
