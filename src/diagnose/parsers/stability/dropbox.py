"""`dumpsys dropbox`: which kinds of crash reports the phone keeps, and when they were written.

Names of processes do not leave this module: a process is only "the same as that one" (a number).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_HEADING = re.compile(r"^Drop box contents:(?: (\d{1,6}) entries)?", re.MULTILINE)
_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([\w.@-]{1,100}) \(")
# The name of an added app's process comes as a marker `<app:a1b2>` of `privacy/redactor.py`.
_PROCESS = re.compile(
    r"^\s{1,8}(?:Process|Cmdline|pid: \d{1,7}, tid: \d{1,7}, name: \S{1,40}  >>>):? "
    r"(/[\w.@/-]{1,200}|[\w.:@<>-]{1,200})"
)
# Only programs of the system: an app may call itself what it likes, and is no part's software.
_DAEMON = re.compile(
    r"/(?:vendor|system|odm|system_ext|apex)/\S{0,80}bin/|android\.hardware\.|vendor\.\w{1,30}\.hardware"
    r"|^(?:rild|qcrild|qcrilNrd|cameraserver|audioserver|mediaserver|surfaceflinger|wpa_supplicant"
    r"|hwservicemanager|netmgrd|vold|gpsd|lhd|mnld|thermal-engine|cnss-daemon|sensors\.qti"
    r"|system_server|zygote|webview_zygote|app_process|media\.(?:codec|extractor|swcodec|metrics|tuner)"
    r"|com\.android\.(?:phone|bluetooth|nfc))(?:64|32)?\b"
)
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (part, re.compile(words, re.IGNORECASE))
    for part, words in (
        ("camera", r"camera|camx|mm-qcamera"),
        ("fingerprint", r"fingerprint|goodix|fpc|silead|egis|\bfod\b|biometrics"),
        ("touch", r"touch|\bgesture\b|\btp[_-]|hardware\.tp@"),
        ("sensors", r"sensor|\bsscrpcd\b|slpi|\bssc\b|contexthub|\bchre\b"),
        (
            "radio",
            r"rild?\b|qcril|radio|\bims(?:data|rtp|qmi)?|netmgr|modem|com\.android\.phone|ccci|rmt_storage",
        ),
        ("sound", r"audio|mediaserver|\bacdb\b"),
        ("display", r"surfaceflinger|composer|display|\bgraphics\b"),
        ("wifi", r"wifi|wlan|wpa_supplicant|hostapd|cnss"),
        ("bluetooth", r"bluetooth|android\.bt\b"),
        ("positioning", r"gnss|\bgps|\bmnld\b|\blhd\b|loc_launcher|slim_daemon"),
        ("nfc", r"\bnfc"),
        ("vibration", r"vibrator|haptic"),
        ("charging", r"health|charger|\bbattery\b|\busb\b"),
        ("storage", r"vold|storaged|\bfuse\b"),
        ("heat", r"thermal"),
    )
)
_MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class DropBoxEntry:
    """One report. `process` numbers processes in the order they appear; None where not named.

    `serves`: the part of the phone whose own software it was (`camera`), else nothing. `is_app`:
    whether it may be an app's; a program of the system that serves no part is none.
    """

    tag: str
    at: datetime | None
    process: int | None = None
    raw: str = ""
    serves: str = ""
    is_app: bool = True


@dataclass(frozen=True)
class DropBox:
    """What the box holds, oldest first. `raw`: the words that state how many it holds.

    `is_whole`: as many entries were read as the box says it holds.
    """

    entries: tuple[DropBoxEntry, ...]
    is_whole: bool
    raw: str


def parse_dropbox(text: str) -> DropBox:
    """Read the entries; raises `ParseError` where the text is no list of the drop box."""
    heading = _HEADING.search(text)
    if heading is None:
        raise ParseError("no drop box in the answer")
    entries = _entries(text)
    stated = int(heading[1]) if heading[1] else None
    return DropBox(entries, stated == len(entries), heading[0])


def _entries(text: str) -> tuple[DropBoxEntry, ...]:
    entries: list[DropBoxEntry] = []
    numbers: dict[str, int] = {}
    for line in text.splitlines():
        if match := _ENTRY.match(line):
            if len(entries) >= _MOST_ENTRIES:
                break
            entries.append(DropBoxEntry(match[2], _time(match[1]), None, match[0]))
        elif entries and entries[-1].process is None and (match := _PROCESS.match(line)):
            if match[1].partition("/")[0] == "unknown":
                continue
            number = numbers.setdefault(match[1], len(numbers))
            is_app = _DAEMON.search(match[1]) is None
            serves = "" if is_app else _serves(match[1])
            entries[-1] = replace(entries[-1], process=number, serves=serves, is_app=is_app)
    return tuple(entries)


def _serves(process: str) -> str:
    """The part that a maker's or Android's own service of the hardware serves."""
    return next((part for part, words in _PARTS if words.search(process)), "")


def _time(words: str) -> datetime | None:
    try:
        # The phone's local time, of a zone the dump does not tell; only spans are taken of it.
        return datetime.fromisoformat(words)
    except ValueError:
        return None
