"""The runner: performs a plan's requests over a transport and records what comes back.

All I/O of a run happens here. A reply is redacted, recorded and only then given on, so that a
replay sees exactly what the run saw. A run ends early for two reasons only: the phone is lost, or
the operator stops it; everything else is a result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from diagnose.errors import DeviceLost
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.requests.adb import TRADE_IN
from diagnose.run.capture import Capture, End, Header, Recorded, Recorder, Subject, timestamp
from diagnose.run.plan import Plan
from diagnose.run.subject import Recognition
from diagnose.transports.base import Transport

if TYPE_CHECKING:
    from diagnose.privacy.redactor import Redactor


@dataclass(frozen=True)
class Step:
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
    on_step: Callable[[Step], None] = lambda _step: None,
    on_subject: Callable[[Subject], None] = lambda _subject: None,
    on_watch: Callable[[float], None] = lambda _seconds: None,
) -> Capture:
    """Perform every request of the plan. `serial` is masked wherever the phone repeats it.

    `usb_serial` is the serial number its USB device states: it names the phone until the phone
    itself does better.
    `on_watch` is told, before it begins, how many seconds the phone will be watched.
    Raises `DeviceLost` where the phone went away before a single answer was whole.
    """
    redactor = None
    recognition = Recognition(salt, usb_serial)
    by_key: dict[str, Request] = {request.key: request for request in plan.all_requests}
    statuses = []
    for reply in _performed(transport, plan, by_key, on_watch):
        redactor = redactor or _redactor((serial, usb_serial), salt)
        if subject := recognition.learn(reply):
            recorder.identify(subject)
            on_subject(subject)
        recorded = _redacted(reply, by_key[reply.key], redactor)
        recorder.add(recorded)
        statuses.append(reply.status)
        on_step(Step(recorded.reply, len(statuses), len(plan.all_requests)))
    end = _end(statuses, getattr(transport, "lost_because", "") or "")
    if end.ended == "lost" and ReplyStatus.COMPLETE not in statuses:
        recorder.abandon()
        raise DeviceLost(
            f"the phone went away before anything was read: {end.because}",
            hint="check the cable and the phone's screen, then run again",
        )
    return recorder.finish(end)


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
    if set(statuses) == {ReplyStatus.REFUSED}:
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
        started_at=timestamp(datetime.now(UTC)),
        plan=plan.name,
        probes=tuple(plan.probes),
        required=tuple(sorted(plan.required)),
        refused=dict(plan.refused),
    )
    return replace(header, **more)  # type: ignore[arg-type]


def _redacted(reply: Reply, request: Request, redactor: Redactor) -> Recorded:
    from diagnose.privacy.channels import identifying

    if request.sensitive and reply.status is not ReplyStatus.COMPLETE:
        reply = replace(reply, stdout=b"")  # half a number is masked by no rule
    stdout, marked = redactor.mark(reply.stdout, identifying(request, reply.stdout))
    stdout, masked = redactor.redact(stdout)
    stderr, masked_too = redactor.redact(reply.stderr)
    return Recorded(
        replace(
            reply,
            stdout=stdout,
            stderr=stderr,
            # As the capture file writes it: a replay must not differ in the fourth digit.
            started_ms=round(reply.started_ms, 1),
            duration_ms=round(reply.duration_ms, 1),
        ),
        data_class=request.data_class.value,
        effect=request.effect.value,
        masked=marked + _count(masked) + _count(masked_too),
    )


def _count(masked: Mapping[str, int]) -> int:
    return sum(masked.values())


def _end(statuses: list[ReplyStatus], because: str) -> End:
    now = timestamp()
    if ReplyStatus.CANCELLED in statuses:
        return End("cancelled", now, "stopped by the operator")
    if ReplyStatus.LOST in statuses:
        return End("lost", now, because or "the phone went away")
    return End("complete", now)
