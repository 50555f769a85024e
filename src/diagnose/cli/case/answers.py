"""What the customer answers to the offer: each item, his data, a ceiling where one is needed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.errors import UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.rules.decision import CustomerAnswers
    from diagnose.model.quote import Quote
    from diagnose.report.wording import PageWords

Codes = tuple[str, ...]
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_ALL, _NONE = ("a", "all", "全部"), ("n", "none", "不")


def take_answers(
    quote: Quote, options: dict[str, Any], digest: str, words: PageWords
) -> CustomerAnswers:
    """Read the answers from the options, asking on a terminal for what is missing."""
    from diagnose.case.rules.decision import CustomerAnswers
    from diagnose.model.consent import DataHandling

    accept, decline = _decisions(quote, options["accept"], options["decline"], words)
    accept, decline, wipe = _wipe(quote, options["wipe_agreed"], accept, decline)
    agreed = bool(_agreed(quote, accept, decline))
    ceiling = options["ceiling"]
    if ceiling is None and _is_unbounded(quote, accept, decline) and is_interactive():
        ceiling = _ask_for_ceiling(quote)
    backup, recommended = options["backup_done"], options["maintenance_mode"]
    if agreed and is_interactive():
        question = "Has he backed up his data?"
        backup = yes_no(question) if backup is None else backup
        question = "Was maintenance or repair mode recommended to him?"
        recommended = yes_no(question) if recommended is None else recommended
    return CustomerAnswers(
        accept=accept,
        decline=decline,
        ceiling=None if ceiling is None else read_amount(ceiling, option="--ceiling"),
        data=DataHandling(
            backup_done=backup,
            maintenance_mode_recommended=bool(recommended),
            wipe_agreed=wipe,
        ),
        reason=options["reason"],
        shown=options["shown"] or digest,
    )


def read_amount(word: str, *, option: str) -> Decimal:
    """Read an exact amount of money."""
    try:
        amount = Decimal(word if _AMOUNT.fullmatch(word.strip()) else "no")
    except InvalidOperation as problem:
        raise UsageError(f"{option}: {word!r} is no amount", hint="for example 629.00") from problem
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise UsageError(f"{option}: {word!r} is no amount of money")
    return amount


def _decisions(
    quote: Quote, accept: Codes, decline: Codes, words: PageWords
) -> tuple[Codes, Codes]:
    """What he accepts and declines. On a terminal the items are numbered; `a` is all of them."""
    if accept or decline:
        return accept, decline
    if not is_interactive():
        raise UsageError(
            "nothing is decided", hint="--accept ITEM, --decline ITEM; all stands for the rest"
        )
    if not quote.work_items:
        knows = click.confirm(
            in_words("Nothing is to be repaired. Does the customer know?"), err=True
        )
        return (("all",), ()) if knows else ((), ("all",))
    for number, item in enumerate(quote.work_items, 1):
        click.echo(f"  {number}  {words(item.title)}", err=True)
    question = Text(
        "He agrees to (numbers with commas; a: all; n: none)",
        "客户同意的项目（编号，用逗号分隔；a 全部；n 都不同意）",
    )
    chosen: Codes = click.prompt(
        in_words(question), err=True, value_proc=lambda answer: _chosen(quote, answer)
    )
    return chosen, tuple(item.code for item in quote.work_items if item.code not in chosen)


def _chosen(quote: Quote, answer: str) -> Codes:
    codes = [item.code for item in quote.work_items]
    word = answer.strip().casefold()
    if word in _ALL or word in _NONE:
        return tuple(codes) if word in _ALL else ()
    numbers = answer.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    try:
        chosen = {int(number) for number in numbers if number}
    except ValueError as problem:
        raise click.BadParameter(f"1-{len(codes)}, a, n") from problem
    if not chosen or not chosen <= {*range(1, len(codes) + 1)}:
        raise click.BadParameter(f"1-{len(codes)}, a, n")
    return tuple(code for number, code in enumerate(codes, 1) if number in chosen)


def _agreed(quote: Quote, accept: Codes, decline: Codes) -> Codes:
    """The items that are accepted, `all` resolved."""
    return tuple(
        item.code
        for item in quote.work_items
        if item.code in accept or ("all" in accept and item.code not in decline)
    )


def _wipe(
    quote: Quote, given: bool | None, accept: Codes, decline: Codes
) -> tuple[Codes, Codes, bool | None]:
    """Ask whether data may be erased; where not, what erases them is declined, not the rest."""
    agreed = _agreed(quote, accept, decline)
    erasing = [i.code for i in quote.work_items if i.data_risk == "erases" and i.code in agreed]
    if given is not None or not erasing or not is_interactive():
        return accept, decline, given
    named = ", ".join(erasing)
    question = Text(
        f"{named} erases the data on the phone. Agreed?",
        f"{named} 会清除手机上的数据。客户是否同意？",
    )
    if click.confirm(in_words(question), err=True):
        return accept, decline, True
    left = Text(f"note: {named} is declined", f"注意：{named} 记为不同意")
    click.echo(in_words(left), err=True)
    kept = tuple(code for code in agreed if code not in erasing)
    return kept, tuple(i.code for i in quote.work_items if i.code not in kept), False


def _is_unbounded(quote: Quote, accept: Codes, decline: Codes) -> bool:
    """Whether something is accepted of which nobody knows the most it may cost."""
    agreed = _agreed(quote, accept, decline)
    return any(item.is_unbounded and item.code in agreed for item in quote.items)


def _ask_for_ceiling(quote: Quote) -> str:
    def read(answer: str) -> str:
        try:
            return str(read_amount(answer, option="the amount"))
        except UsageError as problem:  # asked again: nothing else need be typed twice
            raise click.BadParameter(problem.message) from problem

    question = Text(
        f"The most the customer pays in all ({quote.currency})",
        f"客户总共最多支付（{quote.currency}）",
    )
    typed: str = click.prompt(in_words(question), err=True, value_proc=read)
    return typed


def yes_no(question: str) -> bool | None:
    """Yes, no, or nothing said: it was not asked."""

    def read(answer: str) -> bool | None:
        word = answer.strip().casefold()
        if word not in ("", "y", "yes", "是", "n", "no", "否"):
            raise click.BadParameter("y, n")
        return None if not word else word[0] in "y是"

    hint = in_words(Text(" (y, n; empty: neither)", "（y 是、n 否；留空：无）"))
    typed: bool | None = click.prompt(
        in_words(question) + hint, default="", show_default=False, err=True, value_proc=read
    )
    return typed
