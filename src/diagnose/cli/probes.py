"""`diagnose probes`: what is asked of a phone and what it means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option, lang_option, probe_dir_option

if TYPE_CHECKING:
    from diagnose.knowledge.probes import LoadedProbe
    from diagnose.model.text import Text


@click.group("probes")
def command() -> None:
    """Show the probes: what is asked and what it means."""


@command.command("list")
@probe_dir_option
@json_option
@lang_option
def list_probes(probe_dir: tuple[Path, ...], as_json: bool, lang: str) -> None:
    """List every probe with its title."""
    from diagnose.knowledge.probes import load_probes

    probes = load_probes(probe_dir)
    if as_json:
        print_json({"probes": [_summary(loaded, lang) for loaded in probes.values()]})
        return
    for name, loaded in probes.items():
        click.echo(f"{name:<28} {_in(loaded.probe.title, lang)}")


@command.command("show")
@click.argument("name")
@probe_dir_option
@json_option
@lang_option
def show_probe(name: str, probe_dir: tuple[Path, ...], as_json: bool, lang: str) -> None:
    """Show one probe: its requests, measures, limits and texts."""
    from diagnose.errors import UnknownName
    from diagnose.knowledge.probes import load_probes

    probes = load_probes(probe_dir)
    if name not in probes:
        raise UnknownName("probe", name, probes)
    detail = _detail(probes[name], lang)
    if as_json:
        print_json(detail)
    else:
        _print(detail)


def _summary(loaded: LoadedProbe, lang: str) -> dict[str, Any]:
    return {
        "id": loaded.probe.id,
        "title": _in(loaded.probe.title, lang),
        "area": loaded.probe.area,
        "version": loaded.probe.version,
        "tier": loaded.probe.tier.value,
        "origin": loaded.origin,
        "sha256": loaded.sha256,
    }


def _detail(loaded: LoadedProbe, lang: str) -> dict[str, Any]:
    probe = loaded.probe
    about = probe.about
    return _summary(loaded, lang) | {
        "tested": _in(about.tested, lang),
        "meaning": _in(about.meaning, lang),
        "consequence": _in(about.consequence, lang),
        "action": _in(about.action, lang),
        "requests": [request.key for request in probe.requests],
        "measures": [
            {
                "id": f"{probe.id}.{name}",
                "title": _in(spec.title, lang),
                "unit": spec.unit.value,
                "essential": spec.essential,
                "criterion": spec.criterion.model_dump(mode="json") if spec.criterion else None,
            }
            for name, spec in probe.measures.items()
        ],
        "facts": sorted(probe.facts),
        "quirks": sorted(probe.quirks),
        "symptoms": list(probe.symptoms),
    }


def _print(detail: dict[str, Any]) -> None:
    click.echo(f"{detail['id']}  {detail['title']}")
    for part in ("tested", "meaning", "consequence", "action"):
        click.echo(f"  {detail[part]}")
    for request in detail["requests"]:
        click.echo(f"  ? {request}")
    for measure in detail["measures"]:
        limit = measure["criterion"]
        source = f"  [{limit['source']['basis']}: {limit['source']['text']}]" if limit else ""
        click.echo(f"  = {measure['id']} {measure['unit']}  {measure['title']}{source}")


def _in(text: Text, lang: str) -> str:
    return text.zh or text.en if lang == "zh-CN" else text.en
