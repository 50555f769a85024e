"""`dumpsys sensorservice` as Android 9 to 16 print it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.owner import Owner
from diagnose.simulator.state.sensors import SensorPart, Sensors

_TYPES = {
    "accelerometer": 1,
    "magnetic_field": 2,
    "orientation": 3,
    "gyroscope": 4,
    "light": 5,
    "pressure": 6,
    "proximity": 8,
    "gravity": 9,
    "linear_acceleration": 10,
    "rotation_vector": 11,
    "relative_humidity": 12,
    "ambient_temperature": 13,
    "magnetic_field_uncalibrated": 14,
    "game_rotation_vector": 15,
    "gyroscope_uncalibrated": 16,
    "significant_motion": 17,
    "step_detector": 18,
    "step_counter": 19,
    "geomagnetic_rotation_vector": 20,
    "tilt_detector": 22,
    "pick_up_gesture": 25,
    "device_orientation": 27,
    "accelerometer_uncalibrated": 35,
    "hinge_angle": 36,
}
_BRIGHTNESS = "com.android.server.display.AutomaticBrightnessController"
_ON_CHANGE = ("light", "proximity", "step_counter", "device_orientation", "hinge_angle")
_ONE_SHOT = ("significant_motion", "pick_up_gesture")
_NEEDS_PERMISSION = ("step_counter", "step_detector")
# How many readings AOSP keeps of a kind; ten of all others.
_KEPT = {"accelerometer": 50, "light": 50, "step_counter": 50, "proximity": 30}
_AT_REST = {
    "accelerometer": (0.12, 0.31, 9.78),
    "gyroscope": (0.02, -0.01, 0.03),
    "magnetic_field": (18.4, -6.2, -38.9),
    "light": (153.2, 0.0, 0.0),
    "proximity": (5.0, 0.0, 0.0),
}
_OFF = {
    "accelerometer": (1.9, 2.6, 12.4),
    "gyroscope": (1.41, -2.12, 1.63),
    "magnetic_field": (641.3, -212.6, 588.1),
}
_VIRTUAL = (
    (0x5F636779, "Corrected Gyroscope Sensor", "gyroscope", 1),
    (0x5F676172, "Game Rotation Vector Sensor", "game_rotation_vector", 3),
    (0x5F676273, "Gyroscope Bias (debug)", "accelerometer", 1),
    (0x5F677276, "Gravity Sensor", "gravity", 3),
    (0x5F6C696E, "Linear Acceleration Sensor", "linear_acceleration", 3),
    (0x5F726F76, "Rotation Vector Sensor", "rotation_vector", 3),
)


@answers("dumpsys sensorservice")
def sensorservice(phone: Phone, _words: Words) -> Output:
    """The whole dump; without a HAL only the two lines AOSP has for it."""
    sensors = phone[Sensors]
    if sensors.init_error or not sensors.parts:
        return say(f"No Sensors on the device\ndevInitCheck : {sensors.init_error or -19}\n")
    return say("\n".join(_dump(phone, sensors)) + "\n")


def _dump(phone: Phone, sensors: Sensors) -> Iterator[str]:
    count = len(sensors.parts)
    yield f"Captured at: {phone.clock:%H:%M:%S}.417"
    yield "Sensor Device:"
    yield f"Total {count} h/w sensors, {count} running 0 disabled clients:"
    for number, part in _active(sensors):
        yield (
            f"0x{number:08x}) active-count = 1; sampling_period(ms) = {{{_period_ms(part)}}}, "
            f"selected = {_period_ms(part)}0 ms; batching_period(ms) = {{0.0}}, selected = 0.00 ms"
        )
    yield "Sensor List:"
    for number, part in enumerate(sensors.parts, 1):
        yield from _listed(number, part)
    yield from _virtual(sensors)
    yield "Fusion States:"
    yield (
        "9-axis fusion disabled (0 clients), gyro-rate= 200.00Hz, "
        "q=< 0, 0, 0, 0 > (0), b=< 0, 0, 0 >"
    )
    yield "Recent Sensor events:"
    for number, part in _active(sensors):
        yield from _events(phone, sensors, number, part)
    yield from _tail(phone, sensors)


def _active(sensors: Sensors) -> list[tuple[int, SensorPart]]:
    """The first sensor of each kind that is in use."""
    found: dict[str, tuple[int, SensorPart]] = {}
    for number, part in enumerate(sensors.parts, 1):
        if part.kind in sensors.active:
            found.setdefault(part.kind, (number, part))
    return list(found.values())


def _period_ms(part: SensorPart) -> float:
    return 250.0 if part.kind in _ON_CHANGE else 66.7


def _listed(number: int, part: SensorPart) -> Iterator[str]:
    kind = part.kind if "." in part.kind else f"android.sensor.{part.kind}"
    permission = (
        "android.permission.ACTIVITY_RECOGNITION" if part.kind in _NEEDS_PERMISSION else "n/a"
    )
    flags = 0x1 if part.wake_up else 0x0
    type_number = _TYPES.get(part.kind, 65536 + number)
    yield (
        f"0x{number:08x}) {part.name:<25} | {part.vendor:<15} | ver: 1 | "
        f"type: {kind}({type_number}) | perm: {permission} | flags: 0x{flags:08x}"
    )
    yield f"\t{_rates(part)} | {'wakeUp' if part.wake_up else 'non-wakeUp'} | "


def _rates(part: SensorPart) -> str:
    if part.kind in _ONE_SHOT:
        return "one-shot | maxDelay=0us | minDelay=-1us | no batching"
    if part.kind in _ON_CHANGE:
        return (
            "on-change | minRate=0.10Hz | maxRate=5.00Hz | FIFO (max,reserved) = (7170, 20) events"
        )
    return "continuous | minRate=1.00Hz | maxRate=400.00Hz | FIFO (max,reserved) = (300, 0) events"


def _virtual(sensors: Sensors) -> Iterator[str]:
    """AOSP's own sensors, which need an acceleration sensor and a gyroscope to compute from."""
    if not (sensors.of_kind("accelerometer") and sensors.of_kind("gyroscope")):
        return
    for handle, name, kind, version in _VIRTUAL:
        yield (
            f"0x{handle:08x}) {name:<25} | AOSP            | ver: {version} | "
            f"type: android.sensor.{kind}({_TYPES[kind]}) | perm: n/a | flags: 0x00000000"
        )
        yield "\tcontinuous | maxDelay=0us | maxRate=400.00Hz | no batching | non-wakeUp | "


