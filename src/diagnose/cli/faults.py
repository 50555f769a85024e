"""`diagnose faults`: the causes that are known, and what speaks for and against each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option, lang_option

if TYPE_CHECKING:
    from diagnose.knowledge.cause_files import Knowledge
    from diagnose.model.cause import Cause, Condition
    from diagnose.model.fault import FaultKind
    from diagnose.model.text import Text


@click.group("faults")
def command() -> None:
    """Show the known causes: what speaks for them, and what is done about them."""


@command.command("list")
@click.option("--symptom", metavar="CODE", help="Only causes that explain this symptom.")
@json_option
@lang_option
def list_faults(symptom: str | None, as_json: bool, lang: str) -> None:
    """List every known cause."""
    from diagnose.knowledge.symptoms import symptoms_named
    from diagnose.report.columns import cells

    codes = {one.code for one in symptoms_named([symptom] if symptom else [])}
    knowledge = _knowledge()
    causes = [c for c in knowledge.causes.values() if not codes or codes & set(c.symptoms)]
    if as_json:
        print_json({"faults": [_summary(cause, lang) for cause in causes]})
        return
    for cause in causes:
        kind = _kind(cause.kind, lang)
        click.echo(
            f"{cause.code:<32} {kind}{' ' * (21 - cells(kind))} {_in(cause.title.text, lang)}"
        )


@command.command("show")
@click.argument("code")
@json_option
@lang_option
def show_fault(code: str, as_json: bool, lang: str) -> None:
    """Show one cause with its evidence, next test and repair."""
    from diagnose.errors import UnknownName

    knowledge = _knowledge()
    if code not in knowledge.causes:
        raise UnknownName("fault", code, knowledge.causes)
    detail = _detail(knowledge, knowledge.causes[code], lang)
    if as_json:
        print_json(detail)
    else:
        _print(detail, lang)


def _knowledge() -> Knowledge:
    from diagnose.knowledge.causes import checked_knowledge
    from diagnose.knowledge.probes import load_probes

    return checked_knowledge(load_probes())


def _summary(cause: Cause, lang: str) -> dict[str, Any]:
    return {
        "code": cause.code,
        "title": _in(cause.title.text, lang),
        "kind": cause.kind.value,
        "symptoms": list(cause.symptoms),
        "repair": list(cause.repair),
    }


def _detail(knowledge: Knowledge, cause: Cause, lang: str) -> dict[str, Any]:
    from diagnose.knowledge.actions import load_actions

    actions = [load_actions()[code] for code in cause.repair]
    test = cause.next_test
    return _summary(cause, lang) | {
        "suspected": _in(cause.suspected.text, lang),
        "shown": _in(cause.shown.text, lang) if cause.shown else "",
        "consequence": _in(cause.consequence.text, lang) if cause.consequence else None,
        "for": [_condition(condition) for condition in cause.for_],
        "against": [_condition(condition) for condition in cause.against],
        "excluded_by": [_condition(condition) for condition in cause.excluded_by],
        "innocent": _in(cause.innocent.text, lang) if cause.innocent else None,
        "at_most": cause.at_most.value,
        "hidden": cause.hidden,
        "only_with_symptom": cause.only_with_symptom,
        "next_test": {"probe": test.probe, "text": test.en if lang == "en" else test.zh},
        "actions": [
            {
                "code": action.code,
                "title": _in(action.title.text, lang),
                "part": action.part,
                "data_risk": action.data_risk.value,
            }
            for action in actions
        ],
        "file": Path(*knowledge.origins[cause.code].parts[-3:]).as_posix(),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return condition.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _print(detail: dict[str, Any], lang: str) -> None:
    from diagnose.model.fault import FaultKind
    from diagnose.model.quote import DataRisk
    from diagnose.report.vocabulary import DATA_RISKS

    click.echo(f"{detail['code']}  {detail['title']}  ({_kind(FaultKind(detail['kind']), lang)})")
    click.echo(f"  {detail['suspected']}")
    if detail["shown"]:
        click.echo(f"  {detail['shown']}")
    if detail["consequence"]:
        click.echo(f"  {detail['consequence']}")
    for sign, key in (("+", "for"), ("-", "against"), ("x", "excluded_by")):
        for condition in detail[key]:
            click.echo(f"  {sign} {_condition_text(condition, lang)}")
    if detail["innocent"]:
        click.echo(f"  - {detail['innocent']}")
    click.echo(f"  ? {detail['next_test']['text']}")
    for action in detail["actions"]:
        risk = _in(DATA_RISKS[DataRisk(action["data_risk"])], lang)
        click.echo(f"  → {action['code']:<22} {action['title']}  ({risk})")


def _kind(kind: FaultKind, lang: str) -> str:
    from diagnose.report.vocabulary import FAULT_KINDS

    return _in(FAULT_KINDS[kind], lang)


def _condition_text(condition: dict[str, Any], lang: str) -> str:
    rest = {key: value for key, value in condition.items() if key not in ("id", "strength")}
    words = ", ".join(f"{key} {_listed(value)}" for key, value in rest.items())
    weak = (
        ("  （弱）" if lang == "zh-CN" else "  (weak)")
        if condition.get("strength") == "weak"
        else ""
    )
    return f"{condition['id']} {words}".rstrip() + weak


def _listed(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _in(text: Text, lang: str) -> str:
    return text.zh or text.en if lang == "zh-CN" else text.en
