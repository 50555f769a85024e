"""A Qualcomm boot ROM as one of the channels to a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from diagnose.errors import DeviceLost, DeviceNotReady, ProtocolError
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.transports.base import Manner, Way, asked_in_turn, forbidden
from diagnose.transports.sahara.reading import read_identity
from diagnose.transports.usb.pipe import Pipe


class SaharaTransport:
    """One chip. It greets once after it is plugged in; so it is asked once, and as a whole."""

    def __init__(self, way: Way, manner: Manner) -> None:
        self._way = way
        self._guard = manner.guard
        self._pipe: Pipe | None = None
        self._cancelled = False
        self.lost_because = ""

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply a request, in the order given."""
        return asked_in_turn(requests, self._one)

    def abort(self) -> None:
        """End what is under way; the chip is left as it then is."""
        self._cancelled = True
        if self._pipe:
            self._pipe.abort()

    def _one(self, request: Request) -> Reply:
        if self._cancelled:
            return Reply(request.key, ReplyStatus.CANCELLED)
        if why := self._guard(request) if self._guard else "nobody allowed it":
            return forbidden(request, why)
        try:
            return Reply(request.key, ReplyStatus.COMPLETE, stdout=self._identity(), exit_code=0)
        except DeviceNotReady as problem:  # this computer's fault: the chip heard nothing
            return Reply(request.key, ReplyStatus.MISSING, detail=problem.message)
        except ProtocolError as problem:
            return Reply(request.key, ReplyStatus.REFUSED, detail=problem.message)
        except DeviceLost as problem:
            self.lost_because = problem.message
            status = ReplyStatus.CANCELLED if self._cancelled else ReplyStatus.LOST
            return Reply(request.key, status, detail=problem.message)

    def _identity(self) -> bytes:
        self._pipe = _pipe(self._way)
        try:
            identity = read_identity(self._pipe)
        finally:
            self._pipe.close()
            self._pipe = None
        words = {"sahara_version": identity.version, **identity.words}
        return json.dumps(words, sort_keys=True).encode()


def _pipe(way: Way) -> Pipe:
    """The kernel's serial driver is taken off: the greeting is lost through a tty."""
    if way.device is None or way.bus is None:
        raise DeviceLost("nothing is known of the device")
    for interface in way.device.descriptors.interfaces:
        if pair := interface.bulk_pair():
            opened = way.bus.open(way.device)
            return Pipe(opened, interface.number, pair, take_from_kernel=True)
    raise ProtocolError("the boot ROM offers no pipes")


def open_transport(way: Way, manner: Manner) -> SaharaTransport:
    """Reach the chip; it is spoken to at the first question, and only with leave."""
    return SaharaTransport(way, manner)
