"""What of an answer is kept: declared beside the request, and nothing else is ever recorded.

A list of what is private is never whole: makers invent properties. So it is the other way round:
the words a probe reads are named here, the rest is counted and dropped before anything is written,
and parsers see exactly what was kept.

Patterns are compiled when the first answer is cut down: a replay cuts none, and a run has asked
everything by then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Protocol

from diagnose.model.plain import dataclass

_LONGEST_LINE = 20_000
_MOST_PIECES = 200
_LONGEST_SIGNED = 200


class Kept(Protocol):
    """Takes from an answer what was declared."""

    def of(self, text: str) -> tuple[str, int]:
        """Give what is kept, and how many lines or entries were dropped."""
        ...

    def plain(self) -> dict[str, str]:
        """Give it as plain values, from which `kept_of_plain` makes it again."""
        ...


def cut_down(text: str, kept: Kept) -> tuple[str, int]:
    """Give what is kept of an answer and how much was dropped; never less than that it was one.

    Of a refusal the words that refuse stay, of a dump that ran out of time the words that say so.
    Where something was said and nothing is kept, that is said: silence would mean something else.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    refused = [found[0] for line in lines[:50] if (found := _REFUSED.search(line[:_LONGEST_LINE]))]
    if lines and len(refused) == len(lines) and len(text) <= _LONGEST_REFUSAL:
        return "".join(f"{words}\n" for words in refused), 0
    if not lines:
        return text[:_LONGEST_LINE], 0  # an empty value still ends its line
    kept_words, dropped = kept.of(text)
    if expired := _EXPIRED.search(text[-_LONGEST_REFUSAL:]):
        kept_words += f"{expired[0]}\n"
    if not kept_words.strip():
        kept_words = f"<dropped:{dropped}>\n"
    return kept_words, dropped


def cut_down_errors(text: str) -> tuple[str, int]:
    """Give of what was said on standard error how it refuses, and of which file of the system.

    Everything else could be anything: a name, a place. That it was said is kept.
    """
    kept, dropped = _ERRORS.of(text)
    if not kept.strip() and text.strip():
        kept = f"<dropped:{dropped}>\n"
    return kept, dropped


@dataclass(frozen=True)
class Entries:
    """Of `getprop` (or `build.prop`, `param get`) the properties whose whole name fits a pattern.

    A value may run over several lines: it goes or stays with its name. `forms`: what `name=value`
    must fit; of a value that does not it stays that there was one, and those words of it that fit
    `signs`.
    """

    names: str
    forms: str | None = None
    signs: str | None = None

    def of(self, text: str) -> tuple[str, int]:
        """See `Kept`."""
        starts = list(_ENTRY.finditer(text))
        if not starts:
            return self._assignments(text)
        ends = [start.start() for start in starts[1:]] + [len(text)]
        chunks = [
            self._entry(start, _value(text[start.end() : end]))
            for start, end in zip(starts, ends, strict=True)
            if self.keeps(_name(start))
        ]
        return "".join(chunks), len(starts) - len(chunks)

    def _entry(self, start: re.Match[str], value: str) -> str:
        words = self._words(_name(start), _END_OF_VALUE.sub("", value))
        return f"{start[0]}{value}" if words is None else f"[{_name(start)}]: [{words}]\n"

    def _words(self, name: str, value: str) -> str | None:
        """What is kept of a value that has not its form; None where it has, and stays whole."""
        if self.forms is None or re.fullmatch(self.forms, f"{name}={value.strip()}"):
            return None
        signs = re.findall(self.signs, value[:_LONGEST_SIGNED]) if self.signs else []
        return " ".join(("<dropped:1>", *signs[:_MOST_PIECES]))

    def plain(self) -> dict[str, str]:
        """See `Kept`."""
        given = {"names": self.names, "forms": self.forms, "signs": self.signs}
        return {name: pattern for name, pattern in given.items() if pattern}

    def keeps(self, name: str) -> bool:
        """Whether the property of this name is kept."""
        return self._pattern.fullmatch(name) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.names)

    def _assignments(self, text: str) -> tuple[str, int]:
        lines = [line for line in text.split("\n") if line.strip()]
        kept = [
            line if words is None else f"{found[1]}={words}"
            for line in lines
            if (found := _ASSIGNMENT.match(line)) and self.keeps(found[1])
            for words in (self._words(found[1], line[found.end() :]),)
        ]
        return "".join(f"{line}\n" for line in kept), len(lines) - len(kept)


