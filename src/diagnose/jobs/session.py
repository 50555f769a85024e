"""One phone from connection to report: the steps of a run in their order."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.discovery.adb import Device
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
from diagnose.knowledge.probes import Loaded
from diagnose.run.capture import Capture, Header, Recorder
from diagnose.run.plan import Plan, Refusal
from diagnose.run.runner import header_of, run_plan
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.transport import AdbTransport

if TYPE_CHECKING:
    from diagnose.compatibility.requirements import AppRequirements
    from diagnose.model.report import Report


@dataclass(frozen=True)
class RunSettings:
    """What is to be done with a phone: the same for every phone of a run."""

    plan: Plan
    probes: Mapping[str, Loaded]
    salt: bytes
    refusal: Refusal
    concurrency: int = 40
    simulated: bool = False
    complaint: str = ""
    symptoms: tuple[str, ...] = ()
    app: AppRequirements | None = None


@dataclass
class Stop:
    """The operator's stop switch: every transport that is under way, and whether it was thrown."""

    thrown: bool = False
    _transports: list[AdbTransport] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def watch(self, transport: AdbTransport) -> None:
        """Let the switch end this transport too."""
        with self._lock:
            self._transports.append(transport)
            if self.thrown:
                transport.abort()

    def throw(self) -> None:
        """End everything; what was read stays. From any thread or a signal handler."""
        self.thrown = True
        with self._lock:
            for transport in self._transports:
                transport.abort()


def diagnose_phone(
    device: Device,
    address: Address,
    settings: RunSettings,
    *,
    stop: Stop,
    folder: Path | None = None,
    preload: Iterable[object] = (),
    notify: Subscriber = nobody,
) -> Report:
    """Ask, record and judge one phone. The capture is written to `folder` as it happens.

    `preload`: see `AdbTransport`. Raises `DeviceLost` where nothing could be read, `OutputError`
    where it could not be recorded; whatever happens, `notify` hears how it ended.
    """
    plan = settings.plan
    notify(Planned(device.serial, len(plan.all_requests), tuple(plan.probes)))
    try:
        capture = _ask(device, address, settings, stop, folder, preload, notify)
        report = _judge(capture, settings)
    except DiagnoseError as problem:
        notify(Finished(device.serial, problem=problem.message))
        raise
    for result in report.results:
        notify(Judged(device.serial, result.probe, result.outcome.value))
    notify(Finished(device.serial, outcome=report.summary.outcome.value))
    return report


def _ask(
    device: Device,
    address: Address,
    settings: RunSettings,
    stop: Stop,
    folder: Path | None,
    preload: Iterable[object],
    notify: Subscriber,
) -> Capture:
    transport = AdbTransport(
        device.serial,
        address=address,
        concurrency=settings.concurrency,
        guard=settings.refusal,
        preload=preload,
    )
    stop.watch(transport)
    recorder = Recorder(_header(device, settings), folder)
    name = device.serial
    try:
        return run_plan(
            settings.plan,
            transport,
            recorder,
            salt=settings.salt,
            serial=name,
            on_step=lambda s: notify(
                Replied(name, s.reply.key, s.reply.status.value, s.done, s.total)
            ),
            on_subject=lambda subject: notify(Identified(name, subject.serial_masked)),
            on_watch=lambda seconds: notify(WatchBegins(name, seconds)),
        )
    finally:
        recorder.abandon()


def _header(device: Device, settings: RunSettings) -> Header:
    return header_of(
        settings.plan,
        connection=device.connection,
        simulated=settings.simulated,
        complaint=settings.complaint,
        symptoms=settings.symptoms,
        app=settings.app.model_dump(mode="json") if settings.app else None,
    )


def _judge(capture: Capture, settings: RunSettings) -> Report:
    # Not before: the phone would wait for what judges it to be loaded (see `examination.prepare`).
    from diagnose.judging.examination import examine

    return examine(capture, settings.probes)
