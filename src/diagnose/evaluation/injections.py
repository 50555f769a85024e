"""Faults edited into real captures, the way a phone would print them.

A virtual phone prints what its author believes; a real capture prints what a phone printed. Each
injection changes the few words of one or two answers that a fault would change and leaves the rest
of the phone as it was. `knowable_by`: answers without which nobody could tell (a silent modem on a
phone that may have none); a device without them is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from itertools import count

from diagnose.model.plain import dataclass

Edit = Callable[[str], str | None]
"""Gives the edited text; None where it has no place for the fault."""

FEATURES = "pm list features"
OF_EVERY_PHONE = "".join(
    f"feature:android.hardware.{name}\n"
    for name in (
        *("telephony", "telephony.gsm", "microphone", "camera", "camera.any", "camera.front"),
        *("touchscreen", "touchscreen.multitouch", "wifi", "bluetooth", "bluetooth_le", "location"),
        *("location.gps", "sensor.accelerometer", "sensor.gyroscope", "sensor.light"),
        *("sensor.proximity", "sensor.compass", "fingerprint", "nfc", "audio.output"),
    )
)
"""What phones of the last ten years declare; said of a device whose own list was not captured."""


@dataclass(frozen=True)
class Injection:
    """One fault: the edits of the answers (by command), and the probes that must notice it.

    `also`: edits of answers that say the same again, where a device has them. `blind`: why it
    cannot be known on some devices; there a miss is no mistake.
    """

    name: str
    edits: Mapping[str, Edit]
    probes: tuple[str, ...]
    knowable_by: tuple[str, ...] = ()
    also: Mapping[str, Edit] = field(default_factory=dict)
    blind: str = ""


def inject(injection: Injection, texts: Mapping[str, str]) -> dict[str, str] | None:
    """Edit the answers; None where this device does not show what the fault changes."""
    if not set(injection.knowable_by) <= set(texts):
        return None
    edited = dict(texts)
    for command, edit in injection.edits.items():
        text = edit(texts[command]) if command in texts else None
        if text is None or text == texts[command]:
            return None
        edited[command] = text
    for command, edit in injection.also.items():
        edited[command] = edit(texts[command]) or texts[command] if command in texts else ""
    return {command: text for command, text in edited.items() if command in texts}


def swapped(*pairs: tuple[str, str]) -> Edit:
    """Replace each pattern where it stands; all must be there."""

    def edit(text: str) -> str | None:
        for pattern, words in pairs:
            text, count = re.subn(pattern, words, text, flags=re.MULTILINE)
            if not count:
                return None
        return text

    return edit


def properties(**values: str) -> Edit:
    """Set properties (`__` stands for a dot), as getprop prints them."""

    def edit(text: str) -> str | None:
        if "]: [" not in text:
            return None
        for name, value in values.items():
            text = set_property(text, name.replace("__", "."), value)
        return text

    return edit


def set_property(text: str, name: str, value: str) -> str:
    """Text of getprop with one property set, at its end."""
    line = f"[{name}]: [{value}]\n"
    kept = re.sub(rf"^\[{re.escape(name)}\]: \[[^\]]*\]\r?\n?", "", text, flags=re.MULTILINE)
    return f"{kept.rstrip()}\n{line}"


def without(pattern: str) -> Edit:
    """Take out every block that the pattern describes; there must be one."""

    def edit(text: str) -> str | None:
        text, count = re.subn(pattern, "", text, flags=re.MULTILINE)
        return text if count else None

    return edit


def behind(pattern: str, words: str) -> Edit:
    """Add words behind the first place of the pattern."""

    def edit(text: str) -> str | None:
        match = re.search(pattern, text, re.MULTILINE)
        return text[: match.end()] + words + text[match.end() :] if match else None

    return edit


def _battery(**values: int | str) -> Edit:
    return swapped(
        *((rf"^(\s*){name}: ?\S+", rf"\g<1>{name}: {value}") for name, value in values.items())
    )


def _history(*reasons: str) -> Edit:
    """Starts within the last days, the newest first; the moments as the phone counts them."""

    def edit(text: str) -> str | None:
        built = re.search(r"^\[ro\.build\.date\.utc\]: \[(\d{9,10})\]", text, re.MULTILINE)
        if built is None:
            return None
        newest = int(built[1]) + 90 * 86_400
        starts = "\n".join(f"{reason},{newest - at * 40_000}" for at, reason in enumerate(reasons))
        changed = set_property(text, "persist.sys.boot.reason.history", starts)
        return set_property(changed, "sys.boot.reason", reasons[0])

    return edit


def _dropped(tag: str, count: int, process: str = "") -> Edit:
    """Entries of the drop box, in the days before its newest one."""

    def edit(text: str) -> str | None:
        rows = list(re.finditer(r"^(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d \w+ \(", text, re.MULTILINE))
        if not rows:
            return None
        day = rows[-1][1]
        body = (
            f"    Process: {process}/PID: 812\n"
            if process
            else "    Build: acme/ab/ab:1/X/1:user\n"
        )
        new = "".join(
            f"{day} {at % 24:02d}:{at % 60:02d}:11 {tag} (compressed text, {3000 + at} bytes)\n"
            + body
            for at in range(count)
        )
        return text[: rows[0].start()] + new + text[rows[0].start() :]

    return edit


_STUCK = "AudioFlinger may be deadlocked\n"
_SLOW = swapped((r"^Latency: \d+ms", "Latency: 1900ms"))
_HOT_CHIP = swapped(
    (r"^CPU temperatures: \[[^\]]*\]", "CPU temperatures: [118.0, 119.5, 120.0, 117.0]")
)
_HOT_HAL = swapped((r"mValue=[\d.]+, mType=0, ", "mValue=118.5, mType=0, "))
_LOUDSPEAKER = without(
    r"^  Device \d+:\n(?:  - (?!type).*\n)*  - type: AUDIO_DEVICE_OUT_SPEAKER *\n"
    r"(?:  - .*\n|      .*\n)*"
)
_NO_MICROPHONES = without(r"^- Available input devices:\n(?:  .*\n|   .*\n)*")
_ACCELEROMETER = re.compile(
    r"^0x[0-9a-f]{8}\) [^\n]*android\.sensor\.accelerometer\(1\)[^\n]*\n(?:\t[^\n]*\n)*",
    re.MULTILINE,
)
_NO_TOUCHSCREEN = without(
    r"^    \d+: synaptics_dsxv26\n(?:      .*\n)*|^  Device \d+: synaptics_dsxv26\n(?:    .*\n)*"
)
_SOFTWARE_GRAPHICS = (
    "GLES: Google (Google Inc.), Android Emulator OpenGL ES Translator (Google SwiftShader),"
    " OpenGL ES 3.0"
)
_CAMERA_SERVER = "/vendor/bin/hw/android.hardware.camera.provider@2.4-service"
_REJECTED = '"count":2,"accept":3,"reject":212,"acquire":260'


def _full(text: str) -> str:
    """The volume of apps with a hundredth of it free, in the words of `df` and of diskstats."""

    def row(match: re.Match[str]) -> str:
        free = int(match[2]) // 100
        return f"{match[1]} {match[2]} {int(match[2]) - free} {free} 99% /data"

    def stats(match: re.Match[str]) -> str:
        return f"Data-Free: {int(match[1]) // 100}K / {match[1]}K total = 1% free"

    text = re.sub(r"^(\S+) +(\d+) +\d+ +\d+ +\d+% /data$", row, text, flags=re.MULTILINE)
    return re.sub(r"^Data-Free: \d+K / (\d+)K total = \d+% free", stats, text, flags=re.MULTILINE)


def _gone(service: str) -> dict[str, Edit]:
    return {f"dumpsys {service}": lambda _text: f"Can't find service: {service}\n"}


def _no_loudspeaker(text: str) -> str | None:
    """Its route taken out, and the others numbered anew, as a phone numbers what it has."""
    edited = _LOUDSPEAKER(text)
    if edited is None:
        return None
    head, mark, rest = edited.partition("- Available output devices:\n")
    section, more, tail = rest.partition("- Available input devices:\n")
    number = count(1)
    anew = re.sub(r"(?m)^  Device \d+:", lambda _m: f"  Device {next(number)}:", section)
    return f"{head}{mark}{anew}{more}{tail}"


def _no_camera(text: str) -> str | None:
    """No number, no map, no device; the providers stay, with none either."""
    if not re.search(r"^Number of camera devices: [1-9]", text, re.MULTILINE):
        return None
    every = re.MULTILINE | re.DOTALL
    text = re.sub(
        r"^(Number of [\w ]{0,30}camera devices[\w ]{0,20}): \d+", r"\1: 0", text, flags=every
    )
    text = re.sub(r"^ *Device \d+ maps to [^\n]*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^== Camera device \d+ dynamic.*?(?=^== Camera Provider)", "", text, flags=every)
    text = re.sub(r"static info: \d+ devices", "static info: 0 devices", text)
    return re.sub(r"^== Camera HAL device .*?(?=^== Vendor tags)", "", text, flags=every)


def _no_accelerometer(text: str) -> str | None:
    """Taken out of the list, and out of the number that stands above it."""
    gone = len(_ACCELEROMETER.findall(text))
    if not gone:
        return None

    def fewer(match: re.Match[str]) -> str:
        total, running = int(match[1]) - gone, int(match[2]) - gone
        return f"Total {total} h/w sensors, {running}"

    return re.sub(r"Total (\d+) h/w sensors, (\d+)", fewer, _ACCELEROMETER.sub("", text))


def _no_sensors(text: str) -> str:
    unlisted = re.sub(r"^0x[0-9a-f]{8}\) .*\n(?:\t.*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(r"Total \d+ h/w sensors, \d+", "Total 0 h/w sensors, 0", unlisted)


def _start(reason: str) -> dict[str, Edit]:
    return {_GETPROP: properties(sys__boot__reason=reason)}


_BATTERY, _GETPROP = "dumpsys battery", "getprop"
_POLICY, _SENSORS = "dumpsys media.audio_policy", "dumpsys sensorservice"
_THERMAL, _CAMERA = "dumpsys thermalservice", "dumpsys media.camera"
_REGISTRY, _DROPBOX = "dumpsys telephony.registry", "dumpsys dropbox"

_NOT_THE_MAKERS = (
    "the installed system is not the maker's (public test keys): what it declares need not be there"
)
_BOOT = ("stability.boot_history",)
_CRASHES = ("stability.crashes",)

INJECTIONS: Sequence[Injection] = (
    # battery and charging
    Injection("battery-hot", {_BATTERY: _battery(health=3, temperature=690)}, ("battery.state",)),
    Injection("battery-cold", {_BATTERY: _battery(health=7, temperature=-260)}, ("battery.state",)),
    Injection("battery-dead", {_BATTERY: _battery(health=4)}, ("battery.state",)),
    Injection(
        "battery-overvoltage", {_BATTERY: _battery(health=5, voltage=4790)}, ("battery.state",)
    ),
    Injection("battery-failure", {_BATTERY: _battery(health=6)}, ("battery.state",)),
    Injection(
        "battery-absent",
        {_BATTERY: _battery(present="false", level=0, voltage=0, temperature=0)},
        ("battery.state",),
    ),
    Injection(
        "gauge-silent",
        {_BATTERY: _battery(status=1, health=1, level=50, voltage=0, temperature=0)},
        ("battery.state",),
    ),
    Injection("thermistor-open", {_BATTERY: _battery(temperature=-400)}, ("battery.state",)),
    Injection(
        "values-forced",
        {
            _BATTERY: behind(
                r"^Current Battery Service state:\n",
                "  (UPDATES STOPPED -- use 'reset' to restart)\n",
            )
        },
        ("battery.forced",),
    ),
    Injection(
        "not-charging",
        {
            _BATTERY: swapped(
                (r"^  AC powered: \w+", "  AC powered: true"),
                (r"^  status: \d", "  status: 4"),
                (r"^  level: \d+", "  level: 40"),
            )
        },
        ("charging.state",),
    ),
    Injection(
        "samsung-asoc-worn",
        {_BATTERY: swapped((r"mSavedBatteryAsoc: \[?\d+\]?", "mSavedBatteryAsoc: [61]"))},
        ("battery.health",),
    ),
    Injection(
        "learned-capacity-half",
        {
            "dumpsys batterystats": swapped(
                (r"Min learned battery capacity: \d+", "Min learned battery capacity: 1380"),
                (r"Max learned battery capacity: \d+", "Max learned battery capacity: 1402"),
            )
        },
        ("battery.health",),
        blind="what a phone learned is a rough guess: without the rated capacity from a profile or "
        "a gauge it is shown and not judged",
    ),
    # starts and crashes
    Injection("boot-panic", _start("kernel_panic"), _BOOT),
    Injection("boot-watchdog", _start("watchdog,apc,bark"), _BOOT),
    Injection("boot-undervoltage", _start("reboot,undervoltage"), _BOOT),
    Injection("boot-overcurrent", _start("reboot,ocp,pmic,if"), _BOOT),
    Injection("boot-heat", _start("shutdown,thermal,battery"), _BOOT),
    Injection("boot-supply-failed", _start("reboot,pmic_off_fault,ldo"), _BOOT),
    Injection("boot-power-lost", _start("reboot,powerloss"), _BOOT),
    Injection("boot-rescue", _start("reboot,rescueparty"), _BOOT),
    Injection("boot-data-lost", _start("reboot,mount_userdata_failed"), _BOOT),
    Injection("boot-image-damaged", _start("reboot,dm-verity_device_corrupted"), _BOOT),
    Injection(
        "boot-loop",
        {
            _GETPROP: _history(
                *("reboot", "kernel_panic", "kernel_panic,sysrq", "watchdog", "kernel_panic")
            )
        },
        _BOOT,
    ),
    Injection(
        "system-crashes", {_DROPBOX: _dropped("system_server_crash", 14, "system")}, _CRASHES
    ),
    Injection("watchdogs", {_DROPBOX: _dropped("system_server_watchdog", 9, "system")}, _CRASHES),
    Injection("tombstones-unnamed", {_DROPBOX: _dropped("SYSTEM_TOMBSTONE", 60)}, _CRASHES),
    Injection(
        "tombstones-camera", {_DROPBOX: _dropped("SYSTEM_TOMBSTONE", 80, _CAMERA_SERVER)}, _CRASHES
    ),
    # integrity
    Injection(
        "unlocked",
        {
            _GETPROP: properties(
                ro__boot__verifiedbootstate="orange",
                ro__boot__flash__locked="0",
                ro__boot__vbmeta__device_state="unlocked",
            )
        },
        ("integrity.verified_boot", "integrity.bootloader"),
    ),
    Injection(
        "image-changed",
        {_GETPROP: properties(ro__boot__verifiedbootstate="red")},
        ("integrity.verified_boot",),
    ),
    Injection(
        "verity-off",
        {_GETPROP: properties(ro__boot__veritymode="disabled")},
        ("integrity.verified_boot",),
    ),
    Injection(
        "engineering-build",
        {
            _GETPROP: properties(
                ro__build__type="userdebug",
                ro__debuggable="1",
                ro__build__tags="test-keys",
                ro__boot__verifiedbootstate="orange",
            )
        },
        ("integrity.build",),
    ),
    Injection(
        "not-encrypted",
        {_GETPROP: properties(ro__crypto__state="unencrypted")},
        ("integrity.encryption",),
        blind="phones that came with Android 9 or older need not be encrypted: shown, not judged",
    ),
    # sound
    Injection(
        "loudspeaker-gone", {_POLICY: _no_loudspeaker}, ("audio.policy",), (_GETPROP, FEATURES)
    ),
    Injection(
        "microphones-gone", {_POLICY: _NO_MICROPHONES}, ("audio.policy",), (_GETPROP, FEATURES)
    ),
    Injection(
        "audio-server-stuck",
        {"dumpsys media.audio_flinger": behind(r"^Libraries loaded:\n|^Clients:\n", _STUCK)},
        ("audio.server",),
    ),
    # camera, sensors, touch
    Injection(
        "no-camera",
        {_CAMERA: _no_camera},
        ("camera.census",),
        (FEATURES,),
        blind="the phone's own dump of its cameras ended in a timeout: nothing is read from it",
    ),
    Injection(
        "accelerometer-gone",
        {_SENSORS: _no_accelerometer},
        ("sensor.census",),
        (FEATURES,),
        blind="the list of sensors is cut off: one that is not in it may stand in the rest",
    ),
    Injection("no-sensors", {_SENSORS: _no_sensors}, ("sensor.census",), (FEATURES,)),
    Injection(
        "touchscreen-gone", {"dumpsys input": _NO_TOUCHSCREEN}, ("touch.panel",), (FEATURES,)
    ),
    # services that every phone with the part has
    Injection("camera-service-gone", _gone("media.camera"), ("camera.census",), (FEATURES,)),
    Injection("sensor-service-gone", _gone("sensorservice"), ("sensor.census",), (FEATURES,)),
    Injection(
        "bluetooth-service-gone", _gone("bluetooth_manager"), ("radio.bluetooth",), (FEATURES,)
    ),
    Injection("nfc-service-gone", _gone("nfc"), ("radio.nfc",), (FEATURES,), blind=_NOT_THE_MAKERS),
    Injection(
        "fingerprint-service-gone",
        _gone("fingerprint"),
        ("biometric.fingerprint",),
        (FEATURES,),
        blind=_NOT_THE_MAKERS,
    ),
    # heat
    Injection(
        "throttled",
        {_THERMAL: swapped((r"^Thermal Status: \d", "Thermal Status: 4"))},
        ("thermal.temperatures",),
    ),
    Injection(
        "chip-hot",
        {"dumpsys hardware_properties": _HOT_CHIP},
        ("thermal.temperatures",),
        also={_THERMAL: _HOT_HAL},
    ),
    # radio
    Injection(
        "sim-broken", {_GETPROP: properties(gsm__sim__state="CARD_IO_ERROR")}, ("radio.sim",)
    ),
    Injection(
        "modem-silent",
        {
            _GETPROP: properties(gsm__version__baseband="", gsm__sim__state="UNKNOWN"),
            _REGISTRY: swapped(
                (r"mVoiceRegState=\d\(\w+\)", "mVoiceRegState=3(POWER_OFF)"),
                (r"mDataRegState=\d\(\w+\)", "mDataRegState=3(POWER_OFF)"),
            ),
        },
        ("radio.baseband",),
        (FEATURES,),
        blind="a bug report does not say whether the owner switched the radio off",
    ),
    Injection(
        "bluetooth-crashes",
        {
            "dumpsys bluetooth_manager": swapped(
                (r"^Bluetooth crashed \d+ times", "Bluetooth crashed 27 times")
            )
        },
        ("radio.bluetooth",),
    ),
    # storage and memory
    Injection(
        "storage-full",
        {"df": _full},
        ("storage.space",),
        also={"df -k /data": _full, "dumpsys diskstats": _full},
    ),
    Injection(
        "memory-exhausted",
        {
            "cat /proc/meminfo": swapped(
                (r"^MemAvailable: +\d+", "MemAvailable:      20480"),
                (r"^MemFree: +\d+", "MemFree:      10240"),
            )
        },
        ("memory.ram",),
    ),
    Injection(
        "storage-slow",
        {"dumpsys diskstats": _SLOW},
        ("storage.latency",),
        also={"dumpsys -t 10 diskstats": _SLOW},
    ),
    # biometrics, graphics
    Injection(
        "reader-rejects",
        {
            "dumpsys fingerprint": swapped(
                (r'"count":0,"accept":0,"reject":0,"acquire":0', _REJECTED)
            )
        },
        ("biometric.fingerprint",),
    ),
    Injection(
        "reader-hal-dies",
        {"dumpsys fingerprint": swapped((r"^HAL Deaths: \d+", "HAL Deaths: 14"))},
        ("biometric.fingerprint",),
    ),
    Injection(
        "graphics-in-software",
        {"dumpsys SurfaceFlinger": swapped((r"^GLES: .*$", _SOFTWARE_GRAPHICS))},
        ("cpu.gpu",),
        (_GETPROP,),
    ),
)
