"""Request Tracker 5: REST 2.0.

It answers 201 while it drops a field or an illegal value, and 200 to a change that it refused:
only what is read back counts. A comment is found by its subject, which holds the delivery id.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Refused
from diagnose.tickets.looking import field_findings, limit_finding, rights_finding

PLAIN = {"ContentType": "text/plain"}
PAGE = 100


class RequestTracker:
    """One queue."""

    class Options(Frozen):
        """`queue` is its name."""

        queue: str

    secrets: ClassVar[tuple[str, ...]] = ("token",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._queue: str = setting.options.queue
        self._wire = setting.wire

    @staticmethod
    def access(_options: Any, secrets: Mapping[str, str]) -> Access:
        """An authentication token of a user."""
        return Access(headers={"Authorization": f"token {secrets['token']}"})

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search the queue by the custom field; what is found is compared."""
        field = self._setting.delivery_field
        query = f"Queue = {_quoted(self._queue)} AND {_quoted(f'CF.{{{field}}}')} = '{delivery_id}'"
        found = self._get("tickets", query=query, fields="CustomFields", orderby="id")
        return [
            str(ticket["id"])
            for ticket in found["items"]
            if _fields(ticket).get(field) == delivery_id
        ]

    def create(self, content: Content) -> str:
        """Everything in one request."""
        ticket = {
            "Queue": self._queue,
            "Subject": content.subject,
            "Content": content.text,
            "CustomFields": dict(content.fields),
            "Attachments": [_attachment(file) for file in content.files],
        }
        return str(self._wire.post(f"{_ROOT}/ticket", json={**ticket, **PLAIN}).json()["id"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the ticket, and each file that was sent."""
        fields = _fields(self._get(f"ticket/{ref}"))
        sent = {file.name for file in content.files}
        files = {
            item["Filename"]: self._sha256(item["id"])
            for item in (self._attachments(ref) if sent else ())
            if item["Filename"] in sent
        }
        return SeenTicket({name: fields.get(name, "") for name in content.fields}, files)

    def complete(self, ref: str, missing: Content) -> None:
        """Set fields, and attach files with a comment: nobody outside is written to."""
        if missing.fields:
            change = {"CustomFields": dict(missing.fields)}
            self._wire.put(f"{_ROOT}/ticket/{ref}", json=change)
        if missing.files:
            names = ", ".join(file.name for file in missing.files)
            attachments = [_attachment(file) for file in missing.files]
            self._comment(ref, {"Content": names, "Attachments": attachments})

    def append(self, ref: str, note: Content) -> None:
        """Add a comment: a correspondence would be mailed to the customer."""
        self._comment(ref, {"Content": note.text, "Subject": f"diagnose {note.delivery_id}"})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Look through the subjects of what is attached."""
        return any(delivery_id in (item["Subject"] or "") for item in self._attachments(ref))

    def link(self, ref: str) -> str:
        """The page of the ticket."""
        return f"{self._wire.line.url.rstrip('/')}/Ticket/Display.html?id={ref}"

    def check(self) -> Iterator[TicketFinding]:
        """The version, the queue, and every field. A queue nobody may see is answered with 403."""
        version = self._get("rt")["Version"]
        yield TicketFinding("credentials", ok=True, text=Text(f"RT {version}", f"RT {version}"))
        queue = self._get(f"queue/{self._queue}")
        yield TicketFinding("queue", ok=True, text=Text(queue["Name"], queue["Name"]))
        known = {field["name"] for field in queue["TicketCustomFields"]}
        yield from field_findings(self._setting.fields, known)
        yield limit_finding(None)
        offered = {link["ref"] for link in queue["_hyperlinks"]}
        yield rights_finding({"CreateTicket": "create" in offered})

    def _comment(self, ref: str, comment: Mapping[str, Any]) -> None:
        self._wire.post(f"{_ROOT}/ticket/{ref}/comment", json={**comment, **PLAIN})

    def _attachments(self, ref: str) -> Iterator[Mapping[str, Any]]:
        page = 1
        while items := self._get(
            f"ticket/{ref}/attachments", fields="Filename,Subject", per_page=PAGE, page=page
        )["items"]:
            yield from items
            page += 1
            if len(items) < PAGE:
                return

    def _sha256(self, attachment: str) -> str:
        content = self._get(f"attachment/{attachment}")["Content"] or ""
        return hashlib.sha256(base64.b64decode(content)).hexdigest()

    def _get(self, path: str, **params: Any) -> Any:
        return self._wire.get(f"{_ROOT}/{path}", params=params).json()


_ROOT = "REST/2.0"


def _attachment(file: File) -> dict[str, str]:
    content = base64.b64encode(file.data).decode()
    return {"FileName": file.name, "FileType": file.media_type, "FileContent": content}


def _fields(ticket: Mapping[str, Any]) -> dict[str, str]:
    return {field["name"]: ", ".join(field["values"]) for field in ticket.get("CustomFields", ())}


def _quoted(name: str) -> str:
    if "'" in name or "\\" in name:
        raise Refused(Text(f"a name that cannot be searched by: {name}", f"无法检索的名称：{name}"))
    return f"'{name}'"


ADAPTER = RequestTracker
