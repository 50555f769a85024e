"""Privacy: says in plain words why a request may not be sent to a phone.

A command is sent only where the catalogue names it word for word, or where it has one of the
shapes that a shop's own probes may use; everything else is refused, known or not. The planner
asks first and the transport asks again before every send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache

from diagnose.model.plain import dataclass
from diagnose.model.requests import (
    Channel,
    DataClass,
    Effect,
    Request,
    Shell,
    command_line,
    shell_key,
)
from diagnose.model.text import Text
from diagnose.privacy import places as rules
from diagnose.privacy import shapes
from diagnose.privacy.channels import rules_of
from diagnose.requests import adb

_MOST_WORDS = 40
_LONGEST_WORD = 400
_LONGEST_SHOWN = 80

_PROGRAM = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_UNQUOTED = re.compile(r"[A-Za-z0-9_@%+=:,./*\-]+")
_PATH = re.compile(r"(?:/|(?:/[A-Za-z0-9_@%+=:,.*-]+)+/?)")

_NOT_ONE_COMMAND = Text("it is not one simple command", "不是一条简单命令")
_STRANGE = Text("it holds characters that no test needs", "含有检测不需要的字符")
_BY_PATH = Text("it names a program by its path or sets variables", "以路径调用程序或设置变量")
_UNKNOWN = Text(
    "it is none of the reading commands this program knows", "不在本程序允许的只读命令之列"
)
_UNKNOWN_WAY = Text("this program knows no such request", "本程序没有这种请求")
_EFFECT = {
    Effect.LISTEN: Text(
        "it listens to the touch panel for some seconds, and nobody allowed that (--allow listen)",
        "会监听触摸屏数秒，且未经允许（--allow listen）",
    ),
    Effect.WRITE: Text("it changes the phone, and nobody allowed that", "会更改手机，且未经允许"),
    Effect.DISRUPT: Text(
        "it interrupts the phone's work, and nobody allowed that", "会中断手机运行，且未经允许"
    ),
    Effect.BOOTROM: Text(
        "it talks to the phone's boot ROM, which can fall silent until the phone is switched off "
        "and on, and nobody allowed that (--allow bootrom)",
        "会与手机引导 ROM 通信，部分手机随后需断电重启才会响应，且未经允许（--allow bootrom）",
    ),
    Effect.READ: Text("reading was not allowed", "未允许读取"),
}
_SENSITIVE = Text(
    "it reads an identity number, and nobody allowed that (--allow identity)",
    "会读取识别码，且未经允许（--allow identity）",
)


@dataclass(frozen=True)
class Policy:
    """What the operator allows beyond reading: effects by name, and sensitive requests."""

    allowed_effects: frozenset[Effect] = frozenset({Effect.READ})
    allow_sensitive: bool = False

    def refusal(self, request: Request) -> str | None:
        """Say in English why the request may not be sent; None where it may."""
        text = self.refusal_text(request)
        return None if text is None else text.en

    def refusal_text(self, request: Request) -> Text | None:
        """Say why the request may not be sent; None where it may."""
        reason = self._reason(request)
        if reason is None:
            return None
        shown = ascii(request.key.partition(":")[2])[1:-1][:_LONGEST_SHOWN]
        return Text(f"“{shown}” is not sent: {reason.en}", f"不发送“{shown}”：{reason.zh}")

    def _reason(self, request: Request) -> Text | None:
        if request.effect not in self.allowed_effects:
            return _EFFECT[request.effect]
        if isinstance(request, Shell):
            return _broken(request) or self._shell_reason(request)
        return _other_channel_reason(request)

    def _shell_reason(self, request: Shell) -> Text | None:
        words = request.argv
        named = adb.named(request.key)
        if named and named.effect is request.effect and not named.sensitive:
            return None
        if any(_fits(shape, words) for shape in _shapes(shapes.SHAPES.get(request.effect, ""))):
            return None
        if any(_fits(shape, words) for shape in _shapes(shapes.SENSITIVE_SHAPES)):
            return None if self.allow_sensitive and request.sensitive else _SENSITIVE
        return _place_reason(words) or _command_reason(words) or _UNKNOWN


READ_ONLY = Policy()
EVERYTHING_READ = Policy(
    frozenset({Effect.READ, Effect.LISTEN, Effect.BOOTROM}), allow_sensitive=True
)


def refusal(request: Request) -> str | None:
    """Say why a request may not be sent under the policy that only reads; None where it may."""
    return READ_ONLY.refusal(request)


def data_classes(requests: Iterable[Request]) -> Mapping[DataClass, Text]:
    """Give the classes of data that the requests touch, with their titles, for the receipt."""
    touched = {request.data_class for request in requests}
    return {kind: title for kind, title in rules.DATA_CLASSES.items() if kind in touched}


def _broken(request: Shell) -> Text | None:
    """Whether the words are one simple command and what is sent is what was looked at."""
    words = request.argv
    if not words or len(words) > _MOST_WORDS or request.channel is not Channel.ADB:
        return _NOT_ONE_COMMAND
    if request.command != command_line(words) or request.key != shell_key(words, request.sample):
        return _NOT_ONE_COMMAND
    if any(len(word) > _LONGEST_WORD or not _is_plain_text(word) for word in words):
        return _STRANGE
    if "/" in words[0] or "=" in words[0]:
        return _BY_PATH
    if not _PROGRAM.fullmatch(words[0]):
        return _command_reason((words[0].casefold(),)) or _UNKNOWN
    return None


def _is_plain_text(word: str) -> bool:
    return word.isascii() and (word.isprintable() or not word)


def _other_channel_reason(request: Request) -> Text | None:
    """Requests below or beside adb: each channel has a closed list in its own file."""
    return None if rules_of(request.channel).may_be_sent(request) else _UNKNOWN_WAY


def _command_reason(words: Sequence[str]) -> Text | None:
    for count in range(min(len(words), 3), 0, -1):
        if reason := rules.REFUSED_COMMANDS.get(" ".join(words[:count])):
            return reason
    return None


def _place_reason(words: Sequence[str]) -> Text | None:
    reasons = (_refused_place(word) for word in words if word.startswith("/"))
    return next((reason for reason in reasons if reason), None)


@cache
def _shapes(lines: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in lines.splitlines() if line)


def _fits(shape: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words have the shape; see `shapes.SHAPES` for its language."""
    if not shape:
        return not words
    slot = _SLOTS.get(shape[0].rstrip("?*+"))
    if slot is None:
        return bool(words) and words[0] == shape[0] and _fits(shape[1:], words[1:])
    if shape[0][-1] in "*+":
        return (bool(words) or shape[0][-1] == "*") and all(map(slot, words))
    if shape[0].endswith("?") and _fits(shape[1:], words):
        return True
    if shape[0] in ("{service_with_arguments}", "{hal}"):
        return slot(" ".join(words))
    return bool(words) and slot(words[0]) and _fits(shape[1:], words[1:])


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda word: compiled.fullmatch(word) is not None


