"""What every transport can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request

if TYPE_CHECKING:
    from diagnose.transports.adb.host import Address
    from diagnose.transports.usb.device import Bus, UsbDevice

Guard = Callable[[Request], str | None]

IDLE = object()
"""A step of `preload` that found nothing to do for now."""


class Transport(Protocol):
    """One way to one phone."""

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield exactly one reply for each request, in the order in which they end.

        Requests are started in the order given. Every request has its own total deadline. When
        the phone is lost, or after `abort`, the rest ends at once as `LOST` or `CANCELLED`.
        """
        ...

    def abort(self) -> None:
        """End every exchange that is under way, from any thread; never blocks."""
        ...


@dataclass(frozen=True)
class Way:
    """How one face of a phone is reached.

    `name`: its serial at the adb server, its port, `tcp:HOST:PORT`, or its place on the USB bus.
    `answers` are those of `host`: by request key, as it is to be recorded.
    """

    name: str
    device: UsbDevice | None = None
    bus: Bus | None = field(default=None, compare=False)
    answers: Mapping[str, bytes] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Manner:
    """How to ask, the same on every channel; a channel takes of it what it has a use for.

    `preload` is other work in short steps (some ms), done while the phone is silent; a step that
    gives `IDLE` had nothing to do for now.
    """

    guard: Guard | None = None
    concurrency: int = 40
    adb_server: Address | None = None
    preload: Iterable[object] = ()


def open_transport(channel: Channel, way: Way, manner: Manner) -> Transport:
    """Give the transport of a channel: the room of its name says how. Nothing is sent yet."""
    room = import_module(f"diagnose.transports.{channel.value}.channel")
    transport: Transport = room.open_transport(way, manner)
    return transport


def asked_in_turn(requests: Sequence[Request], ask: Callable[[Request], Reply]) -> Iterator[Reply]:
    """Ask one request after the other and time each; for ways on which only one can be asked."""
    import time
    from dataclasses import replace

    began = time.monotonic()
    for request in requests:
        started = time.monotonic()
        reply = ask(request)
        yield replace(
            reply,
            started_ms=(started - began) * 1000,
            duration_ms=(time.monotonic() - started) * 1000,
        )


def forbidden(request: Request, why: str) -> Reply:
    """The reply to a request that was not sent."""
    return Reply(request.key, ReplyStatus.FORBIDDEN, detail=why)
