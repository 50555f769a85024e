"""The adb server: where it listens, and how one is started when none does.

A server that answers is used whatever its version and is never restarted: other people's phones
hang on it.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from diagnose.errors import ProtocolError, ServerUnavailable
from diagnose.places import own_temporary, writable_home
from diagnose.text import printable
from diagnose.transports.adb.host import (
    ANSWER_TIMEOUT_S,
    Address,
    HostRefusal,
    NobodyListens,
    server_version,
)

DEFAULT_PORT = 5037
START_TIMEOUT_S = 15.0  # adb 36 waits 3 s for a libusb it cannot use; slow machines longer
_RIVAL_TIMEOUT_S = 1.0
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
_SOCKET_HINT = "set ADB_SERVER_SOCKET to tcp:HOST:PORT, or unset it"


def server_address() -> Address:
    """Where the server should listen, by adb's own environment variables.

    Raises ServerUnavailable when a variable names something else than a TCP address.
    """
    spec = os.environ.get("ADB_SERVER_SOCKET")
    if spec:
        return _parse_socket(spec)
    host = os.environ.get("ANDROID_ADB_SERVER_ADDRESS") or "127.0.0.1"
    port = os.environ.get("ANDROID_ADB_SERVER_PORT") or str(DEFAULT_PORT)
    return _address(host, port, "ANDROID_ADB_SERVER_PORT")


def address_of(text: str) -> Address:
    """Read `HOST:PORT`. Raises `ServerUnavailable` for anything else."""
    host, _, port = text.rpartition(":")
    return _address(host.strip("[]") or "127.0.0.1", port, "--adb-server")


def _parse_socket(spec: str) -> Address:
    kind, _, rest = spec.partition(":")
    if kind != "tcp":
        message = f"ADB_SERVER_SOCKET is {printable(spec)!r}, which is no TCP address"
        raise ServerUnavailable(message, hint=_SOCKET_HINT)
    host, _, port = rest.rpartition(":")
    return _address(host.strip("[]") or "127.0.0.1", port, "ADB_SERVER_SOCKET")


def _address(host: str, port: str, variable: str) -> Address:
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        message = f"{variable} names the port {printable(port)!r}"
        raise ServerUnavailable(message, hint="a port is a number from 1 to 65535")
    # adb binds IPv4 for "localhost"; asking the resolver could try ::1 first.
    return Address("127.0.0.1" if host == "localhost" else host, int(port))


def find_adb() -> Path:
    """Find the adb program: ADBUTILS_ADB_PATH, then PATH, then the one inside adbutils' wheel.

    Raises ServerUnavailable when there is none.
    """
    import shutil

    named = os.environ.get("ADBUTILS_ADB_PATH") or shutil.which("adb")
    if found := Path(named) if named else bundled_adb():
        return found
    hint = "install Android platform-tools, or set ADBUTILS_ADB_PATH to the adb program"
    raise ServerUnavailable("there is no adb program on this computer", hint=hint)


def bundled_adb() -> Path | None:
    """The adb program inside adbutils' wheel; None where the wheel has none for this system."""
    spec = find_spec("adbutils")  # finds the package without the 160 ms of importing it
    if spec is None or spec.origin is None:
        return None
    program = Path(spec.origin).parent / "binaries" / ("adb.exe" if os.name == "nt" else "adb")
    return program if program.is_file() else None


def client_versions() -> dict[str, int | None]:
    """The adb programs that can be met here, with the protocol version each one states."""
    import shutil

    home = os.environ.get("ANDROID_HOME") or os.environ.get("ANDROID_SDK_ROOT") or ""
    found = {shutil.which("adb"), shutil.which("adb", path=str(Path(home) / "platform-tools"))}
    with suppress(ServerUnavailable):
        found.add(str(find_adb()))
    return {path: stated_version(path) for path in found if path}


