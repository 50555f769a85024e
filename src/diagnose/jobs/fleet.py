"""Several phones at once: one thread a phone, one report a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import Subscriber, nobody
from diagnose.jobs.session import RunSettings, Stop, diagnose_phone
from diagnose.transports.adb.host import Address

if TYPE_CHECKING:
    from diagnose.files.folder import Draft, RunFolder
    from diagnose.model.report import Report


@dataclass
class Fleet:
    """What came of a run: reports with their drafts in the order of the phones, and a problem."""

    finished: list[tuple[Report, Draft | None]] = field(default_factory=list)
    problem: DiagnoseError | None = None


def diagnose_all(
    devices: list[Device],
    address: Address,
    settings: RunSettings,
    *,
    stop: Stop,
    out: RunFolder | None,
    preload: Iterable[object] = (),
    notify: Subscriber = nobody,
) -> Fleet:
    """Read all phones at once. A phone that fails does not keep the others from their report.

    `preload` is done while the first of them is silent (loading what the views need).
    """
    fleet = Fleet()
    several = len(devices) > 1
    drafts = [_draft(out, device, several=several) for device in devices]
    jobs = [
        partial(
            diagnose_phone,
            device,
            address,
            settings,
            stop=stop,
            draft=draft,
            preload=() if number else preload,
            notify=notify,
        )
        for number, (device, draft) in enumerate(zip(devices, drafts, strict=True))
    ]
    for draft, result in zip(drafts, _results(jobs), strict=True):
        try:
            fleet.finished.append((result(), draft))
        except DiagnoseError as problem:
            fleet.problem = fleet.problem or problem
    return fleet


def _results(jobs: Sequence[Callable[[], Report]]) -> Iterator[Callable[[], Report]]:
    """What gives the result of each job; several are done at once, one needs no thread."""
    if len(jobs) == 1:
        yield jobs[0]
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(job) for job in jobs]
        yield from (future.result for future in running)


def _draft(out: RunFolder | None, device: Device, *, several: bool) -> Draft | None:
    """What is to be in the folder of one phone; its name is our own hash, never its own words."""
    if out is None:
        return None
    if not several:
        return out.draft()
    from diagnose.privacy.redactor import hash_serial
    from diagnose.station.salt import station_salt

    return out.draft(f"phone-{hash_serial(device.serial, station_salt())[:12]}")
