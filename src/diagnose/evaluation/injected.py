"""Injected faults, tried: is each noticed on the real captures it was edited into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from diagnose.evaluation.injections import FEATURES, INJECTIONS, OF_EVERY_PHONE, Injection, inject
from diagnose.evaluation.outside import SALT, capture_of
from diagnose.judging.examination import examine
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import Report
from diagnose.model.requests import Request
from diagnose.privacy.redactor import Redactor
from diagnose.run.capture import Capture, Clock, Recorded, timestamp
from diagnose.run.capture_import import Gathered, answer, import_folder, newest_moment, read_folder
from diagnose.run.plan import Plan
from diagnose.run.recording import recorded
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


def places(folder: Path, plan: Plan) -> list[tuple[str, Path]]:
    """Every fault with the devices that print what it changes: `MOST_DEVICES` at most."""
    printed = {
        index.parent: texts_of(index.parent, plan) for index in sorted(folder.glob("*/index.json"))
    }
    jobs = []
    for injection in INJECTIONS:
        fitting = [device for device, texts in printed.items() if _fits(injection, texts)]
        step = max(1, len(fitting) // MOST_DEVICES)
        jobs += [(injection.name, device) for device in fitting[::step][:MOST_DEVICES]]
    return jobs


def injected(
    name: str, folder: Path, plan: Plan, probes: Mapping[str, LoadedProbe], now: datetime
) -> Injected | None:
    """Judge one device as it is and with the fault; None where its probes speak up already."""
    injection = next(one for one in INJECTIONS if one.name == name)
    healthy = as_captured(folder, plan, now)
    edited = inject(injection, texts_of(folder, plan))
    if edited is None:
        return None
    before = examine(healthy, probes)
    if any(_outcome(before, probe) in _TELLING for probe in injection.probes):
        return None  # it says so of the phone as it is: nothing could be told apart
    after = examine(with_words(healthy, edited, plan, now), probes)
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


def texts_of(folder: Path, plan: Plan) -> dict[str, str]:
    """What the device said, by command, as it was printed: nothing is cut down yet."""
    gathered = Gathered()
    for output in read_folder(folder).outputs:
        gathered.add(output)
    answers = answer(plan.all_requests, gathered)
    texts = {one.request.key.removeprefix("shell:"): decode(one.output.data) for one in answers}
    return {FEATURES: OF_EVERY_PHONE} | texts


def _fits(injection: Injection, texts: Mapping[str, str]) -> bool:
    return inject(injection, texts) is not None


def as_captured(folder: Path, plan: Plan, now: datetime) -> Capture:
    """A device as the corpus has it; its features supplied where they were not captured."""
    made = import_folder(
        folder, salt=SALT, probes=tuple(plan.probes), requests=plan.all_requests, now=now
    )
    capture = capture_of(made, folder.name, now)
    if f"shell:{FEATURES}" in capture.replies:
        return capture
    supplied = _recorded({FEATURES: OF_EVERY_PHONE}, plan)
    return replace(capture, recorded=(*capture.recorded, *supplied))


def with_words(capture: Capture, printed: Mapping[str, str], plan: Plan, now: datetime) -> Capture:
    """The capture with other words, dated anew: a fault may have left the newest record."""
    kept = _recorded(printed, plan)
    texts = {one.reply.key: one.reply.stdout for one in kept}
    header = capture.header
    if header.clock is not Clock.STATION and (at := newest_moment(texts, (), before=now)):
        header = replace(header, started_at=timestamp(at), clock=Clock.EVIDENCE)
    return replace(capture, header=header, recorded=kept)


def _recorded(texts: Mapping[str, str], plan: Plan) -> tuple[Recorded, ...]:
    """Words as a run would record them: cut down to what is asked for, and masked."""
    redactor = Redactor([], key=SALT)
    requests = {request.key: request for request in plan.all_requests}
    return tuple(
        recorded(_reply(request, text), request, redactor)
        for command, text in texts.items()
        if (request := requests.get(f"shell:{command}"))
    )


def _reply(request: Request, text: str) -> Reply:
    data = text.encode("utf-8", "surrogateescape")
    return Reply(request.key, ReplyStatus.COMPLETE, stdout=data, exit_code=0)


def _telling(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome in _TELLING}


def _fails(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome is Outcome.FAIL}


def _outcome(report: Report, probe: str) -> Outcome | None:
    return next((result.outcome for result in report.results if result.probe == probe), None)


def _concerned(injection: Injection, probes: Mapping[str, LoadedProbe]) -> set[str]:
    """Probes that read an answer the fault changes: what they say is about the fault."""
    keys = {f"shell:{command}" for command in injection.edits}
    return set(_asking(keys, probes))


def _asking(keys: set[str], probes: Mapping[str, LoadedProbe]) -> Iterator[str]:
    for name, loaded in probes.items():
        if keys & {request.key for request in loaded.probe.requests}:
            yield name
