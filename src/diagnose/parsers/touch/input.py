"""`getevent -lp` and `dumpsys input`: touch panels, keys and switches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import Quoted

_MOST_DEVICES = 100
_JOINED = "<dropped>"  # what is joined to the phone has no name in the answer that is kept
_ADD = re.compile(r"^add device \d{1,4}: (/dev/input/\S{1,60})", re.MULTILINE)
_NAME = re.compile(r'^ {2}name: {1,8}"([^"\n]{0,160})"', re.MULTILINE)
_EVENTS = re.compile(r"^ {4}([A-Z]{2,3}) {1,2}\([0-9a-f]{4}\): {0,2}(.{0,400})$")
_ABS = re.compile(
    r"([A-Z][A-Z0-9_]{2,40})\*? {1,20}: value (-?\d{1,12}), min (-?\d{1,12}), max (-?\d{1,12})"
)
_CODE = re.compile(r"([A-Z][A-Z0-9_]{1,40})(\*?)(?= |$)")
_QUOTED = re.compile(
    r"\b((?:KEY|SW|ABS|BTN)_[A-Z0-9_]{1,40})\*?"
    r"(?: {1,20}: value -?\d{1,12}, min -?\d{1,12}, max -?\d{1,12})?"
)
_LONGEST_BODY = 60_000
_READER_DEVICE = re.compile(r"^ {2}Device -?\d{1,6}: (.{1,160})$", re.MULTILINE)
# Android 13 began to write the names of constants.
_TOUCHSCREEN = re.compile(r"DeviceType: (?:touchScreen|TOUCH_SCREEN)")
_SLOTS = re.compile(r"^ {8}Slot: min=0, max=(\d{1,4})", re.MULTILINE)
_X = re.compile(r"^ {8}X: min=(-?\d{1,9}), max=(-?\d{1,9})", re.MULTILINE)
_Y = re.compile(r"^ {8}Y: min=(-?\d{1,9}), max=(-?\d{1,9})", re.MULTILINE)


@dataclass(frozen=True)
class Axis:
    """The range a touch panel or joystick reports, in its own units."""

    minimum: int
    maximum: int


@dataclass(frozen=True)
class InputDevice:
    """One input device. `held`: keys down and switches closed when it was asked.

    `quotes` are the words of the answer for each code: where it says that the device has it.
    """

    name: str
    path: str = ""
    keys: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    axes: dict[str, Axis] = field(default_factory=dict)
    raw: str = ""
    quotes: Mapping[str, Quoted] = field(default_factory=dict)

    @property
    def is_touch(self) -> bool:
        """Whether it is a multi-touch panel (it reports positions of contacts)."""
        return {"ABS_MT_POSITION_X", "ABS_MT_POSITION_Y"} <= self.axes.keys()

    @property
    def slot_count(self) -> int | None:
        """How many fingers it tells apart; None where it does not say (protocol A)."""
        slot = self.axes.get("ABS_MT_SLOT")
        return slot.maximum + 1 if slot else None


def parse_getevent(text: str) -> tuple[InputDevice, ...]:
    """Read the devices of `getevent -lp`; raises `ParseError` where it lists none."""
    starts = list(_ADD.finditer(text))[:_MOST_DEVICES]
    if not starts:
        raise ParseError("no input device in the answer")
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return tuple(
        _device(start, text[start.end() : end], start.end())
        for start, end in zip(starts, ends, strict=True)
    )


def lists_every_device(text: str) -> bool:
    """Whether an answer of `getevent -lp` is whole: only then is what it lacks not there.

    It counts its devices from 1, and each ends with its properties.
    """
    first, last = text.find("add device 1:"), text.rfind("add device ")
    return first >= 0 and "  input props:\n    " in text[last:] and text.endswith("\n")


def _device(start: re.Match[str], body: str, at: int) -> InputDevice:
    name = _NAME.search(body)
    codes: dict[str, set[str]] = {"KEY": set(), "SW": set()}
    held: set[str] = set()
    axes: dict[str, Axis] = {}
    is_pointer = "INPUT_PROP_POINTER" in body  # a touchpad, which no phone has
    for kind, words in _event_lines(body):
        if kind == "ABS" and not is_pointer:
            axes |= {match[1]: Axis(int(match[3]), int(match[4])) for match in _ABS.finditer(words)}
        elif kind in codes:
            found = list(_CODE.finditer(words))
            codes[kind] |= {match[1] for match in found}
            held |= {match[1] for match in found if match[2]}
    return InputDevice(
        name=name[1] if name else "",
        path=start[1],
        keys=frozenset(codes["KEY"]),
        switches=frozenset(codes["SW"]),
        held=frozenset(held),
        axes=axes,
        raw=name[0].strip() if name else start[0],
        quotes=_quotes(body, at),
    )


def _quotes(body: str, at: int) -> Mapping[str, Quoted]:
    found: dict[str, Quoted] = {}
    for match in _QUOTED.finditer(body[:_LONGEST_BODY]):
        found.setdefault(match[1], Quoted(match[0], at + match.start()))
    return found


def _event_lines(body: str) -> Iterator[tuple[str, str]]:
    """Kind and words of each line of the events; a line that goes on carries no kind."""
    kind = ""
    for line in body.splitlines()[:500]:
        if match := _EVENTS.match(line[:500]):
            kind = match[1]
            yield kind, match[2]
        elif kind and line.startswith(" " * 8):
            yield kind, line[:500].strip()
        else:
            kind = ""


def parse_input_service(text: str) -> tuple[InputDevice, ...]:
    """Read the touch screens Android uses from `dumpsys input`; other devices bear only a name.

    Windows and the focused app follow in the same dump and are not looked at. Raises `ParseError`
    where the input reader's state is not in the text, or ends before a touch screen was named.
    """
    reader = text.find("Input Reader State")
    if reader < 0:
        raise ParseError("no state of the input reader")
    end = text.find("Input Dispatcher State", reader)
    part = text[reader : end if end > 0 else len(text)]
    starts = list(_READER_DEVICE.finditer(part))[:_MOST_DEVICES]
    if not starts:
        raise ParseError("the dump ends before the reader's devices")
    ends = [start.start() for start in starts[1:]] + [len(part)]
    devices = tuple(
        _reader_device(start, part[start.end() : stop], reader + start.end())
        for start, stop in zip(starts, ends, strict=True)
    )
    if end < 0 and not any(device.is_touch for device in devices):
        raise ParseError("the dump ends among the reader's devices")
    return devices


def _reader_device(start: re.Match[str], body: str, at: int) -> InputDevice:
    axes: dict[str, Axis] = {}
    quotes: dict[str, Quoted] = {}
    is_own = start[1].strip() != _JOINED
    if is_own and "Touch Input Mapper" in body and _TOUCHSCREEN.search(body):
        x, y, slots = _X.search(body), _Y.search(body), _SLOTS.search(body)
        if x and y:
            axes["ABS_MT_POSITION_X"] = Axis(int(x[1]), int(x[2]))
            axes["ABS_MT_POSITION_Y"] = Axis(int(y[1]), int(y[2]))
            quotes["ABS_MT_POSITION_X"] = Quoted(x[0], at + x.start())
        if slots:
            axes["ABS_MT_SLOT"] = Axis(0, int(slots[1]))
            quotes["ABS_MT_SLOT"] = Quoted(slots[0], at + slots.start())
    return InputDevice(name=start[1].strip(), axes=axes, raw=start[0].strip(), quotes=quotes)
