"""`diagnose case open|show|list`: what was handed over, and how far a case has come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diagnose.cli.case.desk import Desk, ask, desk_options, is_interactive
from diagnose.cli.case.questions import in_words

if TYPE_CHECKING:
    from diagnose.model.case import Case
    from diagnose.model.intake import Contact, Identifiers, Intake
    from diagnose.model.retention import Retention

Model = TypeVar("Model")
_DATE = click.DateTime(["%Y-%m-%d"])
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_CHINESE_LETTER = re.compile(r"[\u4e00-\u9fff]")


@click.command("open")
@click.option("--complaint", help="What is wrong, in the customer's own words.")
@click.option(
    "--complaint-language",
    metavar="TAG",
    help="What language that is: de, zh-CN (default: Chinese where it has Chinese characters).",
)
@click.option("--symptom", "symptoms", multiple=True, metavar="CODE", help="What it comes to.")
@click.option("--condition", multiple=True, metavar="TEXT", help="What can be seen on the phone.")
@click.option("--accessory", "accessories", multiple=True, metavar="TEXT", help="Handed over too.")
@click.option("--in-warranty/--out-of-warranty", default=None, help="Does the maker pay?")
@click.option("--warranty-reason", default="", help="Why it is out of warranty.")
@click.option("--seller", default="", help="Who sold the phone.")
@click.option("--sale-date", type=_DATE, help="When it was sold.")
@click.option("--voucher/--no-voucher", default=None, help="Is the 三包 voucher there?")
@click.option("--earlier-repairs", type=click.IntRange(0, 100), help="Repairs before this one.")
@click.option("--name", help="The customer's name. Kept apart, erasable.")
@click.option("--phone", help="How he is reached. Kept apart, erasable.")
@click.option("--email", default="", help="Kept apart, erasable.")
@click.option("--address", default="", help="Kept apart, erasable.")
@click.option("--imei", multiple=True, metavar="DIGITS", help="Kept apart, erasable.")
@click.option("--serial-number", default="", help="Kept apart, erasable.")
@click.option("--network-code", default="", help="进网标志扰码号. Kept apart, erasable.")
@click.option("--invoice", default="", metavar="NUMBER", help="Kept apart, erasable.")
@click.option("--shop", help="Whose retention rule: a file in profiles/shops, or a path.")
@click.option(
    "--keep-days",
    type=click.IntRange(1, 3660),
    help="Days after its end for which private data are kept; not as the shop has it.",
)
@click.option("--keep-reason", help="Why that long. The customer reads it.")
@desk_options
def open_case(desk: Desk, **said: Any) -> None:
    """Open a case: what the customer says, and what he hands over.

    Contact, IMEI, signatures and what is written freely are erased when their time has run out
    (case erase --due). The customer's page says when that is.
    """
    from diagnose.case.record.entries import opened
    from diagnose.cli.case.symptoms import codes_of
    from diagnose.cli.case.view import show

    said["complaint"] = _complaint(
        ask(said["complaint"], "What does the customer say?", option="--complaint")
    )
    _ask_for_more(said)
    said["symptoms"] = codes_of(said["symptoms"])
    retention = _retention(said)
    case = desk.open_case(opened(_intake(said), _contact(said), _identifiers(said), retention))
    show(case, lang=desk.lang, as_json=desk.as_json)
    symptoms = "".join(f" --symptom {code}" for code in case.intake.symptoms)
    click.echo(f"→ diagnose run{symptoms} --out DIR", err=True)
    click.echo(f"→ diagnose case diagnose {case.case_id} --report DIR", err=True)


def _complaint(said: str) -> str:
    from diagnose.errors import UsageError
    from diagnose.model.intake import LONGEST_COMPLAINT

    if not said.strip():
        raise UsageError("a case begins with what the customer says", hint="--complaint TEXT")
    if len(said) > LONGEST_COMPLAINT:
        raise UsageError(
            f"the complaint has {len(said)} characters, a case holds {LONGEST_COMPLAINT}",
            hint="shorten it to what the customer means",
        )
    return said


def _language(complaint: str, named: str | None) -> str:
    """The tag of the complaint's language; empty where nobody said it: it is never guessed."""
    from diagnose.errors import UsageError

    if named is None:
        return "zh" if _CHINESE_LETTER.search(complaint) else ""
    if not _LANGUAGE_TAG.fullmatch(named):
        raise UsageError(
            f"{named!r} is not a tag of a language", hint="like de, zh-CN or pt-BR (BCP 47)"
        )
    return named


def _ask_for_more(said: dict[str, Any]) -> None:
    """Ask, on a terminal, for what was not given; nothing of it must be answered."""
    if not is_interactive():
        return
    for name, question in (
        ("symptoms", "Symptom codes, with commas (diagnose symptoms list)"),
        ("condition", "What can be seen on the phone, with commas"),
        ("accessories", "Accessories, with commas"),
    ):
        if not said[name]:
            read = _known_symptoms if name == "symptoms" else _words
            said[name] = click.prompt(
                in_words(question), default="", show_default=False, err=True, value_proc=read
            )
    for name, question in (("name", "Customer's name"), ("phone", "Customer's phone number")):
        if said[name] is None:
            said[name] = click.prompt(in_words(question), default="", show_default=False, err=True)


def _words(answer: str) -> tuple[str, ...]:
    parts = answer.replace("，", ",").replace("、", ",").split(",")
    return tuple(word.strip() for word in parts if word.strip())


