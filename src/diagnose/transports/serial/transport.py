"""AT commands on one port, one after the other: see `Transport` for the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.errors import DeviceLost, DeviceNotReady
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.model.requests.serial import AT_COMMANDS
from diagnose.transports.base import Guard, asked_in_turn, forbidden
from diagnose.transports.serial.port import Heard, Port

_GREETING = "AT"
_GREETING_TIMEOUT_S = 1.5


class SerialTransport:
    """A phone's modem port. A port that does not answer to `AT` is asked nothing else."""

    def __init__(self, port_name: str, *, guard: Guard | None = None) -> None:
        self._name = port_name
        self._guard = guard
        self._port: Port | None = None
        self._closed_because: tuple[ReplyStatus, str] | None = None
        self._cancelled = False
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
        self._close()

    def _one(self, request: Request) -> Reply:
        command = request.key.partition(":")[2]
        if self._cancelled:
            return Reply(request.key, ReplyStatus.CANCELLED)
        if why := self._forbidden(request, command):
            return forbidden(request, why)
        try:
            return self._ask(request, command)
        except DeviceNotReady as problem:
            self._closed_because = (ReplyStatus.MISSING, f"{problem.message} ({problem.hint})")
        except DeviceLost as problem:
            self.lost_because = problem.message
            self._closed_because = (ReplyStatus.LOST, problem.message)
        if self._cancelled:
            return Reply(request.key, ReplyStatus.CANCELLED)
        return self._ask(request, command)

    def _forbidden(self, request: Request, command: str) -> str | None:
        if command not in AT_COMMANDS:
            return "this AT command is not on the list of those that only read"
        return self._guard(request) if self._guard else None

    def _ask(self, request: Request, command: str) -> Reply:
        if self._closed_because is None:
            self._greet()
        if self._closed_because is not None:
            status, detail = self._closed_because
            return Reply(request.key, status, detail=detail)
        assert self._port is not None  # noqa: S101 - greeted
        return _reply(request, self._port.ask(command, request.timeout_s, request.max_bytes))

    def _greet(self) -> None:
        """Open the port once and see whether a modem speaks there at all."""
        if self._port is not None:
            return
        self._port = Port(self._name)
        heard = self._port.ask(_GREETING, _GREETING_TIMEOUT_S, 4096)
        if heard.end != "final":
            how = "answers with noise" if heard.data else "is silent"
            self._closed_because = (
                ReplyStatus.TIMEOUT, f"the port {self._name} {how}: no modem speaks AT there"
            )  # fmt: skip

    def _close(self) -> None:
        port, self._port = self._port, None
        if port:
            port.close()


def _reply(request: Request, heard: Heard) -> Reply:
    status = {
        "final": ReplyStatus.COMPLETE,
        "oversize": ReplyStatus.OVERSIZE,
    }.get(heard.end, ReplyStatus.TIMEOUT)
    detail = "" if status is ReplyStatus.COMPLETE else f"no final result ({heard.end})"
    return Reply(request.key, status, stdout=heard.data, exit_code=0, detail=detail)
