"""All faces of one phone as one transport: each channel is asked in a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request
from diagnose.transports.base import Transport


class SeveralTransports:
    """Sends every request down the channel it names; replies come in the order in which they end.

    A request for a channel the phone does not have ends as `MISSING`.
    """

    def __init__(self, transports: Mapping[Channel, Transport]) -> None:
        self._transports = transports

    @property
    def lost_because(self) -> str:
        """Why one of the faces was lost; empty while all are there."""
        reasons = (getattr(one, "lost_because", "") for one in self._transports.values())
        return next(filter(None, reasons), "")

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply a request."""
        lanes: dict[Channel, list[Request]] = {}
        for request in requests:
            if request.channel in self._transports:
                lanes.setdefault(request.channel, []).append(request)
            else:
                detail = f"the phone is not reached over {request.channel.value}"
                yield Reply(request.key, ReplyStatus.MISSING, detail=detail)
        if len(lanes) == 1:  # the commonest run pays for no thread
            ((channel, only),) = lanes.items()
            yield from self._transports[channel].perform(only)
        elif lanes:
            yield from self._all_at_once(lanes)

    def abort(self) -> None:
        """End everything under way, on every channel."""
        for transport in self._transports.values():
            transport.abort()

    def _all_at_once(self, lanes: Mapping[Channel, Sequence[Request]]) -> Iterator[Reply]:
        replies: queue.SimpleQueue[Reply | BaseException | None] = queue.SimpleQueue()

        def work(transport: Transport, requests: Sequence[Request]) -> None:
            try:
                for reply in transport.perform(requests):
                    replies.put(reply)
            except BaseException as problem:  # noqa: BLE001 - raised again where it is read
                replies.put(problem)
            finally:
                replies.put(None)

        threads = [
            threading.Thread(target=work, args=(self._transports[channel], requests), daemon=True)
            for channel, requests in lanes.items()
        ]
        for thread in threads:
            thread.start()
        whole = False
        try:
            yield from _until_all_ended(replies, len(threads))
            whole = True
        finally:
            if not whole:
                self.abort()
            for thread in threads:
                thread.join(5)


def _until_all_ended(
    replies: queue.SimpleQueue[Reply | BaseException | None], running: int
) -> Iterator[Reply]:
    while running:
        one = replies.get()
        if one is None:
            running -= 1
        elif isinstance(one, BaseException):
            raise one
        else:
            yield one
