"""A ticket system opened: its adapter with a connection and the secrets it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnose.model.plain import dataclass
from diagnose.tickets.adapter import Adapter, Setting
from diagnose.tickets.credentials import secrets_of
from diagnose.tickets.mapping import TicketMapping
from diagnose.tickets.wire import Line, Wire, no_hold, no_wait


@dataclass(frozen=True)
class TicketSystem:
    """A mapping, its adapter, and the wire between."""

    mapping: TicketMapping
    adapter: Adapter
    wire: Wire


@contextmanager
def open_system(
    mapping: TicketMapping,
    *,
    hold: Callable[[], None] = no_hold,
    wait: Callable[[float], bool] = no_wait,
    cafile: Path | None = None,
) -> Iterator[TicketSystem]:
    """Open a system. `hold` and `wait`: see `Wire`. Raises `SecretMissing`."""
    kind, options = mapping.adapter_class, mapping.own_options
    secrets = secrets_of(mapping.name, kind.secrets)
    access = kind.access(options, secrets)
    line = Line(
        mapping.url,
        headers=access.headers,
        auth=access.auth,
        secrets=tuple(secrets.values()),
        cafile=cafile or mapping.cafile,
        timeout_s=mapping.timeout_s,
    )
    wire = Wire(line, hold=hold, wait=wait)
    setting = Setting(mapping.name, options, mapping.field_sources, wire, secrets, mapping.values)
    try:
        yield TicketSystem(mapping, kind(setting), wire)
    finally:
        wire.close()
