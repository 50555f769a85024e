"""Other subscribers of a run: its events as JSON lines, and how long each stage took."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable

import click

from diagnose.jobs.events import Event, Planned, Replied, Subscriber

_STARTED = time.monotonic()


def to_all(subscribers: Iterable[Subscriber]) -> Subscriber:
    """Give one subscriber that tells all of them; phones in several threads take turns."""
    known = list(subscribers)
    turn = threading.Lock()

    def take(event: Event) -> None:
        with turn:
            for subscriber in known:
                subscriber(event)

    return take


def as_json_line(event: Event) -> None:
    """Write an event on standard error; ASCII, so that nothing of it can steer a terminal."""
    click.echo(json.dumps(event.as_json(), ensure_ascii=True), err=True)


class Stages:
    """When the stages of a run ended, in seconds from the start of the program."""

    def __init__(self) -> None:
        self._ended: dict[str, float] = {}

    def take(self, event: Event) -> None:
        """Note what an event tells of the stages."""
        if isinstance(event, Planned):
            self._ended.setdefault("ready to ask", time.monotonic())
        elif isinstance(event, Replied):
            self._ended["asked"] = time.monotonic()

    def end(self, stage: str) -> None:
        """Note that this stage has ended now."""
        self._ended[stage] = time.monotonic()

    def show(self) -> None:
        """Write a line a stage on standard error."""
        before = _STARTED
        for stage, at in self._ended.items():
            print(f"{stage:<14}{at - before:7.3f} s", file=sys.stderr)  # noqa: T201 - a table
            before = at
