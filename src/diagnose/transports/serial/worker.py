"""The process that owns one serial port: `python -m diagnose.transports.serial.worker PORT`.

Why a process: closing a port whose phone takes no data blocks for 30 s in the kernel, and nothing
but ending the process frees it. It reads one JSON order a line and writes one JSON answer a line.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from typing import Any

from diagnose.model.requests.serial import AT_COMMANDS
from diagnose.parsers.serial.at import is_final

_SLICE_S = 0.05
_WRITE_TIMEOUT_S = 2.0
_QUIET_S = 0.3


def main(port_name: str) -> int:
    """Open the port, say so, and carry out orders until standard input ends."""
    import serial

    try:
        port = serial.Serial(
            port_name, 115_200, timeout=_SLICE_S, write_timeout=_WRITE_TIMEOUT_S, exclusive=True
        )
    except (OSError, ValueError) as problem:
        _say({"error": _why(problem), "said": str(problem)})
        return 1
    _say({"open": True})
    for line in sys.stdin:
        order = json.loads(line)
        _say(_carried_out(port, order["command"], float(order["timeout_s"]), order["max_bytes"]))
    return 0


def _carried_out(port: Any, command: str, timeout_s: float, max_bytes: int) -> dict[str, object]:
    if command not in AT_COMMANDS:
        return {"error": "forbidden", "said": "this command is not on the list"}
    try:
        _drain(port)
        port.write(command.encode("ascii") + b"\r")
        return _heard(port, timeout_s, max_bytes)
    except OSError as problem:  # pyserial's errors are OSErrors
        return {"error": _why(problem), "said": str(problem)}


def _drain(port: Any) -> None:
    """Throw away what was said before the question: unasked lines, or a late answer."""
    until = time.monotonic() + _QUIET_S
    while port.in_waiting and time.monotonic() < until:
        port.read(port.in_waiting)


def _heard(port: Any, timeout_s: float, max_bytes: int) -> dict[str, object]:
    data, deadline = bytearray(), time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        data += port.read(max(1, min(port.in_waiting, 4096)))
        if len(data) > max_bytes:
            return {"data": _packed(data[:max_bytes]), "end": "oversize"}
        if _is_whole(data):
            return {"data": _packed(data), "end": "final"}
    return {"data": _packed(data), "end": "timeout"}


def _is_whole(data: bytearray) -> bool:
    """Whether the last whole line is a final result."""
    if not data.endswith((b"\r", b"\n")):
        return False
    lines = bytes(data[-200:]).replace(b"\r", b"\n").strip().split(b"\n")
    return is_final(lines[-1].decode("latin-1"))


def _packed(data: bytearray) -> str:
    return base64.b64encode(data).decode("ascii")


def _why(problem: Exception) -> str:
    message = str(problem).lower()
    number = getattr(problem, "errno", None)
    if number == 13 or "permission" in message or "access is denied" in message:
        return "denied"
    if number in (11, 16) or "lock" in message or "busy" in message:
        return "busy"
    if "write timeout" in message:
        return "deaf"
    return "gone"


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
