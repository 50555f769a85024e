"""What a box of crash reports shows: one broken app, many programs, or a part's own software.

Reports of native crashes (tombstones) mostly name no process; they count all the same. What
serves a part of the phone is named by the part, never by its process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from diagnose.parsers.stability.dropbox import DropBoxEntry

NATIVE = ("data_app_native_crash", "system_app_native_crash", "system_server_native_crash")
APP = ("data_app_crash", "system_app_crash", "data_app_anr", "system_app_anr")
SYSTEM = (
    "system_server_crash",
    "system_server_native_crash",
    "system_server_watchdog",
    "SYSTEM_RESTART",
)
# Each tombstone is kept up to three times since Android 12, as text and in two binary forms.
TOMBSTONES = ("SYSTEM_TOMBSTONE", "SYSTEM_TOMBSTONE_PROTO", "SYSTEM_TOMBSTONE_PROTO_WITH_HEADERS")
KERNEL = ("APANIC_CONSOLE", "SYSTEM_LAST_KMSG")

FEW = 5
ONE_APP_SHARE, SEVERAL = 0.8, 3
MANY_NATIVE = 20


def count_of(entries: Iterable[DropBoxEntry], tags: Iterable[str]) -> int:
    """How many reports bear one of these tags."""
    return sum(entry.tag in tags for entry in entries)


def count_native(entries: Iterable[DropBoxEntry]) -> int:
    """How many programs crashed deep in the system, each crash counted once."""
    tags = Counter(entry.tag for entry in entries)
    return max(sum(tags[tag] for tag in NATIVE), *(tags[tag] for tag in TOMBSTONES))


def count_unnamed(entries: Iterable[DropBoxEntry]) -> int:
    """Those native crashes whose report names no process that any other report names."""
    told = tuple(entries)
    named = sum(entry.tag in NATIVE and entry.process is not None for entry in told)
    kept = Counter(e.tag for e in told if e.tag in TOMBSTONES and e.process is None)
    return max(0, max(kept.values(), default=0) - named)


def deaths_by_part(entries: Iterable[DropBoxEntry]) -> Mapping[str, int]:
    """How often the software of each part of the phone died, by the part."""
    kinds: dict[str, Counter[str]] = {}
    for entry in entries:
        if entry.serves and entry.tag in (*NATIVE, *TOMBSTONES):
            kinds.setdefault(entry.serves, Counter())[_kind(entry.tag)] += 1
    return {part: max(counted.values()) for part, counted in sorted(kinds.items())}


def pattern_of(entries: Iterable[DropBoxEntry]) -> str:
    """Tell `one_app`, `one_service`, `mixed_native`, `native`, `mixed`, or `few` crashes apart.

    `native`: many programs of the system crashed and the reports do not name them. One app
    explains its own crashes and no others, and a service of the system is no app.
    """
    told = tuple(entries)
    native = _named_native(told)
    unnamed = count_unnamed(told)
    if native.total() >= FEW and len(native) >= SEVERAL and _top(native) < ONE_APP_SHARE:
        return "mixed_native"
    if unnamed >= MANY_NATIVE:
        return "native"
    every = native + Counter(e.process for e in told if e.tag in APP and e.process is not None)
    nameless = count_of((e for e in told if e.process is None), APP)
    total = every.total() + unnamed + nameless
    if total < FEW:
        return "few"
    own = max(every.values(), default=0)
    if own < FEW or own / total < ONE_APP_SHARE:
        return "mixed"
    services = {e.process for e in told if not e.is_app}
    return (
        "one_service" if max(every, key=lambda process: every[process]) in services else "one_app"
    )


def _named_native(entries: tuple[DropBoxEntry, ...]) -> Counter[int]:
    """Native crashes by process: each counted once, whether a tombstone or a report tells it."""
    by_tag: dict[str, Counter[int]] = {}
    for entry in entries:
        if entry.process is not None and entry.tag in (*NATIVE, *TOMBSTONES):
            by_tag.setdefault(_kind(entry.tag), Counter())[entry.process] += 1
    most: Counter[int] = Counter()
    for counted in by_tag.values():
        most |= counted
    return most


def _kind(tag: str) -> str:
    return tag if tag in TOMBSTONES else "named"


def _top(processes: Counter[int]) -> float:
    return max(processes.values()) / processes.total()
