"""A second reading of what real phones said, to hold the parsers against.

Nothing here is shared with the parsers: each reader is a few lines of its own, written from the
text alone. Where both read a value and they differ, one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from diagnose.model.plain import dataclass
from diagnose.model.report import Report

Reader = Callable[[str], float | str | None]


@dataclass(frozen=True)
class StatedFact:
    """One value that was read twice. `name` is the measure; `own` as the report says it."""

    name: str
    own: float | str
    other: float | str

    @property
    def agrees(self) -> bool:
        """Whether both readings are the same, to the digits the report shows."""
        if isinstance(self.own, str) or isinstance(self.other, str):
            return str(self.own) == str(self.other)
        return abs(self.own - self.other) <= max(0.06, 0.001 * abs(self.other))


def facts(report: Report, texts: Mapping[str, str]) -> Iterator[StatedFact]:
    """Compare every value that both the report and a reader give; `said` by command."""
    read = {m.id: m.value for result in report.results for m in result.measurements}
    for name, (command, reader) in _READERS.items():
        own, text = read.get(name), texts.get(command)
        if text is None or isinstance(own, bool) or not isinstance(own, int | float | str):
            continue
        other = reader(text)
        if other is not None:
            yield StatedFact(name, own, other)


def _number(pattern: str, scale: float = 1.0) -> Reader:
    compiled = re.compile(pattern, re.MULTILINE)

    def reader(text: str) -> float | None:
        found = compiled.search(text)
        return float(found[1]) * scale if found else None

    return reader


def _data_volume(text: str) -> float | None:
    """Gigabytes of the row that ends in ` /data` (or begins with it, in the oldest tables)."""
    units = {"": 1024.0, "K": 1024.0, "M": 1024.0**2, "G": 1024.0**3}
    for line in text.splitlines():
        words = line.split()
        at = 1 if words[-1:] == ["/data"] or words[:1] == ["/data"] else 0
        if at and len(words) > at and (size := re.match(r"([\d.]+)([KMG]?)", words[at])):
            return float(size[1]) * units[size[2]] / 1e9
    return None


def _sensors(text: str) -> float | None:
    """What the head of the list announces, else the numbered lines of the list."""
    announced = re.search(r"Total (\d+) h/w sensors", text)
    if announced:
        return float(announced[1])
    listed = re.findall(
        r"^(?:0x[0-9a-f]{8}\)|[^|]{1,60}\| [^|]+\| [^|]*maxRate)", text, re.MULTILINE
    )
    return float(len(listed)) if listed else None


def _screen(text: str) -> str | None:
    """The first size in a physical mode of the built-in screen, narrow side first."""
    mode = re.search(
        r"(?:mBaseDisplayInfo|DisplayDeviceInfo)\b.{0,300}?(\d{3,4}) x (\d{3,4})", text
    )
    if mode is None:
        return None
    sides = sorted((int(mode[1]), int(mode[2])))
    return f"{sides[0]}x{sides[1]}"


_READERS: Mapping[str, tuple[str, Reader]] = {
    "battery.state.level": ("dumpsys battery", _number(r"^ *level: ?(\d+)")),
    "battery.state.voltage": ("dumpsys battery", _number(r"^ *voltage: ?(\d{3,})", 0.001)),
    "battery.state.temperature": ("dumpsys battery", _number(r"^ *temperature: ?(-?\d+)", 0.1)),
    "battery.state.technology": (
        "dumpsys battery",
        lambda text: next(iter(re.findall(r"^ *technology: ?(\S+)$", text, re.MULTILINE)), None),
    ),
    "memory.ram.total": ("cat /proc/meminfo", _number(r"^MemTotal: +(\d+)", 1 / 1024**2)),
    "storage.space.total": ("df", _data_volume),
    "camera.census.count": ("dumpsys media.camera", _number(r"Number of camera devices: (\d+)")),
    "sensor.census.count": ("dumpsys sensorservice", _sensors),
    "display.panel.resolution": ("dumpsys display", _screen),
    "system.version.sdk": ("getprop", _number(r"^\[ro\.build\.version\.sdk\]: \[(\d+)\]")),
    "system.patch_age.level": (
        "getprop",
        lambda text: next(
            iter(
                re.findall(
                    r"^\[ro\.build\.version\.security_patch\]: \[([\d-]{10})\]", text, re.MULTILINE
                )
            ),
            None,
        ),
    ),
}
