"""Intake: what the customer said and what was handed over.

Who the customer is stands apart (`Contact`, `Identifiers`): a report never carries it, and it can
be erased without touching the record.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from diagnose.model.frozen import Frozen

LONGEST_COMPLAINT = 4000
_CUT = " … [cut]"


def cut_complaint(complaint: str) -> str:
    """Cut a complaint to what a report holds, visibly: a capture may hold a longer one."""
    if len(complaint) <= LONGEST_COMPLAINT:
        return complaint
    return complaint[: LONGEST_COMPLAINT - len(_CUT)] + _CUT


class Warranty(Frozen):
    """Whether the maker or seller pays. `in_warranty` None: not known.

    `reason` says why a phone is out of warranty; Chinese 三包 rules want it written down.
    """

    in_warranty: bool | None = None
    reason: str = Field(default="", max_length=500)
    seller: str = Field(default="", max_length=200)
    sale_date: date | None = None
    has_voucher: bool | None = None
    earlier_repairs: int | None = Field(default=None, ge=0, le=100)


class Seal(Frozen):
    """Stands for the customer's words in the digest of a page (see `model/words.py`).

    They can be erased, and the digest still fits. `salt` is empty once they were: without it the
    commitment (HMAC-SHA-256) tells nothing of them, not even to one who guesses right.
    """

    salt: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Intake(Frozen):
    """What the customer said, in his own words, and the symptoms it was sorted under.

    `condition` is what can be seen on the phone (scratches, a bent frame); `accessories` is what
    was handed over with it. Photographs are not kept. `seal` is there on the page of a case only.
    """

    complaint: str = Field(default="", max_length=LONGEST_COMPLAINT)
    language: str = Field(default="", max_length=35, description="BCP 47 tag of the complaint")
    symptoms: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    warranty: Warranty = Warranty()
    seal: Seal | None = Field(default=None, exclude_if=lambda seal: seal is None)


class Contact(Frozen):
    """How the customer is reached. Kept apart from the record, and erasable."""

    name: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=254)
    address: str = Field(default="", max_length=400)


class Identifiers(Frozen):
    """Numbers that lead to one phone or its buyer. Kept apart from the record, and erasable.

    They are what a 三包 voucher names: IMEI, serial number, network access code (进网标志扰码号)
    and invoice number.
    """

    imei: tuple[str, ...] = Field(default=(), max_length=4)
    serial: str = Field(default="", max_length=100)
    network_access_code: str = Field(default="", max_length=100)
    invoice_number: str = Field(default="", max_length=100)
