"""ServiceNow: Table and Attachment API. Columns that are not there are ignored without a word.

So is a column in a search, which is then answered with every record: what is found is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import Access, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content, File
from diagnose.tickets.failures import Denied, Refused
from diagnose.tickets.looking import field_findings, limit_finding

API = "api/now"
LONGEST_SUBJECT = 160
SIZE_PROPERTY = "com.glide.attachment.max_size"


class ServiceNow:
    """One table, `incident` where nothing else is said."""

    class Options(Frozen):
        """`user` writes; his password is the secret. `parents` are tables it inherits from."""

        user: str
        table: str = "incident"
        parents: tuple[str, ...] = ("task",)

    secrets: ClassVar[tuple[str, ...]] = ("password",)
    searchable: ClassVar[bool] = True
    settles_s: ClassVar[float] = 0.0

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._options: ServiceNow.Options = setting.options
        self._wire = setting.wire
        self._table = f"table/{self._options.table}"

    @staticmethod
    def access(options: Any, secrets: Mapping[str, str]) -> Access:
        """Basic authentication."""
        return Access(auth=(options.user, secrets["password"]))

    def find(self, delivery_id: str) -> Sequence[str]:
        """Search by the column; records that do not hold it mean that the column is not there."""
        field = self._setting.delivery_field
        query = f"{field}={delivery_id}^ORDERBYsys_created_on"
        found = self._list(self._table, query, f"sys_id,{field}")
        if any(record.get(field) != delivery_id for record in found):
            raise Refused(Text(f"there is no column {field!r}", f"没有字段“{field}”"))
        return [record["sys_id"] for record in found]

    def create(self, content: Content) -> str:
        """Make the record; its files come one by one afterwards."""
        record = {
            "short_description": content.subject[:LONGEST_SUBJECT],
            "description": content.text,
            **content.fields,
        }
        made = self._wire.post(f"{API}/{self._table}", json=record).json()["result"]
        return str(made["sys_id"])

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read the record; the system itself tells the SHA-256 of a file."""
        fields = ",".join(("sys_id", *content.fields))
        record = self._get(f"{self._table}/{ref}", sysparm_fields=fields)
        files = self._list("attachment", f"table_sys_id={ref}", "file_name,hash")
        return SeenTicket(
            {name: str(record.get(name) or "") for name in content.fields},
            {file["file_name"]: file["hash"] for file in files},
        )

    def complete(self, ref: str, missing: Content) -> None:
        """Set columns and attach files; the state is left as it is."""
        if missing.fields:
            self._wire.ask("PATCH", f"{API}/{self._table}/{ref}", json=dict(missing.fields))
        for file in missing.files:
            self._attach(ref, file)

    def append(self, ref: str, note: Content) -> None:
        """Add a work note: a comment would be mailed to the customer."""
        self._wire.ask("PATCH", f"{API}/{self._table}/{ref}", json={"work_notes": note.text})

    def has_note(self, ref: str, delivery_id: str) -> bool | None:
        """Search the journal."""
        query = f"element_id={ref}^element=work_notes^valueLIKE{delivery_id}"
        found = self._list("table/sys_journal_field", query, "value")
        return any(delivery_id in entry["value"] for entry in found)

    def link(self, ref: str) -> str:
        """The page of the record."""
        table = self._options.table
        return f"{self._wire.line.url.rstrip('/')}/nav_to.do?uri={table}.do?sys_id={ref}"

    def check(self) -> Iterator[TicketFinding]:
        """Who we are, the table, every column, and how large a file may be."""
        self._list(self._table, "", "sys_id", limit=1)
        user = self._options.user
        yield TicketFinding("credentials", ok=True, text=Text(user, user))
        yield TicketFinding("table", ok=True, text=Text(self._options.table, self._options.table))
        yield from self._columns()
        yield limit_finding(self._largest_file())

    def _columns(self) -> Iterator[TicketFinding]:
        tables = ",".join((self._options.table, *self._options.parents))
        query = f"nameIN{tables}^elementISNOTEMPTY"
        try:
            found = self._list("table/sys_dictionary", query, "element", limit=5000)
        except Denied as denied:
            yield TicketFinding("fields", ok=None, text=denied.detail)
            return
        yield from field_findings(self._setting.fields, {column["element"] for column in found})

    def _largest_file(self) -> int | None:
        try:
            found = self._list("table/sys_properties", f"name={SIZE_PROPERTY}", "value")
        except Denied:
            return None
        return int(found[0]["value"]) << 20 if found else None

    def _attach(self, ref: str, file: File) -> None:
        place = {"table_name": self._options.table, "table_sys_id": ref, "file_name": file.name}
        headers = {"Content-Type": file.media_type}
        self._wire.post(f"{API}/attachment/file", params=place, content=file.data, headers=headers)

    def _list(self, path: str, query: str, fields: str, limit: int = 100) -> Any:
        params = {"sysparm_query": query, "sysparm_fields": fields, "sysparm_limit": str(limit)}
        return self._get(path, **params)

    def _get(self, path: str, **params: str) -> Any:
        return self._wire.get(f"{API}/{path}", params=params).json()["result"]


ADAPTER = ServiceNow
