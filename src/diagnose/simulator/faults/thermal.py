"""Faults of heat and of the temperature sensors; what a buyer learns in trade-in mode."""

from __future__ import annotations

from collections.abc import Callable

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.thermal import Thermal
from diagnose.simulator.state.tradein import SimulatedTradeIn


def _has(part: str) -> Callable[[Phone], str | None]:
    def fits(phone: Phone) -> str | None:
        return None if phone[Thermal].of(part) else f"this phone has no {part} sensor"

    return fits


def _has_service(phone: Phone) -> str | None:
    if phone[SimulatedIdentity].sdk < 29:
        return "Android 9 has no thermal service"
    return "an emulator has no heat" if phone[SimulatedIdentity].is_emulator else None


def _has_service_and(part: str) -> Callable[[Phone], str | None]:
    return lambda phone: _has_service(phone) or _has(part)(phone)


def _expects_skin(phone: Phone) -> str | None:
    if not phone[Thermal].has_thresholds:
        return "this phone does not say which sensors it expects"
    return _has_service_and("skin")(phone)


def _trades_in(phone: Phone) -> str | None:
    return None if phone[SimulatedTradeIn].mode == "open" else "this phone is not in trade-in mode"


@fault(
    "thermal-hot-skin",
    Text("Case hot while idle", "机身空闲时发烫"),
    found_by=("thermal.temperatures",),
    causes=("thermal.heat-path",),
    fits=_has("skin"),
)
def hot_skin(phone: Phone) -> None:
    """The case is hot though nothing runs."""
    phone[Thermal].heat("skin", 47.5)


@fault(
    "thermal-hot-cpu",
    Text("Processor hot while idle", "处理器空闲时过热"),
    found_by=("thermal.temperatures",),
    causes=("thermal.busy-processor",),
    fits=_has("cpu"),
)
def hot_cpu(phone: Phone) -> None:
    """The cores are near their limit though nothing runs."""
    phone[Thermal].heat("cpu", 96.0)


@fault(
    "thermal-throttling",
    Text("Phone slows down for heat while idle", "手机空闲时因过热降频"),
    found_by=("thermal.temperatures",),
    causes=("thermal.heat-path",),
    fits=_has_service,
)
def throttling(phone: Phone) -> None:
    """The thermal service is at "severe"."""
    phone[Thermal].status = 3
    phone[Thermal].heat("skin", 46.0)


@fault(
    "thermal-critical",
    Text("Phone about to switch off for heat", "手机因过热即将关机"),
    found_by=("thermal.temperatures",),
    # Case and cores are hot: work and a bad heat path look the same.
    causes=("thermal.heat-path", "thermal.busy-processor"),
    fits=_has_service,
)
def critical(phone: Phone) -> None:
    """The thermal service is at "emergency"."""
    phone[Thermal].status = 5
    phone[Thermal].heat("skin", 58.0)
    phone[Thermal].heat("cpu", 103.0)


@fault(
    "thermal-sensor-silent",
    Text("Skin temperature sensor gives no value", "机身温度传感器无读数"),
    found_by=("thermal.sensors",),
    causes=("thermal.sensor-missing",),
    fits=_has_service_and("skin"),
    masks=Masking(frozenset({"thermal.temperatures"}), "a sensor without a value tells no heat"),
)
def silent_sensor(phone: Phone) -> None:
    """The sensor is listed and says NaN."""
    for sensor in phone[Thermal].of("skin"):
        sensor.celsius = None


@fault(
    "thermal-sensor-missing",
    Text("Skin temperature sensor gone", "机身温度传感器缺失"),
    found_by=("thermal.sensors",),
    causes=("thermal.sensor-missing",),
    fits=_expects_skin,
)
def missing_sensor(phone: Phone) -> None:
    """The HAL has limits for the part, and no sensor there."""
    for sensor in phone[Thermal].of("skin"):
        sensor.listed = False


@fault(
    "thermal-battery-sensor-open",
    Text("Battery temperature sensor torn off", "电池温度传感器断路"),
    found_by=("thermal.sensors",),
    causes=("battery.temperature-sensor",),
    fits=_has_service_and("battery"),
)
def open_battery_sensor(phone: Phone) -> None:
    """An open line reads -99.9."""
    for sensor in phone[Thermal].of("battery"):
        sensor.celsius = -99.9


@fault(
    "moisture-inside",
    Text("Moisture came inside the phone", "机内曾进液"),
    found_by=("tradein.status",),
    causes=("tradein.moisture-inside",),
    fits=_trades_in,
)
def moisture_inside(phone: Phone) -> None:
    """The moisture sensor inside has tripped."""
    phone[SimulatedTradeIn].moisture = True


@fault(
    "screen-replaced-part",
    Text("Screen was replaced, the phone recorded it", "屏幕曾被更换，手机有记录"),
    found_by=("tradein.status",),
    causes=("tradein.screen-replaced",),
    fits=_trades_in,
)
def screen_replaced(phone: Phone) -> None:
    """A screen other than the first."""
    phone[SimulatedTradeIn].screen_statuses = ("replaced",)
