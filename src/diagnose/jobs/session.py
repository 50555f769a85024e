"""One phone from connection to report: the steps of a run in their order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.knowledge.probes import Loaded
from diagnose.run.capture import Recorder
from diagnose.run.discovery import Device
from diagnose.run.plan import Plan, Refusal
from diagnose.run.runner import Step, header_of, run_plan
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.transport import AdbTransport

if TYPE_CHECKING:
    from diagnose.compatibility.requirements import AppRequirements
    from diagnose.model.report import Report


@dataclass(frozen=True)
class Order:
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
    order: Order,
    *,
    stop: Stop,
    folder: Path | None = None,
    spare: Iterable[object] = (),
    on_step: Callable[[Step], None] = lambda _step: None,
    on_watch: Callable[[float], None] = lambda _seconds: None,
) -> Report:
    """Ask, record and judge one phone. The capture is written to `folder` as it happens.

    `spare`: see `AdbTransport`. Raises `DeviceLost` where nothing could be read, `OutputError`
    where it could not be recorded.
    """
    transport = AdbTransport(
        device.serial,
        address=address,
        concurrency=order.concurrency,
        guard=order.refusal,
        spare=spare,
    )
    stop.watch(transport)
    header = header_of(
        order.plan,
        connection=device.connection,
        simulated=order.simulated,
        complaint=order.complaint,
        symptoms=order.symptoms,
        app=order.app.model_dump(mode="json") if order.app else None,
    )
    recorder = Recorder(header, folder)
    try:
        capture = run_plan(
            order.plan,
            transport,
            recorder,
            salt=order.salt,
            serial=device.serial,
            on_step=on_step,
            on_watch=on_watch,
        )
    finally:
        recorder.abandon()
    # Not before: the phone would wait for what judges it to be loaded (see `examination.prepare`).
    from diagnose.judging.examination import examine

    return examine(capture, order.probes)
