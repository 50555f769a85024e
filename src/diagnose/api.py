"""The public Python API: phones, runs, replays and virtual phones, for programs and tests.

It follows semantic versioning: what stands in `__all__` keeps its name, its arguments and its
meaning within a major version. Everything else of the package may change.

    from diagnose import api

    for phone in api.devices():
        print(phone.serial, phone.state)
    report = api.run("emulator-5554", plan="ci", out="evidence")
    assert api.exit_status(report) == 0

    with api.VirtualPhone("pixel-9+battery-worn") as phone:
        report = api.run(phone)

Every error is a `DiagnoseError` with a message, a hint and the exit status of the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.discovery.phones import list_devices
from diagnose.errors import DiagnoseError
from diagnose.jobs.events import (
    Event,
    Finished,
    Identified,
    Judged,
    Planned,
    Replied,
    Subscriber,
    WatchBegins,
    nobody,
)
from diagnose.jobs.virtual import VirtualPhone
from diagnose.model.report import Report, exit_status, verdict_of
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.private import PrivateServer

if TYPE_CHECKING:
    from diagnose.jobs.settings import RunWish

__all__ = [
    "Address",
    "Device",
    "DiagnoseError",
    "Event",
    "Finished",
    "Identified",
    "Judged",
    "Planned",
    "PrivateServer",
    "Replayer",
    "Replied",
    "Report",
    "VirtualPhone",
    "WatchBegins",
    "devices",
    "exit_status",
    "load_report",
    "replay",
    "run",
    "verdict_of",
]

Where = str | Path


def devices(*, server: Address | None = None) -> tuple[Device, ...]:
    """List the phones that are plugged in, ready or not. `server`: not the environment's.

    Raises `ServerUnavailable`.
    """
    return list_devices(server)


def run(
    phone: str | Device | VirtualPhone | None = None,
    *,
    plan: str | Path = "full",
    probes: Sequence[str] = (),
    symptoms: Sequence[str] = (),
    app: Where | None = None,
    require: Sequence[str] = (),
    min_coverage_percent: float | None = None,
    probe_dirs: Sequence[Where] = (),
    profile_dirs: Sequence[Where] = (),
    out: Where | None = None,
    wait_boot_s: float | None = None,
    wait_free_s: float = 0.0,
    server: Address | None = None,
    on_event: Subscriber = nobody,
) -> Report:
    """Probe one phone and judge it; with `out`, write report, page and capture into that folder.

    `phone` is a serial, a device of `devices()`, a running `VirtualPhone`, or None for the only one
    that is attached (`ANDROID_SERIAL` counts). `probes` are globs that replace the plan's choice.
    `on_event` hears what happens while it happens, in the threads in which it happens.
    Raises `DeviceNotFound`, `DeviceNotReady`, `DeviceBusy`, `DeviceLost`, `UsageError`,
    `CatalogError`, `OutputError`.
    """
    from diagnose.jobs.settings import RunWish

    wish = RunWish(
        plan=str(plan),
        only=tuple(probes),
        symptoms=tuple(symptoms),
        app=Path(app) if app else None,
        require=tuple(require),
        min_coverage_percent=min_coverage_percent,
        probe_dirs=tuple(Path(folder) for folder in probe_dirs),
        profile_dirs=tuple(Path(folder) for folder in profile_dirs),
        wait_free_s=wait_free_s,
    )
    folder = Path(out) if out else None
    return _run(phone, wish, folder, server=server, wait_boot_s=wait_boot_s, on_event=on_event)


def _run(
    phone: str | Device | VirtualPhone | None,
    wish: RunWish,
    out: Path | None,
    *,
    server: Address | None,
    wait_boot_s: float | None,
    on_event: Subscriber,
) -> Report:
    from diagnose.jobs.phones import ready_phones
    from diagnose.jobs.settings import settle
    from diagnose.jobs.single import examine_one

    virtual = phone if isinstance(phone, VirtualPhone) else None
    server = server or (virtual.server if virtual else None)
    serial = phone if isinstance(phone, str | None) else phone.serial
    settings = settle(replace(wish, simulated=virtual is not None))
    with ready_phones(serial, wait_boot_s=wait_boot_s, server=server) as found:
        attached = found.called(virtual.specification) if virtual else found
        return examine_one(attached, settings, out=out, notify=on_event)


def replay(
    capture: Where,
    *,
    probe_dirs: Sequence[Where] = (),
    profile_dirs: Sequence[Where] = (),
) -> Report:
    """Judge recorded evidence again: a `capture.jsonl` or the folder that holds one.

    Raises `NoSuchFile`, `CaptureInvalid` and other `CatalogError`.
    """
    return Replayer(probe_dirs=probe_dirs, profile_dirs=profile_dirs).replay(capture)


class Replayer:
    """Judges many captures with the same probes and profiles, which are loaded once.

    Raises what `replay` raises.
    """

    def __init__(
        self, *, probe_dirs: Sequence[Where] = (), profile_dirs: Sequence[Where] = ()
    ) -> None:
        from diagnose.knowledge.probes import load_probes

        self._probes = load_probes([Path(folder) for folder in probe_dirs])
        self._profile_dirs = [Path(folder) for folder in profile_dirs]

    def replay(self, capture: Where) -> Report:
        """Judge one capture: a `capture.jsonl` or the folder that holds one."""
        from diagnose.judging.examination import examine
        from diagnose.run.capture import read_capture

        return examine(read_capture(Path(capture)), self._probes, self._profile_dirs)


def load_report(path: Where) -> Report:
    """Read a `report.json`, or the one in a folder, also of a later minor version.

    Raises `NoSuchFile` or `CaptureInvalid`.
    """
    from diagnose.jobs.report_files import load_report as load

    return load(Path(path))
