"""What the four fakes have in common: tickets in a list, troubles on demand, credentials."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, ClassVar

from tests.tickets.fakeserver import Answerer, Asked, Reply

Trouble = Callable[[Asked, Answerer], Reply]


@dataclass
class Ticket:
    """A ticket as a fake keeps it: `files` by name, in the order they came."""

    ref: str
    fields: dict[str, Any]
    files: list[tuple[str, bytes]] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)


class FakeTicketing:
    """Answers like a ticket system; `trouble` meets the next request that makes a ticket."""

    adapter: ClassVar[str]
    secret: ClassVar[tuple[str, str]]
    mapping: ClassVar[str]

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.url = ""
        self.trouble: Trouble | None = None
        self.largest = 1 << 30

    def answer(self, asked: Asked) -> Reply:
        if not self.lets_in(asked.headers):
            return Reply(401, {"error": "no"})
        if self.trouble and self.makes_ticket(asked):
            trouble, self.trouble = self.trouble, None
            return trouble(asked, self.route)
        return self.route(asked)

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        raise NotImplementedError

    def makes_ticket(self, asked: Asked) -> bool:
        raise NotImplementedError

    def route(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def new(self, ref: str, fields: dict[str, Any]) -> Ticket:
        self.tickets.append(Ticket(ref, fields))
        return self.tickets[-1]

    def ticket(self, ref: str) -> Ticket:
        return next(ticket for ticket in self.tickets if ticket.ref == ref)


def basic(headers: Mapping[str, str], user: str, password: str) -> bool:
    expected = base64.b64encode(f"{user}:{password}".encode()).decode()
    return headers.get("authorization") == f"Basic {expected}"


def multipart(asked: Asked) -> Message:
    """The first part of a form."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    part = BytesParser(policy=HTTP).parsebytes(head + asked.body).get_payload(0)
    assert isinstance(part, Message)
    return part


def always(reply: Reply) -> Trouble:
    """Nothing is made, and this is answered."""
    return lambda _asked, _route: reply


def made_but(reply: Reply, *, after_s: float = 0) -> Trouble:
    """The ticket is made, and this is answered all the same."""

    def trouble(asked: Asked, route: Answerer) -> Reply:
        assert route(asked).status < 300
        time.sleep(after_s)
        return reply

    return trouble


PAGE = Reply(200, b"<html>Sign in</html>", {"content-type": "text/html"})

PASSING: Mapping[str, Trouble] = {
    "429, come back at once": always(Reply(429, {"error": "busy"}, {"retry-after": "0"})),
    "429 without a word when": always(Reply(429, {"error": "busy"})),
    "409": always(Reply(409, {"error": "conflict"})),
    "412": always(Reply(412, {"error": "stale"})),
    "503 with Retry-After": always(Reply(503, {"error": "down"}, {"retry-after": "1"})),
    "500 before it is made": always(Reply(500, {"error": "broken"})),
    "500 after it was made": made_but(Reply(500, {"error": "broken"})),
    "no answer after it was made": made_but(Reply(silent=True)),
    "time-out after it was made": made_but(Reply(500), after_s=1.0),
    "HTML after it was made": made_but(PAGE),
    "JSON of another shape after it was made": made_but(Reply(200, {"ok": True})),
}
"""What passes: one ticket in the end, complete."""

LASTING: Mapping[str, Trouble] = {
    "422": always(Reply(422, {"error": "nonsense"})),
    "400": always(Reply(400, {"error": "nonsense"})),
    "404": always(Reply(404, {"error": "nothing here"})),
    "410": always(Reply(410, {"error": "gone"})),
    "redirect": always(Reply(302, None, {"location": "https://elsewhere.example/login"})),
}
"""What does not: a dead letter, and no ticket."""
