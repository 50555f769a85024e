"""What is done in which order: the mildest first, and what follows only where that did not help.

A possible cause is not repaired on a guess. But what costs nothing, or less than finding out, is
offered before further diagnosis where a measurement points to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from diagnose.knowledge.prices import Offer, PriceBook
from diagnose.model.action import RepairAction
from diagnose.model.fault import Fault
from diagnose.model.plain import dataclass
from diagnose.model.quote import DataRisk
from diagnose.model.text import Text

_MOST_MILD = 4
"""More than a customer reads; the ranking says which come first."""

_MINUTES_PER_HOUR = Decimal(60)


@dataclass(frozen=True)
class RepairStep:
    """One action to be done for a cause, and what the shop takes for it (None: not offered).

    `only_if` says what must have been tried before without help.
    """

    fault: Fault
    action: RepairAction
    offer: Offer | None
    only_if: Text | None = None


def repair_steps(faults: Iterable[Fault], book: PriceBook) -> Iterator[RepairStep]:
    """Every preparing action and the first that is none; each once, however many causes ask."""
    seen: set[str] = set()
    for fault in faults:
        tried: list[RepairAction] = []
        for action in _actions(fault, book):
            offer = book.actions.get(action.code)
            if action.code not in seen:
                seen.add(action.code)
                yield RepairStep(fault, action, offer, _only_if(tried))
            if action.may_solve and offer:
                tried.append(action)
            if not action.prepares:
                break


def mild_steps(faults: Iterable[Fault], book: PriceBook, seen: Collection[str]) -> list[RepairStep]:
    """The mildest step of causes that are only possible: free ones, and cheap ones that are shown.

    No part, nothing that erases data, nothing dearer than the further diagnosis it may save.
    """
    found: dict[str, RepairStep] = {}
    for fault in faults:
        step = _mildest(fault, book)
        if step and step.action.code not in {*seen, *found}:
            found[step.action.code] = step
    return list(found.values())[:_MOST_MILD]


def _mildest(fault: Fault, book: PriceBook) -> RepairStep | None:
    for action in _actions(fault, book):
        offer = book.actions.get(action.code)
        solves = action.may_solve or not action.prepares
        if offer is None or action.part or action.data_risk is DataRisk.ERASES:
            return None
        if solves:
            cheap = fault.shown and offer.labour_minutes <= book.diagnosis.further_minutes
            return RepairStep(fault, action, offer) if offer.free or cheap else None
    return None


def _actions(fault: Fault, book: PriceBook) -> Iterator[RepairAction]:
    """A report of another version may name actions that are not here."""
    return (book.catalogue[code] for code in fault.repair if code in book.catalogue)


def _only_if(tried: Collection[RepairAction]) -> Text | None:
    return only_if_not([action.title.text for action in tried]) if tried else None


def only_if_not(first: Sequence[Text]) -> Text:
    """Say that a step is done, and charged, only where what comes before it did not help."""
    if len(first) > 1:
        return Text(
            "Only if the steps before do not help; else not charged.",
            "仅在前面的步骤无效时进行，否则不收费。",
        )
    return Text(
        f"Only if this does not help: {first[0].en}; else not charged.",
        f"仅在“{first[0].zh}”无效时进行，否则不收费。",
    )
