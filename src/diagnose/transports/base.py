"""What every transport can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from diagnose.model.replies import Reply
from diagnose.model.requests import Request


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
