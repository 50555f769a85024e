"""`dumpsys thermalservice` (Android 10 on), `dumpsys hardware_properties`, refused zones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.thermal import Thermal, ThermalSensor

_STALE = 1.45  # the cache was filled while the phone last worked hard
_NONE = "-3.4028235E38"


@answers("dumpsys thermalservice")
def dumpsys_thermalservice(phone: Phone, words: Words) -> Output:
    """ThermalManagerService's dump: the cache first, then what the HAL says now."""
    thermal = phone[Thermal]
    if phone[SimulatedIdentity].sdk < 29:
        return refuse(f"Can't find service: {words[1]}\n", exit_code=0)
    return say("\n".join([*_head(thermal), *_hal_lines(phone)]) + "\n")


def _head(thermal: Thermal) -> list[str]:
    listener = ["\tcallbacks: 4", "\tkilled: false", "\tbroadcasts count: -1"]
    return [
        "IsStatusOverride: false",
        "ThermalEventListeners:",
        *listener,
        "ThermalStatusListeners:",
        *listener,
        f"Thermal Status: {thermal.status}",
        "Cached temperatures:",
        *(_line(sensor, thermal.status, scale=_STALE) for sensor in thermal.sensors[:8]),
    ]


def _hal_lines(phone: Phone) -> Iterator[str]:
    thermal = phone[Thermal]
    if not thermal.hal:
        yield "HAL Ready: false"
        return
    yield "HAL Ready: true"
    yield "HAL connection:"
    gap = "  " if "AIDL" in thermal.hal else " "
    yield f"\t{thermal.hal}{gap}connected: yes"
    yield "Current temperatures from HAL:"
    yield from (_line(s, thermal.status, scale=1) for s in thermal.sensors if s.listed)
    yield "Current cooling devices from HAL:"
    yield "\tCoolingDevice{mValue=0, mType=2, mName=thermal-cpufreq-0}"
    if thermal.has_thresholds:
        yield "Temperature static thresholds from HAL:"
        yield from (_threshold(sensor) for sensor in thermal.sensors)


def _line(sensor: ThermalSensor, status: int, *, scale: float) -> str:
    value = "NaN" if sensor.celsius is None else f"{sensor.celsius * scale:.1f}"
    own = status if sensor.part == "skin" else 0
    return (
        f"\tTemperature{{mValue={value}, mType={sensor.kind}, mName={sensor.name}, mStatus={own}}}"
    )


def _threshold(sensor: ThermalSensor) -> str:
    hot = ", ".join(["NaN", "NaN", "NaN", f"{sensor.hot or 95.0}", "NaN", "NaN", "NaN"])
    return (
        f"\tTemperatureThreshold{{mType={sensor.kind}, mName={sensor.name}, "
        f"mHotThrottlingThresholds=[{hot}], "
        "mColdThrottlingThresholds=[NaN, NaN, NaN, NaN, NaN, NaN, NaN]}"
    )


@answers("dumpsys hardware_properties")
def dumpsys_hardware_properties(phone: Phone, _words: Words) -> Output:
    """HardwarePropertiesManagerService's dump; many vendors leave it empty."""
    lines = ["****** Dump of HardwarePropertiesManagerService ******"]
    for title, part, limit in (
        ("CPU", "cpu", "95.0"),
        ("GPU", "gpu", "95.0"),
        ("Battery", "battery", _NONE),
        ("Skin", "skin", "54.0"),
    ):
        printed = _parts_printed(phone, part)
        lines.append(f"{title} temperatures: [{', '.join(printed)}]")
        lines.append(f"{title} throttling temperatures: [{', '.join(limit for _ in printed)}]")
    lines.append("Fan speed: []")
    lines.append("")
    lines.append("Cpu usage of core: 0, active = 4549, total = 12837")
    lines.append("****** End of HardwarePropertiesManagerService dump ******")
    return say("\n".join(lines) + "\n")


def _parts_printed(phone: Phone, part: str) -> list[str]:
    if not phone[Thermal].has_hardware_properties:
        return []
    sensors = [sensor for sensor in phone[Thermal].of(part) if sensor.listed]
    return [f"{s.celsius:.1f}" if s.celsius is not None else _NONE for s in sensors]


@files
def zone_files(phone: Phone) -> Mapping[str, FileBody]:
    """`/sys/class/thermal`: no user build lets the shell read it."""
    if phone[SimulatedIdentity].is_emulator:
        return {}
    return {
        f"/sys/class/thermal/thermal_zone{index}/{name}": None
        for index in range(len(phone[Thermal].sensors))
        for name in ("type", "temp")
    }
