"""Which captured output answers which request; and what answers one in other words.

A file is asked for by `cat`, by `grep '' a b` with many others, or searched for a few lines; a
setting stands in the dump of all settings, the features in that of the packages. Where the phone's
own words are all there, the answer is made of exactly those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatchcase

from diagnose.model.plain import dataclass
from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.run.capture_import.commands import without_patience
from diagnose.run.capture_import.grouped import canonical, split_files
from diagnose.run.capture_import.output import CapturedOutput

_MOST_FILES = 4000
_SETTING = re.compile(
    rb"^_id:\d{1,9} name:([\w.]{1,100})(?: pkg:\S{1,200})? value:(.{0,500}?)"
    rb"(?: (?:default|defaultSystemSet|tag):.*)?\r?$",
    re.MULTILINE,
)
_SETTINGS_OF = re.compile(rb"^(GLOBAL|SECURE|SYSTEM) SETTINGS \(user 0\)\r?$", re.MULTILINE)
_FEATURE = re.compile(rb"^  ([A-Za-z][\w.]{2,150})(?: version=(\d{1,12}))?\r?$")
_INTERFACE = re.compile(rb"^\d{1,3}: ([\w.-]{1,30})(?:@[\w.-]{1,30})?: ", re.MULTILINE)


@dataclass
class Gathered:
    """Everything that was captured, by what it answers: commands by their words, files by path.

    `services`: those that run, where the capture lists every one; else None.
    """

    commands: dict[tuple[str, ...], CapturedOutput] = field(default_factory=dict)
    files: dict[str, CapturedOutput] = field(default_factory=dict)
    services: Sequence[str] | None = None

    def add(self, output: CapturedOutput) -> bool:
        """Take an output in; whether anybody can say what it answers."""
        words = output.words
        parts = split_files(words, output.data) if _prints_files(words) or not words else {}
        for path, data in parts.items():
            self.files.setdefault(canonical(path), replace(output, data=data))
        if words:
            self.commands.setdefault(words, output)
        return bool(words or parts)


def _prints_files(words: Sequence[str]) -> bool:
    return words[:1] in (("cat",), ("grep",), ("head",), ("tail",), ("for",))


@dataclass(frozen=True)
class ImportedAnswer:
    """What answers a request, and the outputs it was made of."""

    request: Request
    output: CapturedOutput
    made_of: tuple[str, ...]


def answer(requests: Iterable[Request], gathered: Gathered) -> Iterator[ImportedAnswer]:
    """Give the answers there are, in the order of the requests."""
    by_any_patience = {without_patience(words): out for words, out in gathered.commands.items()}
    for request in requests:
        if not isinstance(request, Shell) or request.is_watched:
            continue
        words = request.argv
        same = gathered.commands.get(words) or by_any_patience.get(without_patience(words))
        if same is not None:
            yield ImportedAnswer(request, same, (same.where,))
        elif made := _made(words, gathered):
            yield ImportedAnswer(
                request, replace(made[0], words=words), tuple(one.where for one in made[1])
            )


Made = tuple[CapturedOutput, Sequence[CapturedOutput]]


def _made(words: tuple[str, ...], gathered: Gathered) -> Made | None:
    for head, maker in _MAKERS.items():
        if words[: len(head)] == head and (made := maker(words, gathered)):
            return made
    return None


def sources_of(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The commands whose output can stand for that of `words`, besides itself."""
    return tuple(
        source
        for head, sources in _SOURCES.items()
        if words[: len(head)] == head
        for source in sources
    )


def wants_file(words: tuple[str, ...], path: str) -> bool:
    """Whether a request reads this file, alone or among others."""
    path = canonical(path)
    reads = words[:1] in (("cat",), ("grep",))
    return reads and any(_fits(path, pattern) for pattern in words[1:] if pattern.startswith("/"))


def _fits(path: str, pattern: str) -> bool:
    """Whether a glob of the shell names the path: `*` stops at a slash."""
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


def _one_file(words: tuple[str, ...], gathered: Gathered) -> Made | None:
    found = gathered.files.get(words[1]) if len(words) == 2 else None
    return (found, [found]) if found else None


def _many_files(words: tuple[str, ...], gathered: Gathered) -> Made | None:
    """`grep '' a b …`: each line with the path before it."""
    patterns = words[2:]
    found = [
        (path, one)
        for pattern in patterns
        for path, one in sorted(gathered.files.items())
        if _fits(path, pattern)
    ][:_MOST_FILES]
    if not found:
        return None
    lines = [
        path.encode() + b":" + line.rstrip(b"\r\n") + b"\n"
        for path, one in found
        for line in one.data.splitlines()
    ]
    outputs = [one for _, one in found]
    return replace(outputs[0], data=b"".join(lines), status=_worst(outputs)), outputs


