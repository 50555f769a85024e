"""The USB port."""

from __future__ import annotations

from typing import ClassVar, Literal

from diagnose.simulator.phone import Section


class Usb(Section):
    """The port as Android's UsbPortManager sees it; `has_port` is false without a USB HAL."""

    AREA: ClassVar[str] = "usb"

    has_port: bool = True
    port_id: str = "port0"
    supported_modes: str = "dual"
    contaminant: Literal["not-supported", "disabled", "detected", "not detected"] = "not-supported"
    connected: bool = True
    functions: str = "ffs"
