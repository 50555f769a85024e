"""`diagnose run`: probe a phone and judge it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from fnmatch import fnmatchcase
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.options import (
    Number,
    WholeNumber,
    adb_server_option,
    all_points_option,
    json_option,
    page_lang_option,
    pdf_option,
    probe_dir_option,
    profile_dir_option,
)
from diagnose.cli.signals import handled_by
from diagnose.errors import DiagnoseError, FolderBusy, Reason

if TYPE_CHECKING:
    from diagnose.files.folder import RunFolder
    from diagnose.jobs.delivery import ReportDelivery
    from diagnose.jobs.fleet_outcome import Fleet
    from diagnose.jobs.phones import Attached
    from diagnose.jobs.session import Stop
    from diagnose.jobs.settings import RunSettings
    from diagnose.model.report import Report


@click.command("run")
@click.option("-s", "--serial", help="The phone, as `diagnose devices` names it.")
@click.option("--all", "every", is_flag=True, help="Every phone at once.")
@click.option(
    "--plan",
    help="Which probes run. Default: full, or no-boot for a phone whose system does not answer.",
)
@click.option("--probe", "only", multiple=True, metavar="GLOB", help="These probes only.")
@click.option(
    "--symptom",
    "symptoms",
    multiple=True,
    metavar="CODE",
    help="A symptom the customer reports (see `diagnose symptoms list`).",
)
@click.option(
    "--app",
    type=click.Path(path_type=Path),
    metavar="APP.apk|FILE.toml",
    help="Can this app run on the phone?",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write report and capture there.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit file.")
@click.option(
    "--simulated",
    multiple=True,
    metavar="PHONE[+FAULT]…",
    help="Probe a virtual phone (see `diagnose simulate --list`).",
)
@click.option("--scale", type=Number(0, 100), default=1.0, help="Multiply its latencies.")
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(["listen", "identity", "bootrom", "write", "disrupt"]),
    help="Allow listening to the touch panel (no places, no keys are kept), reading the IMEI "
    "(masked before it is kept), asking a Qualcomm boot ROM who it is (some phones then stay "
    "silent until they are switched off and on), or requests that change the phone: no shipped "
    "probe needs those.",
)
@click.option(
    "--watch",
    type=Number(1, 600),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long probes that watch the phone do so (plan thorough).",
)
@click.option("--events", is_flag=True, help="What happens, as JSON lines on standard error.")
@click.option("--timings", is_flag=True, help="How long each stage took, on standard error.")
@click.option("--dry-run", is_flag=True, help="Show what would be asked; touch nothing.")
@click.option("--leave-out", multiple=True, metavar="GLOB", help="Do not send these requests.")
@click.option(
    "--deadline",
    type=Number(0.1, 600),
    metavar="SECONDS",
    help="The longest wait for one answer.",
)
@click.option(
    "--streams", type=WholeNumber(1, 200), default=40, help="Concurrent requests per phone."
)
@adb_server_option
@probe_dir_option
@profile_dir_option
@click.option(
    "--require", multiple=True, metavar="GLOB", help="Incomplete (5) unless these probes answer."
)
@click.option(
    "--min-coverage",
    type=Number(0, 100),
    metavar="PERCENT",
    help="Incomplete (5) unless at least this share of the probes answers (default: the plan's).",
)
@click.option(
    "--phones",
    type=WholeNumber(1),
    metavar="N",
    help="With --all: refuse (4) unless exactly N phones are ready.",
)
@all_points_option
@click.option(
    "--wait", "waiting", is_flag=True, help="Wait until a phone is plugged in, in any state."
)
@click.option(
    "--follow",
    type=Number(1, 3600),
    metavar="SECONDS",
    help="Keep following the phone while it changes its state, until its system answers.",
)
@click.option(
    "--wait-boot",
    type=Number(0, 3600),
    metavar="SECONDS",
    help="Wait up to so long for the phone to appear and finish booting.",
)
@click.option(
    "--wait-free",
    type=Number(0, 86400),
    default=0.0,
    metavar="SECONDS",
    help="Wait up to so long for a phone that another run is using.",
)
@click.option(
    "--github",
    is_flag=True,
    help="Print GitHub workflow annotations, and write the summary of the step.",
)
@pdf_option
@json_option
@page_lang_option
def command(**options: Any) -> int:
    """Probe a phone and judge it.

    Nothing is installed on the phone and nothing on it is changed.
    """
    from diagnose.jobs.delivery import held, need_folder, need_writable
    from diagnose.jobs.phones import await_phone, ready_phones
    from diagnose.transports.adb.server import address_of

    if options["dry_run"]:
        return _show_plan(options)
    need_folder(options["out"], pdf=options["pdf"])
    need_writable(options["junit"])
    settings = _settings(options)  # a mistake on the command line is told before a phone is touched
    server = address_of(options["adb_server"]) if options["adb_server"] else None
    if options["waiting"] and not options["simulated"]:
        await_phone(server)
    with (
        _saying_what_stays(options["out"]),
        held(options["out"]) if options["out"] else nullcontext() as folder,
        ready_phones(
            options["serial"],
            options["simulated"],
            every=options["every"],
            expected=options["phones"],
            any_state=options["plan"] == "no-boot" or bool(options["follow"]),
            wait_boot_s=options["wait_boot"],
            scale=options["scale"],
            server=server,
        ) as attached,
    ):
        return _run(options, settings, attached, folder)


@contextmanager
def _saying_what_stays(out: Path | None) -> Iterator[None]:
    """A run that fails leaves an older one where it was; nobody may take that for the new one."""
    try:
        yield
    except FolderBusy:
        raise
    except DiagnoseError:
        if out and (out / "report.json").exists():
            click.echo(f"diagnose: {out} still holds an earlier run, not this one", err=True)
        raise


def _settings(options: dict[str, Any]) -> RunSettings:
    from diagnose.jobs.settings import RunWish, settle

    return settle(
        RunWish(
            plan=options["plan"],
            only=options["only"],
            symptoms=options["symptoms"],
            app=options["app"],
            allow=options["allow"],
            leave_out=options["leave_out"],
            deadline_s=options["deadline"],
            watch_s=options["watch"],
            require=options["require"],
            min_coverage_percent=options["min_coverage"],
            probe_dirs=options["probe_dir"],
            profile_dirs=options["profile_dir"],
            streams=options["streams"],
            wait_free_s=options["wait_free"],
            follow_s=options["follow"] or 0.0,
            simulated=bool(options["simulated"]),
        )
    )


def _run(
    options: dict[str, Any],
    settings: RunSettings,
    attached: Attached,
    folder: RunFolder | None,
) -> int:
    from diagnose.cli.progress import progress
    from diagnose.cli.reports import deliver
    from diagnose.cli.watching import Stages, as_json_line, to_all
    from diagnose.jobs.delivery import ReportDelivery, write_ahead
    from diagnose.jobs.fleet import diagnose_all
    from diagnose.jobs.session import Stop, plan_for

    stop = Stop()
    names = ("lang", "as_json", "junit", "pdf", "all_points")
    wanted = ReportDelivery(**{name: options[name] for name in names})
    # Whether there is an envelope follows from the command line, never from what is plugged in.
    enveloped = options["every"] or len(options["simulated"]) > 1
    total = sum(len(plan_for(device, settings).all_requests) for device in attached.ready)
    stages = Stages()
    with _stopping(stop), progress(total, several=enveloped) as show:
        notify = to_all([stages.take, as_json_line if options["events"] else show])
        fleet = diagnose_all(
            attached,
            settings,
            stop=stop,
            out=folder,
            notify=notify,
            preload=_preparations(settings, wanted, files=bool(folder)),
            draw=partial(write_ahead, wanted),
        )
    stages.end("judged")
    if not fleet.finished and not enveloped:
        raise KeyboardInterrupt if stop.thrown else fleet.unexamined[0][1]
    status = fleet.status(interrupted=stop.thrown)
    deliver(fleet, wanted, folder, status=status, enveloped=enveloped)
    _tell_the_rest(options, settings, fleet)
    stages.end("delivered")
    if options["timings"]:
        stages.show()
    return status


def _tell_the_rest(options: dict[str, Any], settings: RunSettings, fleet: Fleet) -> None:
    if options["github"]:
        from diagnose.cli.github import tell_github

        tell_github(fleet)
    _say_what_was_refused(settings, fleet.reports, named=options["only"])


def _say_what_was_refused(
    settings: RunSettings, reports: list[Report], *, named: Sequence[str]
) -> None:
    """Name the probes that were not allowed to ask what they need, and how to let them.

    An identity number is asked for on a few jobs only: its probe is named where it was asked for
    by name. Everywhere else the report says it, once, among what was not tested.
    """
    refused = settings.plan.refused
    waiting = {r.probe for one in reports for r in one.results if r.reason is Reason.PERMISSION}
    for name in sorted(waiting & set(settings.plan.probes)):
        requests = [r for r in settings.probes[name].probe.requests if r.key in refused]
        wanted = any(fnmatchcase(name, glob) for glob in named)
        if requests and (wanted or not all(request.sensitive for request in requests)):
            click.echo(f"diagnose: {name} is not run: {refused[requests[0].key]}", err=True)


def _preparations(
    settings: RunSettings, wanted: ReportDelivery, *, files: bool
) -> Iterator[object]:
    """What the judgement and the views will need, loaded step by step while the phone is silent.

    What fails to load here fails again, and is told, where it is used.
    """
    with suppress(DiagnoseError):
        yield import_module("diagnose.privacy.redactor")
        yield import_module("diagnose.sdk")
        yield from settings.loader.steps()
        yield from import_module("diagnose.judging.examination").preparations(settings.probes)
        yield from import_module("diagnose.jobs.delivery").preparations(wanted, files=files)


@contextmanager
def _stopping(stop: Stop) -> Iterator[None]:
    """Ctrl-C ends the reading and keeps what was read; a second one ends the program.

    CI cancels a job with SIGTERM, a closed terminal sends SIGHUP: both end it the same way.
    """

    def on_interrupt(_signal: int, _frame: object) -> None:
        if stop.thrown:
            raise KeyboardInterrupt
        stop.throw()

    with handled_by(on_interrupt):
        yield


def _show_plan(options: dict[str, Any]) -> int:
    from diagnose.cli.json_output import print_json

    plan = _settings(options).plan
    if options["as_json"]:
        print_json(
            {
                "plan": plan.name,
                "probes": list(plan.probes),
                "required": sorted(plan.required),
                "requests": [
                    {
                        "key": request.key,
                        "effect": request.effect.value,
                        "data_class": request.data_class.value,
                        "timeout_s": request.timeout_s,
                    }
                    for request in plan.all_requests
                ],
                "watch_s": plan.watch_s,
                "refused": dict(plan.refused),
            }
        )
        return 0
    watch = f", {plan.watch_s:g} s of watching" if plan.watched else ""
    asked = plan.all_requests
    click.echo(f"{plan.name}: {len(plan.probes)} probes, {len(asked)} requests{watch}")
    for request in asked:
        click.echo(f"  {request.effect.value:<6} {request.data_class.value:<9} {request.key}")
    for key, why in plan.refused.items():
        click.echo(f"  refused {key}: {why}")
    return 0
