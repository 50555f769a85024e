"""Bootloader variables as `getvar all` prints them, whatever the loader's spelling.

Seen: `battery-voltage:4148mV`, `3747`, `partition-size:userdata: 0x1A92FFB000`, hex without 0x,
`slot-retry-count:b:7`, ` product: SF_3GR` with a blank before, headings in `=====`, names `(null)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from diagnose.model.plain import dataclass

_MOST = 2000
_LONGEST = 400
_NUMBER = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(m?V|mv|uV|%)?\s*")
# A variable's own name may hold colons: the first word decides how many of them belong to it.
_WITH_PART = {
    "partition-type", "partition-size", "has-slot", "slot-retry-count", "slot-unbootable",
    "slot-successful", "is-logical", "slot-suffix", "erase-block-size-of",
}  # fmt: skip
_NOT_THERE = {"", "(null)", "null", "none", "unknown", "n/a"}


@dataclass(frozen=True)
class Slot:
    """One of the two copies of the system, as the loader counts its attempts to start it."""

    name: str
    tries_left: int | None = None
    unbootable: bool | None = None
    successful: bool | None = None


def parse_variables(lines: Iterable[str]) -> Mapping[str, str]:
    """Read `name: value` lines; what is none is left out; of two equal names the first counts."""
    found: dict[str, str] = {}
    for line in lines:
        name, value = _split(line.strip()[:_LONGEST])
        if name and len(found) < _MOST:
            found.setdefault(name, value)
    return found


def _split(line: str) -> tuple[str, str]:
    if ":" not in line or line.startswith(("=", "(null)")):
        return "", ""
    name, _, rest = line.partition(":")
    name = name.strip().lower()
    if name in _WITH_PART and ":" in rest:
        part, _, rest = rest.partition(":")
        name = f"{name}:{part.strip().lower()}"
    return name, rest.strip()


def first_held(variables: Mapping[str, str], *names: str) -> str:
    """The first of these variables that holds anything; empty where none does."""
    for name in names:
        value = variables.get(name, "").strip()
        if value.lower() not in _NOT_THERE:
            return value
    return ""


def yes_or_no(text: str) -> bool | None:
    """Read yes/no, true/false, 1/0 in any case; None for anything else."""
    word = text.strip().lower()
    if word in ("yes", "true", "1", "on"):
        return True
    return False if word in ("no", "false", "0", "off") else None


def millivolts(text: str) -> int | None:
    """Read a voltage in mV, V or µV; None for 0, nothing, or what no phone battery can have."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    value = float(match[1])
    unit = (match[2] or "").lower()
    scale = {"v": 1000.0, "uv": 0.001}.get(unit, 1.0)
    if not unit and value > 100_000:
        scale = 0.001  # microvolts, unsaid
    found = round(value * scale)
    return found if 1000 <= found <= 15_000 else None


def slots(variables: Mapping[str, str]) -> tuple[Slot, ...]:
    """The slots a loader tells of, by name; empty where the phone has one system only."""
    names = {
        name.partition(":")[2].lstrip("_")
        for name in variables
        if name.startswith(("slot-retry-count:", "slot-unbootable:", "slot-successful:"))
    }
    return tuple(_slot(name, variables) for name in sorted(names) if re.fullmatch("[a-d]", name))


def _slot(name: str, variables: Mapping[str, str]) -> Slot:
    def of(kind: str) -> str:
        return variables.get(f"{kind}:{name}", variables.get(f"{kind}:_{name}", ""))

    tries = of("slot-retry-count")
    return Slot(
        name=name,
        tries_left=int(tries) if re.fullmatch(r"\d{1,3}", tries) else None,
        unbootable=yes_or_no(of("slot-unbootable")),
        successful=yes_or_no(of("slot-successful")),
    )


def lock_state(variables: Mapping[str, str]) -> bool | None:
    """Whether the loader is locked: `unlocked: no`, `device_state: locked`; None: not said."""
    unlocked = yes_or_no(first_held(variables, "unlocked"))
    if unlocked is not None:
        return not unlocked
    words = first_held(variables, "device-state", "device_state", "lock-state", "locked").lower()
    if words in ("locked", "lock"):
        return True
    if words in ("unlocked", "unlock"):
        return False
    return yes_or_no(first_held(variables, "locked"))