def _is_text(word: str) -> bool:
    """A word that is no option, and no glob: an unquoted `*` would become names of files."""
    return not word.startswith("-") and not ("*" in word and _UNQUOTED.fullmatch(word))


def _is_setting(word: str) -> bool:
    named = word.casefold()
    private = any(part in named for part in rules.PRIVATE_SETTINGS)
    return re.fullmatch(r"[A-Za-z0-9_.]{1,80}", word) is not None and not private


def _is_readable(word: str) -> bool:
    return _is_inside(word, rules.READABLE_PLACES) and _refused_place(word) is None


def _is_listable(word: str) -> bool:
    if not _is_inside(word, rules.LISTABLE_PLACES):
        return False
    named = _is_inside(word, tuple(rule for rule in rules.LISTABLE_PLACES if "**" not in rule))
    return named or word.startswith("/dev/") or _refused_place(word) is None


@cache
def _services() -> Mapping[str, frozenset[str]]:
    lines = (line.split() for line in shapes.SERVICES.splitlines() if line)
    return {name: frozenset(arguments) for name, *arguments in lines}


def _is_service_with_arguments(words: str) -> bool:
    name, *given = words.split(" ")
    return bool(given) and len(given) <= 2 and set(given) <= _services().get(name, frozenset())


def _is_hal(word: str) -> bool:
    found = re.fullmatch(
        r"android\.hardware\.([a-z0-9_.]{1,40})\.I[A-Za-z0-9]{1,40}/\w{1,40}", word
    )
    return found is not None and found[1] in shapes.HARDWARE_INTERFACES


