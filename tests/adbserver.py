"""A private adb server for tests, and a plain client of it that reads every byte exactly.

Never port 5037, never `adb kill-server`: the server belongs to this process and ends by its pid.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from diagnose.simulator.wire.daemon import Daemon
from diagnose.transports.adb.server import bundled_adb, find_adb

START_TIMEOUT_S = 20.0
STATE_TIMEOUT_S = 15.0
SHELL_TIMEOUT_S = 30.0


class AdbRefusal(Exception):
    """The server answered FAIL."""


@dataclass(frozen=True)
class ShellReply:
    """What a shell stream said. `exit_code` is None where the exit packet never came."""

    stdout: bytes
    stderr: bytes
    exit_code: int | None


def adb_program() -> str:
    """The adb of the wheel, whatever is on the path: Debian's of 2019 says other words elsewhere.

    `ADBUTILS_ADB_PATH` names another one to try.
    """
    named = os.environ.get("ADBUTILS_ADB_PATH") or bundled_adb()
    return str(named or find_adb())


class AdbServer:
    """One real adb server on a free port, with a home and keys of its own."""

    def __init__(self) -> None:
        self.home = tempfile.TemporaryDirectory(prefix="diagnose-adb-")
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Process id of the server."""
        assert self._process is not None
        return self._process.pid

    @property
    def public_key(self) -> Path:
        """The public half of the server's key; adb makes it at start."""
        return Path(self.home.name) / ".android" / "adbkey.pub"

    def environment(self) -> dict[str, str]:
        """Environment in which an adb client finds this server and no key of the user."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ADB_", "ANDROID_"))}
        return kept | {
            "HOME": self.home.name,
            "ANDROID_USER_HOME": str(Path(self.home.name) / ".android"),
            "ANDROID_ADB_SERVER_PORT": str(self.port),
            "ADB_LIBUSB": "0",  # without USB, libusb makes adb 36 wait three seconds
            "ADB_MDNS": "0",
            "ADB_MDNS_OPENSCREEN": "0",
            "ADB_MDNS_AUTO_CONNECT": "0",
            "TMPDIR": self.home.name,
        }

    def start(self) -> None:
        """Start and wait until it answers."""
        (Path(self.home.name) / ".android").mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [adb_program(), "-P", str(self.port), "server", "nodaemon"],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, START_TIMEOUT_S, "the adb server does not answer")

    def stop(self) -> None:
        """End the server by its pid."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.home.cleanup()

    def kill(self) -> None:
        """Kill the server by its pid as a crash would; `start` brings it back on its port."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the adb server ended at once"
        try:
            return bool(self.ask("host:version"))
        except OSError:
            return False

    # --- client ---

    @contextmanager
    def open(self, service: str, *, timeout_s: float = STATE_TIMEOUT_S) -> Iterator[socket.socket]:
        """A socket on which the server accepted this service."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s) as sock:
            send_request(sock, service)
            yield sock

    def ask(self, service: str, *, timeout_s: float = STATE_TIMEOUT_S) -> str:
        """The text a `host:` service answers."""
        with self.open(service, timeout_s=timeout_s) as sock:
            return read_exact(sock, int(read_exact(sock, 4), 16)).decode()

    def state(self, serial: str) -> str:
        """State as the device list says it: device, offline, unauthorized, …, or absent."""
        for line in self.ask("host:devices").splitlines():
            name, _, state = line.partition("\t")
            if name == serial:
                return state
        return "absent"

    def wait_for(self, serial: str, state: str, timeout_s: float = STATE_TIMEOUT_S) -> None:
        """Wait until the phone has this state."""
        wait_until(
            lambda: self.state(serial) == state, timeout_s, f"{serial} does not become {state}"
        )

    @contextmanager
    def attached(self, daemon: Daemon, state: str = "device") -> Iterator[str]:
        """A virtual phone connected to this server; yields its serial once it has `state`."""
        serial = daemon.serial
        with socket.create_connection(("127.0.0.1", self.port), timeout=STATE_TIMEOUT_S) as sock:
            # The answer is not awaited: for a phone that stays offline it takes ten seconds.
            write_request(sock, f"host:connect:{serial}")
            try:
                self.wait_for(serial, state)
                yield serial
            finally:
                self.detach(serial)

    def detach(self, serial: str) -> None:
        """Make the server forget the phone."""
        try:
            self.ask(f"host:disconnect:{serial}")
        except (AdbRefusal, OSError):
            return  # it is gone already, or the server is

    @contextmanager
    def device(
        self, serial: str, service: str, timeout_s: float = SHELL_TIMEOUT_S
    ) -> Iterator[socket.socket]:
        """A socket on which the phone accepted this service."""
        with self.open(f"host:transport:{serial}", timeout_s=timeout_s) as sock:
            send_request(sock, service)
            yield sock

    def shell(self, serial: str, command: str, timeout_s: float = SHELL_TIMEOUT_S) -> ShellReply:
        """Run over `shell,v2,raw:` to the end of the stream."""
        with self.device(serial, f"shell,v2,raw:{command}", timeout_s) as sock:
            sock.sendall(b"\x04\0\0\0\0")
            return parse_v2(read_all(sock))

    def adb(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the adb program against this server."""

        return subprocess.run(
            [adb_program(), *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=SHELL_TIMEOUT_S,
            check=False,
        )

    def raw(self, serial: str, service: str, timeout_s: float = SHELL_TIMEOUT_S) -> bytes:
        """Everything a service says until it closes."""
        with self.device(serial, service, timeout_s) as sock:
            return read_all(sock)


def parse_v2(data: bytes) -> ShellReply:
    """Take shell v2 packets apart; a packet that is cut off counts as far as it came."""
    parts = {1: bytearray(), 2: bytearray(), 3: bytearray()}
    at = 0
    while at + 5 <= len(data):
        length = int.from_bytes(data[at + 1 : at + 5], "little")
        parts[data[at]] += data[at + 5 : at + 5 + length]
        at += 5 + length
    return ShellReply(bytes(parts[1]), bytes(parts[2]), parts[3][0] if parts[3] else None)


def write_request(sock: socket.socket, service: str) -> None:
    """Send a service's name with its length."""
    data = service.encode()
    sock.sendall(f"{len(data):04x}".encode() + data)


def send_request(sock: socket.socket, service: str) -> None:
    """Ask for a service and wait for OKAY; raises `AdbRefusal` with the server's words."""
    write_request(sock, service)
    status = read_exact(sock, 4)
    if status != b"OKAY":
        raise AdbRefusal(read_exact(sock, int(read_exact(sock, 4), 16)).decode())


def read_exact(sock: socket.socket, length: int) -> bytes:
    """Read so many bytes; raises `ConnectionError` where the stream ends before."""
    data = bytearray()
    while len(data) < length:
        chunk = sock.recv(length - len(data))
        if not chunk:
            raise ConnectionError(f"stream ended after {len(data)} of {length} bytes")
        data += chunk
    return bytes(data)


def read_all(sock: socket.socket) -> bytes:
    """Read to the end of the stream."""
    data = bytearray()
    while chunk := sock.recv(1 << 18):
        data += chunk
    return bytes(data)


def wait_until(
    condition: Callable[[], bool], timeout_s: float, problem: str, poll_s: float = 0.01
) -> None:
    """Wait for a condition of another process or thread that can only be polled."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, problem
        time.sleep(poll_s)


def free_port() -> int:
    """A TCP port that is free now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def servers_on(port: int) -> list[psutil.Process]:
    """The adb servers that serve this port."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        if f"tcp:{port}" in words and "server" in words:
            found.append(process)
    return found


def end_servers(port: int) -> None:
    """End by pid what a command under test left running: an adb server outlives its starter."""
    for process in servers_on(port):
        process.kill()
        process.wait(10)
