"""What several properties say of the bootloader's lock, and how far each is believed."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.plain import dataclass
from diagnose.parsers.property_values import line_of

# Property, what its words say for "locked", trust. The older `flash.locked` can be written by a
# changed boot image; verified boot and vbmeta come from the verifying bootloader itself.
_SOURCES: tuple[tuple[str, Mapping[str, bool], int], ...] = (
    ("ro.boot.flash.locked", {"1": True, "0": False}, 50),
    ("ro.secureboot.lockstate", {"locked": True, "unlocked": False}, 60),
    ("ro.boot.verifiedbootstate", {"green": True, "yellow": True, "orange": False}, 70),
    ("ro.boot.vbmeta.device_state", {"locked": True, "unlocked": False}, 80),
)


@dataclass(frozen=True)
class LockStatement:
    """One property's word on the lock; `raw` is its line in `getprop`."""

    locked: bool
    source: str
    trust: int
    raw: str


def lock_statements(properties: Mapping[str, str]) -> tuple[LockStatement, ...]:
    """Read every statement there is, the least trusted first."""
    return tuple(
        LockStatement(means[value], name, trust, line_of(properties, name))
        for name, means, trust in _SOURCES
        if (value := properties.get(name, "").strip().lower()) in means
    )