@dataclass(frozen=True)
class Members:
    """Of a JSON object the members whose name fits, at any depth, and of their words the short.

    Of a word that is too long it stays that there was one. What stands around the object goes.
    """

    names: str

    def of(self, text: str) -> tuple[str, int]:
        """See `Kept`."""
        try:
            tree, _ = json.JSONDecoder().raw_decode(text, text.find("{"))
            kept, dropped = self._kept(tree)
            return json.dumps(kept, indent=2, ensure_ascii=False) + "\n", dropped
        except (ValueError, RecursionError):
            return "{\n" if "{" in text else "", text.count("\n") + 1

    def plain(self) -> dict[str, str]:
        """See `Kept`."""
        return {"members": self.names}

    def _kept(self, value: object) -> tuple[object, int]:
        if isinstance(value, dict):
            known = {name: self._kept(one) for name, one in value.items() if self._names(name)}
            dropped = len(value) - len(known) + sum(count for _, count in known.values())
            return {name: one for name, (one, _) in known.items()}, dropped
        if isinstance(value, list):
            several = [self._kept(one) for one in value]
            return [one for one, _ in several], sum(count for _, count in several)
        is_long = isinstance(value, str) and not _SHORT.fullmatch(value)
        return ("<dropped>", 1) if is_long else (value, 0)

    def _names(self, name: str) -> bool:
        return self._pattern.fullmatch(name) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.names)


@dataclass(frozen=True, init=False)
class KeptWords:
    """Of each line the places that fit one of the patterns, joined by a blank; else no line at all.

    Empty lines stay, for they end what stands together. `until` ends the answer: of the line that
    fits it only the fitting place is kept, and nothing after it.
    """

    words: str
    until: str | None

    def __init__(self, *patterns: str, until: str | None = None) -> None:
        several = len(patterns) > 1
        joined = "|".join(f"(?:{one})" for one in patterns) if several else patterns[0]
        object.__setattr__(self, "words", joined)
        object.__setattr__(self, "until", until)

    def of(self, text: str) -> tuple[str, int]:
        """See `Kept`."""
        # And nowhere else: to other ends of lines the bytes of letters look alike.
        lines = [line.rstrip("\r") for line in text.split("\n")]
        whole = text.endswith("\n")  # an end that is cut stays cut
        lines = lines[:-1] if whole else lines
        kept = list(self._kept(lines))
        filled = sum(1 for line in lines if line.strip())
        end = "\n" if whole and kept else ""
        return "\n".join(kept) + end, filled - sum(1 for line in kept if line)

    def plain(self) -> dict[str, str]:
        """See `Kept`."""
        until = {"until": self.until} if self.until else {}
        return {"words": self.words, **until}

    def _kept(self, lines: list[str]) -> Iterator[str]:
        blank = True  # one is enough between what stands together
        for line in lines:
            end = self._end.search(line) if self._end else None
            words = end[0] if end else self._kept_of_line(line)
            if words or not (blank or line.strip()):
                yield words
                blank = not words
            if end:
                return

    def _kept_of_line(self, line: str) -> str:
        places = self._pattern.finditer(line[:_LONGEST_LINE])
        return " ".join(place[0] for place, _ in zip(places, range(_MOST_PIECES), strict=False))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.words)

    @cached_property
    def _end(self) -> re.Pattern[str] | None:
        return re.compile(self.until) if self.until else None


@dataclass(frozen=True)
class OwnNames:
    """What is kept of a list of devices, once only the phone's own parts still bear their names.

    `head` begins a device and holds its name as `v`; a part of the phone has `own` in what follows,
    up to the next head, and not `joined`. Whatever was joined to the phone may be called after its
    owner: of its name the words stay that fit `known`, or that there was one.
    """

    head: str
    own: str
    joined: str
    known: str
    kept: KeptWords

    def of(self, text: str) -> tuple[str, int]:
        """See `Kept`."""
        heads = list(re.compile(self.head).finditer(text))
        ends = [*(head.start() for head in heads[1:]), len(text)]
        pieces, at, hidden = [], 0, 0
        for head, end in zip(heads, ends, strict=False):
            if head["v"] and not self._is_own(text, head.end(), end):
                pieces += [text[at : head.start("v")], self._known(head["v"])]
                at, hidden = head.end("v"), hidden + 1
        kept, dropped = self.kept.of("".join((*pieces, text[at:])))
        return kept, dropped + hidden

    def plain(self) -> dict[str, str]:
        """See `Kept`."""
        patterns = {"head": self.head, "own": self.own, "joined": self.joined, "known": self.known}
        return {**patterns, **self.kept.plain()}

    def _is_own(self, text: str, start: int, end: int) -> bool:
        own, joined = re.compile(self.own), re.compile(self.joined)
        return bool(own.search(text, start, end)) and not joined.search(text, start, end)

    def _known(self, name: str) -> str:
        return " ".join(word[0] for word in re.finditer(self.known, name[:200])) or "<dropped>"


