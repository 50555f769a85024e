"""Which phone state a USB device shows, by the identity table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli

from diagnose.ladder.state import State
from diagnose.model.plain import dataclass
from diagnose.parsers.usb.descriptors import Descriptors

_TABLE = Path(__file__).parent / "identities.toml"
Triple = tuple[int, int, int]


@dataclass(frozen=True)
class Identity:
    """One row of the table; exactly one of `ids` and `interface` is set."""

    state: State
    source: str
    ids: tuple[int, int | None] | None = None
    interface: tuple[int | None, int | None, int | None] | None = None
    vendors: bool = False


@dataclass(frozen=True)
class Table:
    """The identity table: rows in their order, makers of phones, classes that are no phones."""

    rows: tuple[Identity, ...]
    vendors: dict[int, str]
    never: frozenset[int]
    never_alone: frozenset[int]


@cache
def table() -> Table:
    """Read the table that ships with the product."""
    read = tomli.loads(_TABLE.read_text("utf-8"))
    vendors = {int(key, 16): name for key, name in read["vendors"].items() if key != "source"}
    return Table(
        rows=tuple(_row(row) for row in read["identity"]),
        vendors=vendors,
        never=_codes(read["other_things"]["any"]),
        never_alone=_codes(read["other_things"]["only"]),
    )


def _codes(words: list[str]) -> frozenset[int]:
    return frozenset(int(code, 16) for code in words)


def _row(row: dict[str, str]) -> Identity:
    state, source = State(row["state"]), row["source"]
    if "id" in row:
        vendor, _, product = row["id"].partition(":")
        wanted = None if product == "*" else int(product, 16)
        return Identity(state, source, ids=(int(vendor, 16), wanted))
    cls, sub, protocol = (None if p == "*" else int(p, 16) for p in row["interface"].split("/"))
    return Identity(state, source, interface=(cls, sub, protocol), vendors=bool(row.get("vendors")))


def maker(vendor: int) -> str:
    """The maker of phones with this vendor id; empty where it is none."""
    return table().vendors.get(vendor, "")


def recognise(device: Descriptors) -> Identity | None:
    """Find the row that fits; None where the device is no phone."""
    return next((row for row in table().rows if _fits(row, device)), None)


def _fits(row: Identity, device: Descriptors) -> bool:
    if row.ids is not None:
        vendor, product = row.ids
        return device.vendor == vendor and product in (None, device.product)
    if row.vendors and not _is_phone_makers(device):
        return False
    if row.state is State.CHARGE_ONLY:
        return True
    return any(_same(row.interface, one.triple) for one in device.interfaces)


def _is_phone_makers(device: Descriptors) -> bool:
    offered = {one.triple[0] for one in device.interfaces}
    other = (offered | {device.device_class}) & table().never
    alone = bool(offered) and offered <= table().never_alone
    return device.vendor in table().vendors and not other and not alone


def _same(pattern: tuple[int | None, int | None, int | None] | None, triple: Triple) -> bool:
    return pattern is not None and all(p in (None, t) for p, t in zip(pattern, triple, strict=True))
