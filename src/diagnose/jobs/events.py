"""What happens during a job, as values: a progress bar, JSON lines and a web page all read these.

Every event names the phone as adb knows it. `as_json` gives plain values; the phone's own words in
them are bounded, but not escaped: who shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from diagnose.model.plain import dataclass


@dataclass(frozen=True)
class Event:
    """Something happened to one phone of a job."""

    phone: str

    def as_json(self) -> dict[str, Any]:
        """Give the event as plain values, its kind under `event`."""
        return {"event": type(self).__name__.lower(), **asdict(self)}


@dataclass(frozen=True)
class Planned(Event):
    """The phone is about to be asked this many requests, for these probes."""

    requests: int
    probes: tuple[str, ...]


@dataclass(frozen=True)
class Identified(Event):
    """The phone has said who it is; the serial number is masked."""

    serial_masked: str


@dataclass(frozen=True)
class Replied(Event):
    """One request has ended, as the `done`-th of `total`."""

    key: str
    status: str
    done: int
    total: int


@dataclass(frozen=True)
class Changed(Event):
    """The phone that is followed shows another state now."""

    state: str


@dataclass(frozen=True)
class WatchBegins(Event):
    """The phone is now watched for so long: nobody may touch it."""

    seconds: float


@dataclass(frozen=True)
class Judged(Event):
    """One probe has its verdict."""

    probe: str
    outcome: str


@dataclass(frozen=True)
class Finished(Event):
    """The phone is done: its report's outcome, or the problem that kept it from one."""

    outcome: str = ""
    problem: str = ""


Subscriber = Callable[[Event], None]


def nobody(_event: Event) -> None:
    """Take an event and do nothing with it."""
