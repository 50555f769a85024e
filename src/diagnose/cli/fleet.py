"""Several phones at once: one thread a phone, one report a phone, one progress line for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.discovery import Device
from diagnose.errors import DiagnoseError
from diagnose.parsers.text import printable
from diagnose.session import Order, Stop, diagnose_phone
from diagnose.transports.adb_host import Address

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
    with _progress(total) as advance:
        folders = [_folder(out, device, several=len(devices) > 1) for device in devices]
        jobs = [
            partial(
                diagnose_phone,
                device,
                address,
                order,
                stop=stop,
                folder=folder,
                spare=() if number else spare,
                on_step=lambda _step: advance(),
                on_watch=partial(_ask_for_rest, device, several=len(devices) > 1),
            )
            for number, (device, folder) in enumerate(zip(devices, folders, strict=True))
        ]
        for device, folder, result in zip(devices, folders, _results(jobs), strict=True):
            try:
                fleet.finished.append((result(), folder))
            except DiagnoseError as problem:
                _note(fleet, device, problem, several=len(devices) > 1)
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


def _ask_for_rest(device: Device, seconds: float, *, several: bool) -> None:
    """Tell the people at the counter what a phone that is watched needs."""
    who = f"{printable(device.serial, 60)}: " if several else ""
    click.echo(
        f"{who}hands off now: the screen on, the phone at rest, nobody touches it for "
        f"{seconds:.0f} s\n{who}请勿触碰手机：亮屏静置 {seconds:.0f} 秒",
        err=True,
    )


def _note(fleet: Fleet, device: Device, problem: DiagnoseError, *, several: bool) -> None:
    fleet.problem = fleet.problem or problem
    if several:
        click.echo(f"diagnose: {printable(device.serial, 60)}: {problem.message}", err=True)


def _folder(out: Path | None, device: Device, *, several: bool) -> Path | None:
    """The folder of one phone; its name is our own hash, never the phone's words."""
    if out is None:
        return None
    from diagnose.cli.delivery import make_folder
    from diagnose.redaction import hash_serial
    from diagnose.station import station_salt

    folder = out / f"phone-{hash_serial(device.serial, station_salt())[:12]}" if several else out
    make_folder(folder)
    return folder


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """Show a bar on a terminal's standard error; nothing where it is piped."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("reading the phone", total=total)
        yield lambda: bar.advance(task)
