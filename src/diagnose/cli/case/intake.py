"""`diagnose case open`: what the customer says, and what he hands over."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from diagnose.cli.case.desk import Desk, ask, desk_options
from diagnose.cli.case.probing import probe_options
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.cli.options import PLAUSIBLE_DAY, Function, WholeNumber
from diagnose.model.text import Text
from diagnose.report.wording import PageWords

if TYPE_CHECKING:
    from diagnose.knowledge.prices import PriceBook
    from diagnose.model.case import Case
    from diagnose.model.intake import Contact, Identifiers, Intake
    from diagnose.model.retention import Retention

Model = TypeVar("Model")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_CHINESE_LETTER = re.compile(r"[\u4e00-\u9fff]")


_FIELDS = (
    click.option("--complaint", help="What is wrong, in the customer's own words."),
    click.option(
        "--complaint-language",
        metavar="TAG",
        help="What language that is: de, zh-CN (default: Chinese where it has Chinese characters).",
    ),
    click.option(
        "--symptom",
        "symptoms",
        multiple=True,
        metavar="CODE",
        help="A symptom he reports (see `diagnose symptoms list`).",
    ),
    click.option("--condition", multiple=True, metavar="TEXT", help="What can be seen on it."),
    click.option(
        "--accessory",
        "accessories",
        multiple=True,
        metavar="TEXT",
        help="Handed over with the phone: charger, case, SIM card.",
    ),
    click.option("--in-warranty/--out-of-warranty", default=None, help="Does the maker pay?"),
    click.option("--warranty-reason", default="", help="Why it is out of warranty."),
    click.option("--seller", default="", help="Who sold the phone."),
    click.option("--sale-date", type=PLAUSIBLE_DAY, help="When it was sold."),
    click.option("--voucher/--no-voucher", default=None, help="Is the 三包 voucher there?"),
    click.option("--earlier-repairs", type=WholeNumber(0, 100), help="Repairs before this one."),
    click.option("--name", "customer", help="The customer's name. Kept apart, erasable."),
    click.option("--phone", help="How he is reached. Kept apart, erasable."),
    click.option("--email", default="", help="Kept apart, erasable."),
    click.option("--address", default="", help="Kept apart, erasable."),
    click.option("--imei", multiple=True, metavar="DIGITS", help="Kept apart, erasable."),
    click.option("--serial-number", default="", help="Kept apart, erasable."),
    click.option("--network-code", default="", help="进网标志扰码号. Kept apart, erasable."),
    click.option("--invoice", default="", metavar="NUMBER", help="Kept apart, erasable."),
)


def intake_options(function: Function) -> Function:
    """Add everything that is noted when a phone is handed over."""
    for add in reversed(_FIELDS):
        function = add(function)
    return function


@click.command("open")
@intake_options
@click.option("--shop", help="Whose law and prices: a file in profiles/shops, or a path.")
@click.option(
    "--fee-told/--fee-not-told",
    default=None,
    help="Was the customer told what the diagnosis costs? Else it may not be charged.",
)
@click.option(
    "--keep-days",
    type=WholeNumber(1, 3660),
    help="Days to keep private data after the case ends, instead of the shop's own term.",
)
@click.option("--keep-reason", help="Why they are kept that long. The customer reads it.")
@probe_options
@desk_options
def open_case(desk: Desk, **options: Any) -> None:
    """Open a case: what the customer says, and what he hands over.

    Contact, IMEI, signatures and what is written freely are erased when their time has run out
    (case erase --due). The customer's page says when that is.
    """
    from diagnose.case.record.entries import opened
    from diagnose.cli.case.next import go_on
    from diagnose.cli.case.shop import shop_of
    from diagnose.cli.case.symptoms import codes_of
    from diagnose.cli.case.view import show

    probing = {name: options.pop(name) for name in ("serial", "plan", "simulated", "scale")}
    options["complaint"] = _complaint(
        ask(options["complaint"], "What does the customer say?", option="--complaint")
    )
    _ask_for_more(options)
    options["symptoms"] = codes_of(options["symptoms"])
    named, book = shop_of(options["shop"])
    told = _fee_told(book, options["fee_told"])
    entry = opened(
        read_intake(options),
        read_contact(options),
        read_identifiers(options),
        _retention(options, book),
        book.terms(named, fee_told=told),
    )
    case = desk.open_case(entry)
    show(case, lang=desk.lang, as_json=desk.as_json)
    if is_interactive():
        go_on(desk, case.case_id, probing)
    else:
        click.echo(f"→ diagnose case diagnose {case.case_id}", err=True)


def _complaint(typed: str) -> str:
    from diagnose.errors import UsageError
    from diagnose.model.intake import LONGEST_COMPLAINT

    if not typed.strip():
        raise UsageError("a case begins with what the customer says", hint="--complaint TEXT")
    if len(typed) > LONGEST_COMPLAINT:
        raise UsageError(
            f"the complaint has {len(typed)} characters, a case holds {LONGEST_COMPLAINT}",
            hint="shorten it to what the customer means",
        )
    return typed


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


def _ask_for_more(options: dict[str, Any]) -> None:
    """Ask, on a terminal, for what was not given; nothing of it must be answered."""
    if not is_interactive():
        return
    for name, question in (
        ("symptoms", "Symptom codes, with commas (diagnose symptoms list)"),
        ("condition", "What can be seen on the phone, with commas"),
        ("accessories", "Accessories, with commas"),
    ):
        if not options[name]:
            read = _known_symptoms if name == "symptoms" else _words
            options[name] = click.prompt(
                in_words(question), default="", show_default=False, err=True, value_proc=read
            )
    for name, question in (("customer", "Customer's name"), ("phone", "Customer's phone number")):
        if options[name] is None:
            options[name] = click.prompt(
                in_words(question), default="", show_default=False, err=True
            )


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


def read_intake(options: dict[str, Any]) -> Intake:
    """Make the intake out of the options. Raises `UsageError`."""
    from diagnose.errors import UsageError
    from diagnose.model.intake import Intake, Warranty

    if options["in_warranty"] is False and not options["warranty_reason"]:
        raise UsageError(
            "why it is out of warranty must be written down", hint="add --warranty-reason TEXT"
        )
    sold: datetime | None = options["sale_date"]
    return _checked(
        Intake,
        complaint=options["complaint"],
        language=_language(options["complaint"], options["complaint_language"]),
        symptoms=options["symptoms"],
        condition=options["condition"],
        accessories=options["accessories"],
        warranty=_checked(
            Warranty,
            in_warranty=options["in_warranty"],
            reason=options["warranty_reason"],
            seller=options["seller"],
            sale_date=sold.date() if sold else None,
            has_voucher=options["voucher"],
            earlier_repairs=options["earlier_repairs"],
        ),
    )


def corrected_intake(
    case: Case, options: dict[str, Any], given: set[str]
) -> tuple[Intake, Contact, Identifiers]:
    """Read an intake in which only what was given is other than it was."""
    from diagnose.cli.case.symptoms import codes_of

    if "symptoms" in given:  # a code of another catalogue may be noted: it is not corrected
        options["symptoms"] = codes_of(options["symptoms"])
    now = _as_recorded(case) | {name: options[name] for name in given}
    if "complaint" in given and now["complaint"] != case.intake.complaint:
        now["complaint"] = _complaint(now["complaint"])
        now["complaint_language"] = options["complaint_language"]
    intake = read_intake(now)
    if not given & {"complaint", "complaint_language"} or intake.complaint == case.intake.complaint:
        language = options["complaint_language"] or case.intake.language
        intake = intake.model_copy(update={"language": language})
    return intake, read_contact(now), read_identifiers(now)


def _as_recorded(case: Case) -> dict[str, Any]:
    """What is noted, under the names of the options that say it."""
    from diagnose.model.intake import Contact, Identifiers

    intake, warranty = case.intake, case.intake.warranty
    contact, numbers = case.contact or Contact(), case.identifiers or Identifiers()
    sold = warranty.sale_date
    return {
        "complaint": intake.complaint,
        "complaint_language": intake.language or None,
        "symptoms": intake.symptoms,
        "condition": intake.condition,
        "accessories": intake.accessories,
        "in_warranty": warranty.in_warranty,
        "warranty_reason": warranty.reason,
        "seller": warranty.seller,
        "sale_date": datetime(sold.year, sold.month, sold.day) if sold else None,  # noqa: DTZ001 - a day
        "voucher": warranty.has_voucher,
        "earlier_repairs": warranty.earlier_repairs,
        "customer": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "address": contact.address,
        "imei": numbers.imei,
        "serial_number": numbers.serial,
        "network_code": numbers.network_access_code,
        "invoice": numbers.invoice_number,
    }


def _fee_told(book: PriceBook, given: bool | None) -> bool:
    """Whether he was told the fee before anything is tested; asked where there is one."""
    if given is not None or not book.fee:
        return bool(given)
    if not is_interactive():
        return False
    en, zh = (PageWords(lang).money(book.fee, book.currency) for lang in ("en", "zh-CN"))
    credited = book.diagnosis.credited
    question = Text(
        f"The diagnosis costs {en}{' if nothing is repaired' * credited}. Was the customer told?",
        f"{'如不维修，' * credited}检测费 {zh}。是否已告知客户？",
    )
    return click.confirm(in_words(question), default=None, err=True)


def _retention(options: dict[str, Any], book: PriceBook) -> Retention:
    """Read the rule of the shop, with other days where those were named."""
    from diagnose.errors import UsageError
    from diagnose.model.retention import Retention

    rule = book.retention.retention
    days, reason = options["keep_days"], options["keep_reason"]
    if days is None and reason is None:
        return rule
    if days is None or not reason:
        raise UsageError(
            "say both how long private data are kept and why: --keep-days, --keep-reason"
        )
    return Retention(days=days, days_without_work=days, reason=Text(reason), source="")


def read_contact(options: dict[str, Any]) -> Contact:
    """Make the contact out of the options. Raises `UsageError`."""
    from diagnose.model.intake import Contact

    return _checked(
        Contact,
        name=options["customer"] or "",
        phone=options["phone"] or "",
        email=options["email"],
        address=options["address"],
    )


def read_identifiers(options: dict[str, Any]) -> Identifiers:
    """Make the numbers of the phone out of the options. Raises `UsageError`."""
    from diagnose.model.intake import Identifiers

    return _checked(
        Identifiers,
        imei=tuple(_imei(word) for word in options["imei"]),
        serial=options["serial_number"],
        network_access_code=options["network_code"],
        invoice_number=options["invoice"],
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
