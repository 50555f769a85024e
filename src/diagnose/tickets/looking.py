"""What `ticket check` says of every system alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from diagnose.errors import nearest
from diagnose.model.text import Text
from diagnose.tickets.adapter import TicketFinding

FOUND: Final = Text("found", "已找到")
MISSING: Final = Text("there is no such field", "没有这个字段")


def field_findings(mapped: Iterable[str], known: Iterable[str]) -> Iterator[TicketFinding]:
    """Say of every mapped field whether it is there; name the near match where it is not."""
    there = set(known)
    for name in mapped:
        ok = name in there
        yield TicketFinding(
            f"field {name}",
            ok=ok,
            text=FOUND if ok else MISSING,
            hint=None if ok else near(name, there),
        )


def near(name: str, known: Iterable[str]) -> Text | None:
    """Name what was perhaps meant."""
    names = " / ".join(nearest(name, known))
    if not names:
        return None
    return Text(f"did you mean {names}?", f"是否为 {names}？")


def values_finding(name: str, sent: Iterable[str], allowed: Iterable[str]) -> TicketFinding:
    """Say whether a field takes every value that the mapping may send."""
    there = set(allowed)
    wrong = sorted(set(sent) - there)
    if not wrong:
        return TicketFinding(f"values of {name}", ok=True, text=FOUND)
    names, may = ", ".join(wrong), ", ".join(sorted(there)[:10])
    return TicketFinding(
        f"values of {name}",
        ok=False,
        text=Text(f"it does not take: {names}", f"不接受：{names}"),
        hint=Text(f"it takes: {may}", f"可用值：{may}"),
    )


def limit_finding(largest_bytes: int | None) -> TicketFinding:
    """Say how large an attachment may be."""
    if largest_bytes is None:
        text = Text("it does not say how large they may be", "系统未说明附件大小上限")
        return TicketFinding("attachments", ok=None, text=text)
    mebibytes = f"{largest_bytes / (1 << 20):.1f} MiB"
    return TicketFinding(
        "attachments", ok=True, text=Text(f"at most {mebibytes}", f"上限 {mebibytes}")
    )


def rights_finding(rights: Mapping[str, bool]) -> TicketFinding:
    """Say which rights are missing."""
    missing = [name for name, given in rights.items() if not given]
    if not missing:
        return TicketFinding("rights", ok=True, text=Text("enough", "足够"))
    names = ", ".join(missing)
    return TicketFinding("rights", ok=False, text=Text(f"missing: {names}", f"缺少：{names}"))
