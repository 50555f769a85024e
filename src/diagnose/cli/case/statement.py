"""How a customer's statement is taken: the options of every step he decides himself."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, ask
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.cli.options import YEARS, Function
from diagnose.errors import DiagnoseError, NoSuchFile, UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.model.case import Case
    from diagnose.model.consent import Statement

LARGEST_SIGNATURE = 2_000_000
METHODS = ("oral", "paper", "signature", "pin_pad")
_NAMES = (
    *("method", "person", "phone", "receiver", "witness", "signature", "scan", "pin_receipt", "at"),
)


def statement_options(function: Function) -> Function:
    """Add the options of a statement; `take_statement` takes them out again."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


_OPTIONS = (
    click.option("--method", type=click.Choice(METHODS), help="How the customer gave his answer."),
    click.option("--person", help="The name of the person who answered. Kept apart, erasable."),
    click.option("--phone", help="His phone number, for an oral one. Kept apart, erasable."),
    click.option("--receiver", help="Who took the answer (default: the engineer)."),
    click.option("--witness", default="", help="Who else was there."),
    click.option(
        "--signature",
        type=click.Path(path_type=Path),
        help="Strokes of a pad: JSON, [[[x, y, ms], …], …], x and y in thousandths.",
    ),
    click.option(
        "--scan",
        type=click.Path(path_type=Path),
        help="The sheet he signed on paper: PDF, PNG or JPEG. Kept apart, erasable.",
    ),
    click.option("--pin-receipt", help="The number the PIN pad printed; never the PIN."),
    click.option("--at", metavar="TIME", help="When he answered (ISO 8601; default: now)."),
)


def take_statement(desk: Desk, options: dict[str, Any], case: Case) -> Statement:
    """Make the statement out of the options, asking for what is missing.

    Who the customer is was noted when the phone was handed over: that is offered first.
    """
    from diagnose.case.rules.decision import state

    given = {name: options.pop(name) for name in _NAMES}
    method = given["method"] or _implied(given) or _ask_for_method()
    return state(
        method=method,
        at=_moment(given["at"]),
        language=desk.lang,
        receiver=given["receiver"] or desk.actor,
        witness=given["witness"],
        signer=_signer(method, given, case),
    )


def _implied(given: dict[str, Any]) -> str | None:
    """A file says how it was given."""
    return "signature" if given["signature"] else "paper" if given["scan"] else None


def _ask_for_method() -> str:
    """Ask how he says so; the first letters are enough."""

    def read(answer: str) -> str:
        fitting = [word for word in METHODS if word.startswith(answer.strip().casefold())]
        if not answer.strip() or not fitting:
            raise click.BadParameter(", ".join(METHODS))
        return fitting[0]

    if not is_interactive():
        raise UsageError("--method is missing", hint=", ".join(METHODS))
    question = Text(
        f"How does the customer say so ({', '.join(METHODS)})",
        "客户以何种方式确认（oral 口头、paper 纸质、signature 签名板、pin_pad 密码键盘）",
    )
    typed: str = click.prompt(in_words(question), err=True, value_proc=read)
    return typed


def _signer(method: str, given: dict[str, Any], case: Case) -> dict[str, Any]:
    contact = case.contact
    person = _known(given["person"], contact.name if contact else "", "Who is it?", "--person")
    signer: dict[str, Any] = {"person": person, "phone": given["phone"] or ""}
    if method == "oral":
        noted = contact.phone if contact else ""
        signer["phone"] = _known(given["phone"], noted, "Which phone number?", "--phone")
    if method == "pin_pad":
        question = "Number of the pad's receipt"
        signer["pin_receipt"] = ask(given["pin_receipt"], question, option="--pin-receipt")
    if method == "signature":
        signer["strokes"] = _file(given["signature"], "File with the strokes", _strokes)
    if method == "paper":
        signer["scan"] = _file(given["scan"], "File with the scan of the signed sheet", _scan)
    return signer


def _known(given: str | None, noted: str, question: str, option: str) -> str:
    """What was said; else what was noted at the intake, confirmed on a terminal."""
    if given is not None:
        return given
    if not is_interactive():
        if noted:
            return noted
        raise UsageError(f"{option} is missing", hint="give it, or run on a terminal to be asked")
    answer: str = click.prompt(in_words(question), default=noted or None, err=True)
    return answer


def _file(given: Path | None, question: str, read: Callable[[Path], Any]) -> Any:
    """Read a file; on a terminal a wrong path is asked for again, and no answer is lost."""
    if not is_interactive():
        if given is None:
            raise UsageError("the file is missing", hint="--signature FILE, --scan FILE")
        return read(given)

    def again(answer: str) -> Any:
        try:
            return read(Path(answer.strip()).expanduser())
        except DiagnoseError as problem:
            raise click.BadParameter(problem.message) from problem

    if given is not None:
        try:
            return again(str(given))
        except click.BadParameter as problem:
            click.echo(problem.message, err=True)
    return click.prompt(in_words(question), err=True, value_proc=again)


_MAGIC = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def _scan(path: Path) -> dict[str, str]:
    """Read a scan; what it is is read from its first bytes, not from its name."""
    from diagnose.model.consent import LARGEST_SCAN

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_SCAN + 1)
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror}") from problem
    if len(data) > LARGEST_SCAN:
        raise UsageError(
            f"{path} has more than {LARGEST_SCAN // 1_000_000} MB", hint="scan it at 150 dpi"
        )
    media_type = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if media_type is None:
        raise UsageError(f"{path} is no scan", hint="PDF, PNG or JPEG")
    digest = hashlib.sha256(data).hexdigest()
    return {"media_type": media_type, "sha256": digest, "data": base64.b64encode(data).decode()}


def _strokes(path: Path) -> list[list[dict[str, int]]]:
    try:
        with path.open("rb") as file:
            drawn = json.loads(file.read(LARGEST_SIGNATURE))
        strokes = drawn["strokes"] if isinstance(drawn, dict) else drawn
        return [
            [dict(zip(("x", "y", "ms"), point, strict=False)) for point in stroke]
            for stroke in strokes
        ]
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UsageError(f"{path} holds no strokes of a signature") from problem


def _moment(given: str | None) -> datetime:
    """Read a moment; without a zone it is this computer's, and none lies in the future."""
    now = datetime.now().astimezone()
    if given is None:
        return now
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as problem:
        raise UsageError(
            f"{given!r} is not a date and time", hint="for example 2026-11-22T09:30+08:00"
        ) from problem
    if moment.year not in YEARS:
        raise UsageError(f"the year {moment.year} cannot be meant")
    moment = moment.astimezone()
    if moment > now:
        raise UsageError("that moment has not come yet")
    return moment
