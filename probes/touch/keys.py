"""Whether the keys are declared, and whether one is held down while nobody should press it."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.product import is_emulator
from diagnose.parsers.touch.input import InputDevice, lists_every_device, parse_getevent
from diagnose.requests import adb
from diagnose.sdk.declaration import usual_part

_KEYS = {
    "power": ("KEY_POWER", sdk.Text("power key", "电源键")),
    "volume_up": ("KEY_VOLUMEUP", sdk.Text("volume-up key", "音量加键")),
    "volume_down": ("KEY_VOLUMEDOWN", sdk.Text("volume-down key", "音量减键")),
}
_PLUG = "SW_HEADPHONE_INSERT"
_HELD = sdk.OneOf(
    good=("released",),
    attention=("held",),
    source=sdk.Source(
        text=sdk.Text(
            "a key that reads pressed is stuck, or somebody presses it",
            "显示按下的按键可能卡住，或正被按住",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    devices = answers.parse(adb.GETEVENT, parse_getevent)
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    expected = usual_part(answers.properties, features)
    is_whole = "Permission denied" not in _everything(answers) and answers.parse(
        adb.GETEVENT, lists_every_device
    )
    own = devices if is_emulator(answers.properties) else tuple(filter(_is_no_keyboard, devices))
    for name, (code, _title) in _KEYS.items():
        bearer = _bearer(own, code)
        if bearer is None and (not is_whole or _bearer(devices, code)):
            yield answers.unread(name, adb.GETEVENT)
            continue
        raw = bearer.quotes.get(code, bearer.raw) if bearer else ""
        yield answers.measure(name, bearer is not None, adb.GETEVENT, raw=raw, criterion=expected)
        if bearer is not None:
            state = "held" if _is_held(own, code) else "released"
            raw = f"{code}*" if state == "held" else raw
            yield answers.measure(f"state.{name}", state, adb.GETEVENT, raw=raw, criterion=_HELD)
    if any(_PLUG in device.switches for device in devices):
        plugged = any(_PLUG in device.held for device in devices)
        yield answers.measure("headphones", plugged, adb.GETEVENT, raw=_PLUG)


def _everything(answers: sdk.Answers) -> str:
    reply = answers.reply(adb.GETEVENT)
    return (reply.stdout[:100_000] + reply.stderr[:10_000]).decode("utf-8", "replace")


def _bearer(devices: tuple[InputDevice, ...], code: str) -> InputDevice | None:
    """The device of the phone itself that owns the key."""
    return next((d for d in devices if code in d.keys and not _is_headset(d)), None)


def _is_no_keyboard(device: InputDevice) -> bool:
    """What has letters was joined to the phone (or is no side key): its keys say nothing of those.

    An emulator has all its keys on one keyboard.
    """
    return not {"KEY_A", "KEY_Z"} <= device.keys


def _is_headset(device: InputDevice) -> bool:
    """Headset sockets declare volume keys too, for the keys on the cable."""
    name = device.name.casefold()
    return _PLUG in device.switches or any(word in name for word in ("jack", "headset", "accdet"))


def _is_held(devices: tuple[InputDevice, ...], code: str) -> bool:
    return any(code in device.held for device in devices)


def _missing(title: sdk.Text) -> dict[sdk.Outcome, sdk.Text]:
    return {
        sdk.Outcome.ATTENTION: sdk.Text(
            f"The {title.en} is not known to the phone.", f"系统未识别到{title.zh}。"
        )
    }


PROBE = sdk.Probe(
    id="touch.keys",
    title=sdk.Text("Keys and switches", "按键与开关"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether power and volume keys are known, and whether one is held down.",
            "电源键与音量键是否被识别，是否有按键一直处于按下状态。",
        ),
        meaning=sdk.Text(
            "A known key can still be worn; pressing each one settles it.",
            "识别到按键不代表手感正常；需逐个按压确认。",
        ),
        consequence=sdk.Text(
            "A stuck key restarts the phone, drains it or opens menus by itself.",
            "按键卡住会导致自动重启、耗电或自行弹出菜单。",
        ),
        action=sdk.Text(
            "Take the case off, press each key once, and test again.",
            "取下保护壳，每个按键按一次后复测。",
        ),
    ),
    requests=(adb.GETEVENT, adb.FEATURES, adb.GETPROP),
    measures={
        **{
            name: sdk.Spec(sdk.Unit.NONE, title, says=_missing(title), words=sdk.PRESENT)
            for name, (_code, title) in _KEYS.items()
        },
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("key is", "按键状态"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A side key reads as pressed: it sticks, or its case or cable presses it.",
                    "有侧键显示为按下状态：可能卡键，或被保护壳、排线压住。",
                )
            },
            words={
                "held": sdk.Text("held", "一直按下"),
                "released": sdk.Text("released", "已松开"),
            },
            places={
                "power": sdk.Text("power key", "电源键"),
                "volume_up": sdk.Text("volume up", "音量加键"),
                "volume_down": sdk.Text("volume down", "音量减键"),
            },
        ),
        "headphones": sdk.Spec(sdk.Unit.NONE, sdk.Text("headphones plugged in", "耳机已插入")),
    },
    interpret=interpret,
    symptoms=("keys", "restarts", "no-sound"),
)
