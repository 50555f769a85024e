"""`dumpsys bluetooth_manager`: switch, state, crashes; no name, address or paired device."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_HEAD = 20_000
_ENABLED = re.compile(r"^[ \t]{1,8}enabled: (true|false)", re.MULTILINE)
_STATE = re.compile(r"^[ \t]{1,8}state: (\w{2,24})", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]{1,8}address: ([^\n]{1,60})", re.MULTILINE)
_CRASHES = re.compile(r"^Bluetooth crashed (\d{1,6}) times?", re.MULTILINE)
# Android 2.3 prints one line.
_OLD = re.compile(r"^Bluetooth (ON|OFF)\b", re.MULTILINE)
_UNSET = ("null", "", "00:00:00:00:00:00")


@dataclass(frozen=True)
class Bluetooth:
    """The state of Bluetooth as its manager tells it; `state` in AOSP's words (`ON`, `OFF`)."""

    state: str
    state_raw: str
    is_enabled: bool
    has_address: bool | None = None
    crashes: int | None = None
    crashes_raw: str = ""


def parse_bluetooth(text: str) -> Bluetooth:
    """Read the state of Bluetooth; raises `ParseError` where the answer has none."""
    head = text[:_HEAD]
    state = _STATE.search(head) or _OLD.search(head)
    if state is None:
        raise ParseError("no state of Bluetooth in the answer")
    enabled = _ENABLED.search(head)
    address = _ADDRESS.search(head)
    crashes = _CRASHES.search(head)
    return Bluetooth(
        state=state[1].upper(),
        state_raw=state[0].strip(),
        is_enabled=enabled[1] == "true" if enabled else state[1].upper() == "ON",
        has_address=address[1].strip() not in _UNSET if address else None,
        crashes=int(crashes[1]) if crashes else None,
        crashes_raw=crashes[0] if crashes else "",
    )
