"""`cmd wifi status` (Android 11 and later) and the listing of network interfaces."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import Quoted

_LONGEST = 100_000
_MOST_INTERFACES = 64
_SWITCH = re.compile(r"^Wifi is (enabled|disabled)\b", re.MULTILINE)
_CONNECTED = re.compile(r"^Wifi is (?:connected to|not connected)", re.MULTILINE)
_RSSI = re.compile(r"\bRSSI: (-?\d{1,4})")
_WORD = re.compile(r"\S+")
_INTERFACE = re.compile(r"(?:wlan|wifi|mlan)\d{1,2}")


@dataclass(frozen=True)
class WifiStatus:
    """The state of Wi-Fi; the name of the network is not taken. `rssi_raw` for the evidence."""

    is_enabled: bool
    switch_raw: str
    is_connected: bool
    rssi_dbm: int | None = None
    rssi_raw: str = ""


def parse_wifi_status(text: str) -> WifiStatus:
    """Read the state of Wi-Fi; raises `ParseError` where the answer has none."""
    bounded = text[:_LONGEST]
    switch = _SWITCH.search(bounded)
    if switch is None:
        raise ParseError("no state of Wi-Fi in the answer")
    connected = _CONNECTED.search(bounded)
    is_connected = connected is not None and "not" not in connected[0]
    rssi = _RSSI.search(bounded) if is_connected else None
    # -127 is Android's "no measurement".
    is_level = rssi is not None and -127 < int(rssi[1]) < 0
    return WifiStatus(
        is_enabled=switch[1] == "enabled",
        switch_raw=switch[0],
        is_connected=is_connected,
        rssi_dbm=int(rssi[1]) if rssi is not None and is_level else None,
        rssi_raw=rssi[0] if rssi is not None and is_level else "",
    )


def parse_interfaces(text: str) -> tuple[str, ...]:
    """Read the names that `ls /sys/class/net` prints; raises `ParseError` where there is none.

    Every Linux has the loopback `lo`: a listing without it is no listing. One without an end of
    line was cut, and `wlan0` stands last in the alphabet.
    """
    words = list(_WORD.finditer(text[:_LONGEST]))[:_MOST_INTERFACES]
    names = tuple(Quoted(word[0], word.start()) for word in words)
    if "lo" not in names or not text.endswith("\n"):
        raise ParseError("no whole listing of interfaces")
    return names


def wifi_interfaces(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the interfaces that a Wi-Fi driver makes."""
    return tuple(name for name in names if _INTERFACE.fullmatch(name))
