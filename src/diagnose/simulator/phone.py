"""A virtual phone: its state by area, and the answers its shell gives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One area of a phone's state; faults change it, services render it.

    `AREA` names the file `phones/<phone>/<area>.toml` that fills it.
    """

    AREA: ClassVar[str] = ""
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


SectionType = TypeVar("SectionType", bound=Section)


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