def _events(phone: Phone, sensors: Sensors, number: int, part: SensorPart) -> Iterator[str]:
    handle = f" (handle=0x{number:08x})" if phone[SimulatedIdentity].sdk >= 34 else ""
    count = _KEPT.get(part.kind, 10)
    yield f"{part.name}{handle}: last {count} events"
    noise = Random(number)  # noqa: S311 - readings must repeat from run to run
    for index in range(1, count + 1):
        at_s = 48_217.4 - (count - index) * _period_ms(part) / 1000
        values = "".join(f"{value:.2f}, " for value in _values(sensors, part.kind, noise))
        printed = "[value masked]" if part.kind in _NEEDS_PERMISSION else values
        yield f"\t{index:2d} (ts={at_s:.9f}, wall={phone.clock:%H:%M:%S}.{index:03d}) {printed}"


def _values(sensors: Sensors, kind: str, noise: Random) -> tuple[float, ...]:
    reading = sensors.readings.get(kind, "live")
    if reading == "not_a_number":
        return (float("nan"),) * 3
    jitter = 0.04 if sensors.has_noise and reading in ("live", "off") else 0.0
    if kind == "proximity":
        jitter = 0.0  # it knows near and far
    base = {"zero": {}, "off": _OFF}.get(reading, _AT_REST).get(kind, (0.0, 0.0, 0.0))
    return tuple(value + noise.uniform(-jitter, jitter) if value else 0.0 for value in base)


def _tail(phone: Phone, sensors: Sensors) -> Iterator[str]:
    active = _active(sensors)
    yield "Active sensors:"
    for number, part in active:
        yield f"{part.name} (handle=0x{number:08x}, connections=1)"
    yield "Socket Buffer size = 984 events"
    yield "WakeLock Status: not held "
    yield "Mode : NORMAL"
    yield "Sensor Privacy: disabled"
    yield f"{len(active)} active connections"
    for index, (number, part) in enumerate(active):
        yield f"Connection Number: {index} "
        yield "\tOperating Mode: NORMAL"
        client = f"{phone[Owner].apps[index % 4]}.ShakeDetector" if index else _BRIGHTNESS
        yield f"\t {client} | WakeLockRefCount 0 | uid 1000 | cache size 0 | max cache size 0"
        yield f"\t {part.name} 0x{number:08x} | status: active | pending flush events 0 "
    yield "0 direct connections"
    yield "Previous Registrations:"
    for number, _part in active:
        for package in ("android", *phone[Owner].apps):
            yield (
                f"{phone.clock:%H:%M:%S} + 0x{number:08x} pid=  929 uid= 1000 package={package} "
                "samplingPeriod=66667us batchingPeriod=0us"
            )
