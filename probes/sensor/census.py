"""Which sensors answer, against what the maker's image declares and the profile knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.sensor.sensors import SENSOR_KINDS, SensorCensus, parse_sensors
from diagnose.parsers.system.features import TELEPHONY, parse_features
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part, stated_part

_NONE_ON_A_PHONE = sdk.Range(
    attention_below=1,
    source=sdk.Source(
        text=sdk.Text("a phone with a modem usually has sensors", "有基带的手机通常有传感器"),
        basis=sdk.Basis.GUESS,
    ),
)
_ADVICE = sdk.Text(
    "Restart the phone and test again; if it stays away, have its module or connection checked.",
    "重启手机后复测；若仍缺失，请检修对应模块或连接。",
)


def _missing(name: sdk.Text) -> Mapping[sdk.Outcome, sdk.Text]:
    text = sdk.Text(
        f"The {name.en} should be fitted but does not answer.", f"应配有{name.zh}，但没有响应。"
    )
    return {sdk.Outcome.FAIL: text, sdk.Outcome.ATTENTION: text}


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    census = answers.parse(adb.SENSORS, parse_sensors)
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    yield _count(answers, census, features)
    missing = 0
    for name in SENSOR_KINDS:
        expected = _expected(answers, name, features)
        draft = _presence(answers, census, name, expected)
        missing += bool(expected) and draft is not None and draft.value is False
        if draft is not None:
            yield draft
    if missing and not census.fitted():
        yield sdk.Remark("all_silent", _ALL_SILENT, ("count",))


_ALL_SILENT = sdk.Text(
    "Not one sensor answers: their common hub, its power or its software, rather than each part.",
    "所有传感器都没有响应：更可能是传感器中枢、其供电或软件的问题，而不是每个部件都坏。",
)


def _count(answers: sdk.Answers, census: SensorCensus, features: Mapping[str, str]) -> sdk.Draft:
    count = census.hardware_count
    if count is None:
        count = len(census.fitted())
    criterion = _NONE_ON_A_PHONE if TELEPHONY in features else None
    raw = census.hardware_count_raw
    return answers.measure("count", count, adb.SENSORS, raw=raw, criterion=criterion)


def _expected(answers: sdk.Answers, name: str, features: Mapping[str, str]) -> sdk.OneOf | None:
    """What is owed: the profile's list, else what the image declares; a guess comes last."""
    fact, declared = answers.fact("sensor_types"), SENSOR_KINDS[name].feature in features
    if fact is not None and declared and fact.source.basis is sdk.Basis.GUESS:
        return declared_part(answers.properties, features)
    if fact is not None and isinstance(fact.value, tuple) and name in fact.value:
        properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
        return stated_part(properties, fact.source)
    return declared_part(answers.properties, features) if declared else None


def _presence(
    answers: sdk.Answers, census: SensorCensus, name: str, expected: sdk.OneOf | None
) -> sdk.Draft | None:
    found = census.of_type(SENSOR_KINDS[name].number)
    if found:
        raw = found[0].raw[:200]
        return answers.measure(name, True, adb.SENSORS, raw=raw, criterion=expected)
    if expected is None:
        return None
    is_typed = all(sensor.type is not None for sensor in census.fitted())
    if not census.is_whole or not is_typed:
        return answers.unread(name, adb.SENSORS)
    return answers.measure(name, False, adb.SENSORS, adb.FEATURES, criterion=expected)


PROBE = sdk.Probe(
    id="sensor.census",
    title=sdk.Text("Sensors present", "传感器检测"),
    about=sdk.About(
        tested=sdk.Text(
            "Which sensors answer, compared with those the phone should have.",
            "哪些传感器有响应，并与手机应有的传感器对照。",
        ),
        meaning=sdk.Text(
            "A sensor in the list is connected and was recognised; that is not yet a test of"
            " how exact it is.",
            "列出的传感器已连接并被识别；这并不代表其精度已检验。",
        ),
        consequence=sdk.Text(
            "A missing sensor switches features off: turning the picture, the compass, the dark"
            " screen during calls, automatic brightness.",
            "缺失的传感器会使相应功能失效：屏幕旋转、指南针、通话熄屏、自动亮度等。",
        ),
        action=sdk.Text(
            "Restart and test again. If a sensor stays away, its module or connector needs a"
            " look, above all after a fall, water or a repair.",
            "重启后复测。若仍缺失，需检查对应模块或排线，尤其在摔落、进水或维修之后。",
        ),
    ),
    requests=(adb.SENSORS, adb.FEATURES, adb.GETPROP),
    measures={
        "count": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("sensors of the hardware", "硬件传感器数量"),
            essential=True,
            says={sdk.Outcome.ATTENTION: sdk.Text("No sensor answers.", "没有任何传感器响应。")},
            advice=_ADVICE,
        ),
        **{
            name: sdk.Spec(
                sdk.Unit.NONE,
                kind.title,
                says=_missing(kind.title),
                advice=_ADVICE,
                words=sdk.PRESENT,
            )
            for name, kind in SENSOR_KINDS.items()
        },
    },
    facts={
        "sensor_types": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("sensors a good unit has, by name", "正常机器应有的传感器（名称）"),
            sdk.FactKind.WORDS,
            words=tuple(SENSOR_KINDS),
        )
    },
    service=sdk.Service(
        adb.SENSORS,
        sdk.Text("motion sensors", "运动传感器"),
        (
            "android.hardware.sensor.accelerometer",
            "android.hardware.sensor.gyroscope",
            "android.hardware.sensor.compass",
            "android.hardware.sensor.light",
            "android.hardware.sensor.proximity",
        ),
    ),
    interpret=interpret,
    symptoms=("sensors-rotation",),
)
