"""What a ticket system must be able to do, and how its adapter is found.

An adapter is one file: `diagnose/tickets/adapters/NAME.py` with the class as `ADAPTER`, or a
package of somebody else with the entry point `diagnose.tickets`. `conformance.py` tests it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar, Protocol

from diagnose.errors import UnknownName
from diagnose.model.frozen import Frozen
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.tickets import adapters
from diagnose.tickets.content import Content
from diagnose.tickets.wire import Wire

ENTRY_POINTS = "diagnose.tickets"


@dataclass(frozen=True)
class SeenTicket:
    """What a system holds of a ticket: values by field, and the SHA-256 of files by name."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketFinding:
    """One line of `ticket check`; `ok` None: this system does not tell."""

    name: str
    ok: bool | None
    text: Text
    hint: Text | None = None


@dataclass(frozen=True)
class Access:
    """How requests prove who sends them."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    auth: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Setting:
    """What an adapter works with. `fields` says of each mapped field what it is made of."""

    system: str
    options: Any
    fields: Mapping[str, str]
    wire: Wire
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words that may be sent to a field, where the mapping limits them."""

    @property
    def delivery_field(self) -> str:
        """The field that holds the delivery id."""
        return next(name for name, source in self.fields.items() if source == "delivery_id")


class Adapter(Protocol):
    """One ticket system. Every method may raise `AttemptFailed`; none tries anything twice.

    `Options` is the table `[options]` of a mapping, `secrets` what is taken from the environment
    or the keyring. `searchable`: a ticket is found by its delivery id, so the mapping must name a
    field for it. `settles_s`: how long after a request its search may not know of it yet.
    """

    Options: ClassVar[type[Frozen]]
    secrets: ClassVar[tuple[str, ...]]
    searchable: ClassVar[bool]
    settles_s: ClassVar[float]

    def __init__(self, setting: Setting) -> None: ...

    @staticmethod
    def access(options: Any, secrets: Mapping[str, str]) -> Access:
        """Say how to prove who we are."""

    def find(self, delivery_id: str) -> Sequence[str]:
        """Name the tickets that hold a delivery id, the oldest first."""

    def create(self, content: Content) -> str:
        """Make a ticket and name it; a system that takes files apart may leave them to later."""

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read back what was sent; None: this system cannot be read."""

    def complete(self, ref: str, missing: Content) -> None:
        """Write the fields and attach the files that a ticket still lacks."""

    def append(self, ref: str, note: Content) -> None:
        """Add the text of a note; its files are attached already. Never a status."""

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Whether a note with this delivery id stands at a ticket; None: it cannot be read."""

    def link(self, ref: str) -> str:
        """Give the address at which a person opens the ticket; empty where there is none."""

    def check(self) -> Iterator[TicketFinding]:
        """Look at the live system: credentials, place, every mapped field, limits, rights."""


class OneWay:
    """What adapters have in common that only hand over: whoever takes it tells by the id."""

    searchable: ClassVar[bool] = False
    settles_s: ClassVar[float] = 0.0

    @staticmethod
    def access(_options: Any, _secrets: Mapping[str, str]) -> Access:
        """Nothing to prove with a request."""
        return Access()

    def find(self, _delivery_id: str) -> Sequence[str]:
        """It cannot be searched."""
        return ()

    def see(self, _ref: str, _content: Content) -> SeenTicket | None:
        """It cannot be read back."""
        return None

    def complete(self, _ref: str, _missing: Content) -> None:
        """What is handed over is never half."""

    def has_note(self, _ref: str, _delivery_id: str) -> bool | None:
        """It cannot be read back."""
        return None

    def link(self, _ref: str) -> str:
        """No address."""
        return ""


def adapter_names() -> list[str]:
    """Every adapter: those that ship with the product, and those of other packages."""
    own = {module.name for module in pkgutil.iter_modules(adapters.__path__)}
    return sorted(own | _brought(tuple(sys.path)).keys())


def adapter_class(name: str) -> type[Adapter]:
    """Load an adapter. Raises `UnknownName`."""
    points = _brought(tuple(sys.path))
    if name in points:
        found: type[Adapter] = points[name].load()
        return found
    if name not in adapter_names():
        raise UnknownName("ticket adapter", name, adapter_names())
    own: type[Adapter] = importlib.import_module(f"{adapters.__name__}.{name}").ADAPTER
    return own


@cache
def _brought(_places: tuple[str, ...]) -> dict[str, EntryPoint]:
    """What other packages bring; looking through all of them takes some milliseconds each time."""
    return {point.name: point for point in entry_points(group=ENTRY_POINTS)}
