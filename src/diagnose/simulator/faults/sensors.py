"""What goes wrong with sensors."""

from __future__ import annotations

from collections.abc import Callable

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.sensors import Sensors

_CENSUS = ("sensor.census",)
_LIVENESS = ("sensor.liveness",)
_NO_READINGS = Masking(frozenset(_LIVENESS), "a sensor that is not there gives no readings")
_FROZEN = Masking(
    frozenset(),
    "a frozen sensor tells neither gravity nor whether the phone lies still",
    causes=frozenset(
        {"sensor.uncalibrated", "sensor.gyroscope-drifting", "sensor.compass-disturbed"}
    ),
)
_NONE_ANSWERS = Masking(
    frozenset(_LIVENESS),
    "where no sensor answers, no single one of them can be blamed",
    causes=frozenset(
        f"sensor.{group}-missing" for group in ("motion", "front", "compass", "barometer", "steps")
    ),
)
_PARTS = {
    "accelerometer": (
        "accelerometer",
        "motion",
        Text("Acceleration sensor gone", "加速度传感器缺失"),
    ),
    "gyroscope": ("gyroscope", "motion", Text("Gyroscope gone", "陀螺仪缺失")),
    "proximity": ("proximity", "front", Text("Proximity sensor gone", "距离传感器缺失")),
    "magnetometer": ("magnetic_field", "compass", Text("Compass gone", "电子罗盘缺失")),
    "light": ("light", "front", Text("Light sensor gone", "环境光传感器缺失")),
    "barometer": ("pressure", "barometer", Text("Barometer gone", "气压计缺失")),
    "step-counter": ("step_counter", "steps", Text("Step counter gone", "计步器缺失")),
}


def _lacks(kind: str) -> Callable[[Phone], str | None]:
    return lambda phone: None if phone[Sensors].of_kind(kind) else f"it has no {kind} sensor"


def _remove(kind: str) -> Callable[[Phone], None]:
    return lambda phone: phone[Sensors].remove(kind)


for _name, (_kind, _group, _title) in _PARTS.items():
    fault(
        f"sensor-{_name}-missing",
        _title,
        found_by=_CENSUS,
        causes=(f"sensor.{_group}-missing",),
        fits=_lacks(_kind),
        masks=_NO_READINGS,
    )(_remove(_kind))


@fault(
    "sensors-all-dead",
    Text("No sensor answers", "所有传感器均无响应"),
    found_by=_CENSUS,
    causes=("sensor.hub-dead",),
    masks=_NONE_ANSWERS,
)
def all_dead(phone: Phone) -> None:
    """The hub of the sensors, or its firmware, does not start."""
    phone[Sensors].init_error = -19
    phone[Sensors].parts = []


def _has_no_noise(phone: Phone) -> str | None:
    return (
        "an emulator's sensors repeat themselves anyway"
        if phone[SimulatedIdentity].is_emulator
        else None
    )


@fault(
    "sensor-stuck",
    Text("Acceleration sensor frozen", "加速度传感器读数卡死"),
    found_by=_LIVENESS,
    causes=("sensor.frozen",),
    fits=_has_no_noise,
    masks=_FROZEN,
)
def stuck(phone: Phone) -> None:
    """The same reading for ever."""
    phone[Sensors].readings["accelerometer"] = "stuck"


@fault(
    "sensor-zero",
    Text("Acceleration sensor reads zero", "加速度传感器读数恒为零"),
    found_by=_LIVENESS,
    causes=("sensor.frozen",),
    fits=_has_no_noise,
    masks=_FROZEN,
)
def zero(phone: Phone) -> None:
    """The part answers its bus and measures nothing."""
    phone[Sensors].readings["accelerometer"] = "zero"


@fault(
    "sensor-not-a-number",
    Text("Acceleration sensor reads no number", "加速度传感器读数无效"),
    found_by=_LIVENESS,
    causes=("sensor.frozen",),
    fits=_has_no_noise,
    masks=_FROZEN,
)
def not_a_number(phone: Phone) -> None:
    """Calibration data is broken: every reading is NaN."""
    phone[Sensors].readings["accelerometer"] = "not_a_number"


@fault(
    "sensor-uncalibrated",
    Text("Acceleration sensor off by a third", "加速度传感器严重偏差"),
    found_by=_LIVENESS,
    causes=("sensor.uncalibrated",),
    masks=Masking(
        frozenset(),
        "a sensor that tells a wrong gravity is not frozen",
        causes=frozenset({"sensor.frozen"}),
    ),
)
def uncalibrated(phone: Phone) -> None:
    """Lying still it measures far more than gravity."""
    phone[Sensors].readings["accelerometer"] = "off"


def _tells_rest_with(kind: str) -> Callable[[Phone], str | None]:
    return lambda phone: _has_no_noise(phone) or _lacks(kind)(phone)


@fault(
    "sensor-gyroscope-drifts",
    Text("Gyroscope turns while the phone lies still", "陀螺仪静置时仍有转动"),
    found_by=_LIVENESS,
    causes=("sensor.gyroscope-drifting",),
    fits=_tells_rest_with("gyroscope"),
)
def gyroscope_drifts(phone: Phone) -> None:
    """An app reads the gyroscope on a table: a rate of 3 rad/s that never changes."""
    phone[Sensors].use("gyroscope")
    phone[Sensors].readings["gyroscope"] = "off"


@fault(
    "sensor-compass-off",
    Text("Compass reads many times the earth's field", "电子罗盘读数远超地磁"),
    found_by=_LIVENESS,
    causes=("sensor.compass-disturbed",),
    fits=_tells_rest_with("magnetic_field"),
)
def compass_off(phone: Phone) -> None:
    """A part near it was magnetised, as by a strong magnet in a repair; a map reads it."""
    phone[Sensors].use("magnetic_field")
    phone[Sensors].readings["magnetic_field"] = "off"
