"""What `ticket check` says of every system alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from diagnose.model.text import Text
from diagnose.tickets.adapter import Finding

FOUND: Final = Text("found", "已找到")
MISSING: Final = Text("there is no such field", "没有这个字段")


def field_findings(mapped: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    """Say of every mapped field whether it is there; name the near match where it is not."""
    there = set(known)
    for name in mapped:
        ok = name in there
        yield Finding(
            f"field {name}",
            ok=ok,
            said=FOUND if ok else MISSING,
            hint=None if ok else near(name, there),
        )


def near(name: str, known: Iterable[str]) -> Text | None:
    """Name what was perhaps meant."""
    folded = {one.casefold().replace("_", " "): one for one in known}
    close = get_close_matches(name.casefold().replace("_", " "), folded, n=3)
    if not close:
        return None
    names = " / ".join(folded[one] for one in close)
    return Text(f"did you mean {names}?", f"是否为 {names}？")


def values_finding(name: str, sent: Iterable[str], allowed: Iterable[str]) -> Finding:
    """Say whether a field takes every value that the mapping may send."""
    there = set(allowed)
    wrong = sorted(set(sent) - there)
    if not wrong:
        return Finding(f"values of {name}", ok=True, said=FOUND)
    names, may = ", ".join(wrong), ", ".join(sorted(there)[:10])
    return Finding(
        f"values of {name}",
        ok=False,
        said=Text(f"it does not take: {names}", f"不接受：{names}"),
        hint=Text(f"it takes: {may}", f"可用值：{may}"),
    )


def limit_finding(largest_bytes: int | None) -> Finding:
    """Say how large an attachment may be."""
    if largest_bytes is None:
        said = Text("it does not say how large they may be", "系统未说明附件大小上限")
        return Finding("attachments", ok=None, said=said)
    mebibytes = f"{largest_bytes / (1 << 20):.1f} MiB"
    return Finding("attachments", ok=True, said=Text(f"at most {mebibytes}", f"上限 {mebibytes}"))


def rights_finding(rights: Mapping[str, bool]) -> Finding:
    """Say which rights are missing."""
    missing = [name for name, given in rights.items() if not given]
    if not missing:
        return Finding("rights", ok=True, said=Text("enough", "足够"))
    names = ", ".join(missing)
    return Finding("rights", ok=False, said=Text(f"missing: {names}", f"缺少：{names}"))
