"""Zammad as its documentation and its search describe the wire."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from tests.tickets.fakes.ticketing import FakeTicketing, Ticket
from tests.tickets.fakeserver import Asked, Reply

ATTRIBUTES = ("delivery_id", "report_sha256", "device_serial", "risk")
API = "/api/v1"


class FakeZammad(FakeTicketing):
    adapter = "zammad"
    secret = ("token", "zammad-token")

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        return headers.get("authorization") == f"Token token={self.secret[1]}"

    def makes_ticket(self, asked: Asked) -> bool:
        return (asked.method, asked.path) == ("POST", f"{API}/tickets")

    def route(self, asked: Asked) -> Reply:
        path = asked.path.removeprefix(API)
        if self.makes_ticket(asked):
            return self._create(asked.json)
        if path == "/ticket_articles":
            self._add(self.ticket(str(asked.json["ticket_id"])), asked.json)
            return Reply(201, {"id": 1})
        if path == "/tickets/search":
            return Reply(200, self._search(asked.query))
        if found := re.fullmatch(r"/ticket_articles/by_ticket/(\d+)", path):
            return Reply(200, self.ticket(found[1]).notes)
        if found := re.fullmatch(r"/ticket_attachment/(\d+)/\d+/(\d+)", path):
            return Reply(200, self.ticket(found[1]).files[int(found[2])][1])
        return self._look(asked, path)

    def _look(self, asked: Asked, path: str) -> Reply:
        if found := re.fullmatch(r"/tickets/(\d+)", path):
            return self._ticket(asked, self.ticket(found[1]))
        known: dict[str, Any] = {
            "/users/me": {"login": "counter-bot"},
            "/groups": [{"name": "Counter"}],
            "/object_manager_attributes": [{"name": n, "object": "Ticket"} for n in ATTRIBUTES],
        }
        return Reply(200, known[path])

    def _create(self, answers: dict[str, Any]) -> Reply:
        if answers["group"] != "Counter" or not answers["customer_id"].startswith("guess:"):
            return Reply(422, {"error": "No lookup value found for 'group'"})
        if any(len(one["data"]) > self.largest for one in answers["article"]["attachments"]):
            return Reply(413, {"error": "too large"})
        ticket = self.new(str(len(self.tickets) + 1), _known(answers))
        self._add(ticket, answers["article"])
        return Reply(201, {"id": int(ticket.ref), "number": f"220{ticket.ref}"})

    def _add(self, ticket: Ticket, article: dict[str, Any]) -> None:
        attachments = article.pop("attachments")
        first = len(ticket.files)
        files = [(one["filename"], base64.b64decode(one["data"])) for one in attachments]
        ticket.files.extend(files)
        named = [{"id": first + n, "filename": name} for n, (name, _) in enumerate(files)]
        ticket.notes.append({"id": len(ticket.notes), **article, "attachments": named})

    def _search(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        wanted = query["condition[ticket.delivery_id][value]"]
        found = [t for t in self.tickets if t.fields.get("delivery_id") == wanted]
        return [{"id": int(ticket.ref), **ticket.fields} for ticket in found]

    def _ticket(self, asked: Asked, ticket: Ticket) -> Reply:
        if asked.method == "PUT":
            ticket.fields.update(_known(asked.json))
        return Reply(200, {"id": int(ticket.ref), **ticket.fields})


def _known(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is no attribute is dropped without a word."""
    return {name: value for name, value in answers.items() if name in ATTRIBUTES}
