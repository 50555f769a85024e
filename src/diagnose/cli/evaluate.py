"""`diagnose evaluate`: how often the probes are right."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option

if TYPE_CHECKING:
    from diagnose.evaluation.trials import Evaluator, Seen, Trial


@click.command("evaluate")
@click.option("--corpus", type=click.Path(path_type=Path), help="A folder of real captures, too.")
@click.option(
    "--pairs",
    type=click.IntRange(0),
    default=25,
    show_default=True,
    metavar="N",
    help="Every N-th combination of two faults, too; 0 for none.",
)
@click.option("--markdown", is_flag=True, help="Print the page docs/accuracy.md.")
@json_option
def command(corpus: Path | None, pairs: int, markdown: bool, as_json: bool) -> int:
    """Run every virtual phone with every fault and count what was found, missed and false.

    Ends with status 1 where a healthy phone was called faulty, less than 99 % was found, less
    than 99 % of the true causes named, or a word was stronger than its evidence.
    """
    from diagnose.evaluation.trials import share

    evaluator = _evaluator()
    healthy = {phone: evaluator.healthy(phone) for phone in _phones()}
    single = list(evaluator.trials())
    double = list(evaluator.pairs(pairs)) if pairs else []
    seen = list(evaluator.corpus(corpus)) if corpus else []
    table = _table(healthy, single, double, seen)
    if as_json:
        print_json(table)
    else:
        _print(table, markdown=markdown)
    wrong = table["false_alarms"] or table["corpus"]["false_alarms"] or table["probe_bugs"]
    causes = table["causes"]
    unfair = causes["too_sure"] or causes["concluded_on_healthy"] or causes["named_share"] < 0.99
    return 1 if wrong or unfair or share(single) < 0.99 else 0


def _evaluator() -> Evaluator:
    from diagnose.evaluation.trials import Evaluator, fixed_now
    from diagnose.knowledge.plans import read_plan
    from diagnose.knowledge.probes import load_probes
    from diagnose.privacy.policy import EVERYTHING_READ
    from diagnose.run.planning import make_plan

    probes = load_probes()
    plan = make_plan(read_plan("thorough"), probes, refusal=EVERYTHING_READ.refusal)
    return Evaluator(plan, probes, fixed_now())


def _phones() -> list[str]:
    from diagnose.simulator.building import phone_names

    return phone_names()


def _table(
    healthy: dict[str, Any], single: list[Trial], double: list[Trial], seen: list[Seen]
) -> dict[str, Any]:
    from diagnose.evaluation.cause_table import cause_table
    from diagnose.evaluation.trials import share
    from diagnose.model.outcome import Outcome

    alarms = {
        phone: [r.probe for r in report.results if r.outcome is Outcome.FAIL]
        for phone, report in healthy.items()
    }
    by_fault: dict[str, list[Trial]] = defaultdict(list)
    for trial in single:
        by_fault[trial.faults[0]].append(trial)
    return {
        "phones": len(healthy),
        "faults": len(by_fault),
        "trials": len(single),
        "found": share(single),
        "pairs": len(double),
        "pairs_found": share(double),
        "pairs_masked": sum(trial.verdict == "masked" for trial in double),
        "by_fault": {name: _counts(trials) for name, trials in sorted(by_fault.items())},
        "not_found": [_miss(trial) for trial in [*single, *double] if trial.verdict != "found"],
        "false_alarms": {phone: probes for phone, probes in alarms.items() if probes},
        "attention_on_healthy": {
            phone: [r.probe for r in report.results if r.outcome is Outcome.ATTENTION]
            for phone, report in healthy.items()
        },
        "probe_bugs": sorted({e for t in [*single, *double] for e in t.errors}),
        "corpus": _corpus(seen),
        "causes": cause_table(healthy, single, double, seen),
    }


def _counts(trials: list[Trial]) -> dict[str, int]:
    verdicts = [trial.verdict for trial in trials]
    return {verdict: verdicts.count(verdict) for verdict in ("found", "elsewhere", "missed")}


def _miss(trial: Trial) -> dict[str, Any]:
    return {
        "phone": trial.phone,
        "faults": list(trial.faults),
        "verdict": trial.verdict,
        "why": trial.masked_because,
        "noticed": list(trial.noticed),
    }


def _corpus(seen: list[Seen]) -> dict[str, Any]:
    return {
        "devices": len({device.folder.partition(" (")[0] for device in seen}),
        "visits": len(seen),
        "answers": sum(len(device.answers) for device in seen),
        "answers_by_request": Counter(key for device in seen for key in device.answers),
        "not_asked_for": sum(device.unasked for device in seen),
        "facts_checked": sum(device.facts_checked for device in seen),
        "facts_right": sum(device.facts_right for device in seen),
        "values": sum(device.values for device in seen),
        "false_alarms": {d.folder: list(d.fails) for d in seen if d.fails and not d.known_fault},
        "fails_on_known_faults": {
            d.folder: list(d.fails) for d in seen if d.fails and d.known_fault
        },
        "attention": {d.folder: list(d.attentions) for d in seen if d.attentions},
        "errors": {d.folder: list(d.errors) for d in seen if d.errors},
    }


def _print(table: dict[str, Any], *, markdown: bool) -> None:
    if markdown:
        from diagnose.evaluation.page import page

        click.echo(page(table), nl=False)
        return
    click.echo(f"{table['faults']} faults on {table['phones']} phones, {table['trials']} trials")
    click.echo(
        f"found {table['found']:.1%}; of {table['pairs']} pairs {table['pairs_found']:.1%}"
        f" without {table['pairs_masked']} masked"
    )
    for miss in table["not_found"]:
        name = "+".join([miss["phone"], *miss["faults"]])
        why = f": {miss['why']}" if miss["why"] else ""
        click.echo(f"  {miss['verdict']:<9} {name} {miss['noticed']}{why}")
    for phone, probes in table["false_alarms"].items():
        click.echo(f"  FALSE ALARM {phone}: {', '.join(probes)}")
    for phone, probes in table["attention_on_healthy"].items():
        click.echo(f"  attention on healthy {phone}: {', '.join(probes) or 'none'}")
    for bug in table["probe_bugs"]:
        click.echo(f"  BUG {bug}")
    _print_causes(table["causes"])
    corpus = table["corpus"]
    counts = ", ".join(
        f"{corpus[name]} {name.replace('_', ' ')}"
        for name in (
            *("devices", "visits", "answers", "not_asked_for", "values"),
            *("facts_checked", "facts_right"),
        )
    )
    click.echo(f"corpus: {counts}")
    for name in ("false_alarms", "fails_on_known_faults", "attention", "errors"):
        for folder, what in corpus[name].items():
            click.echo(f"  {name}: {folder}: {what}")


def _print_causes(causes: dict[str, Any]) -> None:
    for kind in ("single", "pairs"):
        counted = ", ".join(f"{number} {verdict}" for verdict, number in causes[kind].items())
        click.echo(f"causes, {kind}: {counted}")
    for case in causes["not_first"]:
        name = "+".join([case["phone"], *case["faults"]])
        click.echo(f"  {case['verdict']:<9} {name} {case['named']}")
    for name in causes["too_sure"]:
        click.echo(f"  TOO SURE {name}")
    for phone, named in causes["named_on_healthy"].items():
        click.echo(f"  cause named on healthy {phone}: {named}")
    for folder, named in causes["named_on_corpus"].items():
        click.echo(f"  cause named on {folder}: {named}")
