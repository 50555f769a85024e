"""`/proc/asound/cards`, `dumpsys media.audio_policy`, `media.audio_flinger` and `audio`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import quote

_MOST = 64
_CARD = re.compile(r"^ {0,3}(\d{1,3}) \[([^\]\n]{0,40})\]: (.{0,160})$", re.MULTILINE)
_NO_CARD = "--- no soundcards ---"
_ROUTE = re.compile(r"\bAUDIO_DEVICE_(?:OUT|IN)_[A-Z0-9_]{2,40}\b")
# `- Available output devices:` to Android 12, ` Available output devices (4):` since 13.
_SECTION = re.compile(
    r"^ {0,2}(?:- )?Available (output|input) devices(?: \((\d{1,4})\))?:", re.MULTILINE
)
# Devices stand deeper ("  Device 1:", "  - id:", "  1. Port ID: 3;"); a section starts a line.
_SECTION_END = re.compile(r"\n {0,2}- Available |\n {0,1}(?:- )?[A-Z]")
_DEVICE = re.compile(r"^ {2,3}(?:Device (\d{1,3}):|(\d{1,3})\. )", re.MULTILINE)
_OUTPUT_MASK = re.compile(r"^ Output devices: ([0-9a-f]{8})$", re.MULTILINE)
_INPUT_MASK = re.compile(r"^ Input devices: ([0-9a-f]{8})$", re.MULTILINE)
_HARDWARE_STATUS = re.compile(r"^ {0,2}Hardware status: (\d{1,6})$", re.MULTILINE)
_OUTPUT_THREAD = re.compile(r"^ {0,2}Output thread 0x", re.MULTILINE)
_DEADLOCK = re.compile(r"may be deadlocked|AudioFlinger.{0,40}(?:deadlock|not respond)")
_VIBRATOR = re.compile(r"^ {2}mHasVibrator=(true|false)$", re.MULTILINE)
_STREAM = re.compile(r"^- (STREAM_[A-Z_]{2,30}):", re.MULTILINE)
_VOLUME = re.compile(r"^ {3}streamVolume: ?(\d{1,3})$", re.MULTILINE)
_MAX = re.compile(r"^ {3}Max: (\d{1,3})$", re.MULTILINE)
_MUTED = re.compile(r"^ {3}Muted: (true|false)", re.MULTILINE)
_FOCUS = re.compile(r"^Audio Focus stack entries:", re.MULTILINE)  # all that Android 2.3 says
_MODE = re.compile(r"^- mode \(internal\) = (\w{1,20})$", re.MULTILINE)

# Bits of Android 2.3, the last version that prints masks.
_OLD_OUTPUTS = {0x1: "AUDIO_DEVICE_OUT_EARPIECE", 0x2: "AUDIO_DEVICE_OUT_SPEAKER"}
_OLD_INPUTS = {0x40000: "AUDIO_DEVICE_IN_BUILTIN_MIC"}


@dataclass(frozen=True)
class SoundCard:
    """One ALSA card: its number, short name and driver line."""

    number: int
    name: str
    description: str


@dataclass(frozen=True)
class AudioRoutes:
    """The devices sound can go to and come from; None where the list was cut off or not said."""

    outputs: frozenset[str] | None
    inputs: frozenset[str] | None


@dataclass(frozen=True)
class AudioServer:
    """The state of AudioFlinger. `hardware_status` 0 is idle; None where not said."""

    hardware_status: int | None
    hardware_status_raw: str
    output_threads: int
    is_deadlocked: bool
    state_raw: str


@dataclass(frozen=True)
class StreamVolume:
    """One volume of the phone; None where not said."""

    index: int | None
    maximum: int | None
    is_muted: bool | None
    raw: str


@dataclass(frozen=True)
class AudioSettings:
    """What the audio service knows: volumes by stream, the ringer mode, whether it vibrates."""

    streams: Mapping[str, StreamVolume]
    ringer_mode: str
    has_vibrator: bool | None
    has_vibrator_raw: str


def parse_sound_cards(text: str) -> tuple[SoundCard, ...]:
    """Read `/proc/asound/cards`; none is an answer. Raises `ParseError` for anything else."""
    cards = tuple(
        SoundCard(int(match[1]), match[2].strip(), match[3].strip())
        for match in _CARD.finditer(text[:20_000])
    )[:_MOST]
    if not cards and _NO_CARD not in text:
        raise ParseError("no list of sound cards")
    return cards


def parse_audio_routes(text: str) -> AudioRoutes:
    """Read the available devices of `dumpsys media.audio_policy`.

    Android leaves the section out where there is no device: beside the other one, whole, that is
    an empty list. Raises `ParseError` where the dump names neither section.
    """
    starts = {match[1]: match for match in _SECTION.finditer(text)}
    if not starts:
        return _old_routes(text)
    outputs = _routes(text, starts.get("output"), "_OUT_")
    inputs = _routes(text, starts.get("input"), "_IN_")
    if _is_left_out("input", starts, text) and outputs:
        inputs = frozenset()
    if _is_left_out("output", starts, text) and inputs:
        outputs = frozenset()
    return AudioRoutes(outputs=outputs, inputs=inputs)


def _is_left_out(way: str, starts: Mapping[str, object], text: str) -> bool:
    """Whether there is no heading of that section, not even one that cannot be read."""
    return way not in starts and f"Available {way}" not in text


def _routes(text: str, start: re.Match[str] | None, way: str) -> frozenset[str] | None:
    """The devices from `start` to the next section; None where the dump ends before it.

    None as well where it says how many there are, and fewer follow; or where devices of the other
    way stand under this heading: they are of a section whose own heading is lost or elsewhere.
    """
    after = _SECTION_END.search(text, start.end()) if start else None
    if start is None or after is None:
        return None
    printed = text[start.end() : after.start()]
    numbers = [int(match[1] or match[2]) for match in _DEVICE.finditer(printed)]
    routes = _ROUTE.findall(printed)
    if start[2] and len(numbers) != int(start[2]):
        return None
    # Where it counts none it lists none; each of the others is numbered and has a type.
    if max(numbers, default=0) > len(numbers) or len(routes) < len(numbers):
        return None
    if not all(way in route for route in routes):
        return None
    return frozenset(routes) if numbers or start[2] else None


def _old_routes(text: str) -> AudioRoutes:
    outputs, inputs = _OUTPUT_MASK.search(text), _INPUT_MASK.search(text)
    if not (outputs or inputs):
        raise ParseError("no list of audio devices")
    return AudioRoutes(
        outputs=_unmask(outputs[1], _OLD_OUTPUTS) if outputs else None,
        inputs=_unmask(inputs[1], _OLD_INPUTS) if inputs else None,
    )


def _unmask(mask: str, names: Mapping[int, str]) -> frozenset[str]:
    return frozenset(name for bit, name in names.items() if int(mask, 16) & bit)


def parse_audio_server(text: str) -> AudioServer:
    """Read `dumpsys media.audio_flinger`; raises `ParseError` where it is none."""
    status = _HARDWARE_STATUS.search(text)
    outputs = list(_OUTPUT_THREAD.finditer(text))
    threads, deadlock = len(outputs), _DEADLOCK.search(text)
    is_deadlocked = deadlock is not None
    shows = deadlock or status or (outputs[0] if outputs else None)
    if status is None and not threads and not is_deadlocked:
        raise ParseError("no dump of the audio server")
    return AudioServer(
        hardware_status=int(status[1]) if status else None,
        hardware_status_raw=status[0].strip() if status else "",
        output_threads=threads,
        is_deadlocked=is_deadlocked,
        state_raw=quote(text, shows.start(), shows.end()) if shows else "",
    )


def parse_audio_settings(text: str) -> AudioSettings:
    """Read `dumpsys audio`; raises `ParseError` where nothing of it is known."""
    vibrator, mode = _VIBRATOR.search(text), _MODE.search(text)
    starts = list(_STREAM.finditer(text))[:_MOST]
    if not (vibrator or mode or starts or _FOCUS.search(text)):
        raise ParseError("no dump of the audio service")
    return AudioSettings(
        streams={start[1]: _stream(text[start.end() : start.end() + 400]) for start in starts},
        ringer_mode=mode[1] if mode else "",
        has_vibrator=vibrator[1] == "true" if vibrator else None,
        has_vibrator_raw=vibrator[0].strip() if vibrator else "",
    )


def _stream(body: str) -> StreamVolume:
    part = body.split("\n- ", 1)[0]
    index, maximum, muted = _VOLUME.search(part), _MAX.search(part), _MUTED.search(part)
    return StreamVolume(
        index=int(index[1]) if index else None,
        maximum=int(maximum[1]) if maximum else None,
        is_muted=muted[1] == "true" if muted else None,
        raw=index[0].strip() if index else "",
    )
