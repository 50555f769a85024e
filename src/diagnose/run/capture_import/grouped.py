"""Several files in one answer: taken apart again, so that each can be asked for by its path.

`grep '' a b` and `grep -r . dir` put the path before each line, `head -n 99 a b` a line `==> a <==`
before each file, `for f in …; do echo $f; cat $f; done` the path on a line of its own. A plain
`cat a b` says nothing of the seam; it is found where each part can be told from its own words, or
where every file has one line. What cannot be told apart is left whole and reported as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PATH = rb"/(?:proc|sys|d|vendor|system|odm|product)/[^\s:]{1,200}"
_BEFORE_LINE = re.compile(rb"^(" + _PATH + rb"):(.*)$", re.MULTILINE)
_BANNER = re.compile(rb"^==> (" + _PATH + rb") <==\r?$", re.MULTILINE)
_ALONE = re.compile(rb"^(?:[#$-]{1,4} ?)?(" + _PATH + rb"):?\r?$", re.MULTILINE)
_SUPPLY = re.compile(rb"^POWER_SUPPLY_NAME=(\S{1,60})\r?$", re.MULTILINE)
_ZONE = re.compile(rb"^(thermal_zone\d{1,3})[ \t]+(\S{1,60})[ \t]+(-?\d{1,9})\r?$", re.MULTILINE)
_MOST_FILES = 5000
_MOST_LISTED = 256
_OTHER_NAMES = (
    (re.compile(r"^/sys/.*/power_supply/([^/]+/[^/]+)$"), r"/sys/class/power_supply/\1"),
    (re.compile(r"^/sys/.*/(thermal_zone\d+/[^/]+)$"), r"/sys/class/thermal/\1"),
    (re.compile(r"^/d/"), "/sys/kernel/debug/"),
)


def canonical(path: str) -> str:
    """The name by which a request asks for the file: a part has several places in `/sys`."""
    for pattern, replacement in _OTHER_NAMES:
        path = pattern.sub(replacement, path)
    return path


def split_files(words: Sequence[str], answer: bytes) -> dict[str, bytes]:
    """Give the files by their path; nothing where they cannot be told apart.

    `words` are those of the command that printed them, as far as they are known.
    """
    found = _marked(answer) or _listed(words, answer)
    return {canonical(path): data for path, data in list(found.items())[:_MOST_FILES]}


def _marked(answer: bytes) -> dict[str, bytes]:
    """Files that the answer itself names."""
    if answer.lstrip().startswith(b"==>"):
        found = _between(_BANNER, answer)  # a blank line stands before the next name
        return {path: data.rstrip(b"\r\n") + b"\n" for path, data in found.items()}
    lines = _BEFORE_LINE.findall(answer)
    if len(lines) * 2 > answer.count(b"\n"):
        files: dict[str, list[bytes]] = {}
        for path, line in lines:
            files.setdefault(path.decode(), []).append(line.rstrip(b"\r") + b"\n")
        return {path: b"".join(data) for path, data in files.items()}
    if _ALONE.match(answer.lstrip()):
        return _between(_ALONE, answer)
    return _zones(answer)


def _between(mark: re.Pattern[bytes], answer: bytes) -> dict[str, bytes]:
    marks = list(mark.finditer(answer))[:_MOST_FILES]
    ends = [one.start() for one in marks[1:]] + [len(answer)]
    parts = [
        (one[1].decode(), answer[one.end() : end].lstrip(b"\r\n"))
        for one, end in zip(marks, ends, strict=True)
    ]
    return dict(parts)


def _zones(answer: bytes) -> dict[str, bytes]:
    """Lines of a zone, its kind and its temperature, as a loop over them prints."""
    found: dict[str, bytes] = {}
    for zone, kind, temperature in _ZONE.findall(answer):
        place = f"/sys/class/thermal/{zone.decode()}"
        found |= {f"{place}/type": kind + b"\n", f"{place}/temp": temperature + b"\n"}
    return found


def _listed(words: Sequence[str], answer: bytes) -> dict[str, bytes]:
    """Files that only the command names."""
    names = [word for word in words[1:] if word.startswith("/")]
    if words[:1] != ("cat",) or not names or len(names) > _MOST_LISTED:
        return {}
    if all(name.endswith("/uevent") and "power_supply" in name for name in names):
        return _supplies(answer)
    if any("*" in name or "?" in name for name in names):
        return {}
    lines = answer.splitlines(keepends=True)
    if len(names) == 1:
        return {names[0]: answer}
    return dict(zip(names, lines, strict=True)) if len(lines) == len(names) else {}


def _supplies(answer: bytes) -> dict[str, bytes]:
    """The part of every supply begins with its own name."""
    starts = list(_SUPPLY.finditer(answer))[:_MOST_LISTED]
    ends = [one.start() for one in starts[1:]] + [len(answer)]
    return {
        f"/sys/class/power_supply/{one[1].decode()}/uevent": answer[one.start() : end]
        for one, end in zip(starts, ends, strict=True)
    }
