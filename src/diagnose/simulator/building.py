"""Bundled virtual phones: loaded from their folders, with the faults that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import tomli

from diagnose.errors import UnknownName, UsageError
from diagnose.simulator.phone import Phone, Section
from diagnose.simulator.registry import FAULTS, load_areas

PHONES = Path(__file__).parent / "phones"


def phone_names() -> list[str]:
    """The bundled virtual phones."""
    return sorted(folder.name for folder in PHONES.iterdir() if (folder / "identity.toml").exists())


def build_phone(
    name: str, fault_names: Iterable[str] = (), *, now: datetime | None = None
) -> Phone:
    """Load a bundled phone and apply state faults in the order given."""
    load_areas()
    if name not in phone_names():
        raise UnknownName("virtual phone", name, phone_names())
    phone = Phone(name, (_load(name, kind) for kind in Section.__subclasses__()), now=now)
    for fault_name in fault_names:
        apply_fault(phone, fault_name)
    return phone


def apply_fault(phone: Phone, name: str) -> None:
    """Change the state as the fault says; `UsageError` where this phone cannot have it."""
    if name not in FAULTS:
        raise UnknownName("fault", name, FAULTS)
    fault = FAULTS[name]
    if why_not := fault.fits(phone):
        raise UsageError(f"{phone.name} cannot have {name}: {why_not}")
    fault.apply(phone)
    phone.faults.append(name)


def _load(phone_name: str, kind: type[Section]) -> Section:
    path = PHONES / phone_name / f"{kind.AREA}.toml"
    values = tomli.loads(path.read_text("utf-8")) if path.exists() else {}
    return kind.model_validate(values)
