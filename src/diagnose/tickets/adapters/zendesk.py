"""Zendesk: the one system with an idempotency key; besides, `external_id` holds the delivery id.

Comments are private and HTML of our own making: Markdown and placeholders stay what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Refused
from diagnose.tickets.looking import field_findings, limit_finding, values_finding

API = "api/v2"
EXTERNAL = "external_id"
LARGEST_FILE = 50 << 20


class Zendesk:
    """One account. Fields by title, or by number; `external_id` is always there."""

    class Options(Frozen):
        """`user` is the address of the agent the token belongs to."""

        user: str

    secrets: ClassVar[tuple[str, ...]] = ("token",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._wire = setting.wire
        if setting.delivery_field != EXTERNAL:
            raise Refused(
                Text(
                    'Zendesk is searched by external_id: write external_id = "delivery_id"',
                    'Zendesk 按 external_id 检索：请写 external_id = "delivery_id"',
                )
            )

    @staticmethod
    def access(options: Any, secrets: Mapping[str, str]) -> Access:
        """Basic authentication with an API token."""
        return Access(auth=(f"{options.user}/token", secrets["token"]))

    def find(self, delivery_id: str) -> Sequence[str]:
        """List by external id: that asks the database."""
        found = self._get("tickets", external_id=delivery_id)["tickets"]
        return sorted((str(t["id"]) for t in found if t[EXTERNAL] == delivery_id), key=int)

    def create(self, content: Content) -> str:
        """Files first; the ticket takes them. Repeating it with its key makes no second one."""
        ticket = {
            "subject": content.subject,
            "comment": self._comment(content.text, content.files),
            **self._written(content.fields),
        }
        key = {"Idempotency-Key": content.delivery_id}
        answer = self._wire.post(f"{API}/tickets.json", json={"ticket": ticket}, headers=key)
        return str(answer.json()["ticket"]["id"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the ticket, and each file that was sent; files lie on another host."""
        ticket = self._get(f"tickets/{ref}")["ticket"]
        sent = {file.name for file in content.files}
        files = {
            file["file_name"]: hashlib.sha256(self._wire.fetch(file["content_url"])).hexdigest()
            for comment in (self._comments(ref) if sent else ())
            for file in comment["attachments"]
            if file["file_name"] in sent
        }
        return SeenTicket({name: self._value(ticket, name) for name in content.fields}, files)

    def complete(self, ref: str, missing: Content) -> None:
        """Set fields, and attach files with a private comment; the status is left as it is."""
        change = self._written(missing.fields)
        if missing.files:
            names = ", ".join(file.name for file in missing.files)
            change["comment"] = self._comment(names, missing.files)
        self._wire.put(f"{API}/tickets/{ref}.json", json={"ticket": change})

    def append(self, ref: str, note: Content) -> None:
        """Add a private comment."""
        change = {"comment": self._comment(note.text)}
        self._wire.put(f"{API}/tickets/{ref}.json", json={"ticket": change})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Look through the comments."""
        return any(delivery_id in comment["html_body"] for comment in self._comments(ref))

    def link(self, ref: str) -> str:
        """The page of the ticket."""
        return f"{self._wire.line.url.rstrip('/')}/agent/tickets/{ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, and every field with its values."""
        user = self._get("users/me")["user"]
        ok = user["role"] in ("agent", "admin")
        text = Text(f"{user['email']} ({user['role']})", f"{user['email']}（{user['role']}）")
        yield TicketFinding("credentials", ok=ok, text=text)
        yield from field_findings(self._setting.fields, {EXTERNAL, *self._fields})
        for name, values in self._setting.values.items():
            options = self._fields.get(name, {}).get("custom_field_options")
            if options:
                yield values_finding(name, values, (option["value"] for option in options))
        yield limit_finding(LARGEST_FILE)

    def _comments(self, ref: str) -> Iterator[Mapping[str, Any]]:
        path: str | None = f"{API}/tickets/{ref}/comments.json"
        while path:
            page = self._wire.get(path).json()
            yield from page["comments"]
            path = page.get("next_page")

    @cached_property
    def _fields(self) -> Mapping[str, Mapping[str, Any]]:
        found = self._get("ticket_fields")["ticket_fields"]
        return {key: one for one in found for key in (one["title"], str(one["id"]))}

    def _number(self, name: str) -> int:
        if name not in self._fields:
            raise Refused(Text(f"there is no field {name!r}", f"没有字段“{name}”"))
        return int(self._fields[name]["id"])

    def _written(self, fields: Mapping[str, str]) -> dict[str, Any]:
        custom = [{"id": self._number(n), "value": v} for n, v in fields.items() if n != EXTERNAL]
        own = {EXTERNAL: fields[EXTERNAL]} if EXTERNAL in fields else {}
        return own | ({"custom_fields": custom} if custom else {})

    def _value(self, ticket: Mapping[str, Any], name: str) -> str:
        if name == EXTERNAL:
            return str(ticket[EXTERNAL] or "")
        fields = {field["id"]: field["value"] for field in ticket["custom_fields"]}
        return str(fields.get(self._number(name)) or "")

    def _comment(self, text: str, files: Sequence[File] = ()) -> dict[str, Any]:
        body = escape(text).replace("\n", "<br>")
        uploads = [self._upload(file) for file in files]
        return {"html_body": body, "public": False, "uploads": uploads}

    def _upload(self, file: File) -> str:
        answer = self._wire.post(
            f"{API}/uploads.json",
            params={"filename": file.name},
            content=file.data,
            headers={"Content-Type": file.media_type},
        )
        return str(answer.json()["upload"]["token"])

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"{API}/{path}.json", params=params).json()


ADAPTER = Zendesk
