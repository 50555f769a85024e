"""One phone from connection to report: the steps of a run in their order."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import (
    Finished,
    Identified,
    Judged,
    Planned,
    Replied,
    Subscriber,
    WatchBegins,
    nobody,
)
from diagnose.jobs.settings import RunSettings
from diagnose.ladder.state import State
from diagnose.model.requests import Channel
from diagnose.run.capture import Capture, Header, Recorder
from diagnose.run.plan import Plan
from diagnose.run.runner import Step, header_of, run_plan
from diagnose.station.leases import leased
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.server import LOCAL_HOSTS
from diagnose.transports.base import IDLE, Manner, open_transport
from diagnose.transports.several import SeveralTransports

if TYPE_CHECKING:
    from diagnose.files.folder import Draft
    from diagnose.judging.ahead import JudgeAhead
    from diagnose.model.replies import Reply
    from diagnose.model.report import Report
    from diagnose.model.result import ProbeResult


class Abortable(Protocol):
    """What can be told to end now, from any thread."""

    def abort(self) -> None:
        """End; what was read stays."""


@dataclass
class Stop:
    """The operator's stop switch: everything that is under way, and whether it was thrown."""

    thrown: bool = False
    _under_way: list[Abortable] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def watch(self, one: Abortable) -> None:
        """Let the switch end this too: a transport, or a process that has some."""
        with self._lock:
            self._under_way.append(one)
            if self.thrown:
                one.abort()

    def throw(self) -> None:
        """End everything; what was read stays. From any thread or a signal handler."""
        self.thrown = True
        with self._lock:
            for one in self._under_way:
                one.abort()


def diagnose_phone(
    device: Device,
    address: Address,
    settings: RunSettings,
    *,
    stop: Stop,
    draft: Draft | None = None,
    preload: Iterable[object] = (),
    notify: Subscriber = nobody,
) -> Report:
    """Ask, record and judge one phone. The capture is written to `draft` as it happens.

    `preload`: see `AdbTransport`. Raises `DeviceLost` where nothing could be read;
    whatever happens, `notify` hears how it ended.
    """
    settings = replace(settings, plan=plan_for(device, settings))
    plan = settings.plan
    notify(Planned(device.serial, len(plan.all_requests), tuple(plan.probes)))
    ahead = _Ahead(settings, header_for(device, settings), notify, device.serial)
    try:
        work = chain(preload, ahead.steps())
        with leased(device.serial, place=_elsewhere(address), wait_s=settings.wait_free_s):
            capture = _ask(device, address, settings, stop, draft, work, ahead, notify)
        report = ahead.report(capture)
    except DiagnoseError as problem:
        notify(Finished(device.serial, problem=problem.message))
        raise
    for result in report.results:
        if result.probe not in ahead.told:
            notify(Judged(device.serial, result.probe, result.outcome.value))
    notify(Finished(device.serial, outcome=report.summary.outcome.value))
    return report


def _ask(
    device: Device,
    address: Address,
    settings: RunSettings,
    stop: Stop,
    draft: Draft | None,
    preload: Iterable[object],
    ahead: _Ahead,
    notify: Subscriber,
) -> Capture:
    transport = reach(device, Manner(settings.refusal, settings.concurrency, address, preload))
    stop.watch(transport)
    recorder = Recorder(ahead.header, draft)
    name = device.serial

    def on_step(step: Step) -> None:
        reply = step.reply
        ahead.take(reply)
        notify(Replied(name, reply.key, reply.status.value, step.done, step.total))

    try:
        return run_plan(
            settings.plan,
            transport,
            recorder,
            salt=settings.salt,
            serial=name,
            usb_serial=device.own_serial,
            on_step=on_step,
            on_subject=lambda subject: notify(Identified(name, subject.serial_masked)),
            on_watch=lambda seconds: notify(WatchBegins(name, seconds)),
        )
    finally:
        recorder.abandon()


def _elsewhere(address: Address) -> str:
    """Where the adb server is, if not on this computer: its phones are others than ours."""
    return "" if address.host in LOCAL_HOSTS else str(address)


def channels_of(device: Device) -> frozenset[Channel]:
    """What can be asked of the phone: adb only where its system answers there."""
    return frozenset(
        face.channel
        for face in device.ways
        if face.channel is not Channel.ADB or face.state is State.DEVICE
    )


def plan_for(device: Device, settings: RunSettings) -> Plan:
    """What this phone is asked: by how far it has started, and as far as its channels carry it."""
    plan = settings.plan if device.ready else settings.plan_below
    return plan.on(channels_of(device))


def reach(device: Device, manner: Manner) -> SeveralTransports:
    """One transport for each face of the phone that can be asked something, as one."""
    askable = channels_of(device)
    return SeveralTransports(
        {
            face.channel: open_transport(face.channel, face.way, manner)
            for face in device.ways
            if face.channel in askable
        }
    )


def header_for(device: Device, settings: RunSettings) -> Header:
    """The head of its capture: what will be asked, and how the phone was attached."""
    from diagnose.jobs.naming import public_serial

    return header_of(
        settings.plan,
        serial=public_serial(device),
        port=device.usb_path,
        connection=device.connection,
        faces=tuple(
            {
                "channel": face.channel.value,
                "connection": face.connection,
                "state": face.state.value,
            }
            for face in device.ways
            if face.channel is not Channel.HOST
        ),
        channels=tuple(sorted(channel.value for channel in channels_of(device))),
        simulated=settings.simulated,
        complaint=settings.complaint,
        symptoms=settings.symptoms,
        app=settings.app.model_dump(mode="json") if settings.app else None,
    )


class _Ahead:
    """Judges while the phone answers; what that takes is loaded after the first request is sent."""

    def __init__(
        self, settings: RunSettings, header: Header, notify: Subscriber, phone: str
    ) -> None:
        self.header = header
        self.told: set[str] = set()
        self._settings = settings
        self._notify = notify
        self._phone = phone
        self._early: list[Reply] = []
        self._judge: JudgeAhead | None = None

    def take(self, reply: Reply) -> None:
        if self._judge:
            self._judge.take(reply)
        else:
            self._early.append(reply)

    def steps(self) -> Iterator[object]:
        """Judge one probe a step, for as long as the phone is asked."""
        from diagnose.judging.ahead import JudgeAhead

        settings = self._settings
        judge = JudgeAhead(self.header, settings.probes, self._tell, settings.profile_dirs)
        for reply in self._early:
            judge.take(reply)
        self._judge = judge
        while True:
            yield judge if judge.step() else IDLE

    def report(self, capture: Capture) -> Report:
        from diagnose.judging.examination import examine

        known = self._judge.results if self._judge else {}
        settings = self._settings
        return examine(capture, settings.probes, settings.profile_dirs, ahead=known)

    def _tell(self, result: ProbeResult) -> None:
        self.told.add(result.probe)
        self._notify(Judged(self._phone, result.probe, result.outcome.value))
