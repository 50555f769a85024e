"""Faults of charging and of the USB port."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.battery import Battery
from diagnose.simulator.state.charging import Charging
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.thermal import Thermal
from diagnose.simulator.state.usb import Usb


def _emulated(phone: Phone) -> str | None:
    return "an emulator has no charger" if phone[SimulatedIdentity].is_emulator else None


def _says_limits(phone: Phone) -> str | None:
    if phone[SimulatedIdentity].skin is Skin.ONE_UI:
        return "One UI does not say what the charger offers"
    return _emulated(phone)


def _senses_contaminant(phone: Phone) -> str | None:
    sensed = phone[Usb].has_port and phone[Usb].contaminant == "not detected"
    return None if sensed else "this phone cannot sense dirt in its port"


def _is_samsung(phone: Phone) -> str | None:
    return None if phone[SimulatedIdentity].skin is Skin.ONE_UI else "only One UI records this"


@fault(
    "charger-not-charging",
    Text("On power with a low battery, and it does not charge", "低电量接通电源但不充电"),
    found_by=("charging.state",),
    causes=("charging.not-charging",),
    fits=_emulated,
)
def not_charging(phone: Phone) -> None:
    """The charger is seen, but no current reaches the cell."""
    phone[Charging].accepted = False
    phone[Battery].drain_to(18, voltage_mv=3610)
    phone[Battery].current_ma = 240


@fault(
    "charger-slow",
    Text("Wall charger gives only 0.1 A", "充电器仅提供 0.1 A"),
    found_by=("charging.state",),
    causes=("charging.slow",),
    fits=_says_limits,
)
def slow(phone: Phone) -> None:
    """A charger or cable without its data lines: the phone dares to take little."""
    charging = phone[Charging]
    charging.source = "ac"
    charging.max_current_ma = 100
    phone[Battery].current_ma = 60


@fault(
    "charger-loose-port",
    Text("Port loses contact again and again", "充电接口反复断连"),
    found_by=("charging.connections",),
    causes=("charging.port-loose",),
    fits=_is_samsung,
)
def loose(phone: Phone) -> None:
    """A worn port: power comes and goes every second."""
    phone[Charging].interruptions = 26


@fault(
    "usb-contaminant",
    Text("Dirt in the USB port", "USB 接口有异物"),
    found_by=("usb.port",),
    causes=("usb.port-dirty",),
    fits=_senses_contaminant,
)
def contaminant(phone: Phone) -> None:
    """The port measures a resistance that no plug has."""
    phone[Usb].contaminant = "detected"


@fault(
    "usb-moisture",
    Text("Water in the USB port", "USB 接口进水"),
    found_by=("usb.port",),
    causes=("usb.port-wet", "usb.port-dirty"),
    fits=lambda phone: None if _is_samsung(phone) is None else _senses_contaminant(phone),
)
def moisture(phone: Phone) -> None:
    """Water across the contacts: the phone stops charging over the cable."""
    if phone[SimulatedIdentity].skin is Skin.ONE_UI:
        phone[Charging].water_hiccup = True
    else:
        phone[Usb].contaminant = "detected"
    phone[Charging].accepted = False


@fault(
    "usb-port-hot",
    Text("USB port heats up: high contact resistance", "USB 接口发热，接触电阻过大"),
    found_by=("thermal.temperatures",),
    causes=("usb.port-hot",),
    fits=lambda phone: None if phone[Thermal].of("usb") else "this phone has no sensor at its port",
)
def hot_port(phone: Phone) -> None:
    """Burnt contacts: the port heats while everything else stays cool."""
    phone[Thermal].heat("usb", 71.0)
