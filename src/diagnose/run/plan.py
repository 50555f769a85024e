"""A plan: the distinct requests of one job, and the names of the probes they are for.

It holds no code and no text: what is asked can be known before anything that judges is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field, replace

from diagnose.model.plain import dataclass
from diagnose.model.requests import Channel, Request

Refusal = Callable[[Request], str | None]


@dataclass(frozen=True)
class Plan:
    """What will be asked: distinct requests, the slowest first, and for whom.

    `least` is the share of probes (0 to 1) that must answer.
    `channels`: for each probe that is wanted only where the phone offers it, those it asks on.
    `watched` are asked after all others, each at its time within the `watch_s` seconds.
    """

    name: str
    probes: tuple[str, ...]
    required: frozenset[str]
    requests: tuple[Request, ...]
    refused: Mapping[str, str]
    watched: tuple[Request, ...] = ()
    watch_s: float = 0.0
    channels: Mapping[str, frozenset[Channel]] = field(default_factory=dict)
    least: float = 0.0

    def on(self, channels: Collection[Channel]) -> Plan:
        """The same plan for a phone that has these channels only.

        Requests of other channels are not sent; their probes stay and say so, but for those that
        are wanted only where one of their `channels` is there.
        """
        idle = {name for name, own in self.channels.items() if own.isdisjoint(channels)}
        return replace(
            self,
            probes=tuple(name for name in self.probes if name not in idle),
            required=self.required - idle,
            requests=tuple(r for r in self.requests if r.channel in channels),
            watched=tuple(r for r in self.watched if r.channel in channels),
        )

    @property
    def all_requests(self) -> tuple[Request, ...]:
        """Everything that will be asked."""
        return self.requests + self.watched
