"""Jira Cloud, REST 3: a ticket first, its files one by one; texts are ADF, where nothing is markup.

Its search learns of a new issue late (seconds, sometimes minutes): `settles_s`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Refused
from diagnose.tickets.looking import (
    field_findings,
    limit_finding,
    near,
    rights_finding,
    values_finding,
)

API = "rest/api/3"
RIGHTS = (
    *("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ADD_COMMENTS"),
    "CREATE_ATTACHMENTS",
)
PAGE = 100


class Jira:
    """One project."""

    class Options(Frozen):
        """`project` is its key, `issue_type` a name, `user` the address the token belongs to."""

        project: str
        issue_type: str
        user: str

    secrets: ClassVar[tuple[str, ...]] = ("token",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 180.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._options: Jira.Options = setting.options
        self._wire = setting.wire

    @staticmethod
    def access(options: Any, secrets: Mapping[str, str]) -> Access:
        """Basic authentication with an API token."""
        return Access(auth=(options.user, secrets["token"]))

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search by JQL; what is found is compared."""
        field = self._field(self._setting.delivery_field)["fieldId"]
        name = f"cf[{field.removeprefix('customfield_')}]" if "_" in field else field
        jql = (
            f'project = "{self._options.project}" AND {name} ~ "{delivery_id}" ORDER BY created ASC'
        )
        query = {"jql": jql, "fields": field, "maxResults": "50"}
        issues = self._get("search/jql", **query)["issues"]
        return [one["key"] for one in issues if _plain(one["fields"].get(field)) == delivery_id]

    def create(self, content: Content) -> str:
        """Make the issue; its files come one by one afterwards."""
        fields = {
            "project": {"key": self._options.project},
            "issuetype": {"id": self._issue_type},
            "summary": content.subject,
            "description": _document(content.text),
            **self._written(content.fields),
        }
        made = self._wire.post(f"{API}/issue", json={"fields": fields}).json()
        return str(made["key"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the issue, and each file that was sent; files lie on another host."""
        ids = {name: self._field(name)["fieldId"] for name in content.fields}
        issue = self._get(f"issue/{ref}", fields=",".join((*ids.values(), "attachment")))["fields"]
        sent = {file.name for file in content.files}
        files = {
            file["filename"]: hashlib.sha256(
                self._wire.fetch(f"{API}/attachment/content/{file['id']}")
            ).hexdigest()
            for file in issue.get("attachment", ())
            if file["filename"] in sent
        }
        return SeenTicket({name: _plain(issue.get(number)) for name, number in ids.items()}, files)

    def complete(self, ref: str, missing: Content) -> None:
        """Set fields and attach files; no transition is ever made."""
        if missing.fields:
            change = {"fields": self._written(missing.fields)}
            self._wire.put(f"{API}/issue/{ref}", json=change)
        for file in missing.files:
            self._attach(ref, file)

    def append(self, ref: str, note: Content) -> None:
        """Add a comment."""
        self._wire.post(f"{API}/issue/{ref}/comment", json={"body": _document(note.text)})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Look through the comments."""
        return any(delivery_id in json.dumps(comment["body"]) for comment in self._comments(ref))

    def link(self, ref: str) -> str:
        """The page of the issue."""
        return f"{self._wire.line.url.rstrip('/')}/browse/{ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, project, type, every field with its values, limit and rights."""
        user = self._get("myself")["displayName"]
        yield TicketFinding("credentials", ok=True, text=Text(user, user))
        types = self._types
        ok, name = self._options.issue_type in types, self._options.issue_type
        yield TicketFinding(
            "project", ok=True, text=Text(self._options.project, self._options.project)
        )
        hint = None if ok else near(name, types)
        yield TicketFinding("issue type", ok=ok, text=Text(name, name), hint=hint)
        if not ok:
            return
        yield from field_findings(self._setting.fields, self._fields)
        yield from self._value_findings()
        meta = self._get("attachment/meta")
        yield limit_finding(meta["uploadLimit"] if meta["enabled"] else 0)
        query = {"projectKey": self._options.project, "permissions": ",".join(RIGHTS)}
        given = self._get("mypermissions", **query)["permissions"]
        yield rights_finding({right: given[right]["havePermission"] for right in RIGHTS})

    def _value_findings(self) -> Iterator[TicketFinding]:
        for name, values in self._setting.values.items():
            field = self._fields.get(name, {})
            if allowed := field.get("allowedValues"):
                yield values_finding(name, values, map(_plain, allowed))

    def _comments(self, ref: str) -> Iterator[Mapping[str, Any]]:
        start = 0
        while True:
            page = self._get(f"issue/{ref}/comment", startAt=str(start), maxResults=str(PAGE))
            yield from page["comments"]
            start += PAGE
            if start >= page["total"]:
                return

    @cached_property
    def _types(self) -> Mapping[str, str]:
        found = self._get(f"issue/createmeta/{self._options.project}/issuetypes")["issueTypes"]
        return {one["name"]: one["id"] for one in found}

    @property
    def _issue_type(self) -> str:
        name = self._options.issue_type
        if name not in self._types:
            raise Refused(Text(f"there is no issue type {name!r}", f"没有问题类型“{name}”"))
        return self._types[name]

    @cached_property
    def _fields(self) -> Mapping[str, Mapping[str, Any]]:
        """What an issue of this type may be made with, by name and by id."""
        path = f"issue/createmeta/{self._options.project}/issuetypes/{self._issue_type}"
        fields = self._get(path, maxResults="200")["fields"]
        return {key: one for one in fields for key in (one["name"], one["fieldId"])}

    def _field(self, name: str) -> Mapping[str, Any]:
        if name not in self._fields:
            raise Refused(Text(f"there is no field {name!r}", f"没有字段“{name}”"))
        return self._fields[name]

    def _written(self, fields: Mapping[str, str]) -> dict[str, Any]:
        found = {name: self._field(name) for name in fields}
        return {found[n]["fieldId"]: _typed(found[n]["schema"], v) for n, v in fields.items()}

    def _attach(self, ref: str, file: File) -> None:
        self._wire.post(
            f"{API}/issue/{ref}/attachments",
            files={"file": (file.name, file.data, file.media_type)},
            headers={"X-Atlassian-Token": "no-check"},
        )

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"{API}/{path}", params=params).json()


def _typed(schema: Mapping[str, Any], value: str) -> Any:
    """Write a value as the type of its field wants it."""
    if schema.get("custom", "").endswith(":textarea"):
        return _document(value)
    kinds = {"option": {"value": value}, "priority": {"name": value}, "array": [value]}
    if schema["type"] == "number":
        return float(value)
    return kinds.get(schema["type"], value)


def _plain(value: Any) -> str:
    """Give a value as it was sent."""
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict) and value.get("type") == "doc":
        return "\n".join(_text(block) for block in value["content"])
    if isinstance(value, dict):
        return str(value.get("value") or value.get("name") or "")
    return "" if value is None else str(value)


def _document(text: str) -> dict[str, Any]:
    """Plain paragraphs of the Atlassian Document Format."""
    lines = [[{"type": "text", "text": line}] if line else [] for line in text.split("\n")]
    blocks = [{"type": "paragraph", "content": line} for line in lines]
    return {"type": "doc", "version": 1, "content": blocks}


def _text(block: Mapping[str, Any]) -> str:
    return "".join(part.get("text", "") for part in block.get("content", ()))


ADAPTER = Jira
