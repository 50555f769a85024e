"""`dumpsys telephony.registry`: registration and signal of each modem ("Phone Id").

Only what says how the radio works is taken: no operator, no cell, no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import Quoted

_MOST_PHONES = 8
_LONGEST = 200_000
_NOT_KNOWN = 2147483647
_SERVICE = {"0": "in_service", "1": "out_of_service", "2": "emergency_only", "3": "power_off"}

_PHONE = re.compile(r"^[ \t]{0,8}Phone Id=(\d{1,2})[ \t]*$", re.MULTILINE)
# Android 9 and later name the two registrations; 2.3 to 8 print bare numbers, first the voice's.
_NAMED = re.compile(r"mServiceState=\{mVoiceRegState=(\d)\(\w{1,30}\), mDataRegState=(\d)")
_NUMBERED = re.compile(r"mServiceState=(\d)(?: (\d))?(?= )")
_KNOWN = re.compile(
    r"^last known state:|^local logs:|mDefaultPhoneId=|mDefaultSubId=", re.MULTILINE
)
_EMERGENCY = re.compile(r"(?:mIsEmergencyOnly=|EmergOnly[=:] ?)(true|false)")
_SIGNAL_LINE = re.compile(r"mSignalStrength=SignalStrength:[ {][^\n]{1,3000}")
_LEVELS = (
    ("NR", re.compile(r"mNr=CellSignalStrengthNr:\{[^}]{0,300}?ssRsrp = (-?\d{1,10})")),
    ("LTE", re.compile(r"mLte=CellSignalStrengthLte: [^,]{0,40}?rsrp=(-?\d{1,10})")),
    ("TD-SCDMA", re.compile(r"mTdscdma=CellSignalStrengthTdscdma: [^,]{0,60}?rscp=(-?\d{1,10})")),
    ("WCDMA", re.compile(r"mWcdma=CellSignalStrengthWcdma: ss=(-?\d{1,10})")),
    ("CDMA", re.compile(r"mCdma=CellSignalStrengthCdma: cdmaDbm=(-?\d{1,10})")),
    ("GSM", re.compile(r"mGsm=CellSignalStrengthGsm: rssi=(-?\d{1,10})")),
)
_PRIMARY = re.compile(r"primary=CellSignalStrength(\w{2,10})")
_OLD_NUMBERS = re.compile(r"SignalStrength: ((?:-?\d{1,10} ){3,20})")


@dataclass(frozen=True)
class Part:
    """A part of the answer and where it begins."""

    text: str
    at: int


@dataclass(frozen=True)
class RadioSignal:
    """A received level in dBm and the network generation it is of."""

    network: str
    dbm: int
    raw: str


@dataclass(frozen=True)
class Modem:
    """One modem's registration. `raw` are the words of the reply that state it."""

    phone_id: int
    voice: str
    data: str | None
    is_emergency_only: bool
    raw: str
    signal: RadioSignal | None = None

    @property
    def service(self) -> str:
        """The better of voice and data: `in_service` where either works."""
        if "in_service" in (self.voice, self.data):
            return "in_service"
        if self.is_emergency_only and self.voice == "out_of_service":
            return "emergency_only"
        return self.voice


def parse_telephony(text: str) -> tuple[Modem, ...]:
    """Read every modem's registration; a registry that knows no phone yet is empty.

    Raises `ParseError` where the text is no registry.
    """
    bounded = text[:_LONGEST]
    found = tuple(modem for at, block in _blocks(bounded) if (modem := _modem(at, block)))
    if not found and (_PHONE.search(bounded) or not _KNOWN.search(bounded)):
        raise ParseError("no service state in the answer")
    return found


def _blocks(text: str) -> Iterator[tuple[int, Part]]:
    starts = list(_PHONE.finditer(text))[:_MOST_PHONES]
    if not starts:
        yield 0, Part(text, 0)
        return
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield int(start[1]), Part(text[start.end() : end], start.end())


def _modem(phone_id: int, part: Part) -> Modem | None:
    block = part.text
    state = _NAMED.search(block) or _NUMBERED.search(block)
    if state is None or state[1] not in _SERVICE:
        return None
    emergency = _EMERGENCY.search(block)
    return Modem(
        phone_id=phone_id,
        voice=_SERVICE[state[1]],
        data=_SERVICE.get(state[2] or ""),
        is_emergency_only=emergency is not None and emergency[1] == "true",
        raw=Quoted(state[0], part.at + state.start()),
        signal=_signal(block),
    )


def _signal(block: str) -> RadioSignal | None:
    line = _SIGNAL_LINE.search(block)
    if line is None:
        return None
    levels = {network: found for network, level in _LEVELS if (found := level.search(line[0]))}
    known = {network: found for network, found in levels.items() if _is_dbm(int(found[1]))}
    if known:
        primary = _PRIMARY.search(line[0])
        named = primary[1].upper().replace("TDSCDMA", "TD-SCDMA") if primary else ""
        network = named if named in known else next(iter(known))
        return RadioSignal(network, int(known[network][1]), _tail(known[network][0]))
    return _old_signal(line[0])


def _old_signal(line: str) -> RadioSignal | None:
    """Numbers without names: the first is GSM's level 0 to 31, the ninth LTE's RSRP."""
    match = _OLD_NUMBERS.search(line)
    if match is None:
        return None
    numbers = [int(number) for number in match[1].split()]
    if len(numbers) > 8 and _is_dbm(numbers[8]):
        return RadioSignal("LTE", numbers[8], match[0].strip())
    if 0 <= numbers[0] <= 31:
        return RadioSignal("GSM", 2 * numbers[0] - 113, match[0].strip())
    return None


def _is_dbm(value: int) -> bool:
    """Levels a phone can receive (3GPP TS 36.133, 38.133: -156 to -31 dBm); the rest means none."""
    return value != _NOT_KNOWN and -157 < value < -20


def _tail(raw: str) -> str:
    return raw[-60:]
