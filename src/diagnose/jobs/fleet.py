"""Several phones at once, shared out among processes or threads: one report a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import Subscriber, nobody
from diagnose.jobs.fleet_outcome import Fleet
from diagnose.jobs.job import Do, Job, Preload, SharedPreload
from diagnose.jobs.phones import Attached, why_unready
from diagnose.jobs.session import Stop, diagnose_phone
from diagnose.jobs.settings import RunSettings

if TYPE_CHECKING:
    from diagnose.files.folder import FolderDraft, RunFolder
    from diagnose.model.report import Report


Draw = Callable[["Report", "FolderDraft"], None]


def leave_undrawn(_report: Report, _draft: FolderDraft) -> None:
    """Leave the files of a report to whoever delivers it."""


def diagnose_all(
    attached: Attached,
    settings: RunSettings,
    *,
    stop: Stop,
    out: RunFolder | None,
    preload: Iterable[object] = (),
    draw: Draw = leave_undrawn,
    notify: Subscriber = nobody,
) -> Fleet:
    """Read all phones at once. A phone that fails does not keep the others from their report.

    `preload` is done while the first of them is silent (loading what the views need). `draw`
    writes a phone's report into its draft, where that can be done beside the other phones.
    """
    fleet = Fleet(unexamined=[(device, why_unready(device)) for device in attached.unready])
    devices = attached.ready
    several = len(devices) + len(attached.unready) > 1
    do = partial(_examined, attached, settings)
    jobs = [Job(one, _draft(out, one, several=several)) for one in devices]
    for job, outcome in zip(jobs, _outcomes(jobs, do, stop, notify, preload, draw), strict=True):
        if isinstance(outcome, DiagnoseError):
            fleet.unexamined.append((job.device, outcome))
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            fleet.finished.append((outcome, job.draft))
    return fleet


def _outcomes(
    jobs: Sequence[Job],
    do: Do,
    stop: Stop,
    notify: Subscriber,
    preload: Preload,
    draw: Draw,
) -> Sequence[Report | Exception]:
    """What came of each phone: several are done at once, on every core where that is possible."""
    if len(jobs) <= 1:
        return [do(job, stop, notify, preload) for job in jobs]
    from diagnose.jobs.workers import in_workers, worker_count

    if (count := worker_count(len(jobs))) > 1:
        return in_workers(jobs, partial(_drawn, do, draw), count, stop, notify, preload)
    from concurrent.futures import ThreadPoolExecutor

    shared = SharedPreload(preload)
    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [
            pool.submit(do, job, stop, notify, shared.others() if number else shared.first())
            for number, job in enumerate(jobs)
        ]
        for future in running:
            future.add_done_callback(lambda _: shared.end())
        return [future.result() for future in running]


def _examined(
    attached: Attached,
    settings: RunSettings,
    job: Job,
    stop: Stop,
    notify: Subscriber,
    preload: Preload,
) -> Report | Exception:
    try:
        return diagnose_phone(
            job.device,
            attached.address,
            settings,
            stop=stop,
            draft=job.draft,
            preload=preload,
            notify=notify,
            listing=attached.listing,
        )
    except DiagnoseError as problem:
        return problem


def _drawn(
    do: Do, draw: Draw, job: Job, stop: Stop, notify: Subscriber, preload: Preload
) -> Report | Exception:
    outcome = do(job, stop, notify, preload)
    if job.draft and not isinstance(outcome, Exception):
        draw(outcome, job.draft)
    return outcome


def _draft(out: RunFolder | None, device: Device, *, several: bool) -> FolderDraft | None:
    """What is to be in the folder of one phone; its name is our own hash, never its own words."""
    if out is None:
        return None
    if not several:
        return out.draft()
    from diagnose.privacy.serials import hash_serial
    from diagnose.station.salt import station_salt

    return out.draft(f"phone-{hash_serial(device.serial, station_salt())[:12]}")
