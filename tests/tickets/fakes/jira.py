"""Jira Cloud as its documentation describes the wire (REST 3, OpenAPI of 2022 and later notes)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.tickets.fakes.ticketing import FakeTicketing, Ticket, basic, multipart
from tests.tickets.fakeserver import Asked, Reply

FIELDS = (
    ("customfield_10041", "Delivery id", "string", ()),
    ("customfield_10042", "Report SHA-256", "string", ()),
    ("customfield_10043", "Device serial", "string", ()),
    ("customfield_10044", "Risk", "option", ("green", "amber", "red")),
)
API = "/rest/api/3"


class FakeJira(FakeTicketing):
    adapter = "jira"
    secret = ("token", "jira-api-token")

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        return basic(headers, "counter-bot@shop.example", self.secret[1])

    def makes_ticket(self, asked: Asked) -> bool:
        return (asked.method, asked.path) == ("POST", f"{API}/issue")

    def route(self, asked: Asked) -> Reply:
        path = asked.path.removeprefix(API)
        if found := re.fullmatch(r"/issue/(COUNTER-\d+)(/attachments|/comment)?", path):
            return self._issue(asked, self.ticket(found[1]), found[2] or "")
        if found := re.fullmatch(r"/attachment/content/(\d+)", path):
            return self._content(int(found[1]))
        if self.makes_ticket(asked):
            return self._create(asked.json["fields"])
        return Reply(200, self._look(path, asked.query))

    def _look(self, path: str, query: Mapping[str, str]) -> Any:
        if path == "/search/jql":
            wanted = re.search(r'~ "(\w+)"', query["jql"])
            assert wanted
            found = [t for t in self.tickets if t.fields.get("customfield_10041") == wanted[1]]
            return {"isLast": True, "issues": [{"key": t.ref, "fields": t.fields} for t in found]}
        if path == "/mypermissions":
            names = query["permissions"].split(",")
            return {"permissions": {name: {"havePermission": True} for name in names}}
        return {
            "/myself": {"displayName": "Counter Bot"},
            "/attachment/meta": {"enabled": True, "uploadLimit": 10_485_760},
            "/issue/createmeta/COUNTER/issuetypes": {"issueTypes": [{"id": "7", "name": "Repair"}]},
            "/issue/createmeta/COUNTER/issuetypes/7": {"fields": [_meta(*one) for one in FIELDS]},
        }[path]

    def _create(self, fields: dict[str, Any]) -> Reply:
        unknown = {n for n in fields if n.startswith("customfield")} - {one[0] for one in FIELDS}
        if unknown or fields["description"]["type"] != "doc":
            return Reply(400, {"errorMessages": [], "errors": dict.fromkeys(unknown, "unknown")})
        made = self.new(f"COUNTER-{len(self.tickets) + 1}", dict(fields))
        return Reply(201, {"id": f"100{len(self.tickets)}", "key": made.ref, "self": self.url})

    def _issue(self, asked: Asked, ticket: Ticket, part: str) -> Reply:
        if part == "/comment":
            return self._comment(asked, ticket)
        if part == "/attachments":
            return self._attach(asked, ticket)
        if asked.method == "PUT":
            ticket.fields.update(asked.json["fields"])
            return Reply(204)
        files = [
            {"id": str(self.tickets.index(ticket) * 100 + n), "filename": name, "size": len(data)}
            for n, (name, data) in enumerate(ticket.files)
        ]
        return Reply(200, {"key": ticket.ref, "fields": {**ticket.fields, "attachment": files}})

    def _comment(self, asked: Asked, ticket: Ticket) -> Reply:
        if asked.method == "POST":
            ticket.notes.append(asked.json["body"])
            return Reply(201, {"id": str(len(ticket.notes))})
        comments = [{"body": body} for body in ticket.notes]
        return Reply(200, {"comments": comments, "total": len(comments)})

    def _attach(self, asked: Asked, ticket: Ticket) -> Reply:
        if asked.headers.get("x-atlassian-token") != "no-check":
            return Reply(403, b"XSRF check failed", {"content-type": "text/html"})
        part = multipart(asked)
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        assert part.get_param("name", header="content-disposition") == "file"
        if len(data) > self.largest:
            return Reply(413, {"errorMessages": ["too large"]})
        ticket.files.append((str(part.get_filename()), data))
        return Reply(200, [{"filename": part.get_filename()}])

    def _content(self, number: int) -> Reply:
        return Reply(200, self.tickets[number // 100].files[number % 100][1])


def _meta(number: str, name: str, kind: str, allowed: tuple[str, ...]) -> dict[str, Any]:
    meta = {"fieldId": number, "name": name, "required": False, "schema": {"type": kind}}
    return meta | ({"allowedValues": [{"value": one} for one in allowed]} if allowed else {})
