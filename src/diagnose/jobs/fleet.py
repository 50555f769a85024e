"""Several phones at once: one thread a phone, one report a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import Subscriber, nobody
from diagnose.jobs.phones import Attached, why_unready
from diagnose.jobs.session import Stop, diagnose_phone
from diagnose.jobs.settings import RunSettings

if TYPE_CHECKING:
    from diagnose.files.folder import Draft, RunFolder
    from diagnose.model.report import Report


@dataclass
class Fleet:
    """What came of a run: reports with their drafts in the order of the phones.

    `unexamined` are the phones without a report, each with the reason.
    """

    finished: list[tuple[Report, Draft | None]] = field(default_factory=list)
    unexamined: list[tuple[Device, DiagnoseError]] = field(default_factory=list)

    @property
    def reports(self) -> list[Report]:
        """The reports alone."""
        return [report for report, _ in self.finished]

    def status(self, *, interrupted: bool = False) -> int:
        """The exit status of the whole run."""
        from diagnose.model.report import exit_status
        from diagnose.model.verdict import status_of_run

        return status_of_run(
            [exit_status(report) for report in self.reports],
            unexamined=[problem.exit_status for _, problem in self.unexamined],
            interrupted=interrupted,
        )


def diagnose_all(
    attached: Attached,
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
    fleet = Fleet(unexamined=[(device, why_unready(device)) for device in attached.unready])
    devices = attached.ready
    several = len(devices) + len(attached.unready) > 1
    drafts = [_draft(out, device, several=several) for device in devices]
    jobs = [
        partial(
            diagnose_phone,
            device,
            attached.address,
            settings,
            stop=stop,
            draft=draft,
            preload=() if number else preload,
            notify=notify,
        )
        for number, (device, draft) in enumerate(zip(devices, drafts, strict=True))
    ]
    for device, draft, result in zip(devices, drafts, _results(jobs), strict=True):
        try:
            fleet.finished.append((result(), draft))
        except DiagnoseError as problem:
            fleet.unexamined.append((device, problem))
    return fleet


def _results(jobs: Sequence[Callable[[], Report]]) -> Iterator[Callable[[], Report]]:
    """What gives the result of each job; several are done at once, one needs no thread."""
    if len(jobs) <= 1:
        yield from jobs
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
    from diagnose.privacy.serials import hash_serial
    from diagnose.station.salt import station_salt

    return out.draft(f"phone-{hash_serial(device.serial, station_salt())[:12]}")
