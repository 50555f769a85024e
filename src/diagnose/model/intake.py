"""Intake: what the customer said and what was handed over.

Who the customer is stands apart (`Contact`, `Identifiers`): a report never carries it, and it can
be erased without touching the record.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from diagnose.model.frozen import Frozen

LONGEST_COMPLAINT = 4000


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


class Intake(Frozen):
    """What the customer said, in his own words, and the symptoms it was sorted under.

    `condition` is what can be seen on the phone (scratches, a bent frame); `accessories` is what
    was handed over with it. Photographs are not kept.
    """

    complaint: str = Field(default="", max_length=LONGEST_COMPLAINT)
    language: str = Field(default="", max_length=35, description="BCP 47 tag of the complaint")
    symptoms: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    warranty: Warranty = Warranty()


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
