"""A virtual phone without a wire: a transport that answers in this process, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.simulator.phone import Phone
from diagnose.simulator.shell import run_command


class SimulatedTransport:
    """Asks a virtual phone. What takes time on a wire is answered at once, at its own time."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._aborted = False

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply for each request, in their order; see `Transport`."""
        for request in requests:
            yield self._reply(request)

    def abort(self) -> None:
        """Let everything that has not been asked yet end as `CANCELLED`."""
        self._aborted = True

    def _reply(self, request: Request) -> Reply:
        if self._aborted:
            return Reply(request.key, ReplyStatus.CANCELLED)
        if not isinstance(request, Shell):
            return Reply(request.key, ReplyStatus.REFUSED, detail="this phone answers adb only")
        return answer(self._phone, request)


def answer(phone: Phone, request: Shell) -> Reply:
    """Give the answer to one command, as if it were asked at the request's own time."""
    phone.elapsed_s = lambda: request.after_s
    output = run_command(phone, request.command)
    stdout = output.stdout if isinstance(output.stdout, bytes) else b"".join(output.stdout)
    stdout += b"".join(printed for seconds, printed in output.later if seconds < request.listen_s)
    silent = output.hangs and not request.listen_s
    return Reply(
        request.key,
        ReplyStatus.TIMEOUT if silent else ReplyStatus.COMPLETE,
        stdout=stdout,
        stderr=output.stderr,
        exit_code=output.exit_code,
        started_ms=request.after_s * 1000,
        duration_ms=request.listen_s * 1000,
    )
