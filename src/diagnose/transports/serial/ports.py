"""The serial ports of this computer, with the USB device each belongs to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from diagnose.model.plain import dataclass

_PLACE = re.compile(r"(\d+-\d+(?:\.\d+)*)(?::.*)?")
_MODEM_DRIVERS = {"cdc_acm", "option", ""}  # not qcserial: Qualcomm's diagnosis port is no modem


@dataclass(frozen=True)
class SerialPort:
    """One port: what a program opens, the USB port of its device, and the kernel's driver."""

    name: str
    usb_path: str
    driver: str = ""

    @property
    def is_modem(self) -> bool:
        """Whether AT may be spoken there."""
        return self.driver in _MODEM_DRIVERS


class Ports(Protocol):
    """Where ports are found: the computer's own, or virtual ones."""

    def ports(self) -> tuple[SerialPort, ...]:
        """List them; opens none."""
        ...


class SystemPorts:
    """What pyserial lists here."""

    def ports(self) -> tuple[SerialPort, ...]:
        """List the USB ports; a system whose list cannot be read has none."""
        from serial.tools import list_ports

        try:
            listed = list_ports.comports()
        except Exception:  # noqa: BLE001 - it raises TypeError where sysfs has a hole
            return ()
        return tuple(
            SerialPort(port.device, place[1], _driver(port.device))
            for port in sorted(listed, key=lambda port: str(port.device))
            if (place := _PLACE.fullmatch(port.location or ""))
        )


def _driver(name: str) -> str:
    link = Path("/sys/class/tty") / Path(name).name / "device" / "driver"
    try:
        return link.readlink().name
    except OSError:
        return ""
