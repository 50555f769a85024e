"""`diagnose evaluate`: how often the probes are right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import WholeNumber, json_option
from diagnose.cores import core_count, spread

if TYPE_CHECKING:
    from datetime import datetime

    from diagnose.evaluation.cases import Tried
    from diagnose.evaluation.injected import Injected
    from diagnose.evaluation.outside import Seen


T = TypeVar("T")
R = TypeVar("R")


@click.command("evaluate")
@click.option("--corpus", type=click.Path(path_type=Path), help="A folder of real captures, too.")
@click.option(
    "--cases",
    "case_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of cases in TOML: evidence, and what should be said of it.",
)
@click.option(
    "--pairs",
    type=WholeNumber(0),
    default=25,
    show_default=True,
    metavar="N",
    help="Every N-th combination of two faults, too; 0 for none.",
)
@click.option("--only", type=click.Choice(["agreement", "outside"]), help="One of the two tables.")
@click.option("--processes", type=WholeNumber(1), help="How many at once; by default one a core.")
@click.option("--markdown", is_flag=True, help="Print the page docs/accuracy.md.")
@json_option
def command(only: str | None, *, markdown: bool, as_json: bool, **options: Any) -> int:
    """Count what was found, missed and false: on virtual phones, and on evidence from outside.

    The two are never added up. Ends with status 1 where a part that is not known to be faulty was
    called faulty, a cause was concluded on a healthy phone or a word was stronger than its
    evidence, a probe failed itself, an expectation of a case was not met, less than 95 % of the
    faults injected into real captures or 99 % of the virtual phones' faults was found, or less than
    99 % of their causes named.
    """
    from diagnose.evaluation.trials import fixed_now

    now = fixed_now()
    table: dict[str, Any] = {}
    if only != "outside":
        table["agreement"] = _agreement(options, now)
    if only != "agreement":
        table["outside"] = _outside(options, now)
    if as_json:
        print_json(table)
    elif markdown:
        from diagnose.evaluation.page import page

        click.echo(page(table), nl=False)
    else:
        _print(table)
    return 1 if _is_wrong(table) else 0


def _agreement(options: dict[str, Any], now: datetime) -> dict[str, Any]:
    from diagnose.evaluation.tables import agreement
    from diagnose.evaluation.trials import combined, singles
    from diagnose.evaluation.work import evaluator, trial
    from diagnose.simulator.building import phone_names

    names, processes = phone_names(), _processes(options)
    healthy = {phone: evaluator(now).healthy(phone) for phone in names}
    single = [(*job, now) for job in singles(names)]
    double = [(*job, now) for job in combined(names, options["pairs"])] if options["pairs"] else []
    return agreement(
        healthy,
        _spread(trial, single, processes, chunk=24),
        _spread(trial, double, processes, chunk=24),
    )


def _outside(options: dict[str, Any], now: datetime) -> dict[str, Any]:
    from diagnose.evaluation.cases import case_files, environment_corpus, trials
    from diagnose.evaluation.injected import places
    from diagnose.evaluation.outside import visits
    from diagnose.evaluation.tables import outside
    from diagnose.evaluation.work import case, device, evaluator, injection

    processes = _processes(options)
    seen: list[Seen] = []
    tried: list[Tried] = []
    done: list[Injected] = []
    if options["corpus"]:
        jobs = [(folder, visit, now) for folder, visit in visits(options["corpus"])]
        seen = _spread(device, jobs, processes)
        faults = [(*place, now) for place in places(options["corpus"], evaluator(now).plan)]
        done = _spread(injection, faults, processes)
    if options["case_folder"]:
        corpus = options["corpus"] or environment_corpus()
        files = [
            (*trial, now)
            for path in case_files(options["case_folder"])
            for trial in trials(path, corpus, evaluator(now).plan)
        ]
        tried = _spread(case, files, processes)
    return outside(seen, tried, done)


def _spread(
    work: Callable[[T], R | None], jobs: Sequence[T], processes: int, *, chunk: int = 8
) -> list[R]:
    """What came of the jobs, without those that came to nothing."""
    all_ = spread(work, jobs, processes=processes, chunk=chunk)
    return [one for one in all_ if one is not None]


def _processes(options: dict[str, Any]) -> int:
    return int(options["processes"] or core_count())


def _is_wrong(table: dict[str, Any]) -> bool:
    return any(_unfit(part) for part in table.values())


def _unfit(part: dict[str, Any]) -> bool:
    if "corpus" in part:
        corpus, cases, injected = part["corpus"], part["cases"], part["injected"]
        unfair = corpus["causes"]["too_sure"] or corpus["causes"]["concluded_on_healthy"]
        mistakes = [
            *(corpus[name] for name in ("false_alarms", "errors", "facts_wrong")),
            *(cases[name] for name in ("wrong", "false_alarms", "errors")),
            injected["false_alarms"],
        ]
        return bool(unfair or any(mistakes)) or injected["found_share"] < _ENOUGH_INJECTED
    causes = part["causes"]
    unfair = causes["too_sure"] or causes["concluded_on_healthy"]
    shares = (part["found"], part["unheard_found"], causes["named_share"])
    wrong = part["false_alarms"] or part["probe_bugs"]
    return bool(unfair or wrong) or min(shares) < _ENOUGH


_ENOUGH = 0.99
_ENOUGH_INJECTED = 0.95


def _print(table: dict[str, Any]) -> None:
    if "agreement" in table:
        _print_agreement(table["agreement"])
    if "outside" in table:
        _print_corpus(table["outside"]["corpus"])
        _print_injected(table["outside"]["injected"])
        _print_cases(table["outside"]["cases"])


def _print_agreement(table: dict[str, Any]) -> None:
    click.echo("AGREEMENT (virtual phones: the same hand wrote them and their parsers)")
    click.echo(f"{table['faults']} faults on {table['phones']} phones, {table['trials']} trials")
    click.echo(
        f"of {table['heard']} that rest on texts seen on real phones {table['found']:.1%} found; of"
        f" {table['pairs_heard']} pairs {table['pairs_found']:.1%} without {table['pairs_masked']}"
        " masked"
    )
    click.echo(f"of the others {table['unheard_found']:.1%} found, which proves nothing")
    for miss in table["not_found"]:
        name = "+".join([miss["phone"], *miss["faults"]])
        why = f": {miss['why']}" if miss["why"] else ""
        click.echo(f"  {miss['verdict']:<9} {name} {miss['noticed']}{why}")
    for phone, probes in table["false_alarms"].items():
        click.echo(f"  FALSE ALARM {phone}: {', '.join(probes)}")
    for phone, probes in table["attention_on_healthy"].items():
        click.echo(f"  attention on healthy {phone}: {', '.join(probes)}")
    for bug in table["probe_bugs"]:
        click.echo(f"  BUG {bug}")
    _print_causes(table["causes"])


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


def _print_corpus(corpus: dict[str, Any]) -> None:
    click.echo("FROM OUTSIDE")
    names = ("devices", "visits", "answers", "not_asked_for", "unknown", "values")
    counts = ", ".join(f"{corpus[name]} {name.replace('_', ' ')}" for name in names)
    click.echo(f"real devices: {counts}")
    checked = sum(corpus["facts_checked"].values())
    click.echo(
        f"stated facts right: {corpus['stated_right']} of {corpus['stated_checked']}; read twice:"
        f" {checked}, different {len(corpus['facts_wrong'])}"
    )
    for wrong in corpus["facts_wrong"]:
        click.echo(f"  DIFFERENT {wrong}")
    for name in ("false_alarms", "known_faults", "attention", "errors"):
        for folder, what in corpus[name].items():
            click.echo(f"  {name}: {folder}: {what}")
    for folder, named in corpus["causes"]["named"].items():
        click.echo(f"  cause named on {folder}: {named}")
    for name in corpus["causes"]["too_sure"]:
        click.echo(f"  TOO SURE {name}")


def _print_injected(injected: dict[str, Any]) -> None:
    click.echo(
        f"injected: {injected['faults']} faults, {injected['trials']} trials, of"
        f" {injected['knowable']} that can be known {injected['found_share']:.1%} found"
    )
    for miss in injected["misses"]:
        click.echo(f"  {miss}")
    for alarm in injected["false_alarms"]:
        click.echo(f"  FALSE ALARM {alarm}")


def _print_cases(cases: dict[str, Any]) -> None:
    click.echo(
        f"cases: {cases['cases']}, expectations met {cases['met']} of {cases['expectations']}"
    )
    for name in ("wrong", "false_alarms", "errors"):
        for case, what in cases[name].items():
            click.echo(f"  {name}: {case}: {'; '.join(what)}")
