"""`diagnose case next`: the next step of a case, whatever that is; the way a counter goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, desk_options, this_case_argument
from diagnose.cli.case.probing import probe_options
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.errors import CaseRefused, UsageError
from diagnose.model.case import Stage
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.model.case import Case

_STEPS = {
    Stage.OPENED: "diagnose",
    Stage.DIAGNOSED: "quote",
    Stage.QUOTED: "consent",
    Stage.CONSENT_NEEDED: "consent",
    Stage.AGREED: "work",
    Stage.WORKED: "verify",
    Stage.VERIFIED: "accept",
}
_WORDS = {
    "diagnose": Text("Probe the phone now?", "现在检测手机？"),
    "quote": Text("Make the quote now?", "现在报价？"),
    "consent": Text("Take the customer's decision now?", "现在记录客户的决定？"),
    "work": Text("Record the work now?", "现在记录维修？"),
    "verify": Text("Probe the phone after the repair now?", "现在进行维修后检测？"),
    "accept": Text("Take the customer's acceptance now?", "现在由客户验收？"),
}


def step_of(case: Case) -> str | None:
    """Name the command that comes next; None where the case has ended."""
    if case.stage is Stage.CONSENT_NEEDED and not (case.page and case.page.quote):
        return "quote"
    return _STEPS.get(case.stage)


@click.command("next")
@this_case_argument
@probe_options
@desk_options
def next_step(desk: Desk, name: str, **probing: Any) -> None:
    """Go on with a CASE: probe, quote, consent, work, check, acceptance, each after the other.

    After each step it asks whether to go on; what is missing is asked for.
    """
    if not is_interactive():
        raise UsageError("`next` asks, and needs a terminal", hint="diagnose case --help")
    step = step_of(desk.read_open(name))
    if step is None:
        raise CaseRefused("the case has ended", hint=f"diagnose case show {name}")
    go_on(desk, name, probing, asks=False)


def go_on(desk: Desk, name: str, probing: dict[str, Any], *, asks: bool = True) -> None:
    """Take one step after the other until somebody says no, or the case has ended."""
    steps = _group().commands
    while step := step_of(desk.read(name)):
        if asks and not click.confirm(in_words(_WORDS[step]), default=True, err=True):
            click.echo(f"→ diagnose case {step} {name}", err=True)
            return
        more: dict[str, Any] = dict(probing) if step in ("diagnose", "verify") else {}
        more |= {"probes": True} if step == "verify" else {}
        _invoke(steps[step], desk, name, more)
        asks = True


def _group() -> click.Group:
    """The group `diagnose case`, which every one of its commands is called through."""
    context: click.Context | None = click.get_current_context()
    while context and not (
        isinstance(context.command, click.Group) and context.info_name == "case"
    ):
        context = context.parent
    if context is None or not isinstance(context.command, click.Group):
        raise RuntimeError("a step of a case was called outside of `diagnose case`")
    return context.command


def _invoke(step: click.Command, desk: Desk, name: str, more: dict[str, Any]) -> None:
    click.get_current_context().invoke(
        step,
        case_named=name,
        casebook=desk.casebook,
        actor=desk.actor,
        lang=desk.lang,
        as_json=False,
        **more,
    )
