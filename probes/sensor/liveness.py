"""Whether the last readings of the motion sensors can be true."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.product import is_emulator
from diagnose.parsers.sensor_motion import (
    acceleration_at_rest,
    has_impossible,
    has_no_gravity,
    is_stuck,
)
from diagnose.parsers.sensors import SENSOR_KINDS, SensorCensus, SensorEvents, parse_sensors
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Draft,
    NotRun,
    OneOf,
    Outcome,
    Probe,
    Range,
    Reason,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

SENSORS = Shell("dumpsys", "sensorservice", expected_ms=45)

# Kinds whose readings always carry noise; light and proximity may well stay the same.
_NOISY = ("accelerometer", "gyroscope", "magnetometer")
_ALIVE = OneOf(
    good=("changing",),
    attention=("stuck", "impossible"),
    source=Source(text="a live motion sensor always shows some noise", basis=Basis.GUESS),
)
_ONE_G = Range(
    attention_below=9.31,
    attention_above=10.31,
    source=Source(text="gravity is 9.81 m/s²; half a unit is left to drift", basis=Basis.GUESS),
)


def interpret(answers: Answers) -> Iterator[Draft]:
    census = answers.parse(SENSORS, parse_sensors)
    readings = {name: events for name in _NOISY if (events := _events(census, name))}
    if not readings:
        raise NotRun(Reason.UNSUPPORTED, "no motion sensor was in use lately")
    # An emulator's sensors have no noise.
    alive = None if is_emulator(answers.properties) else _ALIVE
    for name, recent in readings.items():
        state = _state(name, recent)
        if state is None:
            yield answers.unread(name, SENSORS)
        else:
            yield answers.measure(name, state, SENSORS, raw=recent.raw, criterion=alive)
    yield from _gravity(answers, readings.get("accelerometer"))


def _events(census: SensorCensus, name: str) -> SensorEvents | None:
    """The readings of the first sensor of the kind that has any."""
    found = (census.events_of(sensor) for sensor in census.of_type(SENSOR_KINDS[name].number))
    return next((recent for recent in found if recent and recent.events), None)


def _state(name: str, recent: SensorEvents) -> str | None:
    if has_impossible(recent.events):
        return "impossible"
    if name == "accelerometer" and has_no_gravity(recent.events):
        return "stuck"
    stuck = is_stuck(recent.events)
    if stuck is None:
        return None
    return "stuck" if stuck else "changing"


def _gravity(answers: Answers, recent: SensorEvents | None) -> Iterator[Draft]:
    gravity = acceleration_at_rest(recent.events) if recent else None
    if recent is not None and gravity is not None:
        yield answers.measure("gravity", gravity, SENSORS, raw=recent.raw)


def _says(title: Text) -> dict[Outcome, Text]:
    return {
        Outcome.ATTENTION: Text(
            f"The {title.en} gives readings that cannot be right ({{value}}).",
            f"{title.zh}的读数不可信（{{value}}）。",
        )
    }


PROBE = Probe(
    id="sensor.liveness",
    title=Text("Sensor readings", "传感器读数"),
    about=About(
        tested=Text(
            "The last readings the phone kept of its motion sensors.",
            "手机保留的运动传感器最近读数。",
        ),
        meaning=Text(
            "A live sensor never repeats itself exactly; lying still, gravity must be 9.8 m/s².",
            "正常传感器不会一直重复同一数值；静置时重力应约为 9.8 m/s²。",
        ),
        consequence=Text(
            "A frozen or drifting sensor upsets rotation, navigation, step counts and games.",
            "读数卡死或漂移会影响屏幕旋转、导航、计步和游戏。",
        ),
        action=Text(
            "Restart, lay the phone on a table and test again with a sensor app open.",
            "重启后将手机平放桌面，打开传感器应用再复测。",
        ),
    ),
    requests=(SENSORS, GETPROP),
    measures={
        **{
            name: Spec(Unit.NONE, SENSOR_KINDS[name].title, says=_says(SENSOR_KINDS[name].title))
            for name in _NOISY
        },
        "gravity": Spec(
            Unit.METRE_PER_SECOND_2,
            Text("gravity while lying still", "静置时的重力"),
            criterion=_ONE_G,
            says={
                Outcome.ATTENTION: Text(
                    "The acceleration sensor measures {value} {unit} where gravity is 9.8.",
                    "加速度传感器静置读数为 {value} {unit}，而重力应为 9.8。",
                )
            },
            advice=Text(
                "Calibrate the sensor on a level table, then test again.",
                "请在水平桌面校准传感器后复测。",
            ),
        ),
    },
    interpret=interpret,
    symptoms=("sensors-rotation",),
)
