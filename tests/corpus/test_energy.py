"""Battery, USB and thermal captures of real phones: parsed, right, and no false alarm."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diagnose.errors import ParseError
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.parsers.battery.batterystats import parse_capacities
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.power_supply import parse_supplies
from diagnose.parsers.thermal.hardware_properties import parse_hardware_properties
from diagnose.parsers.thermal.thermalservice import parse_thermalservice
from diagnose.parsers.thermal.zones import parse_zones
from diagnose.parsers.usb.dumpsys import parse_usb
from diagnose.testing import interpret_probe, measurement
from diagnose.text import decode

CORPUS = Path(
    os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]

PARSERS: dict[str, Callable[[str], object]] = {
    "dumpsys battery": parse_battery,
    "dumpsys batterystats": parse_capacities,
    "dumpsys thermalservice": parse_thermalservice,
    "dumpsys hardware_properties": parse_hardware_properties,
    "dumpsys usb": parse_usb,
    "for z in /sys/class/thermal/thermal_zone*: name type temp": parse_zones,
    "acc --info (dumpsys battery + uevent)": parse_supplies,
}
# Excerpts and lists that people made stand for the requests which give the same words.
ZONES = "grep ''" + (" /sys/class/thermal/thermal_zone*/type /sys/class/thermal/thermal_zone*/temp")
SUPPLIES = (
    "grep '' /sys/class/power_supply/*/uevent /sys/class/power_supply/*/charge_full"
    " /sys/class/power_supply/*/charge_full_design /sys/class/power_supply/*/cycle_count"
    " /sys/class/power_supply/*/state_of_health /sys/class/power_supply/*/manufacturing_date"
    " /sys/class/power_supply/*/first_usage_date"
)
ASKED_AS = {
    "for z in /sys/class/thermal/thermal_zone*: name type temp": (ZONES,),
    "acc --info (dumpsys battery + uevent)": ("dumpsys battery", SUPPLIES),
}
PROBES = (
    "battery.state",
    "battery.forced",
    "battery.health",
    "battery.current",
    "battery.parts",
    "battery.samsung",
    "charging.state",
    "charging.connections",
    "usb.port",
    "thermal.temperatures",
    "thermal.sensors",
)
EXPECTED: list[tuple[str, str, str, Value | None]] = [
    ("asus-PadFone_S", "battery.state", "level", 97),
    ("asus-PadFone_S", "battery.state", "voltage", 4.342),
    ("asus-PadFone_S", "battery.health", "state_of_health", None),
    ("google-Pixel-sailfish-10", "battery.state", "temperature", 26.2),
    ("google-Pixel-sailfish-10", "battery.state", "counter", 2761.287),
    ("google-Pixel-sailfish-10", "charging.state", "source", "USB"),
    ("google-Pixel-sailfish-10", "charging.state", "charging", "full"),
    ("google-Pixel-sailfish-10", "thermal.temperatures", "zone.battery", 26.5),
    ("google-Pixel-sailfish-10", "thermal.temperatures", "zone.skin", 30.0),
    ("google-Pixel-sailfish-10", "usb.port", "contaminant", None),
    ("google-Pixel-sailfish-10", "usb.port", "power_role.port0", "sink"),
    ("htc-Nexus_One-MIUI-2.3", "battery.state", "voltage", 4.06),
    ("oneplus-OnePlus_7-13", "battery.health", "state_of_health", 97.3),
    ("oneplus-OnePlus_7-13", "battery.state", "level", 77),
    ("qualcomm-markakash-sm8x50-android16-16", "thermal.temperatures", "zone.cpu", 35.8),
    ("qualcomm-markakash-sm8x50-android16-16", "thermal.temperatures", "zone.battery", 31.2),
    ("samsung-Galaxy_S24", "battery.state", "level", 75),
    ("samsung-Galaxy_S24", "battery.health", "state_of_health", 99.0),
    ("samsung-Galaxy_S24", "battery.health", "cycles", 701),
    ("samsung-Galaxy_S24", "battery.health", "first_used", "2024-11-30"),
    ("samsung-Galaxy_S24", "battery.current", "now", 1531.0),
    ("samsung-Galaxy_S24", "battery.state", "counter", 3719.506),
    ("samsung-Galaxy_S24", "battery.samsung", "max_temperature", 512),
    ("samsung-Galaxy_S24", "battery.samsung", "max_current", 9927),
    ("samsung-Galaxy_S24", "battery.samsung", "discharged", 70148),
    ("samsung-Galaxy_S24", "battery.samsung", "radio_calibrated", "2024-09-04"),
    ("samsung-Galaxy_S24", "battery.samsung", "made", None),
    ("samsung-Galaxy_S24", "battery.parts", "battery", "unsupported"),
    ("samsung-Galaxy_S24", "usb.port", "water", False),
    ("unknown-console-fake-health", "battery.state", "gauge", "placeholder"),
    ("unknown-console-fake-health", "battery.state", "level", None),
    ("unknown-nktkln-rackphone-sc7325", "battery.state", "health", "good"),
    ("unknown-nktkln-rackphone-sc7325", "battery.health", "state_of_health", 73.9),
    ("unknown-nktkln-rackphone-sc7325", "thermal.temperatures", "zone.battery", 27.0),
]


@dataclass(frozen=True)
class Capture:
    """One captured answer of a device."""

    device: str
    command: str
    text: bytes
    is_fault: bool


def captures() -> Iterator[Capture]:
    for index in sorted(CORPUS.glob("*/index.json")):
        manifest: dict[str, Any] = json.loads(index.read_text("utf-8"))
        for entry in manifest["captures"]:
            if entry["command"] in PARSERS:
                yield Capture(
                    index.parent.name,
                    entry["command"],
                    (index.parent / entry["file"]).read_bytes(),
                    "FAULT" in (entry.get("notable") or ""),
                )


def answers_of(device: str) -> dict[str, bytes]:
    answers: dict[str, bytes] = {}
    for capture in captures():
        if capture.device == device:
            for command in ASKED_AS.get(capture.command, (capture.command,)):
                answers[command] = capture.text
    return answers


def test_every_capture_parses_or_says_why() -> None:
    parsed, refused = 0, 0
    for capture in captures():
        try:
            PARSERS[capture.command](decode(capture.text))
            parsed += 1
        except ParseError:
            refused += 1
    print(f"energy captures: {parsed} parsed, {refused} refused")
    assert parsed >= 15
    assert refused <= 1


@pytest.mark.parametrize(("device", "probe", "name", "value"), EXPECTED)
def test_value_that_the_capture_states(
    device: str, probe: str, name: str, value: Value | None
) -> None:
    assert measurement(interpret_probe(probe, answers_of(device)), name).value == value


def test_no_healthy_device_fails() -> None:
    faulty = {capture.device for capture in captures() if capture.is_fault}
    devices = {capture.device for capture in captures()}
    alarms = [
        (device, probe)
        for device in sorted(devices - faulty)
        for probe in PROBES
        if interpret_probe(probe, answers_of(device)).outcome in (Outcome.FAIL, Outcome.ERROR)
    ]
    print(f"energy: {len(devices)} devices, {len(devices - faulty)} healthy, {len(alarms)} alarms")
    assert not alarms


def test_the_worn_battery_is_found() -> None:
    """Only lines that its community system adds tell: they may raise attention, no more."""
    result = interpret_probe("battery.health", answers_of("unknown-nktkln-rackphone-sc7325"))
    assert result.outcome is Outcome.ATTENTION
