"""Files below `/sys/class/power_supply`, as one `grep "" …` prints them (`path:line`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed, lines_of

_LINE = re.compile(
    r"/sys/(?:class|devices)/[\w./:@-]{0,200}?power_supply/([\w.@-]{1,60})/(\w{1,60}):(.*)"
)
_UEVENT = re.compile(r"\s{0,8}(?:POWER_SUPPLY_)?([A-Z][A-Z0-9_]{1,60})=(.*)")
_MOST_SUPPLIES = 64

Supply = Mapping[str, Printed]


def parse_supplies(text: str) -> Mapping[str, Supply]:
    """Read the supplies by name, each with its properties in lower case (`charge_full`).

    A property said twice with different values (two gauges written into one list, seen on a
    OnePlus 7) is left out: nobody can tell which is meant. A bare list of `KEY=value` lines is the
    supply with the empty name. Raises `ParseError` where there is no supply.
    """
    supplies: dict[str, dict[str, Printed]] = {}
    doubtful: set[tuple[str, str]] = set()
    for line in lines_of(text):
        entry = _entry(line)
        if entry is None or (entry[0] not in supplies and len(supplies) >= _MOST_SUPPLIES):
            continue
        name, key, value = entry
        supply = supplies.setdefault(name, {})
        if supply.setdefault(key, Printed(value, line.strip())).value != value:
            doubtful.add((name, key))
    if not supplies:
        raise ParseError("no power supply in the answer")
    for name, key in doubtful:
        del supplies[name][key]
    return supplies


def _entry(line: str) -> tuple[str, str, str] | None:
    """Supply, property and value of one line, or None where it is something else."""
    supply, attribute, rest = "", "uevent", line
    if match := _LINE.match(line):
        supply, attribute, rest = match[1], match[2], match[3]
    if attribute != "uevent":
        return supply, attribute.lower(), rest.strip()
    if match := _UEVENT.fullmatch(rest):
        return supply, match[1].lower(), match[2].strip()
    return None
