"""What this computer sees, as answers: recorded, replayed and judged like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.transports.base import Manner, Way, asked_in_turn


class HostTransport:
    """Answers from what discovery found; the phone hears nothing of it."""

    def __init__(self, way: Way) -> None:
        self._answers = way.answers

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Give what was seen."""
        return asked_in_turn(requests, self._one)

    def abort(self) -> None:
        """There is nothing to wait for."""

    def _one(self, request: Request) -> Reply:
        if request.key not in self._answers:
            return Reply(request.key, ReplyStatus.MISSING, detail="nothing was seen of it")
        return Reply(
            request.key, ReplyStatus.COMPLETE, stdout=self._answers[request.key], exit_code=0
        )


def open_transport(way: Way, manner: Manner) -> HostTransport:  # noqa: ARG001 - the form of every channel
    """Answer from what is known."""
    return HostTransport(way)
