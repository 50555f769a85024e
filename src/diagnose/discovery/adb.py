"""What the adb server lists, in which state, and what to do about it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from diagnose.discovery.faces import Connection, Device
from diagnose.errors import ProtocolError, ServerUnavailable
from diagnose.ladder.state import ADB_STATES, State
from diagnose.transports.adb.host import Address, HostConnection, device_list, open_tracking, track
from diagnose.transports.adb.server import ensure_server, server_address

SETTLE_S = 0.25  # adb reports every phone as offline for some 20 ms before it is a device
SETTLE_MAX_S = 2.0  # a loose plug changes for ever; show what there is by then
SERVER_GRACE_S = 3.0  # whoever restarts the server gets this long before we start one
_RETRY_S = 0.1
_STOP_S = 0.5  # how often a watch that hears nothing looks whether it is to end

_NO_SERIAL = "(no serial number)"
_FIELD = re.compile(r"(usb|product|model|device|transport_id):(\S*)")
_NETWORK_SERIAL = re.compile(r".+:\d{1,5}|adb-.+\._adb(-tls-connect)?\._tcp\.?")
_CHATTER = ("List of devices", "* ", "adb server")


def list_adb(address: Address | None = None) -> tuple[Device, ...]:
    """List the phones of the adb server; starts it if none runs.

    Raises ServerUnavailable.
    """
    return parse_devices(device_list(ensure_server(address)))


def parse_devices(text: str) -> tuple[Device, ...]:
    """Read a list as `adb devices`, with or without `-l`, gives it; never raises.

    A line that is no device is left out.
    """
    found = (_parse_line(line) for line in text.split("\n"))
    return tuple(device for device in found if device)


def _parse_line(line: str) -> Device | None:
    serial, rest = _split_serial(line)
    if not rest or line.startswith(_CHATTER):
        return None
    words = rest.split()
    fields: dict[str, str] = {}
    while words and (match := _FIELD.fullmatch(words[-1])):
        fields[match[1]] = match[2]
        words.pop()
    state = " ".join(words)
    number = fields.get("transport_id", "")
    return Device(
        serial=serial,
        state=_state(state),
        model=fields.get("model", ""),
        product=fields.get("product", ""),
        transport_id=int(number) if re.fullmatch(r"[0-9]{1,18}", number) else 0,
        usb_path=fields.get("usb", ""),
        connection=_connection(serial, "usb" in fields),
        adb_state=state,
    )


def _split_serial(line: str) -> tuple[str, str]:
    if line.startswith(_NO_SERIAL):  # adb's own words for a phone without one
        return _NO_SERIAL, line[len(_NO_SERIAL) :].strip()
    if "\t" in line:
        serial, _, rest = line.partition("\t")
    else:
        serial, _, rest = line.strip().partition(" ")
    return serial.strip(), rest.strip()


def _state(name: str) -> State:
    if name.startswith("no permissions"):
        return State.NO_PERMISSIONS
    return State(name) if name in ADB_STATES else State.OTHER


def _connection(serial: str, on_usb: bool) -> Connection:
    if on_usb:
        return "usb"
    if serial.startswith("emulator-"):
        return "emulator"
    return "tcp" if _NETWORK_SERIAL.fullmatch(serial) else "usb"


def watch(
    address: Address | None = None, stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Device, ...]]:
    """Yield the list now and after every change that lasts, until `stop` says so.

    A server that is restarted by somebody else is waited for; after SERVER_GRACE_S one is started.
    Raises ServerUnavailable when none can be.
    """
    address = ensure_server(address or server_address())
    last: tuple[Device, ...] | None = None
    while connection := _reopen(address, stop):
        try:
            for devices in _settled(connection, stop):
                if devices != last:
                    last = devices
                    yield devices
        finally:
            connection.close()
        time.sleep(_RETRY_S)


def _reopen(address: Address, stop: Callable[[], bool]) -> HostConnection | None:
    deadline = time.monotonic() + SERVER_GRACE_S
    while not stop():
        try:
            return open_tracking(address)
        except (ServerUnavailable, ProtocolError):
            if time.monotonic() > deadline:
                ensure_server(address)
                deadline = time.monotonic() + SERVER_GRACE_S
            time.sleep(_RETRY_S)
    return None


def _settled(connection: HostConnection, stop: Callable[[], bool]) -> Iterator[tuple[Device, ...]]:
    """Yield each list that stayed for SETTLE_S; ends with the connection."""
    try:
        while not stop():
            if (text := track(connection, _STOP_S)) is None:
                continue
            latest = time.monotonic() + SETTLE_MAX_S
            while (newer := track(connection, SETTLE_S)) is not None:
                text = newer
                if time.monotonic() > latest:
                    break
            yield parse_devices(text)
    except (ServerUnavailable, ProtocolError):
        return
