"""`diagnose case work`: what was done, under the consent that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.answers import read_amount
from diagnose.cli.case.desk import Desk, desk_options, pairs, this_case_argument
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.errors import UnknownName, UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.model.case import Case
    from diagnose.model.quote import PartCondition


@click.command("work")
@this_case_argument
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="ITEM",
    help="An item that was done; all for everything agreed without a condition.",
)
@click.option(
    "--total",
    "totals",
    multiple=True,
    metavar="ITEM=AMOUNT",
    help="Only where it differs from the quote.",
)
@click.option("--serial", "serials", multiple=True, metavar="ITEM=TEXT", help="On the new part.")
@click.option("--part-no", "part_numbers", multiple=True, metavar="ITEM=TEXT", help="Part used.")
@click.option("--part-condition", "conditions", multiple=True, metavar="ITEM=WORD")
@click.option("--care", multiple=True, metavar="CODE", help="Done for free: cleaning, film, ….")
@click.option("--old-parts-returned/--old-parts-kept", default=None)
@click.option("--note", default="", help="For the record.")
@desk_options
def work(desk: Desk, name: str, **options: Any) -> None:
    """Record the work that was done in a CASE: only what was agreed may be.

    Whatever is not given here is taken from the quote.
    """
    from diagnose.case.record.entries import worked
    from diagnose.case.rules.repair import Done, record_work
    from diagnose.cli.case.view import show

    case = desk.read_open(name)
    items = _items(case, options["items"])
    asked = is_interactive() and not options["items"]
    serials = pairs(options["serials"], option="--serial")
    done = Done(
        items=items,
        finished_at=datetime.now().astimezone(),
        engineer=desk.actor,
        totals={
            code: read_amount(word, option="--total")
            for code, word in pairs(options["totals"], option="--total").items()
        },
        serials=_ask_for_serials(case, items, serials) if asked else serials,
        part_numbers=pairs(options["part_numbers"], option="--part-no"),
        conditions=_conditions(options["conditions"]),
        care=_ask_for_care() if asked and not options["care"] else options["care"],
        old_parts_returned=options["old_parts_returned"],
        note=options["note"],
    )
    recorded = desk.record(name, lambda now: [worked(record_work(now, done))])
    show(recorded, lang=desk.lang, as_json=desk.as_json)
    if not is_interactive():
        click.echo(f"→ diagnose case verify {recorded.case_id} --now", err=True)


def _items(case: Case, given: tuple[str, ...]) -> tuple[str, ...]:
    from diagnose.case.rules.repair import standing_consent

    accepted = standing_consent(case).consent.accepted
    earlier = {item.code for one in case.works for item in one.items}
    open_ = [code for code in accepted if code not in earlier]
    if "all" in given:
        return _unconditional(case, open_, given)
    if given:
        return given
    if not is_interactive():
        raise UsageError("--item is missing", hint=f"agreed: {', '.join(accepted)}; or: all")
    return tuple(code for code in open_ if click.confirm(in_words(_question(case, code)), err=True))


def _unconditional(case: Case, codes: Iterable[str], given: tuple[str, ...]) -> tuple[str, ...]:
    """What `all` stands for. A step agreed to only where another did not help is named itself."""
    left = [code for code in codes if _condition(case, code) and code not in given]
    if left:
        named = ", ".join(left)
        click.echo(
            f"agreed only where what comes before did not help, so not among all: {named}", err=True
        )
    return tuple(code for code in codes if code not in left)


def _condition(case: Case, code: str) -> Text | None:
    quote = case.page.quote if case.page else None
    item = quote.item(code) if quote else None
    return item.only_if if item else None


def _question(case: Case, code: str) -> Text:
    """Ask whether a step was done; one with a condition says it: the answer charges it."""
    condition = _condition(case, code)
    if condition is None:
        return Text(f"{code}?", f"{code}？")
    return Text(f"{code}? {condition.en}", f"{code}？{condition.zh or condition.en}")


def _ask_for_serials(case: Case, items: tuple[str, ...], given: dict[str, str]) -> dict[str, str]:
    """Ask for the number on each new part: the check after the repair looks for it."""
    quote = case.page.quote if case.page else None
    parts = [i for code in items if quote and (i := quote.item(code)) and i.part_condition]
    answers = {
        item.code: click.prompt(
            in_words(
                Text(
                    f"Number on the new part {item.code} (empty: none)",
                    f"新部件 {item.code} 的编号（留空：无）",
                )
            ),
            default=given.get(item.code, ""),
            show_default=False,
            err=True,
        )
        for item in parts
    }
    return given | {code: answer for code, answer in answers.items() if answer}


def _ask_for_care() -> tuple[str, ...]:
    from diagnose.case.rules.repair import CARE

    def read(answer: str) -> tuple[str, ...]:
        codes = tuple(word.strip() for word in answer.split(",") if word.strip())
        if unknown := [code for code in codes if code not in CARE]:
            raise click.BadParameter(f"{unknown[0]} is none of {', '.join(CARE)}")
        return codes

    codes = ", ".join(CARE)
    question = Text(f"Done for free, with commas ({codes})", f"免费服务，用逗号分隔（{codes}）")
    typed: tuple[str, ...] = click.prompt(
        in_words(question), default="", show_default=False, err=True, value_proc=read
    )
    return typed


def _conditions(given: tuple[str, ...]) -> dict[str, PartCondition]:
    from diagnose.model.quote import PartCondition

    found = pairs(given, option="--part-condition")
    for word in found.values():
        if word not in list(PartCondition):
            raise UnknownName("condition of a part", word, list(PartCondition))
    return {code: PartCondition(word) for code, word in found.items()}
