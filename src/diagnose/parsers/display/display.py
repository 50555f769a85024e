"""`dumpsys display`, `wm size`, `wm density`, and the display part of `dumpsys SurfaceFlinger`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_MOST_MODES = 60
_LONGEST_INFO = 20_000

_INFO = re.compile(
    r'^ {0,8}DisplayDeviceInfo\{"([^"\n]{0,120})": uniqueId="([^"\n]{0,120})"(.*)$', re.MULTILINE
)
_SIZE = re.compile(r"^, (\d{2,5}) x (\d{2,5}), ")
_MODE = re.compile(r"width=(\d{2,5}), height=(\d{2,5}), fps=(\d{1,4}(?:\.\d{1,9})?)")
_INTERNAL = re.compile(r"\btype (?:BUILT_IN|INTERNAL)\b")
_STATE = re.compile(r"\bstate ([A-Z_]{2,20})\b")
_VIEWPORT = re.compile(
    r"DisplayViewport\{type=INTERNAL.{0,400}?deviceWidth=(\d{2,5}), deviceHeight=(\d{2,5})"
)
_DEVICES = re.compile(r"^Display Devices: size=(\d{1,3})", re.MULTILINE)
_WM_SIZE = re.compile(r"^(Physical|Override) size: (\d{2,5})x(\d{2,5})", re.MULTILINE)
_WM_DENSITY = re.compile(r"^(Physical|Override) density: (\d{2,5})", re.MULTILINE)
_PHYSICAL = re.compile(r"^Display (\d{1,20}) \(HWC display \d{1,4}\): (.{1,200})$", re.MULTILINE)
_PERIOD = re.compile(r"^(\d{1,12})$", re.MULTILINE)
_GLES = re.compile(r"^GLES: (.{1,300})$", re.MULTILINE)
_HUNG = re.compile(r"DUMP TIMEOUT|SurfaceFlinger is (?:not responding|hung)")


@dataclass(frozen=True)
class DisplayMode:
    """One way the panel can be driven."""

    width_px: int
    height_px: int
    refresh_hz: float
    raw: str = field(default="", compare=False)


@dataclass(frozen=True)
class Panel:
    """The built-in screen. `state` is `ON`, `OFF`, `DOZE`…, empty where not said."""

    name: str
    unique_id: str
    width_px: int
    height_px: int
    modes: tuple[DisplayMode, ...]
    state: str
    raw: str

    @property
    def refresh_max_hz(self) -> float | None:
        """The fastest refresh rate of any mode."""
        return max((mode.refresh_hz for mode in self.modes), default=None)

    @property
    def refresh_max_raw(self) -> str:
        """The words of the fastest mode."""
        return max(self.modes, key=lambda mode: mode.refresh_hz).raw if self.modes else ""

    @property
    def largest_px(self) -> tuple[int, int]:
        """Short and long side of the largest mode: some phones save power in a smaller one."""
        sizes = [(self.width_px, self.height_px)]
        sizes += [(mode.width_px, mode.height_px) for mode in self.modes]
        width, height = max(sizes, key=lambda size: size[0] * size[1])
        return min(width, height), max(width, height)


@dataclass(frozen=True)
class Displays:
    """What the display manager knows: `panel` None where the dump was cut before it."""

    panel: Panel | None
    device_count: int | None
    device_count_raw: str


@dataclass(frozen=True)
class Compositor:
    """What SurfaceFlinger says; all empty where its own dump timed out or names no more."""

    refresh_period_ns: int | None
    gles: str
    raw: str


def parse_displays(text: str) -> Displays:
    """Read `dumpsys display`; raises `ParseError` where it is none."""
    if "DISPLAY MANAGER" not in text[:2000] and "DisplayDeviceInfo{" not in text:
        raise ParseError("no dump of the display manager")
    count = _DEVICES.search(text)
    return Displays(
        panel=next(_panels(text), None) or _panel_of_viewport(text),
        device_count=int(count[1]) if count else None,
        device_count_raw=count[0] if count else "",
    )


def _panels(text: str) -> Iterator[Panel]:
    """The built-in screens, the one in use first (a foldable has two, one of them off)."""
    found = []
    for match in _INFO.finditer(text):
        rest = match[3][:_LONGEST_INFO]
        size = _SIZE.match(rest)
        if size and _INTERNAL.search(rest):
            found.append(_panel(match, rest, size))
        if len(found) > 8:
            break
    yield from sorted(found, key=lambda panel: panel.state == "OFF")


def _panel(match: re.Match[str], rest: str, size: re.Match[str]) -> Panel:
    state = _STATE.search(rest)
    modes = [
        DisplayMode(int(mode[1]), int(mode[2]), float(mode[3]), mode[0])
        for mode in _MODE.finditer(rest)
    ]
    return Panel(
        name=match[1],
        unique_id=match[2],
        width_px=int(size[1]),
        height_px=int(size[2]),
        modes=tuple(dict.fromkeys(modes[:_MOST_MODES])),
        state=state[1] if state else "",
        raw=match[0].strip()[:400],
    )


def _panel_of_viewport(text: str) -> Panel | None:
    """A dump that was cut short still says the size of the glass in its viewport."""
    match = _VIEWPORT.search(text)
    if match is None:
        return None
    return Panel("", "", int(match[1]), int(match[2]), (), "", match[0][-60:])


def parse_wm_size(text: str) -> tuple[int, int]:
    """Read the physical size (width, height in px) of `wm size`, whatever override is set."""
    sizes = {match[1]: (int(match[2]), int(match[3])) for match in _WM_SIZE.finditer(text[:2000])}
    if "Physical" not in sizes:
        raise ParseError("no physical size")
    return sizes["Physical"]


def parse_wm_density(text: str) -> int:
    """Read the physical density (dpi) of `wm density`, whatever override is set."""
    found = {match[1]: int(match[2]) for match in _WM_DENSITY.finditer(text[:2000])}
    if "Physical" not in found:
        raise ParseError("no physical density")
    return found["Physical"]


def parse_compositor(text: str) -> Compositor:
    """Read `dumpsys SurfaceFlinger`, whole or with `--display-id` or `--latency`.

    Layers carry the names of apps and are not looked at. Raises `ParseError` where nothing of the
    compositor is in the text.
    """
    shown = list(_PHYSICAL.finditer(text))
    period = _PERIOD.match(text.lstrip()[:20])
    gles = _GLES.search(text)
    hung = _HUNG.search(text[:2000]) or _HUNG.search(text[-2000:])
    if not (shown or period or gles or hung):
        raise ParseError("nothing of the compositor")
    return Compositor(
        refresh_period_ns=int(period[1]) if period else None,
        gles=gles[1].strip() if gles else "",
        raw=(hung or (shown[0] if shown else period or gles or [""]))[0][:200],
    )