def _searched(words: tuple[str, ...], gathered: Gathered) -> Made | None:
    """`grep -E PATTERN FILE`, and `grep WORD FILES` with the path before each line."""
    extended = words[1] == "-E"
    pattern, files = (words[2], words[3:]) if extended else (words[1], words[2:])
    if not extended and not pattern:
        return _many_files(words, gathered)
    made = _many_files(("grep", "", *files), gathered)
    if made is None:
        return None
    single = len(files) == 1 and "*" not in files[0]
    data = made[1][0].data if single else made[0].data
    search = re.compile((pattern if extended else re.escape(pattern)).encode())
    lines = data.splitlines(keepends=True)
    found = [line for line in lines if search.search(line if single else line.partition(b":")[2])]
    return replace(made[0], data=b"".join(found)), made[1]


def _worst(outputs: Sequence[CapturedOutput]) -> ReplyStatus:
    return next(
        (o.status for o in outputs if o.status is not ReplyStatus.COMPLETE), ReplyStatus.COMPLETE
    )


def _from(
    source: tuple[str, ...], make: Callable[[tuple[str, ...], bytes], bytes | None]
) -> Callable[[tuple[str, ...], Gathered], Made | None]:
    """A maker of one other command's whole output."""

    def maker(words: tuple[str, ...], gathered: Gathered) -> Made | None:
        whole = gathered.commands.get(source)
        if whole is None or whole.status is not ReplyStatus.COMPLETE:
            return None
        data = make(words, whole.data)
        return (replace(whole, data=data), [whole]) if data is not None else None

    return maker


def _setting(words: tuple[str, ...], dump: bytes) -> bytes | None:
    """The value of one setting of the owner, from `dumpsys settings`."""
    parts = _SETTINGS_OF.split(dump)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    table = named.get(words[2].upper().encode())
    if table is None or len(words) != 4:
        return None
    value = dict(_SETTING.findall(table)).get(words[3].encode())
    return value + b"\n" if value is not None else None


def _features(_words: tuple[str, ...], dump: bytes) -> bytes | None:
    """The list `Features:` of `dumpsys package`, as `pm list features` prints it."""
    _, found, rest = dump.partition(b"\nFeatures:")
    lines = []
    for line in rest.splitlines()[1:]:
        if not (match := _FEATURE.match(line)):
            break
        version = b"=" + match[2] if match[2] and match[2] != b"0" else b""
        lines.append(b"feature:" + match[1] + version + b"\n")
    return b"".join(lines) if found and lines else None


def _interfaces(_words: tuple[str, ...], dump: bytes) -> bytes | None:
    names = _INTERFACE.findall(dump)
    return b"".join(name + b"\n" for name in names) or None


def _data_volume(words: tuple[str, ...], table: bytes) -> bytes | None:
    """The row of one file system, from the table of all, where it counts in the same units."""
    lines = table.splitlines(keepends=True)
    head = next((line for line in lines if b"1K-blocks" in line), None)
    rows = [line for line in lines if line.split()[-1:] == [words[-1].encode()]]
    return head + rows[-1] if head and rows else None


def _service_list(_words: tuple[str, ...], gathered: Gathered) -> Made | None:
    if gathered.services is None:
        return None
    rows = [f"{at}\t{name}: []\n" for at, name in enumerate(gathered.services)]
    listing = "".join([f"Found {len(rows)} services:\n", *rows])
    made = CapturedOutput("the services listed", (), listing.encode(), exit_code=0)
    return made, [made]


def _not_running(words: tuple[str, ...], gathered: Gathered) -> Made | None:
    """A service without a head, where every service that runs has one."""
    if gathered.services is None or len(words) != 2 or words[1] in gathered.services:
        return None
    refusal = f"Can't find service: {words[1]}\n"
    made = CapturedOutput("the services listed", (), stderr=refusal.encode(), exit_code=0)
    return made, [made]


_PACKAGES, _SETTINGS = ("dumpsys", "package"), ("dumpsys", "settings")
_LINKS, _DF = ("ip", "link"), ("df",)
_SOURCES: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("pm", "list", "features"): (_PACKAGES,),
    ("settings", "get"): (_SETTINGS,),
    ("ls", "/sys/class/net"): (_LINKS,),
    ("df", "-k"): (_DF,),
}
_MAKERS: Mapping[tuple[str, ...], Callable[[tuple[str, ...], Gathered], Made | None]] = {
    ("cat",): _one_file,
    ("grep",): _searched,
    ("pm", "list", "features"): _from(_PACKAGES, _features),
    ("settings", "get"): _from(_SETTINGS, _setting),
    ("ls", "/sys/class/net"): _from(_LINKS, _interfaces),
    ("df", "-k"): _from(_DF, _data_volume),
    ("service", "list"): _service_list,
    ("dumpsys",): _not_running,
}
