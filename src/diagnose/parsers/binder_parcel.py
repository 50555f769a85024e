"""`service call`: the reply parcel as hexadecimal words, little-endian, sixteen bytes a line."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_LONGEST = 16 * 1024
_HEAD = re.compile(r"Result: Parcel\(")
_OFFSET = re.compile(r"0x[0-9a-fA-F]{8}:")
_WORD = re.compile(r"[0-9a-fA-F]{8}")

FIRST_WITH_PROPERTIES = 28
"""Before Android 9 transaction 1 of `batteryproperties` was another method: it ignores the call."""

# BatteryManager answers these for "this phone does not say".
_UNSUPPORTED = frozenset({-(2**63), -(2**31), 2**31 - 1, 2**63 - 1})


@dataclass(frozen=True)
class BatteryProperty:
    """The answer of `batteryproperties`.

    `exception` is not 0 where the call was refused (-1: SecurityException); `status` is not 0
    where the HAL has no such property. `value` is None in both cases.
    """

    exception: int
    status: int
    value: int | None


def parse_parcel(text: str) -> tuple[int, ...]:
    """Read the 32-bit words of a reply parcel. Raises `ParseError` where there are none."""
    head = _HEAD.search(text[:_LONGEST])
    if head is None:
        raise ParseError("no parcel in the answer")
    words: list[int] = []
    for line in text[head.end() : _LONGEST].splitlines():
        # What stands between the quotes is the same again as letters; it may look like hex.
        hexadecimal = _OFFSET.sub(" ", line.partition("'")[0])
        words += [int(word, 16) for word in _words_of(hexadecimal)]
    if not words:
        raise ParseError("an empty parcel")
    return tuple(words)


def parse_battery_property(text: str) -> BatteryProperty:
    """Read `service call batteryproperties 1 i32 ID` (IBatteryPropertiesRegistrar.getProperty).

    Words: exception, status, 1 (a value follows), low and high half of the signed value; since
    Android 15 a text follows. Raises `ParseError` where the parcel ends before the value.
    """
    words = parse_parcel(text)
    exception = _signed(words[0], 32)
    if exception:
        return BatteryProperty(exception, 0, None)
    if len(words) < 2:
        raise ParseError("the parcel ends before the status")
    status = _signed(words[1], 32)
    if status:
        return BatteryProperty(0, status, None)
    if len(words) < 5 or words[2] != 1:
        raise ParseError("the parcel ends before the value")
    value = _signed(words[3] | words[4] << 32, 64)
    return BatteryProperty(0, 0, None if value in _UNSUPPORTED else value)


def _words_of(line: str) -> list[str]:
    """The words up to the first that is none: the rest of a cut line is no number."""
    found = []
    for word in line.replace(")", " ").split():
        if not _WORD.fullmatch(word):
            break
        found.append(word)
    return found


def _signed(number: int, bits: int) -> int:
    return number - (1 << bits) if number >= 1 << (bits - 1) else number
