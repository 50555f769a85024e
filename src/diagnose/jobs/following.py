"""A run that follows its phone from state to state: one capture, one report.

In every state the phone stays in, it is asked what that state can answer and what is not known
yet; what it went through is recorded beside its answers. It is the same phone where a serial
number says so. A state that states none (a boot ROM) is taken for it on the same USB port only,
and never one that states another number.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from diagnose.discovery.faces import Device, Face, faces_as_json
from diagnose.discovery.watch import Change, Listing, changes
from diagnose.ladder.state import State
from diagnose.model.plain import dataclass
from diagnose.model.requests import Channel
from diagnose.requests.host import FACES
from diagnose.requests.trail import CHANGES
from diagnose.run.capture import Header
from diagnose.run.plan import Plan
from diagnose.transports.adb.host import Address

_MOST_STATES = 50  # a loose plug changes for ever


@dataclass
class Trail:
    """What was seen of one phone: its faces in order, and how often it went away and came back."""

    device: Device
    listing: Listing | None = None
    faces: list[Face] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    came_back: int = 0
    serial: str = ""

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._away = False
        self._see(self.device)

    def states_of(
        self, address: Address, seconds: float, stopped: Callable[[], bool]
    ) -> Iterator[Device]:
        """Yield the phone as it is, then in each state it changes to; ends when time is up."""
        deadline = self._began + seconds

        def stop() -> bool:
            return stopped() or time.monotonic() >= deadline

        yield self.device
        as_it_was = () if self._away else (self.device,)  # it may have left while it was asked
        for change in changes(
            address, listing=self.listing, stop=stop, reconnects=True, seen_before=as_it_was
        ):
            if self._is_ours(change.device) and self._heard(change):
                yield self.device

    def answers(self) -> dict[str, bytes]:
        """The answers of the channels `host` and `trail`."""
        told = {
            "watched_s": round(time.monotonic() - self._began, 1),
            "came_back": self.came_back,
            "states": [state.value for state in self.states],
        }
        return {FACES.key: faces_as_json(self.faces), CHANGES.key: json.dumps(told).encode()}

    def lost(self) -> None:
        """It went away while it was asked."""
        self._away = True

    def _is_ours(self, device: Device) -> bool:
        own = device.own_serial
        if own and self.serial:
            return own == self.serial
        same_port = bool(device.usb_path) and device.usb_path == self.device.usb_path
        return same_port or device.serial == self.device.serial

    def _heard(self, change: Change) -> bool:
        """Note what happened; whether the phone can be asked in another way now."""
        if change.kind == "left":
            self._away = True
            self._enter(State.NOTHING)
            return False
        before, self.device = self.device, change.device
        if self._away or before.state is change.device.state:
            self.came_back += 1
        asked_again, self._away = self._away, False
        self._see(change.device)
        return asked_again or before.state is not change.device.state

    def _see(self, device: Device) -> None:
        self.serial = self.serial or device.own_serial
        known = {(one.channel, one.state) for one in self.faces}
        shown = [one for one in device.ways if one.channel is not Channel.HOST]
        self.faces += [one for one in shown if (one.channel, one.state) not in known]
        self._enter(device.state)

    def _enter(self, state: State) -> None:
        if len(self.states) < _MOST_STATES and self.states[-1:] != [state]:
            self.states.append(state)


def whole_plan(plans: Sequence[Plan]) -> Plan:
    """One plan of those of all states: the one that goes furthest, with all that the others ask."""
    last = plans[-1]
    return replace(
        last,
        probes=tuple(dict.fromkeys(name for plan in plans for name in plan.probes)),
        required=frozenset().union(*(plan.required for plan in plans)),
        requests=tuple(dict.fromkeys(r for plan in plans for r in plan.requests)),
        refused={key: why for plan in plans for key, why in plan.refused.items()},
    )


def header_through(
    header: Header, plan: Plan, trail: Trail, channels: frozenset[Channel]
) -> Header:
    """The head of a capture whose phone went through several states."""
    faces = tuple(
        {
            "channel": face.channel.value,
            "connection": face.connection,
            "state": face.state.value,
        }
        for face in trail.faces
    )
    return replace(
        header,
        plan=plan.name,
        probes=plan.probes,
        required=tuple(sorted(plan.required)),
        refused=dict(plan.refused),
        least=plan.least,
        faces=faces,
        channels=tuple(sorted(channel.value for channel in channels)),
    )
