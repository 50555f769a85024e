"""What phones say about their senses: small answers that tests put together."""

from __future__ import annotations

import json

RELEASE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n[ro.hardware]: [qcom]\n"
CUSTOM = "[ro.build.type]: [userdebug]\n[ro.build.tags]: [test-keys]\n[ro.hardware]: [qcom]\n"
TABLET = RELEASE + "[ro.build.characteristics]: [tablet]\n"
EMULATOR = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n[ro.kernel.qemu]: [1]\n"
_TYPES = {"accelerometer": 1, "magnetic_field": 2, "gyroscope": 4, "light": 5, "proximity": 8}


def features(*names: str) -> str:
    """`pm list features` of a phone with a modem that declares these too."""
    declared = ["android.hardware.telephony", *(f"android.hardware.{name}" for name in names)]
    return "".join(f"feature:{name}\n" for name in declared)


def sensors(*kinds: str, events: str = "", whole: bool = True) -> str:
    """`dumpsys sensorservice` of a phone with these kinds."""
    rows = "".join(
        f"0x{number:08x}) acme {kind} | Acme | ver: 1 | type: android.sensor.{kind}"
        f"({_TYPES[kind]}) | perm: n/a | flags: 0x0\n\tcontinuous | no batching |\n"
        for number, kind in enumerate(kinds, 1)
    )
    tail = f"Recent Sensor events:\n{events}Active sensors:\n" if whole else ""
    return f"Sensor Device:\nTotal {len(kinds)} h/w sensors, 1 running:\nSensor List:\n{rows}{tail}"


def events(kind: str, *values: str, count: int = 50) -> str:
    """Recent readings of one kind: the values in turn."""
    rows = "".join(
        f"\t{index:2d} (ts={100 + index * 0.2:.9f}, wall=10:00:00.000) "
        f"{values[index % len(values)]}, \n"
        for index in range(count)
    )
    return f"acme {kind}: last {count} events\n{rows}"


def cameras(*ways: str, provider: bool = True, log: str = "", traces: int = 0) -> str:
    """`dumpsys media.camera` with one device for each way it looks."""
    count = len(ways)
    head = (
        f"== Service global info: ==\n\nNumber of camera devices: {count}\n"
        f"Number of normal camera devices: {count}\n\n"
        f"== Camera service events log (most recent at top): ==\n{log}\n"
    )
    if provider:
        head += (
            f"== Camera Provider HAL internal/0 (v2.6, remote) static info: {count} devices: ==\n"
        )
    for number, way in enumerate(ways):
        head += (
            f"== Camera HAL device device@3.5/internal/0/{number} (v3.5) static information: ==\n"
            f"  API1 info:\n    Facing: {way.title()}\n"
        )
    return f"{head}\n== Camera error traces ({traces}): ==\n"


def logged(*words: str) -> str:
    """Lines of the camera service's log."""
    return "".join(f"  11-22 10:00:0{index} : {line}\n" for index, line in enumerate(words))


def display(width: int = 1080, height: int = 2400, *rates: float, state: str = "ON") -> str:
    """`dumpsys display` with one built-in screen."""
    modes = ", ".join(
        f"{{id={index + 1}, width={width}, height={height}, fps={rate}}}"
        for index, rate in enumerate(rates or (60.0,))
    )
    return (
        "DISPLAY MANAGER (dumpsys display)\n\nDisplay Devices: size=1\n"
        f'  DisplayDeviceInfo{{"Built-in Screen": uniqueId="local:1", {width} x {height}, '
        f"modeId 1, supportedModes [{modes}], density 420, 1.0 x 1.0 dpi, type INTERNAL, "
        f"state {state}, FLAG_DEFAULT_DISPLAY}}\n"
    )


_AXES = """    KEY (0001): BTN_TOUCH
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max {slots}, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 0, max 1079, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 2399, fuzz 0, flat 0, resolution 0
"""


def getevent(
    *keys: str,
    touch: bool = True,
    slots: int = 10,
    jack: tuple[str, ...] = (),
    keyboard: tuple[str, ...] = (),
) -> str:
    """`getevent -lp`: keys (a star: held), a touch panel, a headset socket, a joined keyboard."""
    devices = [("gpio-keys", f"    KEY (0001): {'  '.join(keys)}\n")]
    if touch:
        devices.append(("acme_touch", _AXES.format(slots=slots - 1)))
    if jack:
        words = f"    KEY (0001): {'  '.join(jack)}\n    SW  (0005): SW_HEADPHONE_INSERT\n"
        devices.append(("acme-snd-card Headset Jack", words))
    if keyboard:
        letters = ("KEY_A", "KEY_Z", *keyboard)
        devices.append(("<dropped>", f"    KEY (0001): {'  '.join(letters)}\n"))
    return "".join(
        f'add device {index + 1}: /dev/input/event{index}\n  name:     "{name}"\n  events:\n{body}'
        "  input props:\n    <none>\n"
        for index, (name, body) in enumerate(devices)
    )


def input_service(*, touch: bool = True) -> str:
    """`dumpsys input` with or without a touch screen."""
    reader = "  Device 1: gpio-keys\n    Keyboard Input Mapper:\n"
    if touch:
        reader += (
            "  Device 2: acme_touch\n    Touch Input Mapper (mode - direct):\n"
            "        DeviceType: touchScreen\n"
            "        X: min=0, max=1079, flat=0\n        Y: min=0, max=2399, flat=0\n"
            "        Slot: min=0, max=9, flat=0\n"
        )
    return (
        f"INPUT MANAGER (dumpsys input)\n\nInput Reader State:\n{reader}\nInput Dispatcher State:\n"
    )


def policy(outputs: tuple[str, ...], inputs: tuple[str, ...]) -> str:
    """`dumpsys media.audio_policy` with these devices attached."""
    output = "AudioPolicyManager Dump: 0x7\n"
    for way, names in (("output", outputs), ("input", inputs)):
        short = "OUT" if way == "output" else "IN"
        output += f"- Available {way} devices:\n"
        output += "".join(f"  Device 1:\n  - type: AUDIO_DEVICE_{short}_{name}\n" for name in names)
    return output + "\nHW Modules dump:\n"


def audio(*, vibrator: bool = True, media: int = 8, ringer: str = "NORMAL") -> str:
    """`dumpsys audio`."""
    return (
        f"- STREAM_MUSIC:\n   Muted: false\n   Max: 15\n   streamVolume:{media}\n\n"
        f"Ringer mode: \n- mode (internal) = {ringer}\n"
        f"Other state:\n  mHasVibrator={str(vibrator).lower()}\n"
    )


def biometric(accepted: int, rejected: int, *, deaths: int = 0, **counts: int) -> str:
    """`dumpsys fingerprint` or `dumpsys face`."""
    entry = {"id": 0, "count": 1, "accept": accepted, "reject": rejected}
    content = json.dumps({"service": "Reader", "prints": [{**entry, **counts}]})
    return f"{content}\nHAL deaths since last reboot: {deaths}\n"
