"""ServiceNow's Table and Attachment API as documented: what is not a column is ignored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from tests.tickets.fakes.ticketing import FakeTicketing, Ticket, basic
from tests.tickets.fakeserver import Asked, Reply

COLUMNS = (
    *("short_description", "description", "correlation_id", "u_report_sha256"),
    *("u_device_serial", "u_risk", "work_notes"),
)
API = "/api/now"


class FakeServiceNow(FakeTicketing):
    adapter = "servicenow"
    secret = ("password", "servicenow-password")

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        return basic(headers, "counter-bot", self.secret[1])

    def makes_ticket(self, asked: Asked) -> bool:
        return (asked.method, asked.path) == ("POST", f"{API}/table/incident")

    def route(self, asked: Asked) -> Reply:
        path = asked.path.removeprefix(API)
        if found := re.fullmatch(r"/table/incident/(\w+)", path):
            return self._record(asked, self.ticket(found[1]))
        if self.makes_ticket(asked):
            return Reply(201, {"result": self._create(asked.json)})
        if path == "/attachment/file":
            return self._attach(asked)
        return Reply(200, {"result": self._list(path, asked.query.get("sysparm_query", ""))})

    def _create(self, answers: Mapping[str, Any]) -> dict[str, str]:
        ref = hashlib.sha256(str(len(self.tickets)).encode()).hexdigest()[:32]
        self.new(ref, {name: value for name, value in answers.items() if name in COLUMNS})
        return {"sys_id": ref, "number": f"INC{len(self.tickets):07}"}

    def _record(self, asked: Asked, ticket: Ticket) -> Reply:
        if asked.method == "PATCH":
            change = dict(asked.json)
            if note := change.pop("work_notes", None):
                ticket.notes.append(note)
            ticket.fields.update({n: value for n, value in change.items() if n in COLUMNS})
        return Reply(200, {"result": {"sys_id": ticket.ref, **ticket.fields}})

    def _attach(self, asked: Asked) -> Reply:
        if len(asked.body) > self.largest:
            return Reply(413, {"error": {"message": "Maximum file size exceeded"}})
        ticket = self.ticket(asked.query["table_sys_id"])
        ticket.files.append((asked.query["file_name"], asked.body))
        return Reply(201, {"result": {"hash": hashlib.sha256(asked.body).hexdigest()}})

    def _list(self, path: str, query: str) -> list[dict[str, str]]:
        wanted = dict(re.findall(r"(\w+)(?:=|LIKE)(\w+)", query))
        if path == "/attachment":
            files = self.ticket(wanted["table_sys_id"]).files
            return [{"file_name": n, "hash": hashlib.sha256(d).hexdigest()} for n, d in files]
        if path == "/table/sys_journal_field":
            notes = self.ticket(wanted["element_id"]).notes
            return [{"value": note} for note in notes if wanted["value"] in note]
        if path == "/table/sys_dictionary":
            return [{"element": name} for name in COLUMNS]
        if path == "/table/sys_properties":
            return [{"value": "1024"}]
        known = {name: value for name, value in wanted.items() if name in COLUMNS}
        return [
            {"sys_id": ticket.ref, **ticket.fields}
            for ticket in self.tickets
            if all(ticket.fields.get(name) == value for name, value in known.items())
        ]
