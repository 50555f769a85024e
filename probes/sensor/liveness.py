"""Whether the last readings of the motion sensors can be true."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.sensor.motion import state_of, strength_of
from diagnose.parsers.sensor.sensors import SENSOR_KINDS, SensorEvents, parse_sensors
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

_ALIVE = sdk.OneOf(
    good=("changing",),
    attention=("stuck", "impossible"),
    source=sdk.Source(
        text=sdk.Text(
            "a live motion sensor always shows some noise", "正常的运动传感器读数总有微小波动"
        ),
        basis=sdk.Basis.GUESS,
    ),
)
_ONE_G = sdk.Range(
    attention_below=9.31,
    attention_above=10.31,
    source=sdk.Source(
        text=sdk.Text(
            "gravity is 9.81 m/s²; half a unit is left to drift",
            "重力为 9.81 m/s²，允许 0.5 的偏差",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
# The catalogue's 0.05 rad/s is for a calibrated sensor; before its first calibration a good one
# may be off by what its data sheet allows: 10 °/s (0.17 rad/s) with the LSM6DS3.
_NO_TURN = sdk.Range(
    attention_above=0.2,
    source=sdk.Source(
        text=sdk.Text(
            "at rest; above the zero error that data sheets allow", "静置时；高于规格书允许的零偏"
        ),
        basis=sdk.Basis.GUESS,
    ),
)
# Speakers and tools on a bench bring a good compass far above the earth's 25 to 65 µT.
_FIELD = sdk.Range(
    attention_below=5,
    attention_above=500,
    source=sdk.Source(
        text=sdk.Text(
            "the earth has 25 to 65 µT; much is left to neighbours",
            "地磁为 25–65 µT，已为周围物体留足余量",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
_STRENGTHS = {
    "accelerometer": ("gravity", None),
    "gyroscope": ("rotation_rate", _NO_TURN),
    "magnetometer": ("magnetic_field", _FIELD),
}
"""The kinds whose readings always carry noise; light and proximity may well stay the same."""


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    census = answers.parse(adb.SENSORS, parse_sensors)
    kinds = (*_STRENGTHS, "light", "proximity")
    found = {name: recent for name in kinds if (recent := census.recent_of(name))}
    for name, recent in found.items():
        yield _state(answers, name, recent)
    if not found.keys() & _STRENGTHS.keys():
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "no motion sensor was in use lately")
    acceleration = found["accelerometer"].events if "accelerometer" in found else ()
    for name, (measure, limit) in _STRENGTHS.items():
        if (recent := found.get(name)) and (
            strength := strength_of(name, recent.events, acceleration)
        ):
            criterion = limit if strength.is_judged else None
            yield answers.measure(
                measure, strength.value, adb.SENSORS, raw=recent.raw, criterion=criterion
            )


def _state(answers: sdk.Answers, name: str, recent: SensorEvents) -> sdk.Draft:
    state = state_of(name, recent.events)
    if state is None:
        reason = sdk.Reason.PERMISSION if recent.is_masked else None
        return answers.unread(name, adb.SENSORS, reason=reason)
    # An emulator's sensors have no noise.
    is_judged = name in _STRENGTHS and not is_emulator(answers.properties)
    criterion = _ALIVE if is_judged else None
    return answers.measure(name, state, adb.SENSORS, raw=recent.raw, criterion=criterion)


def _motion(title: sdk.Text) -> sdk.Spec:
    text = sdk.Text(
        f"The {title.en} gives readings that cannot be right ({{value}}).",
        f"{title.zh}的读数不可信（{{value}}）。",
    )
    return sdk.Spec(
        sdk.Unit.NONE,
        title,
        says={sdk.Outcome.ATTENTION: text},
        words={
            "changing": sdk.Text("changing", "数值有变化"),
            "stuck": sdk.Text("stuck", "数值不变"),
            "impossible": sdk.Text("impossible", "不可能的数值"),
        },
    )


def _strength(
    unit: sdk.Unit,
    title: sdk.Text,
    text: sdk.Text,
    advice: sdk.Text,
    criterion: sdk.Range | None = None,
) -> sdk.Spec:
    return sdk.Spec(unit, title, criterion, says={sdk.Outcome.ATTENTION: text}, advice=advice)


PROBE = sdk.Probe(
    id="sensor.liveness",
    title=sdk.Text("Sensor readings", "传感器读数"),
    about=sdk.About(
        tested=sdk.Text("The last readings the phone kept.", "手机保留的最近读数。"),
        meaning=sdk.Text(
            "A live sensor never repeats itself exactly; lying still, gravity must be 9.8 m/s².",
            "正常传感器不会一直重复同一数值；静置时重力应约为 9.8 m/s²。",
        ),
        consequence=sdk.Text(
            "A frozen or drifting sensor upsets rotation, navigation, step counts and games.",
            "读数卡死或漂移会影响屏幕旋转、导航、计步和游戏。",
        ),
        action=sdk.Text(
            "Restart, lay the phone on a table and test again with a sensor app open.",
            "重启后将手机平放桌面，打开传感器应用再复测。",
        ),
    ),
    requests=(adb.SENSORS, adb.GETPROP),
    measures={
        **{name: _motion(SENSOR_KINDS[name].title) for name in _STRENGTHS},
        "gravity": _strength(
            sdk.Unit.METRE_PER_SECOND_2,
            sdk.Text("gravity while lying still", "静置时的重力"),
            sdk.Text(
                "The acceleration sensor measures {value} {unit} where gravity is 9.8.",
                "加速度传感器静置读数为 {value} {unit}，而重力应为 9.8。",
            ),
            sdk.Text("Calibrate it on a level table, then test again.", "请在水平桌面校准后复测。"),
            _ONE_G,
        ),
        "rotation_rate": _strength(
            sdk.Unit.RADIAN_PER_SECOND,
            sdk.Text("rate of turning", "转动速率"),
            sdk.Text(
                "The phone lies still, but the gyroscope reports {value} {unit}.",
                "手机静置时，陀螺仪仍报告 {value} {unit} 的转动。",
            ),
            sdk.Text("Restart, calibrate it lying still, test again.", "重启并静置校准后复测。"),
        ),
        "magnetic_field": _strength(
            sdk.Unit.MICROTESLA,
            sdk.Text("magnetic field", "磁场强度"),
            sdk.Text(
                "The compass reads {value} {unit} and the earth has 25 to 65; a magnet in the"
                " case can do that.",
                "罗盘读数为 {value} {unit}，地磁仅 25–65；带磁保护壳也会造成。",
            ),
            sdk.Text(
                "Take off the case, keep off metal and magnets, draw an 8 with the phone, retest.",
                "取下保护壳，远离金属和磁铁，手持画 8 字校准后复测。",
            ),
        ),
        "light": sdk.Spec(sdk.Unit.LUX, sdk.Text("light last read", "最近光照读数")),
        "proximity": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("proximity sensor last read", "距离传感器最近状态"),
            words={
                "covered": sdk.Text("covered", "被遮挡"),
                "free": sdk.Text("not covered", "未遮挡"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("sensors-rotation",),
)
