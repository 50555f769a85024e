"""A listening socket whose end is certain: asyncio's own server loses what it is accepting."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

_BACKLOG = 128
_FULL_PAUSE_S = 0.2  # no descriptors left: try again later instead of spinning


class Listener:
    """Accepts connections in the running loop; raises `OSError` where the port is taken."""

    def __init__(self, host: str, port: int, factory: Callable[[], asyncio.Protocol]) -> None:
        self._loop = asyncio.get_running_loop()
        self._factory = factory
        self._accepting: set[asyncio.Task[None]] = set()
        self._socket = socket.create_server((host, port), backlog=_BACKLOG)
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]
        self._loop.add_reader(self._socket, self._accept)

    def close(self) -> None:
        """Refuse connections from now on."""
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    async def settle(self) -> None:
        """Wait until every accepted socket has become a connection, or has failed to."""
        while self._accepting:
            await asyncio.wait(self._accepting)

    def _accept(self) -> None:
        try:
            client, _ = self._socket.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:
            self._loop.remove_reader(self._socket)
            self._loop.call_later(_FULL_PAUSE_S, self._resume)
            return
        client.setblocking(False)
        # asyncio sets this only on sockets whose protocol number is not 0, as an accepted one's is:
        # without it an answer after 1 to 40 ms waits for the server's delayed acknowledgement.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        task = self._loop.create_task(self._connect(client))
        self._accepting.add(task)
        task.add_done_callback(self._accepting.discard)

    async def _connect(self, client: socket.socket) -> None:
        try:
            transport, _ = await self._loop.connect_accepted_socket(self._factory, client)
        except OSError:
            client.close()
            return
        if self._socket.fileno() < 0:
            transport.abort()  # accepted in the moment in which the phone left

    def _resume(self) -> None:
        if self._socket.fileno() >= 0:
            self._loop.add_reader(self._socket, self._accept)
