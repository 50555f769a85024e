"""Zammad: tickets with articles. Attributes are those of the object manager.

A search by condition asks the database; one by words asks an index that learns late.
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
from diagnose.tickets.failures import Denied
from diagnose.tickets.looking import field_findings, limit_finding, near

API = "api/v1"


class Zammad:
    """One group. Articles are internal notes in plain text: nobody outside is written to."""

    class Options(Frozen):
        """`group` is a name, `customer` the address of the customer every ticket belongs to."""

        group: str
        customer: str

    secrets: ClassVar[tuple[str, ...]] = ("token",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._options: Zammad.Options = setting.options
        self._wire = setting.wire

    @staticmethod
    def access(_options: Any, secrets: Mapping[str, str]) -> Access:
        """A token of an agent."""
        return Access(headers={"Authorization": f"Token token={secrets['token']}"})

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search by the attribute; what is found is compared."""
        field = self._setting.delivery_field
        condition = f"condition[ticket.{field}]"
        query = {f"{condition}[operator]": "is", f"{condition}[value]": delivery_id}
        found = self._get("tickets/search", expand="true", limit="50", **query)
        return sorted((str(t["id"]) for t in found if t.get(field) == delivery_id), key=int)

    def create(self, content: Content) -> str:
        """Everything in one request."""
        ticket = {
            **content.fields,
            "title": content.subject,
            "group": self._options.group,
            "customer_id": f"guess:{self._options.customer}",
            "article": _article(content.subject, content.text, content.files),
        }
        return str(self._wire.post(f"{API}/tickets", json=ticket).json()["id"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the ticket, and each file that was sent."""
        ticket = self._get(f"tickets/{ref}")
        sent = {file.name for file in content.files}
        files = {
            file["filename"]: self._sha256(ref, article["id"], file["id"])
            for article in (self._articles(ref) if sent else ())
            for file in article.get("attachments", ())
            if file["filename"] in sent
        }
        return SeenTicket({name: str(ticket.get(name) or "") for name in content.fields}, files)

    def complete(self, ref: str, missing: Content) -> None:
        """Set attributes, and attach files with an article; the state is left as it is."""
        if missing.fields:
            self._wire.put(f"{API}/tickets/{ref}", json=dict(missing.fields))
        if missing.files:
            names = ", ".join(file.name for file in missing.files)
            self._add(ref, _article(names, names, missing.files))

    def append(self, ref: str, note: Content) -> None:
        """Add an internal note."""
        self._add(ref, _article(note.subject, note.text))

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Look through the articles."""
        return any(delivery_id in (article["body"] or "") for article in self._articles(ref))

    def link(self, ref: str) -> str:
        """The page of the ticket."""
        return f"{self._wire.line.url.rstrip('/')}/#ticket/zoom/{ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, the group, and every attribute where we may list them."""
        user = self._get("users/me")["login"]
        yield TicketFinding("credentials", ok=True, text=Text(user, user))
        groups = [group["name"] for group in self._get("groups")]
        ok, name = self._options.group in groups, self._options.group
        hint = None if ok else near(name, groups)
        yield TicketFinding("group", ok=ok, text=Text(name, name), hint=hint)
        try:
            attributes = self._get("object_manager_attributes")
        except Denied as denied:
            yield TicketFinding("fields", ok=None, text=denied.detail)
        else:
            known = {one["name"] for one in attributes if one["object"] == "Ticket"}
            yield from field_findings(self._setting.fields, known)
        yield limit_finding(None)

    def _articles(self, ref: str) -> Any:
        return self._get(f"ticket_articles/by_ticket/{ref}")

    def _sha256(self, ref: str, article: int, attachment: int) -> str:
        path = f"{API}/ticket_attachment/{ref}/{article}/{attachment}"
        return hashlib.sha256(self._wire.fetch(path)).hexdigest()

    def _add(self, ref: str, article: Mapping[str, Any]) -> None:
        self._wire.post(f"{API}/ticket_articles", json={"ticket_id": int(ref), **article})

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"{API}/{path}", params=params).json()


def _article(subject: str, body: str, files: Sequence[File] = ()) -> dict[str, Any]:
    attachments = [
        {
            "filename": file.name,
            "data": base64.b64encode(file.data).decode(),
            "mime-type": file.media_type,
        }
        for file in files
    ]
    note = {"type": "note", "internal": True, "content_type": "text/plain"}
    return {"subject": subject, "body": body, **note, "attachments": attachments}


ADAPTER = Zammad