@dataclass(frozen=True)
class Hiding:
    """What is kept of an answer out of which some names were taken first, wherever they stand.

    `names` finds them (`v`, `w`), `marks` says what stands behind a name for it to be this one.
    """

    names: str
    marks: str
    kept: KeptWords

    def of(self, text: str) -> tuple[str, int]:
        """See `Kept`."""
        found = [name for each in re.finditer(self.names, text) for name in each.groups()]
        names = sorted({name.strip() for name in found if name} - {""}, key=len, reverse=True)
        for name in names[:_MOST_PIECES]:
            text = re.sub(rf"{re.escape(name)}(?={self.marks})", "<dropped>", text)
        kept, dropped = self.kept.of(text)
        return kept, dropped + len(names)

    def plain(self) -> dict[str, str]:
        """See `Kept`."""
        patterns = {"hidden": self.names, "marks": self.marks}
        return {**patterns, **self.kept.plain()}


def _name(start: re.Match[str]) -> str:
    return str(start[1] or start[2]).strip()


def _value(rest: str) -> str:
    """A value up to the first line that closes it: what follows is nobody's."""
    closed = _CLOSED.search(rest)
    return rest[: closed.end()] if closed else rest


def kept_of_plain(plain: Mapping[str, str]) -> Kept:
    """Make what `plain` gave. Raises KeyError."""
    if "names" in plain:
        return Entries(plain["names"], plain.get("forms"), plain.get("signs"))
    if "members" in plain:
        return Members(plain["members"])
    kept = KeptWords(plain["words"], until=plain.get("until"))
    if "head" in plain:
        return OwnNames(plain["head"], plain["own"], plain["joined"], plain["known"], kept)
    if "hidden" in plain:
        return Hiding(plain["hidden"], plain["marks"], kept)
    return kept


# Where an entry begins, as in `parsers.getprop`: blanks around the colon, a glued or broken line.
_ENTRY = re.compile(
    r"^[\[\]]([^\[\]\n]{1,200})\]\s{0,8}:\s{0,8}\[|(?<=\])\[([\w.@:-]{1,200})\]: \[", re.MULTILINE
)
_CLOSED = re.compile(r"\][ \t\r]{0,400}(?:\n|\Z)")
_END_OF_VALUE = re.compile(r"\][ \t\r]{0,400}\n?\Z|\n\Z")
_SHORT = re.compile(r"[\w .,:;+<>/()'-]{0,80}")
_ASSIGNMENT = re.compile(r"([A-Za-z_][\w.@:/-]{1,150})[ \t]{0,8}=")

# How a phone says no (see `parsers.refusals`), and that a service did not finish.
_LONGEST_REFUSAL = 2000
_REFUSED = re.compile(
    r"permission denied|permission denial|securityexception|operation not permitted"
    r"|not allowed to|requires android\.permission|access denied"
    r"|can't find service|no such file or directory|inaccessible or not found|: not found"
    r"|does not exist|unknown service|no such (?:device|tool)|unknown command|unknown option"
    r"|invalid argument|i/o error|not supported|unsupported|function not implemented"
    r"|is a directory|no shell command implementation|bad request",
    re.IGNORECASE,
)
_EXPIRED = re.compile(r"\*\*\* SERVICE '[\w./-]{0,120}' DUMP TIMEOUT|Error dumping service info")
_ERRORS = KeptWords(
    rf"(?i:{_REFUSED.pattern})",
    r"\bcould not [a-z]{1,12}(?: [a-z]{1,12}){0,3}",
    r"/(?:dev|sys|proc|system|vendor|product|odm|sbin)(?:/[\w.*:-]{1,60}){1,8}",
    _EXPIRED.pattern,
)
