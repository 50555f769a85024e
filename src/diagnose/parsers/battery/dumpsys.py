"""`dumpsys battery`: the state of BatteryService, with the vendors' own lines among it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.battery.charge_units import LARGEST_MAH, milliampere_hours
from diagnose.parsers.printed import Printed, lines_of

# A key starts with a letter: the event buffers of One UI start with a date and repeat `level:` and
# `voltage:` in prose. `voltage:4060` (Android 2.3) and `usb otg:false` (ASUS) have no blank.
_LINE = re.compile(r"[ \t]{0,8}([A-Za-z][^:\n]{0,100}):[ \t]{0,8}(.*)")
_KNOWN = frozenset({"level", "status", "health", "AC powered"})
_HEAD = 20_000
_LIVE = re.compile(
    r"^Current Battery Service state:\r?\n[ \t]{0,8}[A-Za-z][\w ]{1,40}: ?\w+", re.MULTILINE
)
_FORCED = "UPDATES STOPPED"
_FAKE = ("USE_FAKE_BATTERY", "FAKE_BATTERY")
_COUNTERS = ("Charge counter", "charge counter")  # Android's line; One UI repeats it in small
_MOST_OF_RATED = 1.3  # a gauge was seen that counted 2.7 times what the battery holds


@dataclass(frozen=True)
class BatteryDump:
    """The lines of the dump by their key, as they are spelled; the first of a key counts.

    `forced` is the line that says that the values were set by hand, or None; `live` is the
    heading with the first value right below it, where that line would stand.
    """

    fields: Mapping[str, Printed]
    forced: str | None
    live: str = ""

    def field(self, key: str) -> Printed | None:
        """The value of a line, out of its brackets (`[99]` on One UI 6), or None."""
        return self.fields.get(key)

    def integer(self, key: str) -> int | None:
        """The whole number of a line, or None where the line or the number is missing."""
        printed = self.fields.get(key)
        return printed.integer if printed else None

    def flag(self, key: str) -> bool | None:
        """Yes or no of a line, or None."""
        printed = self.fields.get(key)
        return printed.flag if printed else None

    def raw(self, key: str) -> str:
        """The words of a line, or nothing where there is no such line."""
        printed = self.fields.get(key)
        return printed.raw if printed else ""


def parse_battery(text: str) -> BatteryDump:
    """Read the dump. Raises `ParseError` where not one line of a battery's state is in it."""
    fields: dict[str, Printed] = {}
    forced = None
    for line in lines_of(text):
        if _FORCED in line:
            forced = line.strip()
        match = _LINE.match(line)
        if match:
            value = match[2].strip()
            fields.setdefault(match[1].strip(), Printed(_unbracketed(value), line.strip()))
    if not _KNOWN & fields.keys():
        raise ParseError("no battery state in the answer")
    live = _LIVE.search(text[:_HEAD])
    return BatteryDump(fields, forced or _faked(fields), live[0] if live else "")


def charge_counter(
    dump: BatteryDump, *, rated_mah: float | None = None
) -> tuple[float, str] | None:
    """Give the charge in the battery in mAh and the line it stands in; None where none is told.

    Zero, negative and impossible numbers are none: more than the battery is rated for
    (`rated_mah`), or one that is no phone's at the level shown. An empty battery's small number of
    µAh looks like mAh, so at 0 % nothing is told.
    """
    level, scale = dump.integer("level"), dump.integer("scale") or 100
    for key in _COUNTERS:
        mah = milliampere_hours(dump.integer(key))
        if mah is None or not level or not 0 < level <= scale:
            continue
        if mah * scale / level <= LARGEST_MAH and mah <= _MOST_OF_RATED * (
            rated_mah or LARGEST_MAH
        ):
            return mah, dump.raw(key)
    return None


def _unbracketed(value: str) -> str:
    if value.startswith("[") and value.endswith("]") and "," not in value:
        return value[1:-1].strip()
    return value


def _faked(fields: Mapping[str, Printed]) -> str | None:
    return next((fields[key].raw for key in _FAKE if key in fields and fields[key].flag), None)
