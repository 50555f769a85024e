"""`dumpsys media.camera`: how many cameras there are, which way they look, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_MOST = 200
_COUNT = re.compile(r"^Number of camera devices: {0,4}(\d{1,4})$", re.MULTILINE)
_UNCOUNTED = re.compile(r"^No camera client yet\.$", re.MULTILINE)
_NORMAL = re.compile(r"^Number of normal camera devices: {0,4}(\d{1,4})$", re.MULTILINE)
_NO_HAL = re.compile(r"!! No camera HAL available !!")
# A map to nothing (`Device 1 maps to "Not present"`), or the status of a camera of its own.
_NOT_PRESENT = re.compile(
    r"^ {0,8}(?:Device \d{1,3} maps to \"?(?:not[ _]present|null|none|)\"?"
    r"|(?:Camera|Device) \d{1,3}\b[^\n]{0,60}\bnot[ _]present\b[^\n]{0,40})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PROVIDER = re.compile(
    r"^== Camera Provider HAL ([^\s(]{1,120})\s{0,4}\([^)\n]{0,80}\) static info: (\d{1,4}) device",
    re.MULTILINE,
)
_DEVICE = re.compile(
    r"^== Camera HAL device (\S{1,160}) \([^)\n]{0,40}\) static info", re.MULTILINE
)
# Android 5–7: one section a camera, without a provider.
_OLD_DEVICE = re.compile(r"^(?:== )?Camera (?:device )?(\d{1,3}) (?:static )?information")
_FACING = re.compile(r"^ {1,8}Facing: {0,4}(BACK|FRONT|EXTERNAL)", re.IGNORECASE)
_LENS_FACING = re.compile(r"android\.lens\.facing \(")
_TRACES = re.compile(r"^== Camera error traces \((\d{1,6})\)", re.MULTILINE)
_LOG = re.compile(r"^== Camera service events log[^\n]{0,60}==[ \t]{0,4}$", re.MULTILINE)
_HEADING = re.compile(r"^== [^\n]{1,200}==?[ \t]{0,4}$", re.MULTILINE)
_EMPTY_LOG = re.compile(r"^ {0,4}\[?no events yet\]?$", re.IGNORECASE)
_EVENT = re.compile(r"^ {2}\d\d-\d\d \d\d:\d\d:\d\d : (.{1,400})$", re.MULTILINE)
_DEVICE_EVENT = re.compile(r"(ADD|REMOVE) device (\S{1,60}), reason")
_DEAD = re.compile(
    r"-32\b|Broken pipe|DEAD_OBJECT|died|HAL (?:has )?crash|Device status changed from 1 to 0",
    re.IGNORECASE,
)
# ENOSYS: the maker's camera software does not know what the system asks of it.
_UNCONFIGURED = re.compile(r"(?<![\w.])-38\b|ENOSYS|Function not implemented", re.IGNORECASE)


@dataclass(frozen=True)
class CameraDevice:
    """One camera of a provider; `facing` is `back`, `front`, `external` or None (not said)."""

    name: str
    facing: str | None
    raw: str


@dataclass(frozen=True)
class CameraEvent:
    """One line of the service's log, newest first; a client's package name is left out.

    `is_configuration`: an error of software that does not fit the cameras.
    """

    text: str
    is_error: bool
    is_death: bool
    is_configuration: bool


@dataclass(frozen=True)
class CameraService:
    """What the camera service knows. None: the dump does not say.

    `not_present` are the rows of cameras the service knows and does not find. `log` are the first
    and last words of the log of events where all of it was read, else nothing:
    only then is what stands not in it evidence.
    """

    count: int | None
    count_raw: str
    normal_count: int | None
    providers: tuple[tuple[str, int], ...]
    devices: tuple[CameraDevice, ...]
    events: tuple[CameraEvent, ...]
    removed: tuple[str, ...]
    trace_count: int | None
    has_software: bool = True
    not_present: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    trace_raw: str = ""
    log: tuple[str, ...] = ()

    def facing(self, way: str) -> bool | None:
        """Whether a camera looks that way; None where a camera that was not described might."""
        if any(device.facing == way for device in self.devices):
            return True
        described = sum(1 for device in self.devices if device.facing)
        return None if self.count is None or described < self.count else False


def parse_cameras(text: str) -> CameraService:
    """Read the dump; raises `ParseError` where neither a count nor Android 2.3's words are."""
    count, normal = _COUNT.search(text), _NORMAL.search(text)
    no_hal = _NO_HAL.search(text)
    if count is None and not (_UNCOUNTED.search(text) or no_hal):
        raise ParseError("no number of camera devices")
    traces = _TRACES.search(text)
    events = [match[1] for match in _EVENT.finditer(text)][:_MOST]
    return CameraService(
        count=int(count[1]) if count else 0 if no_hal else None,
        count_raw=count[0] if count else no_hal[0] if no_hal else "",
        normal_count=int(normal[1]) if normal else None,
        providers=tuple((m[1], int(m[2])) for m in list(_PROVIDER.finditer(text))[:_MOST]),
        devices=tuple(_devices(text)),
        events=tuple(_event(words) for words in events),
        removed=tuple(_removed(events)),
        trace_count=int(traces[1]) if traces else None,
        has_software=no_hal is None,
        not_present=tuple(m[0].strip() for m in _NOT_PRESENT.finditer(text))[:_MOST],
        returned=tuple(_returned(events)),
        trace_raw=traces[0] if traces else "",
        log=_whole_log(text),
    )


