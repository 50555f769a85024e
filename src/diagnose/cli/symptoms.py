"""`diagnose symptoms`: what customers complain of, and what is tested for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option, lang_option

if TYPE_CHECKING:
    from diagnose.model.symptom import Symptom


@click.group("symptoms")
def command() -> None:
    """Show the symptoms: what customers complain of, and what is tested for it."""


@command.command("list")
@json_option
@lang_option
def list_symptoms(as_json: bool, lang: str) -> None:
    """List every symptom code."""
    from diagnose.knowledge.symptoms import load_symptoms

    symptoms = load_symptoms().values()
    if as_json:
        print_json({"symptoms": [_detail(symptom, lang) for symptom in symptoms]})
        return
    for symptom in symptoms:
        called = f"  ({', '.join(symptom.initials)})" if symptom.initials else ""
        click.echo(f"{symptom.code:<18} {_title(symptom, lang)}{called}")


@command.command("show")
@click.argument("code")
@json_option
@lang_option
def show_symptom(code: str, as_json: bool, lang: str) -> None:
    """Show one symptom: what to ask, what is tested, what is suspected."""
    from diagnose.knowledge.symptoms import symptoms_named

    detail = _detail(symptoms_named([code])[0], lang)
    if as_json:
        print_json(detail)
        return
    click.echo(f"{detail['code']}  {detail['title']}")
    if detail["sanbao"]:
        click.echo(f"  三包: {detail['sanbao']}")
    for sign, key in (("?", "ask"), ("=", "probes"), ("~", "suspects")):
        for line in detail[key]:
            click.echo(f"  {sign} {line}")


def _detail(symptom: Symptom, lang: str) -> dict[str, Any]:
    from diagnose.knowledge.probes import load_probes
    from diagnose.knowledge.symptoms import probes_for

    return {
        "code": symptom.code,
        "title": _title(symptom, lang),
        "words": list(symptom.words),
        "initials": list(symptom.initials),
        "sanbao": symptom.sanbao,
        "probes": list(probes_for([symptom], load_probes())),
        "suspects": list(symptom.suspects),
        "ask": [question.en if lang == "en" else question.zh for question in symptom.ask],
    }


def _title(symptom: Symptom, lang: str) -> str:
    return symptom.title.en if lang == "en" else symptom.title.zh
