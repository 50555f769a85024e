"""Roundup: its REST interface, with properties of the issue as fields.

A change must come from the tracker's own origin, and a message names its author and, in
`messageid`, its delivery: by that it is found again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Refused
from diagnose.tickets.looking import field_findings, limit_finding


class Roundup:
    """One tracker."""

    class Options(Frozen):
        """`user` writes; his password is the secret."""

        user: str

    secrets: ClassVar[tuple[str, ...]] = ("password",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._wire = setting.wire
        parts = urlsplit(setting.wire.line.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        self._from = {"Origin": origin, "X-Requested-With": "rest"}

    @staticmethod
    def access(options: Any, secrets: Mapping[str, str]) -> Access:
        """Basic authentication."""
        return Access(auth=(options.user, secrets["password"]))

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search for exactly this value: a closed issue is found too."""
        return self._search("issue", self._setting.delivery_field, delivery_id)

    def create(self, content: Content) -> str:
        """Files and message first: the issue is there with both or not at all."""
        files = [self._upload(file) for file in content.files]
        message = self._message(content)
        issue = {"title": content.subject, "files": files, "messages": [message]}
        return self._make("issue", json={**content.fields, **issue})

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the issue, and each file that was sent."""
        issue = self._get(f"issue/{ref}", **{"@verbose": "2"})["attributes"]
        sent = {file.name for file in content.files}
        files = {
            file["name"]: self._sha256(file["id"], file["name"])
            for file in issue["files"]
            if file.get("name") in sent
        }
        return SeenTicket({name: _plain(issue.get(name)) for name in content.fields}, files)

    def complete(self, ref: str, missing: Content) -> None:
        """Set properties, and link further files."""
        if missing.fields:
            self._change("PUT", ref, dict(missing.fields))
        if missing.files:
            files = [self._upload(file) for file in missing.files]
            self._change("PATCH", ref, {"@op": "add", "files": files})

    def append(self, ref: str, note: Content) -> None:
        """Link a message; one that was made before and not linked is taken."""
        made = self._search("msg", "messageid", note.delivery_id)
        message = made[0] if made else self._message(note)
        self._change("PATCH", ref, {"@op": "add", "messages": [message]})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Whether the message with this id is linked to the issue."""
        made = self._search("msg", "messageid", delivery_id)
        linked = self._get(f"issue/{ref}")["attributes"]["messages"] if made else ()
        return any(message["id"] in made for message in linked)

    def link(self, ref: str) -> str:
        """The page of the issue."""
        return f"{self._setting.wire.line.url.rstrip('/')}/issue{ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, and every property."""
        found = self._user
        yield TicketFinding("credentials", ok=True, text=Text(f"user {found}", f"用户 {found}"))
        yield from field_findings(self._setting.fields, self._properties())
        yield limit_finding(None)

    def _properties(self) -> set[str]:
        """The tracker lists its properties with an issue; without one each is asked for."""
        issues = self._get("issue", **{"@page_size": "1"})["collection"]
        if issues:
            return set(self._get(f"issue/{issues[0]['id']}")["attributes"])
        return {name for name in self._setting.fields if self._has(name)}

    def _has(self, name: str) -> bool:
        try:
            self._get("issue", **{name: "-1", "@page_size": "1"})
        except Refused:
            return False
        return True

    @cached_property
    def _user(self) -> str:
        found = self._search("user", "username", self._setting.options.user)
        return found[0] if found else ""

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Words that the tracker makes links of where a number follows: issue 12, user1."""
        classes = "|".join(map(re.escape, self._wire.get("rest/data").json()["data"]))
        return re.compile(rf"(?i)\b({classes})(?=\s*\d)")

    def _search(self, kind: str, name: str, value: str) -> list[str]:
        found = self._get(kind, **{f"{name}:": value, "@fields": name})["collection"]
        return sorted((item["id"] for item in found if item.get(name) == value), key=int)

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"rest/data/{path}", params=params).json()["data"]

    def _make(self, kind: str, **options: Any) -> str:
        answer = self._wire.post(f"rest/data/{kind}", headers=self._from, **options)
        return str(answer.json()["data"]["id"])

    def _change(self, method: str, ref: str, values: Mapping[str, Any]) -> None:
        etag = self._wire.get(f"rest/data/issue/{ref}").headers["etag"]
        headers = {**self._from, "If-Match": etag}
        self._wire.ask(method, f"rest/data/issue/{ref}", json=values, headers=headers)

    def _message(self, content: Content) -> str:
        text = self._names.sub("\\1\u2060", content.text)
        made = {"content": text, "author": self._user, "messageid": content.delivery_id}
        return self._make("msg", json=made)

    def _upload(self, file: File) -> str:
        form = {"name": file.name, "type": file.media_type}
        part = {"content": (file.name, file.data, file.media_type)}
        return self._make("file", data=form, files=part)

    def _sha256(self, number: str, name: str) -> str:
        data = self._wire.fetch(f"file{number}/{quote(name)}")
        return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> str:
    """Give a property as it was sent: of what is linked, its name."""
    if isinstance(value, dict):
        return str(
            next((value_text for key, value_text in value.items() if key not in ("id", "link")), "")
        )
    return "" if value is None else str(value)


ADAPTER = Roundup
