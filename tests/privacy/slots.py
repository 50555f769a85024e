"""Private words planted in every place of an answer where a word stands, and which may stay.

A place that keeps any word of its shape is listed in `MAKERS` with the reason why no person's word
can stand there; what survives anywhere else is a leak.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.privacy.redactor import Redactor
from diagnose.requests import adb
from diagnose.run.capture import read_capture
from diagnose.run.recording import recorded

CAPTURES = Path(__file__).parent.parent / "captures"
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")

_IMAGE = "a name in the system's image: no app and no person adds to it"
_KERNEL = "a name in the kernel or its device tree"
_FIRMWARE = "a text of firmware or of a driver of the maker"
_HAL = "a name in the maker's software for the hardware"
_FRAMEWORK = "a name of a field or constant of Android's own code"
MAKERS: dict[str, tuple[str, str]] = {
    "getprop": (
        r"\[?(?:ro|gsm\.version|org|init\.svc)\.|.*reason|.*imei|(?:[a-z_-]+,)*(?:[a-z_]+-)?$",
        _IMAGE + ", or why the phone started",
    ),
    "dumpsys sensorservice": (r"(?:0x\w+\) )?\S.*", _HAL + "; what is joined is hidden"),
    "pm list features": (r"feature:[\w.]*", _IMAGE),
    "pm list libraries": (r"library:[\w.-]*", _IMAGE),
    "service list": (r"\d+\t[\w./]*", _HAL + " or one of the known services"),
    "lshal": (r"[\w.@: ]*", _HAL),
    "dumpsys telephony.registry": (r".*mSignalStrength=SignalStrength:.*", _FRAMEWORK),
    "getevent -lp": (r'  name:     "|    [A-Z].*|  {15}.*', _KERNEL + "; of panels alone"),
    "dumpsys input": (r"  Device \d+: .*", _KERNEL + "; of the phone's own panel alone"),
    "dumpsys thermalservice": (r".*mName=.*", _HAL),
    "mount": (r".*", _KERNEL + ", its options and devices"),
    "cat /proc/mounts": (r".*", _KERNEL + ", its options and devices"),
    "grep MediaCodec": (r".*<MediaCodec .*", _IMAGE),
    "dumpsys usb": (r" *(?:\w* )*", _FRAMEWORK),
    "dumpsys SurfaceFlinger": (r"\s*GLES: .*", _FIRMWARE),
    "cat /proc/asound/cards": (r" +\d+ \[.*", _KERNEL + "; not of a card that is plugged in"),
    "dumpsys media.camera": (r"== Camera (?:Provider )?HAL .*", _HAL),
    "dumpsys display": (r" *Display(?:DeviceInfo|Viewport)\{.*", _FIRMWARE + ": a built-in panel"),
    "dumpsys media.audio_policy": (r".*AUDIO_DEVICE_.*|.*\. +", _FRAMEWORK),
    "dumpsys webviewupdate": (r".*WebView package.*", "the package that serves as WebView"),
    "pm list packages": (r"package:\S+ +installer=[\w.]*", "a store, or in the system's namespace"),
    "dumpsys dropbox": (r".*(?:SYSTEM_| Process: com\.android\.).*|.* ", _FRAMEWORK),
    "cat /proc/version": (r"Linux version .*", "the builder of the kernel"),
    "dumpsys battery": (r"  technology: .*", "a chemistry"),
    "tradeinmode getstatus": (r' *"\w+": "|\s*"', _FIRMWARE),
    "dumpsys android.hardware.health": (r".*(?::|=) ", _FRAMEWORK),
    "lshal debug": (r".*(?::|=) ?", _FRAMEWORK),
    "grep '' /sys/class/power_supply": (r"/.*", _KERNEL),
    "grep '' /sys/devices/platform": (r"/.*", _KERNEL),
    "grep -E": (r"Hardware\t: .*", _KERNEL),
    "df": (r"/dev/.*", _KERNEL),
    "ls /sys/class/net": (r"", "a known kind of interface; of others the first sign"),
    "dumpsys device_state": (r".*name='", _FRAMEWORK),
    "dumpsys fingerprint": (r'\{"service":"Fingerprint ', _FRAMEWORK),
    "dumpsys face": (r'\{"service":"Face ', _FRAMEWORK),
}


@dataclass(frozen=True)
class Planted:
    """One private word: in which answer, what stood before it, and whether it was kept."""

    command: str
    before: str
    word: str
    survived: bool

    @property
    def reason(self) -> str | None:
        """Why a word of this shape may stay; None where nobody says so."""
        for command, (place, why) in MAKERS.items():
            if self.command.startswith(command) and re.fullmatch(f"(?:{place}).*", self.before):
                return why
        return None


def planted() -> Iterator[Planted]:
    """Plant a word of its own in every different place of the committed captures' answers."""
    asked = {request.key: request for request in adb._all() if request.kept}
    answers = {
        (reply.key, reply.stdout.decode())
        for path in CAPTURES.glob("*/capture.jsonl")
        for reply in read_capture(path.parent).replies.values()
        if reply.key in asked
    }
    for key, text in sorted(answers):
        yield from _planted(asked[key], text)


def _planted(request: Request, text: str) -> Iterator[Planted]:
    lines = text.split("\n")
    places = _places(lines)
    for number in sorted(places):  # one word of each line at a time: the others stay as they were
        made = list(lines)
        words: list[tuple[str, str]] = []
        for at, match in places[number]:
            word = _shaped(match[0], f"jq{len(words):04d}".translate(_LETTERS))
            made[at] = lines[at][: match.start()] + word + lines[at][match.end() :]
            words.append((lines[at][: match.start()], word))
        reply = Reply(request.key, ReplyStatus.COMPLETE, "\n".join(made).encode())
        kept = recorded(reply, request, Redactor(key=b"k" * 32)).reply.stdout.decode().lower()
        for before, word in words:
            command = request.key.removeprefix("shell:")
            yield Planted(command, before, word, word.lower() in kept)


def _places(lines: list[str]) -> dict[int, list[tuple[int, re.Match[str]]]]:
    """The words of all lines by how many stand before them, each place once."""
    places: dict[int, list[tuple[int, re.Match[str]]]] = defaultdict(list)
    seen: set[str] = set()
    for at, line in enumerate(lines):
        for number, match in enumerate(WORD.finditer(line)):
            shape = re.sub(r"\d+", "0", line[max(0, match.start() - 60) : match.start()])
            if shape not in seen:
                seen.add(shape)
                places[number].append((at, match))
    return places


def _shaped(like: str, word: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word


_LETTERS = str.maketrans("0123456789", "abcdefghij")
