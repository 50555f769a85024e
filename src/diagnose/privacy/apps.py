"""Where a reply names an added app: by the form of the name, or by the words before it.

Names of the system's own software stay (`app_namespaces`). All patterns run on lower-cased bytes
and are linear; each begins with a literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from diagnose.privacy.app_namespaces import STORES, is_system_name
from diagnose.privacy.patterns import bounded

App = tuple[int, int]
"""Where the name of an app, of its process or of its class begins and ends."""

# First words of package names: the ends of Internet names of companies and of countries, and words
# that well-known apps begin with. Two words are a name behind the first kind; behind the others
# three, because `net.hostname` or `me.txt` may be anything.
_OF_TWO: Final = "com org cn"
_OF_THREE: Final = """
net edu gov io app me tv co cc xyz info biz mobi dev fm im ai top vip pro tech online site club fun
de fr uk jp kr tw hk mo sg my th vn id ph in pk bd ru ua by kz pl cz sk hu bg gr tr il ir ae sa
eg za ng ke br ar mx cl pe it es pt nl be lu at ch li se no dk fi ie is eu us ca au nz ws to gg
air bin moe jackpal nextapp tunein ctrip kvp cmb icbc uk bg ee lt lv si hr rs ba
"""
_REST = rb"[a-z_][a-z0-9_]*+(?:[.$]++[a-z0-9_]++)*+"
_NAME_AT_LEAST_TWO = rb"[a-z_][a-z0-9_]*+(?:[.$]++[a-z0-9_]++)++"
_NAME = rb"[a-z][a-z0-9_]*+(?:[.$]++[a-z0-9_]++)++"

# Words that stand before the name of a package or process, whatever it looks like.
_BEFORE: Final[tuple[bytes, ...]] = (
    *(rb"package:", rb"package=", rb"package ", rb"package name: ", rb"packagename[=:] ?"),
    *(
        rb"package_name[=:] ?",
        rb"packages=\[",
        rb"installer=",
        rb"\n {4,10}service ",
        rb"pkg[=:] ?",
        rb"pack: ",
    ),
    *(rb"process: ", rb"process=", rb"proc ", rb"apk ", rb"client: ?", rb"client=", rb"caller="),
    *(rb"componentinfo\{", rb"cmp=", rb"callingpackage[=:] ?", rb"op_?package_?name[=:] ?"),
    *(rb"job\*/", rb"sync\*/", rb"alarm\*:", rb"activityrecord\{[0-9a-f]{1,16} u[0-9]{1,4} "),
    *(rb"/data/app/", rb"/data/app/~~[a-z0-9_=-]{1,40}/", rb"/data/data/", rb"/data/user/[0-9]+/"),
    *(rb"/data/user_de/[0-9]+/", rb"/mnt/asec/", rb"/android/(?:data|obb|media)/"),
)


def _headed(words: str, rest: bytes) -> Iterator[bytes]:
    """For each length of the first word: such a word before the dot (as a group), and the rest."""
    heads = {word.encode() for word in words.split()}
    for width in sorted({len(head) for head in heads}):
        known = b"|".join(_by_letter(sorted(head for head in heads if len(head) == width)))
        other = rb"(?<![a-z0-9_.$][a-z]{%d}\.)" % width
        yield rb"(?<=(" + known + rb")\.)" + other + rest


def _by_letter(heads: Sequence[bytes]) -> Iterator[bytes]:
    """The words as one alternative a first letter: at most dots all but one fail at once."""
    for letter, those in groupby(heads, lambda head: head[:1]):
        yield letter + rb"(?:" + b"|".join(head[1:] for head in those) + rb")"


# One pass over all dots. No name hides another one: behind its first word each sign is one that
# no first word may follow. Most dots stand behind a word that is too long.
_HEADED: Final = re.compile(
    rb"\.(?=[a-z_])(?<![a-z0-9_.$]{8}\.)(?:"
    + b"|".join((*_headed(_OF_TWO, _REST), *_headed(_OF_THREE, _NAME_AT_LEAST_TWO)))
    + rb")"
)
_NAMED: Final[tuple[re.Pattern[bytes], ...]] = (
    *(re.compile(before + rb"(?P<name>" + _NAME + rb")") for before in _BEFORE),
    # `AudioManager@1a2b3cCOM.name.of.Listener`: nothing stands between the number and the name.
    re.compile(rb"@[0-9a-f]{1,8}?(?P<name>(?:com|org|net|cn|io|me|tv)\." + _NAME + rb")"),
)
# `package:service`, and `package/.Class` or `package/class.with.Dots`.
_SERVICE = re.compile(rb":[a-z_]\w{0,60}(?![\w.])")
_CLASS = re.compile(rb"/(?P<class>\.?[a-z][\w$]*+(?:\.[\w$]++)++|\.[a-z][\w$]*+)")
# What stands behind a name, whatever the name looks like.
_BEHIND: Final[tuple[re.Pattern[bytes], ...]] = (
    re.compile(rb"/(?=\.[a-z]|[a-z][a-z0-9_]*+\.[a-z])(?<=[a-z0-9_]/)"),
    re.compile(rb" \| wakelockrefcount"),
)
# Lists of names under a heading: of `dumpsys deviceidle` and `dumpsys diskstats`.
_LISTS: Final[tuple[re.Pattern[bytes], ...]] = (
    re.compile(rb"list (?<=(?:white|allow)list )[^\n:]{0,60}:\n(?P<list>(?: {4}[^\n]*+\n)*+)"),
    re.compile(rb"package names: \[(?P<list>[^\n]*+)"),
)
_LISTED = re.compile(rb"(?<![a-z0-9_.$])" + _NAME)
_LONGEST_PACKAGE = 120
_REVERSED_PACKAGE = re.compile(rb"[a-z0-9_]++(?:\.[a-z0-9_]++)++(?![a-z0-9_/.@-])")
_LIST_HEAD = re.compile(rb"[0-9]{1,4}\t[^\n\t]{1,200}: \[\Z")
_REST_OF_PROPERTY = re.compile(rb"[a-z0-9_.:@-]{0,64}\]: \[")
_VENDOR_TAG = re.compile(rb" \([0-9a-f]{8}\): ")
_LONGEST_LINE_HEAD = 240

# What an app calls its own wake locks, jobs and alarms is its own choice of words.
_TAG_LINES: Final = re.compile(
    rb"\n {2,8}(?:wake lock|sync|job|job completions|wakeup alarm) "
    rb"(?:u[0-9]{1,4}[ais][0-9]{1,6} )?(?![0-9]{1,4} )(?P<tag>[^\n]*)"
)
_TAG_END = re.compile(rb": (?=[0-9(])| realtime| \(")
_OTHER_TAGS: Final[tuple[re.Pattern[bytes], ...]] = (
    re.compile(rb"=u[0-9]{1,4}[ais][0-9]{1,6}:\"(?P<tag>[^\"\n]{1,400})"),
    re.compile(rb",hsp,[0-9]{1,9},[0-9]{5,9},\"(?P<tag>[^\"\n]{1,400})"),
    re.compile(rb"\n9,[0-9]{5,9},[a-z],(?:wl|pr|apk|jb|jbc|sy|wua|awl|wmc),(?P<tag>[^,\n]{1,400})"),
)
_TAG_NAME = re.compile(
    rb"\"?(?:\*[a-z-]{1,20}\*[:/]|broadcast:u[0-9]{1,4}[ais][0-9]{1,6}:)?(?P<name>" + _NAME + rb")"
)
# Tags of the system: `*dexopt*`, `*alarm*`, a number.
_NO_TAG = re.compile(rb"(?:\*[a-z._-]{1,40}\*|[0-9 ]*)")


def _headed_names(lowered: bytes) -> Iterator[App]:
    for match in _HEADED.finditer(lowered):
        yield from _added(lowered, match.start(match.lastindex or 0), match.end())


def _named(pattern: re.Pattern[bytes], lowered: bytes) -> Iterator[App]:
    for match in pattern.finditer(lowered):
        yield from _added(lowered, *match.span("name"))


def _added(lowered: bytes, start: int, end: int) -> Iterator[App]:
    """The name with what belongs to it, unless it is of the system or of no app."""
    if not is_system_name(lowered[start:end].decode()) and not _is_part(lowered, start, end):
        yield from _whole(lowered, start, end)


def _whole(lowered: bytes, start: int, end: int) -> Iterator[App]:
    """The name with its process, and the class behind it."""
    if service := _SERVICE.match(lowered, end):
        end = service.end()
    yield start, end
    if class_name := _CLASS.match(lowered, end):
        yield class_name.span("class")


def _is_part(lowered: bytes, start: int, end: int) -> bool:
    """Whether the name is one of a part or of an interface: what stands around it says so."""
    before, after = lowered[max(0, start - 12) : start], lowered[end : end + 72]
    if before.endswith((b"feature:", b"library:", b"type: ", b"section ")):
        return True
    if _is_property(before, after):
        return True
    if after.startswith((b"@1.", b"@2.", b"@3.")) or _VENDOR_TAG.match(after):
        return True
    if before.endswith(b"installer="):
        return lowered[start:end].decode() in STORES
    head = lowered[max(0, start - _LONGEST_LINE_HEAD) : start]
    listed = after.startswith(b"]") and before.endswith(b": [")
    return listed and _LIST_HEAD.search(head) is not None


def _is_property(before: bytes, after: bytes) -> bool:
    """Whether it is the name of a property: `[net.bt.name]: [` or `net.bt.name=` in a file."""
    if after.startswith(b"="):
        return not before or before.endswith(b"\n")
    return before.endswith(b"[") and _REST_OF_PROPERTY.match(after) is not None


def _before_anchor(pattern: re.Pattern[bytes], lowered: bytes) -> Iterator[App]:
    """Names before `/.Class` and the like, whatever they look like."""
    for match in bounded(pattern.finditer(lowered)):
        at = match.start()
        name = _REVERSED_PACKAGE.match(lowered[max(0, at - _LONGEST_PACKAGE) : at][::-1])
        if name and name[0][-1:].isalpha() and not is_system_name(name[0][::-1].decode()):
            yield from _whole(lowered, at - name.end(), at)


def _in_list(pattern: re.Pattern[bytes], lowered: bytes) -> Iterator[App]:
    for match in pattern.finditer(lowered):
        for name in _LISTED.finditer(lowered, *match.span("list")):
            if not is_system_name(name[0].decode()):
                yield name.span()


def _tag_lines(lowered: bytes) -> Iterator[App]:
    for match in _TAG_LINES.finditer(lowered):
        start, end = match.span("tag")
        stop = _TAG_END.search(lowered, start, end)
        yield from _tag(lowered, start, stop.start() if stop else end)


def _tagged(pattern: re.Pattern[bytes], lowered: bytes) -> Iterator[App]:
    for match in pattern.finditer(lowered):
        yield from _tag(lowered, *match.span("tag"))


def _tag(lowered: bytes, start: int, end: int) -> Iterator[App]:
    name = _TAG_NAME.match(lowered, start, end)
    if _NO_TAG.fullmatch(lowered, start, end):
        return
    if not (name and is_system_name(name["name"].decode())):
        yield start, end


# What finds names of added apps in a lower-cased reply, each with the pattern without which it
# finds none. Places may overlap. They raise `TooManyValues`.
APP_FINDERS: Final[tuple[tuple[Callable[[bytes], Iterator[App]], re.Pattern[bytes]], ...]] = (
    (_headed_names, _HEADED),
    *((partial(_named, pattern), pattern) for pattern in _NAMED),
    *((partial(_before_anchor, pattern), pattern) for pattern in _BEHIND),
    *((partial(_in_list, pattern), pattern) for pattern in _LISTS),
    (_tag_lines, _TAG_LINES),
    *((partial(_tagged, pattern), pattern) for pattern in _OTHER_TAGS),
)
