"""`dumpsys usb`: the ports, their roles and whether the phone senses dirt or water in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import Printed, lines_of

_MOST_PORTS = 8
_DEEPEST = 32
_LEAF = re.compile(r"([a-z_]{1,60})=(.{0,200})")
# Android 8 and older: `port0: UsbPort{id=port0, …}, status=UsbPortStatus{connected=true, …}, …`.
_OLD_PORT = re.compile(r"UsbPort\{id=([\w.-]{1,40}), supportedModes=([\w ,/-]{1,60})\}")
_OLD_STATUS = re.compile(
    r"\b(connected|currentMode|powerRole|dataRole|currentPowerRole)=(\w{1,20})"
)
_OLD_NAMES = {
    "connected": "connected",
    "currentMode": "current_mode",
    "powerRole": "power_role",
    "currentPowerRole": "power_role",
    "dataRole": "data_role",
}
_KNOWN = re.compile(r"USB MANAGER STATE|USB Manager State|usb_ports|device_manager|USB Port State")


@dataclass(frozen=True)
class UsbPort:
    """One port: `id`, and its lines by name (`connected`, `power_role`, `data_role`, …)."""

    id: str
    fields: Mapping[str, Printed]

    def word(self, name: str) -> str | None:
        """The value of a line in lower case with blanks for `_`, or None."""
        field = self.fields.get(name)
        return field.value.lower().replace("_", " ") if field else None


def parse_usb(text: str) -> tuple[UsbPort, ...]:
    """Read the ports; none is a fair answer (old phones, emulators).

    Raises `ParseError` where the answer is not this dump at all.
    """
    if not _KNOWN.search(text[:4096]):
        raise ParseError("no USB state in the answer")
    return tuple(_tree_ports(text)) or tuple(_old_ports(text))


def _tree_ports(text: str) -> list[UsbPort]:
    """The ports of the braced form, since Android 9."""
    ports: list[UsbPort] = []
    path: list[str] = []
    fields: dict[str, Printed] = {}
    for line in lines_of(text):
        word = line.strip()
        if word.endswith(("{", "[")):
            path.append(word.rstrip("={["))
            if path[-1] == "port" and len(ports) < _MOST_PORTS:
                fields = {}
                ports.append(UsbPort("", fields))
        elif word in ("}", "]"):
            path = path[:-1]
        elif (match := _LEAF.fullmatch(word)) and _is_port_line(path):
            fields.setdefault(match[1], Printed(match[2].strip(), word))
        if len(path) > _DEEPEST:
            break
    return [UsbPort(_id_of(port, index), port.fields) for index, port in enumerate(ports)]


def _is_port_line(path: list[str]) -> bool:
    """Whether the line belongs to a port itself and not to a list of possible roles in it."""
    return bool({"port", "status"} & set(path[-1:])) and "usb_ports" in path


def _id_of(port: UsbPort, index: int) -> str:
    field = port.fields.get("id")
    return field.value if field else f"port{index}"


def _old_ports(text: str) -> list[UsbPort]:
    ports: list[UsbPort] = []
    for line in lines_of(text):
        head = _OLD_PORT.search(line)
        if head and len(ports) < _MOST_PORTS:
            fields = {
                _OLD_NAMES[match[1]]: Printed(match[2], match[0])
                for match in _OLD_STATUS.finditer(line, head.end())
            }
            ports.append(UsbPort(head[1], fields | {"supported_modes": Printed(head[2], head[0])}))
    return ports