def _is_hidl(word: str) -> bool:
    found = re.fullmatch(
        r"android\.hardware\.([a-z0-9_.]{1,40})@\d\.\d::I[A-Za-z0-9]{1,40}/\w{1,40}", word
    )
    return found is not None and found[1] in shapes.HARDWARE_INTERFACES


_SLOTS: Mapping[str, Callable[[str], bool]] = {
    "{property}": _matches(r"[A-Za-z][\w.@:-]{0,100}"),
    "{word}": _matches(r"[A-Za-z0-9_][\w.:-]{0,80}"),
    "{number}": _matches(r"\d{1,6}"),
    "{hex}": _matches(r"[0-9a-fA-F]{1,128}"),
    "{text}": _is_text,
    "{file}": _is_readable,
    "{folder}": _is_listable,
    "{mount}": rules.MOUNT_POINTS.__contains__,
    "{setting}": _is_setting,
    "{namespace}": frozenset({"system", "secure", "global"}).__contains__,
    "{service}": lambda word: word in _services(),
    "{service_with_arguments}": _is_service_with_arguments,
    "{hal}": _is_hal,
    "{hidl_interface}": _is_hidl,
    "{grep_flags}": _matches(r"-[EFHchinoqsvwx]{1,8}"),
    "{ls_flags}": _matches(r"-[1ZadhilnsL]{1,8}"),
    "{df_flags}": _matches(r"-[ahk]{1,3}"),
    "{date_format}": _matches(r"\+[%A-Za-z0-9:_ -]{1,40}"),
    "{package_flags}": _matches(r"-[fdesi3U]|-3|--user|\d{1,3}|--show-versioncode"),
    "{lshal_flags}": _matches(r"-[a-zA-Z]{1,10}|--(?:neat|types=[a-z,]{1,40})"),
    "{getevent_flags}": _matches(r"-(?:l?[pi]{1,2}|[pi]l)"),
    "{input_device}": _matches(r"/dev/input/event\d{1,3}"),
}


def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.strip("/").casefold().split("/"))


def _is_inside(path: str, places: Iterable[str]) -> bool:
    """Whether all that the path can match lies in one of the places."""
    if not _PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
        return False
    return any(
        _contains(tuple(place.strip("/").split("/")), path.strip("/").split("/"))
        for place in places
    )


def _contains(place: Sequence[str], path: Sequence[str]) -> bool:
    if not place or not path:
        return not place and not path
    if place[0] == "**":
        return True  # `**` stands last in a place that may be read
    within = place[0] == "*" if "*" in path[0] else fnmatchcase(path[0], place[0])
    return within and _contains(place[1:], path[1:])


@cache
def _refused_place(path: str) -> Text | None:
    """Say why a place is private, if anything the path can match is."""
    parts = _parts(path)
    if {".", "..", ""} & set(parts[1:]) or parts[0] in (".", ".."):
        return rules.FILES
    for place, reason in rules.REFUSED_PLACES.items():
        if _overlap(_parts(place), parts):
            return reason
    return None


@cache
def _overlap(place: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether some path matches both patterns; `**` only stands in `place`."""
    if place and place[0] == "**":
        return _overlap(place[1:], path) or (bool(path) and _overlap(place, path[1:]))
    if not place or not path:
        return not place and not path
    return _names_overlap(place[0], path[0]) and _overlap(place[1:], path[1:])


@cache
def _names_overlap(one: str, other: str) -> bool:
    """Whether some name matches both patterns of one part of a path."""
    if not one or not other:
        return set(one) <= {"*"} and set(other) <= {"*"}
    if one[0] == "*":
        return _names_overlap(one[1:], other) or _names_overlap(one, other[1:])
    if other[0] == "*":
        return _names_overlap(one, other[1:]) or _names_overlap(one[1:], other)
    return one[0] == other[0] and _names_overlap(one[1:], other[1:])
