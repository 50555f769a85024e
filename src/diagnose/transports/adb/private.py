"""An adb server of one's own: on a free port, with keys of its own, ended by its process id.

Tests and CI jobs use it so that they never touch the server that people's phones hang on.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from diagnose.errors import ServerUnavailable
from diagnose.transports.adb.host import Address, NobodyListens, server_version
from diagnose.transports.adb.server import find_adb

_START_TIMEOUT_S = 20.0
_OFF = {
    "ADB_LIBUSB": "0",  # without USB, libusb makes adb 36 wait three seconds
    "ADB_MDNS": "0",
    "ADB_MDNS_OPENSCREEN": "0",
    "ADB_MDNS_AUTO_CONNECT": "0",
}


class PrivateServer:
    """One adb server; `with PrivateServer() as server: server.address`."""

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="diagnose-adb-")
        self.address = Address("127.0.0.1", _free_port())
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which adb and `diagnose` find this server."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ADB_", "ANDROID_"))}
        home = self._home.name
        return {
            **kept,
            **_OFF,
            "HOME": home,
            "ANDROID_USER_HOME": str(Path(home) / ".android"),
            "ANDROID_ADB_SERVER_PORT": str(self.address.port),
            "TMPDIR": home,
        }

    def __enter__(self) -> Self:
        (Path(self._home.name) / ".android").mkdir(exist_ok=True)
        command = [str(find_adb()), "-P", str(self.address.port), "server", "nodaemon"]
        silent = subprocess.DEVNULL
        self._process = subprocess.Popen(  # noqa: S603 - the adb program the user has
            command, env=self.environment, stdin=silent, stdout=silent, stderr=silent
        )
        try:
            self._wait(self._process)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._home.cleanup()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            try:
                server_version(self.address)
            except NobodyListens:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ServerUnavailable("the private adb server does not start") from None
                time.sleep(0.02)
            else:
                return


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
