"""Variables of a bootloader, one after the other: see `Transport` for the contract.

Loaders differ: a name they do not know hangs some, others refuse `all`, most read an answer that
comes late as the answer to the next question. So each name has its own deadline; after one that
passed we ask again for what we know already, and throw away what comes before it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from diagnose.errors import DeviceLost, DeviceNotReady, ProtocolError, TransportError
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.model.requests.fastboot import READABLE
from diagnose.text import printable
from diagnose.transports.base import Guard, asked_in_turn, forbidden
from diagnose.transports.fastboot.link import Link, Silent
from diagnose.transports.fastboot.wire import FastbootAnswer

_RESYNC_S = 1.5
_MOST_STALE = 8


class FastbootTransport:
    """A phone in its bootloader. `open_link` is called at the first question, not before."""

    def __init__(self, open_link: Callable[[], Link], *, guard: Guard | None = None) -> None:
        self._open_link = open_link
        self._guard = guard
        self._link: Link | None = None
        self._known: tuple[str, str] | None = None
        self._in_step = True
        self._cancelled = False
        self._ended: tuple[ReplyStatus, str] | None = None
        self.lost_because = ""

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply a request, in the order given."""
        try:
            yield from asked_in_turn(requests, self._one)
        finally:
            self._close()

    def abort(self) -> None:
        """End everything under way as CANCELLED."""
        self._cancelled = True
        if self._link:
            self._link.abort()

    def _one(self, request: Request) -> Reply:
        if self._cancelled:
            return Reply(request.key, ReplyStatus.CANCELLED)
        if why := self._forbidden(request):
            return forbidden(request, why)
        if self._ended is None:
            try:
                return self._ask(request)
            except DeviceLost as problem:
                self.lost_because = problem.message
                self._ended = ReplyStatus.LOST, problem.message
            except DeviceNotReady as problem:  # this computer's fault: the phone heard nothing
                self._ended = ReplyStatus.MISSING, problem.message
            except TransportError as problem:  # the phone refuses the transfer, or speaks otherwise
                self._ended = ReplyStatus.REFUSED, problem.message
        status, detail = self._ended
        if self._cancelled:
            status, detail = ReplyStatus.CANCELLED, ""
        return Reply(request.key, status, detail=detail)

    def _forbidden(self, request: Request) -> str | None:
        if not READABLE.fullmatch(request.key.removeprefix("fastboot:")):
            return "only variables are read from a bootloader"
        return self._guard(request) if self._guard else None

    def _ask(self, request: Request) -> Reply:
        command = request.key.removeprefix("fastboot:").replace(" ", ":", 1)
        link = self._link = self._link or self._open_link()
        if not self._in_step:
            self._resynchronise(link)
        try:
            answer = _exchange(link, command, request.timeout_s)
        except Silent:
            self._in_step = False
            detail = f"no answer within {request.timeout_s:g} s"
            return Reply(request.key, ReplyStatus.TIMEOUT, detail=detail)
        if answer.okay and not self._known and answer.last:
            self._known = (command, answer.last)
        return _reply(request, answer)

    def _resynchronise(self, link: Link) -> None:
        """Ask for what we know; what comes before it answered an earlier question."""
        if self._known is None:
            raise ProtocolError("the bootloader stopped answering")
        command, value = self._known
        try:
            link.send(command.encode(), _RESYNC_S)
            for _ in range(_MOST_STALE):
                if _rest_of_answer(link, _RESYNC_S).last == value:
                    self._in_step = True
                    return
        except Silent:
            pass
        raise DeviceLost("the bootloader stopped answering: hold the power key to restart it")

    def _close(self) -> None:
        if self._link:
            self._link.close()
            self._link = None


def _exchange(link: Link, command: str, timeout_s: float) -> FastbootAnswer:
    deadline = time.monotonic() + timeout_s
    link.send(command.encode("ascii"), timeout_s)
    return _rest_of_answer(link, deadline - time.monotonic())


def _rest_of_answer(link: Link, timeout_s: float) -> FastbootAnswer:
    answer, deadline = FastbootAnswer(), time.monotonic() + timeout_s
    while answer.okay is None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Silent
        answer.take(link.receive(left))
    return answer


def _reply(request: Request, answer: FastbootAnswer) -> Reply:
    text = answer.text.encode()
    status = ReplyStatus.COMPLETE
    if answer.overflow or len(text) > request.max_bytes:
        status, text = ReplyStatus.OVERSIZE, text[: request.max_bytes]
    refusal = printable(answer.last, 200) if not answer.okay else ""
    return Reply(
        request.key,
        status,
        stdout=text,
        stderr=refusal.encode(),
        exit_code=0 if answer.okay else 1,
        detail=f"the bootloader refused: {refusal}" if not answer.okay else "",
    )