def _whole_log(text: str) -> tuple[str, ...]:
    """The heading of the log and of what follows it, where every row between them is an event."""
    start = _LOG.search(text)
    end = _HEADING.search(text, start.end()) if start else None
    if start is None or end is None:
        return ()
    rows = [row for row in text[start.end() : end.start()].splitlines() if row.strip()]
    if not rows or not all(_EVENT.match(row) or _EMPTY_LOG.match(row) for row in rows):
        return ()
    return (start[0], end[0])  # the rows between them name apps


def _event(words: str) -> CameraEvent:
    is_error = words.startswith("SERVICE ERROR")
    # "DIED client(s)" is an app that was killed with the camera open, "REJECT" one that may not.
    is_death = words.startswith(("SERVICE ERROR", "REMOVE")) and bool(_DEAD.search(words))
    text = re.sub(r"for package \S{1,200}", "", words)
    is_configuration = is_error and not is_death and bool(_UNCONFIGURED.search(text))
    return CameraEvent(text, is_error, is_death, is_configuration)


def _removed(events: list[str]) -> Iterator[str]:
    """Cameras whose last word in the log (newest first) is that they were taken away."""
    known: set[str] = set()
    for words in events:
        match = _DEVICE_EVENT.match(words)
        if match and match[2] not in known:
            known.add(match[2])
            if match[1] == "REMOVE":
                yield match[2]


def _returned(events: list[str]) -> Iterator[str]:
    """Each time a camera that was taken away was there again later (the log is newest first)."""
    there: set[str] = set()
    for words in events:
        match = _DEVICE_EVENT.match(words)
        if match and match[1] == "ADD":
            there.add(match[2])
        elif match and match[2] in there:
            there.discard(match[2])
            yield match[2]


def _devices(text: str) -> Iterator[CameraDevice]:
    name, facing, raw, found = "", None, "", 0
    lines = text.splitlines()
    for index, line in enumerate(lines):
        if found >= _MOST:
            return
        start = _DEVICE.match(line) or _OLD_DEVICE.match(line)
        if start or (name and line.startswith("== ")):
            if name:
                found += 1
                yield CameraDevice(name, facing, raw)
            name, facing, raw = (start[1] if start else ""), None, ""
        elif name and facing is None:
            facing, raw = _facing(lines, index)
    if name:
        yield CameraDevice(name, facing, raw)


def _facing(lines: list[str], index: int) -> tuple[str | None, str]:
    """The way a camera looks, from the API1 line or from the static metadata below it."""
    line = lines[index][:300]
    if match := _FACING.match(line):
        return match[1].lower(), line.strip()
    if _LENS_FACING.search(line) and index + 1 < len(lines):
        word = lines[index + 1][:80].strip(" []").lower()
        if word in ("back", "front", "external"):
            return word, lines[index + 1].strip()
    return None, ""