def _known_symptoms(answer: str) -> tuple[str, ...]:
    """Read symptom codes; a slip is asked again, so that nothing else need be typed twice."""
    from diagnose.cli.case.symptoms import codes_of
    from diagnose.errors import UsageError

    try:
        return codes_of(_words(answer))
    except UsageError as problem:
        raise click.BadParameter(f"{problem.message}; {problem.hint}") from problem


def _intake(said: dict[str, Any]) -> Intake:
    from diagnose.errors import UsageError
    from diagnose.model.intake import Intake, Warranty

    if said["in_warranty"] is False and not said["warranty_reason"]:
        raise UsageError(
            "why it is out of warranty must be written down", hint="add --warranty-reason TEXT"
        )
    sold: datetime | None = said["sale_date"]
    return _checked(
        Intake,
        complaint=said["complaint"],
        language=_language(said["complaint"], said["complaint_language"]),
        symptoms=said["symptoms"],
        condition=said["condition"],
        accessories=said["accessories"],
        warranty=_checked(
            Warranty,
            in_warranty=said["in_warranty"],
            reason=said["warranty_reason"],
            seller=said["seller"],
            sale_date=sold.date() if sold else None,
            has_voucher=said["voucher"],
            earlier_repairs=said["earlier_repairs"],
        ),
    )


def _retention(said: dict[str, Any]) -> Retention:
    """Read the rule: the shop's, or the default, with other days where those were named."""
    from diagnose.errors import UsageError
    from diagnose.knowledge.prices import load_price_book
    from diagnose.model.retention import Retention
    from diagnose.model.text import Text

    book = load_price_book(said["shop"]) if said["shop"] else None
    rule = book.retention.retention if book and book.retention else Retention()
    days, reason = said["keep_days"], said["keep_reason"]
    if days is None and reason is None:
        return rule
    if days is None or not reason:
        raise UsageError(
            "say both how long private data are kept and why: --keep-days, --keep-reason"
        )
    return Retention(days=days, days_without_work=days, reason=Text(reason), source="")


def _contact(said: dict[str, Any]) -> Contact:
    from diagnose.model.intake import Contact

    return _checked(
        Contact,
        name=said["name"] or "",
        phone=said["phone"] or "",
        email=said["email"],
        address=said["address"],
    )


def _identifiers(said: dict[str, Any]) -> Identifiers:
    from diagnose.model.intake import Identifiers

    return _checked(
        Identifiers,
        imei=tuple(_imei(word) for word in said["imei"]),
        serial=said["serial_number"],
        network_access_code=said["network_code"],
        invoice_number=said["invoice"],
    )


def _imei(word: str) -> str:
    """Read an IMEI; its last digit shows most slips of the keyboard (Luhn)."""
    from diagnose.errors import UsageError

    digits = "".join(word.split()).replace("-", "")
    if len(digits) != 15 or not (digits.isascii() and digits.isdigit()):
        raise UsageError("an IMEI has 15 digits", hint="the customer reads it with *#06#")
    doubled = "".join(str(int(d) * 2) if i % 2 else d for i, d in enumerate(digits))
    if sum(map(int, doubled)) % 10:
        raise UsageError("that is no IMEI: its check digit is wrong", hint="read it again: *#06#")
    return digits


def _checked(model: type[Model], **values: Any) -> Model:
    from pydantic import ValidationError

    from diagnose.errors import UsageError

    try:
        return model(**values)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{where}: {first['msg']}") from problem


@click.command("show")
@click.argument("name", metavar="CASE")
@click.option("--with-private", is_flag=True, help="Contact, IMEI and signatures too.")
@desk_options
def show_case(desk: Desk, name: str, with_private: bool) -> None:
    """Show everything of a CASE; with --json the reports too."""
    from diagnose.cli.case.view import document, lines
    from diagnose.cli.json_output import print_json
    from diagnose.text import printable

    case = desk.read(name)
    if desk.as_json:
        print_json(document(case, with_private=with_private, whole=True))
        return
    for line in lines(case, desk.lang):
        click.echo(line)
    for apart in (case.contact, case.identifiers) if with_private else ():
        for field, value in apart.model_dump().items() if apart else ():
            if value:
                click.echo(f"  {field}: {printable(str(value))}")


@click.command("list")
@click.option("--stage", help="Only cases that have come this far.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@desk_options
def list_cases(desk: Desk, stage: str | None, limit: int) -> None:
    """List the cases, the newest first."""
    from diagnose.cli.case.view import document
    from diagnose.cli.case.words import STAGES
    from diagnose.cli.json_output import print_json
    from diagnose.errors import UnknownName
    from diagnose.model.case import Stage
    from diagnose.report.columns import cells, cut
    from diagnose.report.wording import Words
    from diagnose.text import printable

    if stage is not None and stage not in list(Stage):
        raise UnknownName("stage", stage, list(Stage))
    found = _cases(desk, stage)
    if desk.as_json:
        print_json([document(case) for case in islice(found, limit)])
        return
    for case in islice(found, limit):
        stage_said = Words(desk.lang)(STAGES[case.stage])
        room = " " * (24 - cells(stage_said))
        complaint = cut(printable(case.intake.complaint, 80), 36)
        click.echo(f"{case.case_id}  {stage_said}{room}  {complaint}")


def _cases(desk: Desk, stage: str | None) -> Iterator[Case]:
    """Read case by case; one that is damaged is said to be, and hides no other."""
    from diagnose.case.record.reading import read_case
    from diagnose.errors import CasebookInvalid

    for chain in desk.chains():
        try:
            case = read_case(chain())
        except CasebookInvalid as problem:
            click.echo(f"damaged: {problem.message}", err=True)
            continue
        if stage in (None, case.stage):
            yield case
