"""`PHONE+FAULT+FAULT` on the command line: which phone, with which faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diagnose.errors import UnknownName, UsageError
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.tradein import SimulatedTradeIn
from diagnose.simulator.wire.faults import WIRE_FAULT_NAMES, WireFaults

HOSTILE = "hostile"
FIRST_WITH_TRADE_IN = 36


@dataclass(frozen=True)
class Specification:
    """A virtual phone as it was ordered."""

    text: str
    phone: str
    state_faults: tuple[str, ...]
    wire_faults: WireFaults
    hostile: bool = False
    appearance: str = ""

    def build(self, *, now: datetime | None = None) -> Phone:
        """Build the phone with its state faults."""
        phone = build_phone(self.phone, self.state_faults, now=now)
        if self.wire_faults.tradein_foyer:
            _reset(phone)
        return phone


def _reset(phone: Phone) -> None:
    """Put a phone into the foyer of trade-in mode; raises `UsageError` before Android 16."""
    if phone[SimulatedIdentity].sdk < FIRST_WITH_TRADE_IN:
        raise UsageError(f"{phone.name} cannot have tradein-foyer: it came with Android 16")
    phone[SimulatedTradeIn].mode = "open"


def parse_specification(text: str) -> Specification:
    """Read `PHONE+FAULT…`. Raises `UnknownName` or `UsageError` with what there is."""
    load_areas()
    phone, *faults = text.split("+")
    if phone not in phone_names():
        raise UnknownName("virtual phone", phone, phone_names())
    known = {*FAULTS, *WIRE_FAULT_NAMES, HOSTILE, *APPEARANCES}
    for name in faults:
        if name.partition(":")[0] not in known:
            raise UnknownName("fault", name, known)
    wire = [name for name in faults if name.partition(":")[0] in WIRE_FAULT_NAMES]
    try:
        wire_faults = WireFaults.parse(wire)
    except ValueError as problem:
        raise UsageError(str(problem), hint="see: diagnose simulate --list") from problem
    return Specification(
        text=text,
        phone=phone,
        state_faults=tuple(name for name in faults if name in FAULTS),
        wire_faults=wire_faults,
        hostile=HOSTILE in faults,
        appearance=_appearance([name for name in faults if name in APPEARANCES], wire),
    )


def _appearance(names: Sequence[str], wire: Sequence[str]) -> str:
    """How it shows itself outside; one way only, and then there is no adb to have faults."""
    if len(names) > 1:
        raise UsageError(f"a phone cannot be {names[0]} and {names[1]} at once")
    if names and wire:
        raise UsageError(f"a phone that is {names[0]} has no adb connection to be {wire[0]}")
    return names[0] if names else ""
