"""Redmine: its REST interface; custom fields by name, or by number.

Only an administrator may list custom fields, so their numbers are read from an issue otherwise. A
search by a field that is no filter is answered with every issue: what is found is compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Denied, Refused, TooLarge
from diagnose.tickets.looking import field_findings, limit_finding, near, rights_finding

RIGHTS = ("view_issues", "add_issues", "edit_issues", "add_issue_notes")

NO_NAMES = Text(
    "the numbers of its custom fields cannot be read: make one issue in the project by hand, "
    "or write numbers instead of names",
    "无法读取自定义字段编号：请先在项目中手动建立一个问题，或在映射中用编号代替名称",
)


class Redmine:
    """One project."""

    class Options(Frozen):
        """`project` is its identifier; without `tracker` the project's first one is taken."""

        project: str
        tracker: str = ""

    secrets: ClassVar[tuple[str, ...]] = ("api_key",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._options: Redmine.Options = setting.options
        self._wire = setting.wire

    @staticmethod
    def access(_options: Any, secrets: Mapping[str, str]) -> Access:
        """The key of a user."""
        return Access(headers={"X-Redmine-API-Key": secrets["api_key"]})

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search closed issues too, in the whole project."""
        self._know_who_we_are()
        field = self._setting.delivery_field
        number = self._number(field)
        query = {f"cf_{number}": delivery_id, "status_id": "*", "sort": "id", "limit": "100"}
        found = self._get("issues", project_id=self._options.project, **query)
        fitting = [issue for issue in found["issues"] if _value(issue, number) == delivery_id]
        if int(found["total_count"]) > len(fitting):
            raise Refused(_no_filter(field))
        return [str(issue["id"]) for issue in fitting]

    def create(self, content: Content) -> str:
        """Files first; the issue takes them in one step."""
        issue: dict[str, Any] = {
            "project_id": self._options.project,
            "subject": content.subject,
            "description": content.text,
            "custom_fields": self._written(content.fields),
            "uploads": [self._upload(file) for file in content.files],
        }
        if self._options.tracker:
            issue["tracker_id"] = self._trackers[self._options.tracker]
        return str(self._wire.post("issues.json", json={"issue": issue}).json()["issue"]["id"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the issue, and each file that was sent."""
        issue = self._get(f"issues/{ref}", include="attachments")["issue"]
        sent = {file.name for file in content.files}
        files = {
            file["filename"]: hashlib.sha256(self._wire.fetch(file["content_url"])).hexdigest()
            for file in issue["attachments"]
            if file["filename"] in sent
        }
        return SeenTicket(
            {name: _value(issue, self._number(name)) for name in content.fields}, files
        )

    def complete(self, ref: str, missing: Content) -> None:
        """Set fields and attach files; the status is left as it is."""
        uploads = [self._upload(file) for file in missing.files]
        change = {"custom_fields": self._written(missing.fields), "uploads": uploads}
        self._wire.put(f"issues/{ref}.json", json={"issue": change})

    def append(self, ref: str, note: Content) -> None:
        """Add a note."""
        self._wire.put(f"issues/{ref}.json", json={"issue": {"notes": note.text}})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Look through the notes."""
        journals = self._get(f"issues/{ref}", include="journals")["issue"]["journals"]
        return any(delivery_id in (journal["notes"] or "") for journal in journals)

    def link(self, ref: str) -> str:
        """The page of the issue."""
        return f"{self._wire.line.url.rstrip('/')}/issues/{ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, the project, the tracker, every field, and whether it can be searched by."""
        self._know_who_we_are()
        yield TicketFinding(
            "credentials", ok=True, text=Text(f"user {self._user}", f"用户 {self._user}")
        )
        project = self._project["name"]
        yield TicketFinding("project", ok=True, text=Text(project, project))
        if tracker := self._options.tracker:
            ok = tracker in self._trackers
            hint = None if ok else near(tracker, self._trackers)
            yield TicketFinding("tracker", ok=ok, text=Text(tracker, tracker), hint=hint)
        known = {*self._numbers, *map(str, self._numbers.values())}
        yield from field_findings(self._setting.fields, known)
        if self._setting.delivery_field in known:
            yield self._search_finding()
        yield limit_finding(None)
        yield rights_finding(self._rights())

    def _rights(self) -> Mapping[str, bool]:
        """What our roles in the project allow; an administrator may everything."""
        user = self._get("users/current", include="memberships")["user"]
        given = set(RIGHTS) if user.get("admin") else set()
        for member in user.get("memberships", ()):
            if member["project"]["name"] == self._project["name"]:
                for role in member["roles"]:
                    given |= set(self._get(f"roles/{role['id']}")["role"]["permissions"])
        return {right: right in given for right in RIGHTS}

    def _know_who_we_are(self) -> None:
        """A wrong key makes nobody of us, and where the project is public nobody may write too."""
        if not self._user:
            raise Denied(Text("the key is no user's", "该密钥不属于任何用户"))

    @cached_property
    def _user(self) -> str:
        return str(self._get("users/current")["user"]["login"])

    def _search_finding(self) -> TicketFinding:
        try:
            self.find("msgnosuchdelivery")
        except Refused as refused:
            return TicketFinding("search", ok=False, text=refused.detail)
        return TicketFinding("search", ok=True, text=Text("by the delivery id", "可按投递编号检索"))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """Numbers of custom fields by name."""
        with suppress(Denied):
            fields = self._get("custom_fields")["custom_fields"]
            issues = [f for f in fields if f["customized_type"] == "issue"]
            return {field["name"]: field["id"] for field in issues}
        found = self._get("issues", project_id=self._options.project, status_id="*", limit="1")
        fields = [field for issue in found["issues"] for field in issue.get("custom_fields", ())]
        return {field["name"]: field["id"] for field in fields}

    @cached_property
    def _project(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._get(f"projects/{self._options.project}")["project"]
        return found

    @cached_property
    def _trackers(self) -> Mapping[str, int]:
        return {one["name"]: one["id"] for one in self._get("trackers")["trackers"]}

    def _number(self, name: str) -> int:
        if name.isdecimal():
            return int(name)
        if not self._numbers:
            raise Refused(NO_NAMES)
        if name not in self._numbers:
            text = Text(f"there is no custom field {name!r}", f"没有自定义字段“{name}”")
            raise Refused(text)
        return self._numbers[name]

    def _written(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        return [{"id": self._number(name), "value": value} for name, value in fields.items()]

    def _upload(self, file: File) -> dict[str, str]:
        headers = {"Content-Type": "application/octet-stream"}
        try:
            answer = self._wire.post(
                "uploads.json", params={"filename": file.name}, content=file.data, headers=headers
            )
        except Refused as refused:
            if refused.status == 422:  # it says so instead of 413
                raise TooLarge(refused.detail, status=422) from refused
            raise
        token = answer.json()["upload"]["token"]
        return {"token": token, "filename": file.name, "content_type": file.media_type}

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"{path}.json", params=params).json()


def _value(issue: Mapping[str, Any], number: int) -> str:
    fields = {field["id"]: field.get("value") for field in issue.get("custom_fields", ())}
    return str(fields.get(number) or "")


def _no_filter(field: str) -> Text:
    return Text(
        f"{field!r} cannot be searched by: tick “Used as a filter” at the custom field",
        f"无法按“{field}”检索：请在该自定义字段上勾选“作为过滤条件”",
    )


ADAPTER = Redmine
