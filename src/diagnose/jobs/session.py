"""One phone from connection to report: the steps of a run in their order."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import (
    Changed,
    Finished,
    Identified,
    Judged,
    Planned,
    Replied,
    Subscriber,
    WatchBegins,
    nobody,
)
from diagnose.jobs.following import Trail, header_through, whole_plan
from diagnose.jobs.settings import RunSettings
from diagnose.ladder.state import State
from diagnose.model.plain import dataclass
from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Channel
from diagnose.requests.host import FACES
from diagnose.requests.trail import CHANGES
from diagnose.run.capture import Capture, Header, Recorder, timestamp
from diagnose.run.plan import Plan
from diagnose.run.runner import RunStep, ending, header_of, nothing_read, perform_plan, run_plan
from diagnose.run.subject import Recognition
from diagnose.station.leases import leased
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.server import LOCAL_HOSTS
from diagnose.transports.base import IDLE, Manner, Way, open_transport
from diagnose.transports.several import SeveralTransports

if TYPE_CHECKING:
    from diagnose.discovery.watch import Listing
    from diagnose.files.folder import FolderDraft
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
    draft: FolderDraft | None = None,
    preload: Iterable[object] = (),
    notify: Subscriber = nobody,
    listing: Listing | None = None,
) -> Report:
    """Ask, record and judge one phone. The capture is written to `draft` as it happens.

    `preload`: see `AdbTransport`. `listing`: where a phone that is followed is looked for.
    Raises `DeviceLost` where nothing could be read; whatever happens, `notify` hears how it ended.
    """
    given, settings = settings, replace(settings, plan=plan_for(device, settings))
    plan = settings.plan
    notify(Planned(device.serial, len(plan.all_requests), tuple(plan.probes)))
    ahead = _Ahead(settings, header_for(device, settings), notify, device.serial)
    try:
        with leased(device.serial, place=_elsewhere(address), wait_s=settings.wait_free_s):
            if settings.follow_s:
                trail = Trail(device, listing)
                capture = _follow(trail, address, given, stop, draft, preload, notify)
            else:
                work = chain(preload, ahead.steps())
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
    draft: FolderDraft | None,
    preload: Iterable[object],
    ahead: _Ahead,
    notify: Subscriber,
) -> Capture:
    transport = reach(device, Manner(settings.refusal, settings.concurrency, address, preload))
    stop.watch(transport)
    recorder = Recorder(ahead.header, draft)
    name = device.serial

    def on_step(step: RunStep) -> None:
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


def _follow(
    trail: Trail,
    address: Address,
    settings: RunSettings,
    stop: Stop,
    draft: FolderDraft | None,
    preload: Iterable[object],
    notify: Subscriber,
) -> Capture:
    """Ask the phone in each state it goes through, until its system has answered or time is up."""
    legs = _Legs(trail, address, settings, stop, draft, notify)
    try:
        for device in trail.states_of(address, settings.follow_s, lambda: stop.thrown):
            if legs.ask(device, preload):
                break
            preload = ()
        return legs.finish()
    finally:
        legs.recorder.abandon()


class _Legs:
    """The parts of a run that follows its phone: one a state, all into one capture."""

    def __init__(
        self,
        trail: Trail,
        address: Address,
        settings: RunSettings,
        stop: Stop,
        draft: FolderDraft | None,
        notify: Subscriber,
    ) -> None:
        self._trail, self._address, self._settings = trail, address, settings
        self._stop, self._notify = stop, notify
        self._header = header_for(trail.device, settings)
        self.recorder = Recorder(self._header, draft)
        self._recognition = Recognition(settings.salt, trail.device.own_serial)
        self._channels: frozenset[Channel] = frozenset({Channel.TRAIL})
        self._plans: list[Plan] = []
        self._whole: set[str] = set()
        self._statuses: list[ReplyStatus] = []
        self._because = ""

    def ask(self, device: Device, preload: Iterable[object] = ()) -> bool:
        """Ask what this state can answer and nobody has yet; whether its system answered it all."""
        settings = self._settings
        if len(self._trail.states) > 1:
            self._notify(Changed(self._trail.device.serial, device.state.value))
        channels = channels_of(device) - {Channel.HOST}
        self._channels |= channels_of(device)
        self._plans.insert(
            len(self._plans) if device.ready else 0,
            settings.plan if device.ready else settings.plan_below,
        )
        self.recorder.attach(self._head())
        left = self._left(channels)
        manner = Manner(settings.refusal, settings.concurrency, self._address, preload)
        statuses = self._perform(left, reach(device, manner), device)
        if ReplyStatus.LOST in statuses:
            self._trail.lost()
        return device.ready and ReplyStatus.LOST not in statuses

    def finish(self) -> Capture:
        """Record what was seen of it on the way, and the end."""
        way = Way(self._trail.device.serial, answers=self._trail.answers())
        manner = Manner(self._settings.refusal)
        seen = (Channel.HOST, Channel.TRAIL)
        own = SeveralTransports({one: open_transport(one, way, manner) for one in seen})
        self.recorder.attach(self._head())
        heard = list(self._statuses)
        self._perform(self._left(frozenset(seen)), own, self._trail.device)
        end = ending(heard, self._because, timestamp())
        if end.ended == "lost" and not self._whole - {FACES.key, CHANGES.key}:
            raise nothing_read(end.because)
        return self.recorder.finish(end)

    def _perform(
        self, plan: Plan, transport: SeveralTransports, device: Device
    ) -> list[ReplyStatus]:
        self._stop.watch(transport)
        name = self._trail.device.serial
        statuses = []
        for step in perform_plan(
            plan,
            transport,
            self.recorder,
            self._recognition,
            salt=self._settings.salt,
            serials=(device.serial, device.own_serial),
            on_subject=lambda subject: self._notify(Identified(name, subject.serial_masked)),
            on_watch=lambda seconds: self._notify(WatchBegins(name, seconds)),
        ):
            reply = step.reply
            statuses.append(reply.status)
            if reply.status is ReplyStatus.COMPLETE:
                self._whole.add(reply.key)
            self._notify(Replied(name, reply.key, reply.status.value, step.done, step.total))
        if statuses:
            self._statuses, self._because = statuses, transport.lost_because
        return statuses

    def _plan(self) -> Plan:
        return whole_plan([plan.on(self._channels) for plan in self._plans])

    def _left(self, channels: frozenset[Channel]) -> Plan:
        plan = self._plan().on(channels)
        return replace(
            plan,
            requests=tuple(r for r in plan.requests if r.key not in self._whole),
            watched=tuple(r for r in plan.watched if r.key not in self._whole),
        )

    def _head(self) -> Header:
        return header_through(self._header, self._plan(), self._trail, self._channels)


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

        settings, judge = self._settings, self._judge
        return examine(
            capture,
            settings.probes,
            settings.profile_dirs,
            ahead=judge.results if judge else {},
            profile=judge.profile if judge else None,
        )

    def _tell(self, result: ProbeResult) -> None:
        self.told.add(result.probe)
        self._notify(Judged(self._phone, result.probe, result.outcome.value))
