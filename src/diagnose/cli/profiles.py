"""`diagnose profiles`: the device database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option

if TYPE_CHECKING:
    from diagnose.knowledge.profiles.check import ProfileProblem
    from diagnose.knowledge.profiles.match import Profile

folders = click.option(
    "--profile-dir",
    "extra",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A further folder of profiles (may be repeated).",
)


@click.group("profiles")
def command() -> None:
    """The device database: what is known of a model, and who says so."""


group = command


@command.command("list")
@json_option
@folders
def list_profiles(extra: tuple[Path, ...], *, as_json: bool) -> None:
    """List every profile with its title."""
    from diagnose.knowledge.profiles.load import load_profiles

    profiles = load_profiles(extra)
    if as_json:
        print_json({"profiles": [_summary(profile) for profile in profiles.values()]})
        return
    for name, profile in profiles.items():
        click.echo(f"{name:<34} {_shown(profile)}")


@command.command("show")
@click.argument("name")
@json_option
@folders
def show_profile(name: str, extra: tuple[Path, ...], *, as_json: bool) -> None:
    """Show one profile with all it inherits: facts, limits, quirks, and their sources."""
    from diagnose.errors import UnknownName
    from diagnose.knowledge.profiles.load import load_profiles

    profiles = load_profiles(extra)
    if name not in profiles:
        raise UnknownName("profile", name, profiles)
    detail = _detail(profiles[name])
    if as_json:
        print_json(detail)
    else:
        _print(detail)


@command.command("check")
@json_option
@folders
def check_profiles(extra: tuple[Path, ...], *, as_json: bool) -> int:
    """Check every profile: unknown keys, ties, sources. Exit status 3 where one is wrong."""
    from diagnose.knowledge.probes import load_probes
    from diagnose.knowledge.profiles.check import check_all

    problems, count = check_all(load_probes(), extra)
    if as_json:
        print_json({"profiles": count, "problems": [_problem(found) for found in problems]})
    else:
        for found in problems:
            _print_problem(found)
        summary = f"{len(problems)} problems" if problems else "nothing wrong"
        click.echo(f"{count} profiles: {summary}", err=bool(problems))
    return 3 if problems else 0


@command.command("suggest")
@click.argument("capture", required=False, type=click.Path(path_type=Path))
@click.option("-s", "--serial", help="The connected phone, as `diagnose devices` names it.")
@click.option("--simulated", metavar="PHONE", help="A virtual phone instead.")
@folders
def suggest_profile(
    capture: Path | None, serial: str | None, simulated: str | None, extra: tuple[Path, ...]
) -> None:
    """Draft a profile from CAPTURE, or from the connected phone where none is given.

    CAPTURE is a capture of a run, or a file with the output of getprop.
    """
    from diagnose.cli.profile_source import read_file, read_phone
    from diagnose.errors import UsageError
    from diagnose.knowledge.probes import load_probes
    from diagnose.knowledge.profiles.load import load_profiles
    from diagnose.knowledge.profiles.match import choose
    from diagnose.knowledge.profiles.suggest import suggest

    if capture and (serial or simulated):
        raise UsageError("give a capture or a phone, not both")
    profiles = load_profiles(extra)
    phone = read_file(capture) if capture else read_phone(serial, simulated)
    found = choose(profiles.values(), phone.properties)
    click.echo(f"# today this phone gets the profile: {found.id}")
    probes = [loaded.probe for loaded in load_probes().values()]
    click.echo(suggest(phone.properties, phone.measurements, profiles, probes), nl=False)


def _shown(profile: Profile) -> str:
    both = (profile.title, profile.marketing_name)
    return " · ".join(dict.fromkeys(name for name in both if name))


def _summary(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "title": profile.title,
        "marketing_name": profile.marketing_name,
        "extends": list(profile.lineage),
        "sha256": profile.sha256,
        "facts": len(profile.facts),
        "limits": len(profile.limits),
        "seen": len(profile.seen),
    }


def _detail(profile: Profile) -> dict[str, Any]:
    return _summary(profile) | {
        "path": profile.path,
        "match": [{"property": c.property, "one_of": list(c.patterns)} for c in profile.match],
        "facts": {name: fact.model_dump(mode="json") for name, fact in profile.facts.items()},
        "limits": {name: limit.model_dump(mode="json") for name, limit in profile.limits.items()},
        "quirks": {
            probe: {name: quirk.model_dump(mode="json") for name, quirk in quirks.items()}
            for probe, quirks in profile.quirks.items()
        },
        "seen": [unit.model_dump(mode="json", exclude_none=True) for unit in profile.seen],
    }


def _problem(found: ProfileProblem) -> dict[str, str]:
    from dataclasses import asdict

    return asdict(found)


def _print_problem(found: ProfileProblem) -> None:
    where = f"{found.profile}: {found.key}" if found.key else found.profile
    click.echo(f"{where}: {found.message}", err=True)
    if found.hint:
        click.echo(f"  → {found.hint}", err=True)


def _print(detail: dict[str, Any]) -> None:
    click.echo(f"{detail['id']}  {detail['title']}")
    for base in detail["extends"]:
        click.echo(f"  extends {base}")
    for condition in detail["match"]:
        click.echo(f"  if {condition['property']} is {' or '.join(condition['one_of'])}")
    for name, fact in detail["facts"].items():
        value = ", ".join(fact["value"]) if isinstance(fact["value"], list) else fact["value"]
        source = fact["source"]
        click.echo(f"  = {name} {value}  [{source['basis']}: {source['text']}]")
    for name, limit in detail["limits"].items():
        source = limit.pop("source")
        bounds = {key: value for key, value in limit.items() if value not in (None, [])}
        click.echo(f"  < {name} {bounds}  [{source['basis']}: {source['text']}]")
    for probe, quirks in detail["quirks"].items():
        for name, quirk in quirks.items():
            click.echo(f"  ~ {probe}: {name} {quirk['value']}  [{quirk['why']}]")
    for unit in detail["seen"]:
        click.echo(f"  seen {unit.get('model', '')} {unit.get('fingerprint', '')}")
