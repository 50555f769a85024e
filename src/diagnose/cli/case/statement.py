"""How a customer's statement is taken: the options of every step he decides himself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, ask
from diagnose.cli.options import Function
from diagnose.errors import NoSuchFile, UsageError

if TYPE_CHECKING:
    from diagnose.model.consent import Statement

LARGEST_SIGNATURE = 2_000_000
METHODS = ("signature", "pin_pad", "oral")
_NAMES = ("method", "person", "phone", "receiver", "witness", "signature", "pin_receipt", "at")


def statement_options(function: Function) -> Function:
    """Add the options of a statement; `take_statement` takes them out again."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


_OPTIONS = (
    click.option("--method", type=click.Choice(METHODS), help="How the customer says so."),
    click.option("--person", help="Who he is. Kept apart, erasable."),
    click.option("--phone", help="His phone number, for an oral one. Kept apart, erasable."),
    click.option("--receiver", help="Who took it (default: the engineer)."),
    click.option("--witness", default="", help="Who else was there."),
    click.option(
        "--signature",
        type=click.Path(path_type=Path),
        help="Strokes of a pad: JSON, [[[x, y, ms], …], …], x and y in thousandths.",
    ),
    click.option("--pin-receipt", help="The number the PIN pad printed; never the PIN."),
    click.option("--at", metavar="TIME", help="When he said so (ISO 8601; default: now)."),
)


def take_statement(desk: Desk, said: dict[str, Any]) -> Statement:
    """Make the statement out of the options, asking for what is missing."""
    from diagnose.case.rules.decision import state

    given = {name: said.pop(name) for name in _NAMES}
    if given["method"] is None and given["signature"]:
        given["method"] = "signature"
    choice = click.Choice(METHODS)
    method = ask(given["method"], "How does the customer say so?", option="--method", type_=choice)
    return state(
        method=method,
        at=_moment(given["at"]),
        language=desk.lang,
        receiver=given["receiver"] or desk.actor,
        witness=given["witness"],
        signer=_signer(method, given),
    )


def _signer(method: str, given: dict[str, Any]) -> dict[str, Any]:
    person = ask(given["person"], "Who is it?", option="--person")
    signer = {"person": person, "phone": given["phone"] or ""}
    if method == "oral":
        signer["phone"] = ask(given["phone"], "Which phone number?", option="--phone")
    if method == "pin_pad":
        question = "Number of the pad's receipt"
        signer["pin_receipt"] = ask(given["pin_receipt"], question, option="--pin-receipt")
    if method == "signature":
        question = "File with the strokes"
        path = Path(ask(given["signature"], question, option="--signature"))
        signer["strokes"] = _strokes(path)
    return signer


def _strokes(path: Path) -> list[list[dict[str, int]]]:
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(LARGEST_SIGNATURE))
        strokes = said["strokes"] if isinstance(said, dict) else said
        return [
            [dict(zip(("x", "y", "ms"), point, strict=False)) for point in stroke]
            for stroke in strokes
        ]
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UsageError(f"{path} holds no strokes of a signature") from problem


def _moment(said: str | None) -> datetime:
    """Read a moment; without a zone it is this computer's, and none lies in the future."""
    now = datetime.now(UTC)
    if said is None:
        return now
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as problem:
        raise UsageError(
            f"{said!r} is no moment", hint="for example 2026-11-22T09:30+08:00"
        ) from problem
    moment = moment.astimezone()
    if moment > now:
        raise UsageError("that moment has not come yet")
    return moment
