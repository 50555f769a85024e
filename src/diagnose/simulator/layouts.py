"""Which texts of the virtual phones have been seen on a real phone, and which are only believed.

A text is *heard* where captures of real phones show its layout: one of the same Android version, or
one of an older and one of a newer version (`layouts.toml`). Everything else is *unheard*: written
from sources and memory, by the same hand as its parser, and proof of nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from diagnose.simulator.phone import Phone
from diagnose.simulator.state.identity import SimulatedIdentity

_FILE = Path(__file__).with_name("layouts.toml")


@dataclass(frozen=True)
class Shown:
    """A capture that shows a layout: `folder/file` of a corpus, and its Android version."""

    capture: str
    android: float


@dataclass(frozen=True)
class Layout:
    """The layout of one command's answer. `makers`: of these only; empty: of every one.

    `unseen`: shapes of lines of ours in it that no capture shows.
    """

    command: str
    shown: tuple[Shown, ...]
    makers: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    def covers(self, android: float, maker: str) -> bool:
        """Whether captures show it for this version: the same one, or an older and a newer one."""
        versions = [one.android for one in self.shown]
        fits_maker = not self.makers or maker.lower() in self.makers
        return fits_maker and min(versions) <= android <= max(versions)

    def nearest(self, android: float) -> tuple[Shown, ...]:
        """The captures to hold it against: the newest that is not newer, the oldest not older."""
        older = max((one.android for one in self.shown if one.android <= android), default=None)
        newer = min((one.android for one in self.shown if one.android >= android), default=None)
        return tuple(one for one in self.shown if one.android in (older, newer))


def layout_of(phone: Phone, command: str) -> Layout | None:
    """Give the layout that captures show of this answer of the phone; None where it is unheard."""
    who = phone[SimulatedIdentity]
    android = version(who.release)
    found = (one for one in layouts().get(command, ()) if one.covers(android, who.manufacturer))
    return next(found, None)


@cache
def layouts() -> Mapping[str, Sequence[Layout]]:
    """Read the layouts that were seen, by command; those of a single maker first."""
    found: dict[str, list[Layout]] = {}
    for entry in tomllib.loads(_FILE.read_text("utf-8"))["layout"]:
        shown = tuple(Shown(name, float(of)) for name, of in entry["shown"].items())
        layout = Layout(
            entry["command"], shown, tuple(entry.get("makers", ())), tuple(entry.get("unseen", ()))
        )
        found.setdefault(layout.command, []).append(layout)
    return {
        command: sorted(several, key=lambda one: not one.makers)
        for command, several in found.items()
    }


def version(release: str) -> float:
    """The Android version as a number: `8.1.0` is 8.1."""
    major, _, rest = release.partition(".")
    return float(f"{int(major)}.{rest.partition('.')[0] or 0}")
