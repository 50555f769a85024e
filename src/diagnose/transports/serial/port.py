"""Our side of the process that owns a serial port."""

from __future__ import annotations

import base64
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from diagnose.errors import DeviceLost, DeviceNotReady
from diagnose.model.plain import dataclass

_OPEN_TIMEOUT_S = 25.0  # the process has to start first, on a busy computer
_GRACE_S = 2.5  # how much longer than its deadline the process may take to tell us

_WHY = {
    "denied": ("this user may not open {port}", "join the group dialout, log in again"),
    "busy": ("another program holds {port}", "often ModemManager: `diagnose doctor` names it"),
    "gone": ("{port} is gone: {detail}", "unplug the phone and plug it in again"),
    "deaf": ("the phone takes no data on {port}", "unplug the phone and plug it in again"),
}


@dataclass(frozen=True)
class Heard:
    """What came back: the bytes, and how it ended (`final`, `timeout`, `oversize`)."""

    data: bytes
    end: str


class Port:
    """One open serial port; raises `DeviceNotReady` or `DeviceLost` in plain words."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, a port of the system
            [sys.executable, "-m", "diagnose.transports.serial.worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self._answer(_OPEN_TIMEOUT_S)
        except BaseException:
            self.close()
            raise

    def ask(self, command: str, timeout_s: float, max_bytes: int) -> Heard:
        """Send one command of the list and wait for its answer."""
        assert self._process.stdin is not None  # noqa: S101 - made with a pipe
        order = {"command": command, "timeout_s": timeout_s, "max_bytes": max_bytes}
        with suppress(OSError):  # an ended process is told by the answer that does not come
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        answer = self._answer(timeout_s + _GRACE_S)
        return Heard(base64.b64decode(answer["data"]), answer["end"])

    def _answer(self, timeout_s: float) -> Mapping[str, Any]:
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            raise DeviceLost(f"the port {self._name} hangs") from None
        if line is None:
            raise DeviceLost(f"the port {self._name} was closed")
        answer: Mapping[str, Any] = json.loads(line)
        if "error" in answer:
            raise self._problem(answer["error"], answer.get("said", ""))
        return answer

    def _problem(self, error: str, detail: str) -> Exception:
        message, hint = _WHY.get(error, _WHY["gone"])
        text = message.format(port=self._name, detail=detail[:200])
        kind = DeviceLost if error == "gone" else DeviceNotReady
        return kind(text, hint=hint)

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - made with a pipe
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(None)

    def close(self) -> None:
        """End the process: closing the port itself can block for half a minute."""
        self._process.kill()
        deadline = time.monotonic() + 5
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(deadline - time.monotonic())
        self._reader.join(1)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