def stated_version(adb: str) -> int | None:
    """41 of `Android Debug Bridge version 1.0.41`; None where it does not say."""
    import subprocess

    # Where a variable names an impossible server, adb says that instead of its version.
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("ADB_", "ANDROID_ADB_"))}
    try:
        ended = subprocess.run(  # noqa: S603 - an adb program the user has, fixed arguments
            [adb, "version"], capture_output=True, timeout=10, check=False, env=plain
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(rb"version \d+\.\d+\.(\d{1,4})", ended)
    return int(match[1]) if match else None


def ensure_server(
    address: Address | None = None,
    *,
    answer_timeout_s: float = ANSWER_TIMEOUT_S,
    start_timeout_s: float = START_TIMEOUT_S,
) -> Address:
    """Make sure that an adb server answers and give its address; start one only if none listens.

    Raises ServerUnavailable with a hint: nothing to start, it does not start, or something else
    than an adb server listens there.
    """
    address = address or server_address()
    try:
        _expect_server(address, answer_timeout_s)
    except NobodyListens as error:
        if address.host not in LOCAL_HOSTS:
            hint = "start adb on that computer with `adb -a server nodaemon`"
            raise ServerUnavailable(error.message, hint=hint) from error
        _start(address, start_timeout_s)
    return address


def _expect_server(address: Address, timeout_s: float) -> None:
    try:
        server_version(address, timeout_s=timeout_s)
    except NobodyListens:
        raise
    except (ServerUnavailable, ProtocolError, HostRefusal) as error:
        message = f"{address} is not an adb server that answers: {error.message}"
        hint = f"free port {address.port}, or set ADB_SERVER_SOCKET=tcp:127.0.0.1:PORT"
        raise ServerUnavailable(message, hint=hint) from error


def _start(address: Address, timeout_s: float) -> None:
    """Run `adb start-server`: the server it leaves behind is detached and outlives us."""
    import tempfile

    adb = find_adb()
    # On a computer without USB adb 36 waits 3 s for libusb; its own USB code needs no wait.
    environment = {"ADB_LIBUSB": "0", **os.environ, **_home_for_keys()}
    command = [str(adb), "-P", str(address.port), "start-server"]
    with tempfile.TemporaryFile() as log:  # not a pipe: the server keeps it open for ever
        try:
            status = _run(command, environment, log, timeout_s)
        except OSError as error:
            hint = "set ADBUTILS_ADB_PATH to a working adb program"
            raise ServerUnavailable(f"{adb} does not run: {error.strerror}", hint=hint) from error
        # Two programs may start it in the same moment; the one that came second fails.
        if not _appears(address, timeout_s if status == 0 else _RIVAL_TIMEOUT_S):
            hint = f"run `{adb} -P {address.port} start-server` by hand and read what it says"
            raise ServerUnavailable(_why(status, log, timeout_s), hint=hint)


def _home_for_keys() -> dict[str, str]:
    """What adb needs where there is no home: it does not start without a place for its key."""
    if writable_home() is not None or "ANDROID_USER_HOME" in os.environ:
        return {}
    home = own_temporary()
    keys = home / ".android"
    keys.mkdir(mode=0o700, exist_ok=True)
    return {"HOME": str(home), "ANDROID_USER_HOME": str(keys)}


def _run(
    command: list[str], environment: dict[str, str], log: IO[bytes], timeout_s: float
) -> int | None:
    """Run a command to its end; its exit status, or None when it had to be ended."""
    import subprocess

    with subprocess.Popen(  # noqa: S603 - the adb program the user has, fixed arguments
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl-C on our terminal must not reach the server
    ) as process:
        try:
            return process.wait(timeout_s)
        except BaseException as error:
            process.kill()
            if isinstance(error, subprocess.TimeoutExpired):
                return None
            raise


def _why(status: int | None, log: IO[bytes], timeout_s: float) -> str:
    if status is None:
        return f"adb did not start its server within {timeout_s:g} s"
    log.seek(0)
    lines = log.read(1 << 20).decode("utf-8", "replace").strip().split("\n")
    log_text = printable(
        " / ".join(lines[-3:])
    )  # the cause stands last, after the server's own log
    if status == 0:
        log_text = f"no adb server listens although adb reports success; {log_text}"
    return f"adb could not start its server: {log_text or f'exit status {status}'}"


def _appears(address: Address, timeout_s: float) -> bool:
    """Whether a server answers in time: adb can return just before the port is open."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            _expect_server(address, ANSWER_TIMEOUT_S)
        except NobodyListens:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        else:
            return True
