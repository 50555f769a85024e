"""A smaller content, for a system that does not take the whole one: it says so, with the hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Final

from diagnose.model.text import Text
from diagnose.tickets.content import LONGEST_TEXT, Content, File

SHA256_SOURCES: Final = {"application/json": "report_sha256", "application/pdf": "page_sha256"}
_SAME: Final = ("schema_version", "report_id", "created_at", "tool", "device", "coverage", "digest")
_FAULT: Final = ("code", "title", "confidence", "repair")
_SUFFIX: Final = "-compact.json"

_LEFT_OUT: Final = Text(
    "{name} is too large for this system ({size} bytes, SHA-256 {sha256}); {instead}",
    "{name} 超过此系统的附件上限（{size} 字节，SHA-256 {sha256}）；{instead}",
)
_COMPACT: Final = Text("its compact form is attached", "所附为精简版")
_NONE: Final = Text("it stays with the shop", "原件保存在门店")


def compacted(content: Content) -> Content | None:
    """Make the largest file smaller, or leave it out; None where there is none left."""
    if not content.files:
        return None
    large = max(content.files, key=lambda file: len(file.data))
    small = _compact(large)
    line = _LEFT_OUT.format(
        name=large.name,
        size=len(large.data),
        sha256=large.sha256,
        instead=_COMPACT if small else _NONE,
    )
    source = SHA256_SOURCES.get(large.media_type)
    fields = {
        name: (small.sha256 if small else "") if content.sources.get(name) == source else value
        for name, value in content.fields.items()
    }
    replaced = (small if file is large else file for file in content.files)
    return replace(
        content,
        text=with_line(content.text, line.zh if content.lang == "zh-CN" else line.en),
        fields={name: value for name, value in fields.items() if value},
        files=tuple(file for file in replaced if file),
    )


def what_was_left_out(content: Content) -> Content:
    """Make a note of what `compacted` said last, for a ticket whose text is written already."""
    line = content.text.splitlines()[-2]
    named = content.delivery_id + hashlib.sha256(line.encode()).hexdigest()[:6]
    text = f"{line}\ndiagnose {named}"
    return replace(content, delivery_id=named, text=text, fields={}, sources={}, files=())


def within(content: Content, largest_bytes: int | None) -> Content:
    """Make every file fit a limit that is known before anything is sent."""
    while largest_bytes and any(len(file.data) > largest_bytes for file in content.files):
        smaller = compacted(content)
        if smaller is None:
            break
        content = smaller
    return content


def with_line(text: str, line: str) -> str:
    """Put a line before the last one, which names the delivery; what is too long goes before it."""
    head, _, last = text.rpartition("\n")
    room = LONGEST_TEXT - len(line) - len(last) - 2
    return f"{head[:room]}\n{line}\n{last}"


def _compact(file: File) -> File | None:
    if file.media_type != "application/json" or file.name.endswith(_SUFFIX):
        return None
    report = json.loads(file.data)
    short = {name: report.get(name) for name in _SAME}
    short["compact_of"] = {"sha256": file.sha256, "bytes": len(file.data)}
    short["summary"] = report.get("summary")
    short["faults"] = [_only(fault, _FAULT) for fault in report.get("faults", ())]
    short["results"] = {r["probe"]: r["outcome"] for r in report.get("results", ())}
    data = json.dumps(short, ensure_ascii=False, separators=(",", ":")).encode()
    small = File(file.name.removesuffix(".json") + _SUFFIX, file.media_type, data)
    return small if len(data) < len(file.data) else None


def _only(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value.get(name) for name in names}
