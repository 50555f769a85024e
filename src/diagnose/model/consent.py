"""Consent: what the customer decided, about exactly which page, and how he said so.

A consent is bound to the digest of the report he was shown (the quote is part of that report).
Who he is stands apart in `Signer`, and can be erased; the decision itself stays.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from diagnose.model.frozen import Frozen
from diagnose.model.money import Amount, Currency

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Choice(StrEnum):
    """The customer's decision as a whole."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REFUSE = "refuse"
    ACKNOWLEDGE = "acknowledge"  # nothing was proposed, and he has taken note of it


class Method(StrEnum):
    """How the customer said so."""

    SIGNATURE = "signature"
    PIN_PAD = "pin_pad"
    ORAL = "oral"
    PAPER = "paper"


class ItemDecision(Frozen):
    """The decision on one item of the quote."""

    code: str
    accepted: bool


class DataHandling(Frozen):
    """What was agreed about the data on the phone; None: it was not asked."""

    backup_done: bool | None = None
    maintenance_mode_recommended: bool = False
    wipe_agreed: bool | None = None


class Point(Frozen):
    """A point of a signature, in thousandths of the pad's width and height, and when (ms)."""

    x: int = Field(ge=0, le=10_000)
    y: int = Field(ge=0, le=10_000)
    ms: int = Field(default=0, ge=0, le=600_000)


Stroke = Annotated[tuple[Point, ...], Field(min_length=1, max_length=5000)]


class MediaType(StrEnum):
    """What a scan may be."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


LARGEST_SCAN = 12_000_000
"""Bytes: a page at 300 dpi in colour has about two million as JPEG."""


class Scan(Frozen):
    """A signed sheet of paper, as it was scanned: whole, so that it can be printed again."""

    media_type: MediaType
    sha256: Sha256
    data: str = Field(max_length=4 * LARGEST_SCAN // 3 + 4, description="base64")


class Signer(Frozen):
    """Who decided, and his mark. Kept apart from the record, and erasable.

    `scan` is the sheet he signed on paper. `pin_receipt` is the number the PIN pad printed; the
    PIN itself never gets here.
    """

    person: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    strokes: tuple[Stroke, ...] = Field(default=(), max_length=500)
    pin_receipt: str = Field(default="", max_length=100)
    scan: Scan | None = Field(default=None, exclude_if=lambda scan: scan is None)


class Statement(Frozen):
    """How a statement of the customer was taken: method, moment, language, and by whom.

    For an oral one California (16 CCR 2722) asks for date and time, the person, the phone number
    and the receiver's name; person and number are in `signer`.
    """

    method: Method
    at: AwareDatetime
    language: str = Field(min_length=2, max_length=35)
    receiver: str = Field(default="", max_length=200)
    witness: str = Field(default="", max_length=200)
    signer: Signer | None = Field(default=None, description="Absent once it was erased.")

    @model_validator(mode="after")
    def _carries_its_mark(self) -> Self:
        if self.method is Method.ORAL and not self.receiver:
            raise ValueError("an oral statement needs the name of the person who received it")
        if self.signer is None:  # erased, or kept apart: the commitment in the chain stands for it
            return self
        if self.method is Method.SIGNATURE and not self.signer.strokes:
            raise ValueError("a signature needs its strokes")
        if self.method is Method.PAPER and self.signer.scan is None:
            raise ValueError("a statement on paper needs the scan of the signed sheet")
        if self.method is Method.PIN_PAD and not self.signer.pin_receipt:
            raise ValueError("a PIN pad decision needs the number of its receipt")
        if self.method is Method.ORAL and not (self.signer.person and self.signer.phone):
            raise ValueError("an oral statement needs the person and the phone number")
        return self


class ShownDocuments(Frozen):
    """The two documents he was shown: the SHA-256 of the words of each, in this language.

    The sheet names the annex's; who signs the sheet signs both.
    """

    language: str = Field(min_length=2, max_length=35)
    sheet: Sha256
    annex: Sha256


class Consent(Frozen):
    """One decision. A refusal has the same form: it is recorded as properly as a consent.

    `agreed_total` is what the accepted items cost together; `ceiling` the most the customer pays:
    the same, unless an item has neither price nor maximum and he named one himself. A fee he was
    told before is due whatever he decides: it is no decision where nothing is repaired. `shown` is
    what lay before him, beside the report and the quote that it was made of.
    """

    choice: Choice
    report_digest: Sha256
    quote_digest: Sha256
    decisions: tuple[ItemDecision, ...]
    currency: Currency
    agreed_total: Amount
    ceiling: Amount
    data: DataHandling = DataHandling()
    reason: str = Field(default="", max_length=1000)
    shown: ShownDocuments | None = Field(default=None, exclude_if=lambda shown: shown is None)
    statement: Statement

    @model_validator(mode="after")
    def _says_what_it_decides(self) -> Self:
        accepted = [decision for decision in self.decisions if decision.accepted]
        expected: tuple[Choice, ...] = (Choice.PARTIAL,)
        if not self.decisions:
            expected = (Choice.ACKNOWLEDGE, Choice.REFUSE)
        elif not accepted:
            expected = (Choice.REFUSE,)
        elif len(accepted) == len(self.decisions):
            expected = (Choice.ACCEPT,)
        if self.choice not in expected:
            raise ValueError(f"the decisions make it {expected[0]}, not {self.choice}")
        if self.agreed_total > self.ceiling:
            raise ValueError("the accepted items cost more than the ceiling")
        return self

    @property
    def accepted(self) -> tuple[str, ...]:
        """The codes of the items that were accepted."""
        return tuple(decision.code for decision in self.decisions if decision.accepted)


class Withdrawal(Frozen):
    """The customer takes a consent back; `consent` is the number of its event."""

    consent: int = Field(ge=1)
    reason: str = Field(default="", max_length=1000)
    statement: Statement


class ChangeKind(StrEnum):
    """What kind of thing is not as it was shown."""

    FINDING = "finding"
    PRICE = "price"
    PART = "part"
    QUOTE = "quote"
    MEASUREMENT = "measurement"
    INTAKE = "intake"
    OTHER = "other"


class Difference(Frozen):
    """One place in which two documents differ; an empty text stands for "was not there".

    `place` is the way to it: `quote/items/battery-part/unit_price`.
    """

    kind: ChangeKind
    place: str
    before: str
    after: str


class Voiding(Frozen):
    """A consent that no longer holds, for what was shown is not what is there now."""

    consent: int = Field(ge=1)
    report_digest: Sha256
    differences: tuple[Difference, ...]
    omitted: int = Field(default=0, ge=0)
    above_ceiling: bool = False
