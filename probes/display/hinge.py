"""A foldable's hinge: how often it was folded (Android 16), its sensor, how it is folded now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.display.device_state import is_fold_state, parse_device_state
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.sensor.sensors import SENSOR_KINDS, parse_sensors
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part

_HINGE_ANGLE = "android.hardware.sensor.hinge_angle"
_RATED = sdk.Range(
    attention_above=99.9,
    source=sdk.Source(
        text=sdk.Text(
            "rated_lifespan that the maker gives for the hinge",
            "厂商给出的铰链额定寿命 rated_lifespan",
        ),
        basis=sdk.Basis.VENDOR,
    ),
)
_NO_SENSOR = sdk.Text(
    "The hinge sensor should be fitted but does not answer.", "应配有铰链角度传感器，但没有响应。"
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    report = answers.parse_or_none(adb.TRADE_IN, parse_tradein)
    state = answers.parse_or_none(adb.DEVICE_STATE, parse_device_state)
    hinges = report.hinges if report else ()
    folds_now = state is not None and is_fold_state(state)
    if not (hinges or folds_now) and lacks_feature(features, _HINGE_ANGLE):
        raise sdk.NotApplicable("the phone does not fold")
    if state and folds_now:
        yield answers.measure("state", state.value.lower(), adb.DEVICE_STATE, raw=state.raw)
    yield from _sensor(answers, features or {})
    counted = [hinge for hinge in hinges if hinge[0] > 0]
    if not counted:
        yield answers.unread("folds", adb.TRADE_IN)
    for index, (folds, rated) in enumerate(counted):
        yield answers.measure(f"folds.{index}", folds, adb.TRADE_IN, raw=str(folds))
        if rated > 0:
            used = 1000 * folds // rated / 10  # rounded down: 100 % is reached, not near
            yield answers.measure(f"used.{index}", used, adb.TRADE_IN, raw=str(rated))


def _sensor(answers: sdk.Answers, features: Mapping[str, str]) -> Iterator[sdk.Draft]:
    """The sensor of the angle, where the image declares one; its cable crosses the hinge."""
    census = answers.parse_or_none(adb.SENSORS, parse_sensors)
    if _HINGE_ANGLE not in features or census is None or not census.is_whole:
        return
    if not census.fitted():
        return  # their common hub is dead, not each of them
    found = census.of_type(SENSOR_KINDS["hinge_angle"].number)
    if not found and any(sensor.type is None for sensor in census.fitted()):
        return  # a layout without types: what is there cannot be told
    properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    criterion = declared_part(properties, features)
    raw = found[0].raw[:200] if found else ""
    yield answers.measure("sensor", bool(found), adb.SENSORS, raw=raw, criterion=criterion)


PROBE = sdk.Probe(
    id="display.hinge",
    title=sdk.Text("Hinge", "铰链"),
    about=sdk.About(
        tested=sdk.Text(
            "How often the phone was folded, and whether its hinge sensor answers.",
            "手机折叠的次数，以及铰链传感器是否有响应。",
        ),
        meaning=sdk.Text(
            "The maker rates a hinge for a number of folds.", "厂商为铰链标定了折叠寿命。"
        ),
        consequence=sdk.Text(
            "Beyond it the hinge may grow loose and the crease deeper.",
            "超过后铰链可能松动，折痕加深。",
        ),
        action=sdk.Text(
            "Look at crease and play of the hinge; plan a replacement if it is loose.",
            "检查折痕与铰链间隙；若已松动请安排更换。",
        ),
    ),
    requests=(adb.TRADE_IN, adb.FEATURES, adb.SENSORS, adb.DEVICE_STATE, adb.GETPROP),
    measures={
        "folds": sdk.Spec(sdk.Unit.COUNT, sdk.Text("times folded", "折叠次数"), essential=True),
        "used": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("share of the rated folds", "已用折叠寿命"),
            criterion=_RATED,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The hinge was folded more often than it is rated for ({value} %).",
                    "铰链折叠次数已超过标定寿命（{value}%）。",
                )
            },
        ),
        "sensor": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("hinge sensor", "铰链角度传感器"),
            says={
                sdk.Outcome.FAIL: _NO_SENSOR,
                sdk.Outcome.ATTENTION: _NO_SENSOR,
            },
            advice=sdk.Text(
                "Restart it; if the sensor stays away, check the flex cable across the hinge.",
                "重启手机；若传感器仍缺失，请检查跨铰链的排线。",
            ),
            words=sdk.ANSWERS,
        ),
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("folded now", "当前折叠状态"),
            words={
                "opened": sdk.Text("opened", "展开"),
                "closed": sdk.Text("closed", "合上"),
                "half opened": sdk.Text("half opened", "半开"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("black-screen",),
)
