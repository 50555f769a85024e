"""Several phones at once: one thread a phone, one report a phone, one progress line for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.errors import DiagnoseError
from diagnose.jobs.session import Order, Stop, diagnose_phone
from diagnose.run.discovery import Device
from diagnose.text import printable
from diagnose.transports.adb.host import Address

if TYPE_CHECKING:
    from diagnose.model.report import Report


@dataclass
class Fleet:
    """What came of a run: reports with their folders in the order of the phones, and a problem."""

    finished: list[tuple[Report, Path | None]] = field(default_factory=list)
    problem: DiagnoseError | None = None


def diagnose_all(
    devices: list[Device],
    address: Address,
    order: Order,
    *,
    stop: Stop,
    out: Path | None,
    spare: Iterable[object] = (),
) -> Fleet:
    """Read all phones at once. A phone that fails does not keep the others from their report.

    `spare` is done while the first of them is silent (loading what the views need).
    """
    fleet = Fleet()
    total = len(order.plan.all_requests) * len(devices)
    several = len(devices) > 1
    with _progress(total) as progress:
        folders = [_folder(out, device, several=several) for device in devices]
        jobs = [
            partial(
                diagnose_phone,
                device,
                address,
                order,
                stop=stop,
                folder=folder,
                spare=() if number else spare,
                on_step=lambda _step: progress.advance(),
                on_watch=partial(_ask_for_rest, progress, device if several else None),
            )
            for number, (device, folder) in enumerate(zip(devices, folders, strict=True))
        ]
        for device, folder, result in zip(devices, folders, _results(jobs), strict=True):
            try:
                fleet.finished.append((result(), folder))
            except DiagnoseError as problem:
                _note(fleet, device, problem, several=several)
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


def _ask_for_rest(progress: Progress, device: Device | None, seconds: float) -> None:
    """Tell the people at the counter what a phone that is watched needs."""
    who = f"{printable(device.serial, 60)}: " if device else ""
    progress.say(f"{who}hands off for {seconds:.0f} s: screen on, phone at rest, nobody touches it")
    progress.say(f"{who}请勿触碰手机：亮屏静置 {seconds:.0f} 秒")


def _note(fleet: Fleet, device: Device, problem: DiagnoseError, *, several: bool) -> None:
    fleet.problem = fleet.problem or problem
    if several:
        click.echo(f"diagnose: {printable(device.serial, 60)}: {problem.message}", err=True)


def _folder(out: Path | None, device: Device, *, several: bool) -> Path | None:
    """The folder of one phone; its name is our own hash, never the phone's words."""
    if out is None:
        return None
    from diagnose.jobs.delivery import make_folder
    from diagnose.privacy.redactor import hash_serial
    from diagnose.station.salt import station_salt

    folder = out / f"phone-{hash_serial(device.serial, station_salt())[:12]}" if several else out
    make_folder(folder)
    return folder


@dataclass(frozen=True)
class Progress:
    """What a person sees while phones are read: a step done, a line said."""

    advance: Callable[[], None]
    say: Callable[[str], object]


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    """Show a bar on a terminal's standard error; where it is piped, only what is said."""
    if not sys.stderr.isatty():
        yield Progress(lambda: None, partial(click.echo, err=True))
        return
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the phone", total=total)
        yield Progress(lambda: bar.advance(task), console.print)
