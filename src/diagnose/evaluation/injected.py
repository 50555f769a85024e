"""Injected faults, tried: is each noticed on the real captures it was edited into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from diagnose.evaluation.injections import FEATURES, INJECTIONS, OF_EVERY_PHONE, Injection, inject
from diagnose.evaluation.outside import SALT, capture_of
from diagnose.judging.examination import examine
from diagnose.knowledge.probes import Loaded
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import Report
from diagnose.run.capture import Capture, Clock, Recorded, timestamp
from diagnose.run.capture_import import import_folder, newest_moment
from diagnose.run.plan import Plan
from diagnose.text import decode

MOST_DEVICES = 6
VERDICTS = ("found", "elsewhere", "missed", "blind")
"""`blind`: nobody could know it from what this device says, for a stated reason."""
_TELLING = (Outcome.ATTENTION, Outcome.FAIL)


@dataclass(frozen=True)
class Injected:
    """One fault on one real device, and what was newly said of it."""

    fault: str
    device: str
    verdict: str
    noticed: tuple[str, ...]
    read: tuple[str, ...]
    false_alarms: tuple[str, ...]
    blind: str = ""

    @property
    def told(self) -> str:
        """The trial in one line, with why it cannot be known where that is so."""
        seen = f"; noticed by {', '.join(self.noticed)}" if self.noticed else ""
        why = f": {self.blind}" if self.verdict == "blind" else ""
        return f"`{self.fault}` on {self.device} {self.verdict}; {', '.join(self.read)}{seen}{why}"


def places(folder: Path) -> list[tuple[str, Path]]:
    """Every fault with the devices that print what it changes: `MOST_DEVICES` at most."""
    said = {index.parent: _texts(index.parent) for index in sorted(folder.glob("*/index.json"))}
    jobs = []
    for injection in INJECTIONS:
        fitting = [device for device, texts in said.items() if _fits(injection, texts)]
        step = max(1, len(fitting) // MOST_DEVICES)
        jobs += [(injection.name, device) for device in fitting[::step][:MOST_DEVICES]]
    return jobs


def injected(
    name: str, folder: Path, plan: Plan, probes: Mapping[str, Loaded], now: datetime
) -> Injected | None:
    """Judge one device as it is and with the fault; None where its probes speak up already."""
    injection = next(one for one in INJECTIONS if one.name == name)
    healthy = _capture(folder, plan, now)
    edited = inject(injection, _said(healthy))
    if edited is None:
        return None
    before = examine(healthy, probes)
    if any(_outcome(before, probe) in _TELLING for probe in injection.probes):
        return None  # it says so of the phone as it is: nothing could be told apart
    after = examine(_edited(healthy, edited, now), probes)
    noticed = _telling(after) - _telling(before)
    found = noticed & set(injection.probes)
    return Injected(
        fault=name,
        device=folder.name,
        verdict=_verdict(injection, found=bool(found), noticed=bool(noticed)),
        noticed=tuple(sorted(noticed)),
        read=tuple(f"{p}: {_outcome(after, p)}" for p in injection.probes),
        false_alarms=tuple(sorted(_fails(after) - _fails(before) - _concerned(injection, probes))),
        blind=injection.blind,
    )


def _verdict(injection: Injection, *, found: bool, noticed: bool) -> str:
    if found:
        return "found"
    return "blind" if injection.blind else "elsewhere" if noticed else "missed"


@cache
def _texts(folder: Path) -> Mapping[str, str]:
    made = import_folder(folder, salt=SALT, probes=())
    said = {one.reply.key.removeprefix("shell:"): decode(one.reply.stdout) for one in made.recorded}
    return {FEATURES: OF_EVERY_PHONE} | said


def _fits(injection: Injection, said: Mapping[str, str]) -> bool:
    return inject(injection, said) is not None


def _capture(folder: Path, plan: Plan, now: datetime) -> Capture:
    """A device as the corpus has it; its features supplied where they were not captured."""
    made = import_folder(
        folder, salt=SALT, probes=tuple(plan.probes), requests=plan.all_requests, now=now
    )
    capture = capture_of(made, folder.name, now)
    if f"shell:{FEATURES}" in capture.replies:
        return capture
    supplied = _recorded(FEATURES, OF_EVERY_PHONE)
    return replace(capture, recorded=(*capture.recorded, supplied))


def _said(capture: Capture) -> dict[str, str]:
    return {key.removeprefix("shell:"): decode(one.stdout) for key, one in capture.replies.items()}


def _edited(capture: Capture, said: Mapping[str, str], now: datetime) -> Capture:
    """The capture with other words, dated anew: a fault may have left the newest record."""
    recorded = tuple(_recorded(command, text) for command, text in said.items())
    texts = {one.reply.key: one.reply.stdout for one in recorded}
    header = capture.header
    if header.clock is not Clock.STATION and (at := newest_moment(texts, (), before=now)):
        header = replace(header, started_at=timestamp(at), clock=Clock.EVIDENCE)
    return replace(capture, header=header, recorded=recorded)


def _recorded(command: str, text: str) -> Recorded:
    data = text.encode("utf-8", "surrogateescape")
    return Recorded(Reply(f"shell:{command}", ReplyStatus.COMPLETE, stdout=data, exit_code=0))


def _telling(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome in _TELLING}


def _fails(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome is Outcome.FAIL}


def _outcome(report: Report, probe: str) -> Outcome | None:
    return next((result.outcome for result in report.results if result.probe == probe), None)


def _concerned(injection: Injection, probes: Mapping[str, Loaded]) -> set[str]:
    """Probes that read an answer the fault changes: what they say is about the fault."""
    keys = {f"shell:{command}" for command in injection.edits}
    return set(_asking(keys, probes))


def _asking(keys: set[str], probes: Mapping[str, Loaded]) -> Iterator[str]:
    for name, loaded in probes.items():
        if keys & {request.key for request in loaded.probe.requests}:
            yield name
