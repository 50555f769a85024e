"""A virtual phone: its state by area, and the answers its shell gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import tomli

from diagnose.errors import UnknownName, UsageError
from diagnose.simulator.registry import FAULTS, Section, load_areas

SectionType = TypeVar("SectionType", bound=Section)
PHONES = Path(__file__).parent / "phones"


class Stopwatch:
    """Seconds since it was first looked at."""

    def __init__(self) -> None:
        self._began: float | None = None

    def __call__(self) -> float:
        """Give the seconds; the first look starts it."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
        return now - self._began


class Phone:
    """One virtual phone. `phone[Battery]` is its battery section; faults have changed it already.

    `clock` is what the phone believes the time to be; `now` is the true time. `elapsed_s` is how
    long it has been watched: 0 when it is first asked, so that a phone asked once is always the
    same.
    """

    def __init__(
        self, name: str, sections: Iterable[Section], *, now: datetime | None = None
    ) -> None:
        self.name = name
        self.faults: list[str] = []
        self.now = now or datetime.now(UTC).replace(microsecond=0)
        self.clock = self.now
        self.elapsed_s: Callable[[], float] = Stopwatch()
        self._sections = {type(section): section for section in sections}

    def __getitem__(self, kind: type[SectionType]) -> SectionType:
        section = self._sections[kind]
        assert isinstance(section, kind)  # noqa: S101 - the mapping is built by type
        return section

    def apply(self, fault_name: str) -> None:
        """Change the state as the fault says; `UsageError` where this phone cannot have it."""
        if fault_name not in FAULTS:
            raise UnknownName("fault", fault_name, FAULTS)
        fault = FAULTS[fault_name]
        if why_not := fault.fits(self):
            raise UsageError(f"{self.name} cannot have {fault_name}: {why_not}")
        fault.apply(self)
        self.faults.append(fault_name)


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
        phone.apply(fault_name)
    return phone


def _load(phone_name: str, kind: type[Section]) -> Section:
    path = PHONES / phone_name / f"{kind.AREA}.toml"
    values = tomli.loads(path.read_text("utf-8")) if path.exists() else {}
    return kind.model_validate(values)
