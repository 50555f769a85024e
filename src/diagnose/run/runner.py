"""The runner: performs a plan's requests over a transport and records what comes back.

All I/O of a run happens here. A reply is redacted, recorded and only then given on, so that a
replay sees exactly what the run saw. A run ends early for two reasons only: the phone is lost, or
the operator stops it; everything else is a result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.errors import DeviceLost
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request
from diagnose.requests.adb import TRADE_IN
from diagnose.run.capture import Capture, End, Header, Recorder, Subject, timestamp
from diagnose.run.plan import Plan
from diagnose.run.recording import recorded
from diagnose.run.subject import Recognition
from diagnose.transports.base import Transport

if TYPE_CHECKING:
    from datetime import datetime

    from diagnose.privacy.redactor import Redactor


@dataclass(frozen=True)
class RunStep:
    """Something happened: `done` of `total` requests have ended, the last of them is `reply`."""

    reply: Reply
    done: int
    total: int


def run_plan(
    plan: Plan,
    transport: Transport,
    recorder: Recorder,
    *,
    salt: bytes,
    serial: str,
    usb_serial: str = "",
    clock: Callable[[], datetime] | None = None,
    on_step: Callable[[RunStep], None] = lambda _step: None,
    on_subject: Callable[[Subject], None] = lambda _subject: None,
    on_watch: Callable[[float], None] = lambda _seconds: None,
) -> Capture:
    """Perform every request of the plan. `serial` is masked wherever the phone repeats it.

    `usb_serial` is the serial number its USB device states: it names the phone until the phone
    itself does better.
    `clock` tells the time of the end (default: this computer's). `on_watch` is told, before it
    begins, how many seconds the phone will be watched.
    Raises `DeviceLost` where the phone went away before a single answer was whole.
    """
    steps = perform_plan(
        plan,
        transport,
        recorder,
        Recognition(salt, usb_serial),
        salt=salt,
        serials=(serial, usb_serial),
        on_subject=on_subject,
        on_watch=on_watch,
    )
    statuses = []
    for step in steps:
        statuses.append(step.reply.status)
        on_step(step)
    because = getattr(transport, "lost_because", "") or ""
    end = ending(statuses, because, timestamp(clock() if clock else None))
    if end.ended == "lost" and ReplyStatus.COMPLETE not in statuses:
        recorder.abandon()
        raise nothing_read(end.because)
    return recorder.finish(end)


def nothing_read(because: str) -> DeviceLost:
    """Say that the phone went away before a single answer was whole."""
    return DeviceLost(
        f"the phone went away before anything was read: {because}",
        hint="check the cable and the phone's screen, then run again",
    )


def perform_plan(
    plan: Plan,
    transport: Transport,
    recorder: Recorder,
    recognition: Recognition,
    *,
    salt: bytes,
    serials: Sequence[str],
    on_subject: Callable[[Subject], None] = lambda _subject: None,
    on_watch: Callable[[float], None] = lambda _seconds: None,
) -> Iterator[RunStep]:
    """Perform the plan and record each reply, without an end: a phone may be asked in parts."""
    redactor = None
    by_key: dict[str, Request] = {request.key: request for request in plan.all_requests}
    for done, reply in enumerate(_performed(transport, plan, by_key, on_watch), 1):
        redactor = redactor or _redactor(serials, salt)
        if subject := recognition.learn(reply):
            recorder.identify(subject)
            on_subject(subject)
        kept = recorded(reply, by_key[reply.key], redactor)
        recorder.add(kept)
        yield RunStep(kept.reply, done, len(plan.all_requests))


def _redactor(serials: Sequence[str], salt: bytes) -> Redactor:
    """Made when the first answer is there: its many patterns compile while the others come."""
    from diagnose.privacy.redactor import Redactor

    return Redactor(serials, key=salt)


def _performed(
    transport: Transport, plan: Plan, by_key: dict[str, Request], on_watch: Callable[[float], None]
) -> Iterator[Reply]:
    """Every reply, those of the watch last.

    A phone that refused everything is asked whether it is in trade-in mode, and is not watched.
    """
    began = time.monotonic()
    statuses = []
    for reply in transport.perform(plan.requests):
        if reply.key != TRADE_IN.key:
            statuses.append(reply.status)
        yield reply
    over_adb = any(request.channel is Channel.ADB for request in plan.requests)
    if over_adb and set(statuses) == {ReplyStatus.REFUSED}:
        if TRADE_IN.key not in by_key:
            by_key[TRADE_IN.key] = TRADE_IN
            yield from transport.perform((TRADE_IN,))
    elif plan.watched:
        if not {ReplyStatus.LOST, ReplyStatus.CANCELLED} & set(statuses):
            on_watch(plan.watch_s)
        offset_ms = (time.monotonic() - began) * 1000
        for reply in transport.perform(plan.watched):
            yield replace(reply, started_ms=reply.started_ms + offset_ms)


def header_of(plan: Plan, **more: object) -> Header:
    """Write the head of a capture: what is about to be asked."""
    header = Header(
        started_at=timestamp(),
        plan=plan.name,
        probes=tuple(plan.probes),
        required=tuple(sorted(plan.required)),
        refused=dict(plan.refused),
        least=plan.least,
    )
    return replace(header, **more)  # type: ignore[arg-type]


def ending(statuses: Sequence[ReplyStatus], because: str, now: str) -> End:
    """Say how the reading ended."""
    if ReplyStatus.CANCELLED in statuses:
        return End("cancelled", now, "stopped by the operator")
    if ReplyStatus.LOST in statuses:
        return End("lost", now, because or "the phone went away")
    return End("complete", now)
