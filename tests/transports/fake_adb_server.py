"""An adb server that plays a script: for what no real server does on demand."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from diagnose.transports.adb.host import Address


def okay(payload: str) -> bytes:
    return b"OKAY" + b"%04x" % len(payload) + payload.encode()


def fail(message: str) -> bytes:
    return b"FAIL" + b"%04x" % len(message) + message.encode()


def packet(kind: int, payload: bytes) -> bytes:
    return bytes([kind]) + len(payload).to_bytes(4, "little") + payload


class Line:
    """One client, as the script sees it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._sock.sendall(piece)

    def trickle(self, data: bytes) -> None:
        """One byte a segment."""
        self.send(*(data[i : i + 1] for i in range(len(data))))

    def read(self, length: int) -> bytes:
        """So many bytes, or less at the end of the stream."""
        data = b""
        while len(data) < length and (more := self._sock.recv(length - len(data))):
            data += more
        return data

    def request(self) -> str:
        digits = self.read(4)
        return self.read(int(digits, 16)).decode() if digits else ""

    def hang(self) -> None:
        """Say nothing until the client goes."""
        while self._sock.recv(4096):
            pass

    def reset(self) -> None:
        """Break the connection with RST."""
        self._sock.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, (1).to_bytes(4, "little") + bytes(4)
        )


Stream = Callable[[Line, str], None]


def _end(sock: socket.socket) -> None:
    """Say goodbye as a server does: bytes of the client that nobody read would make it a reset."""
    sock.shutdown(socket.SHUT_WR)
    sock.settimeout(5)
    while sock.recv(4096):
        pass


@dataclass
class FakeServer:
    """Serves `host:` questions from its fields and every stream from `stream`."""

    stream: Stream = lambda line, _service: line.hang()
    transport: bytes = b"OKAY"
    state: bytes = okay("device")
    features: bytes = okay("shell_v2,cmd")
    other: dict[str, bytes] = field(default_factory=dict)
    raw: Callable[[Line], None] | None = None
    services: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = Address("127.0.0.1", self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._workers: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Vanish: the port is closed and every client cut off."""
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        if threading.current_thread() is not self._acceptor:
            self._acceptor.join()
        self._listener.close()
        for sock in list(self._open):
            _shut(sock)
        for worker in self._workers:
            if worker is not threading.current_thread():
                worker.join()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(sock)
            worker = threading.Thread(target=self._serve, args=(sock,))
            self._workers.append(worker)
            worker.start()

    def _serve(self, sock: socket.socket) -> None:
        with sock:
            try:
                self._play(Line(sock))
                _end(sock)
            except OSError:
                pass  # the client went, as many scripts provoke
            finally:
                self._open.discard(sock)

    def _play(self, line: Line) -> None:
        if self.raw:
            self.raw(line)
            return
        request = line.request()
        if request.startswith("host:transport:"):
            self._play_stream(line)
        elif request.endswith(":get-state"):
            line.send(self.state)
        elif request.endswith(":features"):
            line.send(self.features)
        else:
            line.send(self.other.get(request, fail("unknown host service")))

    def _play_stream(self, line: Line) -> None:
        line.send(self.transport)
        if self.transport == b"OKAY" and (service := line.request()):
            self.services.append(service)
            self.stream(line, service)


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # its own thread was faster
