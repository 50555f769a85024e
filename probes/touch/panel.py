"""Whether a touch panel is there, and what it can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.touch.input import (
    InputDevice,
    lists_every_device,
    parse_getevent,
    parse_input_service,
)
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part

_TOUCHSCREEN = "android.hardware.touchscreen"
_FIVE_FINGERS = "android.hardware.touchscreen.multitouch.jazzhand"
_FIVE = sdk.Range(
    attention_below=5,
    source=sdk.Source(
        text=sdk.Text(
            "Android: multitouch.jazzhand is declared for five or more independent contacts",
            "Android：支持五个及以上独立触点时声明 multitouch.jazzhand",
        ),
        basis=sdk.Basis.STANDARD,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    kernel = _touch(answers.parse_or_none(adb.GETEVENT, parse_getevent))
    if not kernel and not _is_whole(answers):
        kernel = None  # the panel may be among the devices that were refused, or cut off
    reader = _touch(answers.parse_or_none(adb.INPUT, parse_input_service))
    found = _candidates(kernel, reader)
    if not found:
        refused = answers.no_answer(adb.GETEVENT) or answers.no_answer(adb.INPUT)
        raise refused or sdk.NotRun(sdk.Reason.UNSUPPORTED, "the input devices are not listed")
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    is_owed = _TOUCHSCREEN in features
    criterion = declared_part(answers.properties, features) if is_owed else None
    yield answers.compare("present", found, criterion=criterion)
    for device in [*(kernel or ()), *(reader or ())][:1]:
        source = adb.GETEVENT if kernel else adb.INPUT
        yield from _details(answers, device, source, features)


def _is_whole(answers: sdk.Answers) -> bool:
    refused = b"Permission denied" in answers.reply(adb.GETEVENT).stderr[:10_000]
    return not refused and bool(answers.parse_or_none(adb.GETEVENT, lists_every_device))


def _touch(devices: tuple[InputDevice, ...] | None) -> tuple[InputDevice, ...] | None:
    """The touch panels, the one with most fingers first; None where nothing was listed."""
    if devices is None:
        return None
    touch = [device for device in devices if device.is_touch]
    return tuple(sorted(touch, key=lambda device: -(device.slot_count or 0)))


def _candidates(
    kernel: tuple[InputDevice, ...] | None, reader: tuple[InputDevice, ...] | None
) -> list[sdk.Candidate]:
    """The kernel's list may be cut by permissions: what Android uses counts more."""
    candidates = []
    if reader is not None:
        raw = reader[0].quotes.get("ABS_MT_POSITION_X", "") if reader else ""
        candidates.append(
            sdk.Candidate(bool(reader), adb.INPUT, raw=raw, trust=80 if reader else 40)
        )
    if kernel is not None:
        raw = kernel[0].quotes.get("ABS_MT_POSITION_X", "") if kernel else ""
        candidates.append(
            sdk.Candidate(bool(kernel), adb.GETEVENT, raw=raw, trust=70 if kernel else 50)
        )
    return candidates


def _details(
    answers: sdk.Answers, device: InputDevice, source: sdk.Shell, features: Mapping[str, str]
) -> Iterator[sdk.Draft]:
    yield answers.measure("controller", device.name, source, raw=device.raw)
    if device.slot_count:
        criterion = _FIVE if _FIVE_FINGERS in features else None
        raw = device.quotes.get("ABS_MT_SLOT", "")
        yield answers.measure("fingers", device.slot_count, source, raw=raw, criterion=criterion)
    for axis, name in (("ABS_MT_POSITION_X", "range_x"), ("ABS_MT_POSITION_Y", "range_y")):
        raw = device.quotes.get(axis, "")
        yield answers.measure(name, device.axes[axis].maximum, source, raw=raw)


_MISSING = sdk.Text(
    "No touch panel answers although the phone should have one.",
    "没有触摸屏响应，而手机应配有触摸屏。",
)
_ADVICE = sdk.Text(
    "Restart with the charger unplugged; then check the panel's connector or the panel.",
    "拔掉充电器后重启；再检查屏幕排线或更换屏幕总成。",
)

PROBE = sdk.Probe(
    id="touch.panel",
    title=sdk.Text("Touch panel", "触摸屏"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the touch controller answers, and how many fingers it tells apart.",
            "触摸芯片是否响应，可识别几个手指。",
        ),
        meaning=sdk.Text(
            "A controller that answers is connected; dead zones are found by touching.",
            "有响应说明触摸芯片已连接；触摸盲区需人工滑动检查。",
        ),
        consequence=sdk.Text(
            "Without it the phone cannot be operated.", "触摸失灵时手机无法操作。"
        ),
        action=sdk.Text(
            "Restart; check for a cracked glass or a loose connector; then test by touch.",
            "重启；检查玻璃是否破裂、排线是否松动；再做触摸测试。",
        ),
    ),
    requests=(adb.GETEVENT, adb.INPUT, adb.FEATURES, adb.GETPROP),
    measures={
        "present": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("touch panel answers", "触摸屏有响应"),
            essential=True,
            says={sdk.Outcome.FAIL: _MISSING, sdk.Outcome.ATTENTION: _MISSING},
            advice=_ADVICE,
            words=sdk.ANSWERS,
        ),
        "controller": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("touch controller", "触摸芯片"),
            sign=sdk.Sign("display", sdk.Proves.DIFFERENCE, software=True),
        ),
        "fingers": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("fingers told apart", "可识别手指数"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The panel tells only {value} fingers apart; it may be another panel.",
                    "触摸屏只能识别 {value} 个手指，可能不是原装屏。",
                )
            },
        ),
        "range_x": sdk.Spec(sdk.Unit.NONE, sdk.Text("range across", "横向量程")),
        "range_y": sdk.Spec(sdk.Unit.NONE, sdk.Text("range along", "纵向量程")),
    },
    service=sdk.Service(adb.INPUT, sdk.Text("input devices", "输入设备")),
    interpret=interpret,
    symptoms=("touch-dead", "ghost-touch"),
)
