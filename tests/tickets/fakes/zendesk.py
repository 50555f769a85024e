"""Zendesk's Ticketing API as documented, with its idempotency key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.tickets.fakes.ticketing import FakeTicketing, Ticket, basic
from tests.tickets.fakeserver import Asked, Reply

FIELDS = {101: "Report SHA-256", 102: "Device serial", 103: "Risk"}
API = "/api/v2"


class FakeZendesk(FakeTicketing):
    adapter = "zendesk"
    secret = ("token", "zendesk-token")

    def __init__(self) -> None:
        super().__init__()
        self._uploads: dict[str, tuple[str, bytes]] = {}
        self._answered: dict[str, tuple[bytes, Reply]] = {}

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        return basic(headers, "counter-bot@shop.example/token", self.secret[1])

    def makes_ticket(self, asked: Asked) -> bool:
        return (asked.method, asked.path) == ("POST", f"{API}/tickets.json")

    def route(self, asked: Asked) -> Reply:
        path = asked.path.removeprefix(API).removesuffix(".json")
        if self.makes_ticket(asked):
            return self._create_once(asked)
        if path == "/uploads":
            return self._upload(asked)
        if found := re.fullmatch(r"/tickets/(\d+)(/comments)?", path):
            return self._ticket(asked, self.ticket(found[1]), comments=bool(found[2]))
        if found := re.fullmatch(r"/attachments/(\d+)/(\d+)", path):
            return Reply(200, self.ticket(found[1]).files[int(found[2])][1])
        return Reply(200, self._look(path, asked.query))

    def _look(self, path: str, query: Mapping[str, str]) -> Any:
        if path == "/tickets":
            found = [t for t in self.tickets if t.fields["external_id"] == query["external_id"]]
            return {"tickets": [_document(ticket) for ticket in found]}
        fields = [{"id": number, "title": title} for number, title in FIELDS.items()]
        fields[2]["custom_field_options"] = [{"value": v} for v in ("green", "amber", "red")]
        return {
            "/users/me": {"user": {"email": "counter-bot@shop.example", "role": "agent"}},
            "/ticket_fields": {"ticket_fields": fields},
        }[path]

    def _create_once(self, asked: Asked) -> Reply:
        key = asked.headers["idempotency-key"]
        if key in self._answered:
            body, reply = self._answered[key]
            same = Reply(reply.status, reply.body, {"x-idempotency-lookup": "hit"})
            return same if body == asked.body else Reply(400, {"error": "IdempotentRequestError"})
        ticket = self.new(str(len(self.tickets) + 1), {"external_id": None, "custom": {}})
        self._change(ticket, asked.json["ticket"])
        reply = Reply(201, {"ticket": _document(ticket)}, {"x-idempotency-lookup": "miss"})
        self._answered[key] = asked.body, reply
        return reply

    def _change(self, ticket: Ticket, answers: Mapping[str, Any]) -> None:
        if "external_id" in answers:
            ticket.fields["external_id"] = answers["external_id"]
        ticket.fields["custom"] |= {f["id"]: f["value"] for f in answers.get("custom_fields", ())}
        if comment := answers.get("comment"):
            assert comment["public"] is False
            first = len(ticket.files)
            ticket.files.extend(self._uploads.pop(token) for token in comment["uploads"])
            ticket.notes.append((comment["html_body"], range(first, len(ticket.files))))

    def _upload(self, asked: Asked) -> Reply:
        if len(asked.body) > self.largest:
            return Reply(413, {"error": "AttachmentTooLarge"})
        token = f"token{len(self._uploads) + 1}x{len(self.tickets)}"
        self._uploads[token] = asked.query["filename"], asked.body
        return Reply(201, {"upload": {"token": token}})

    def _ticket(self, asked: Asked, ticket: Ticket, *, comments: bool) -> Reply:
        if comments:
            found = [self._comment(ticket, body, files) for body, files in ticket.notes]
            return Reply(200, {"comments": found, "next_page": None})
        if asked.method == "PUT":
            self._change(ticket, asked.json["ticket"])
        return Reply(200, {"ticket": _document(ticket)})

    def _comment(self, ticket: Ticket, body: str, files: range) -> dict[str, Any]:
        place = f"{self.url}{API}/attachments/{ticket.ref}"
        attached = [{"file_name": ticket.files[n][0], "content_url": f"{place}/{n}"} for n in files]
        return {"html_body": body, "attachments": attached}


def _document(ticket: Ticket) -> dict[str, Any]:
    custom = [{"id": n, "value": ticket.fields["custom"].get(n)} for n in FIELDS]
    return {
        "id": int(ticket.ref),
        "external_id": ticket.fields["external_id"],
        "custom_fields": custom,
    }
