"""How people write down what they asked a phone, brought to the words of a request.

`adb -s X shell "dumpsys battery"`, `/system/bin/dumpsys -T 30000 dropbox`, `/proc/meminfo`,
`getprop / cat /system/build.prop`, `SYSTEM PROPERTIES`: loosely named, and all answers to requests.
What only looks like one (`getprop | grep ro.boot`) is none: half an answer would be read as whole.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import PurePosixPath

from diagnose.model.requests import shell_key
from diagnose.model.requests.fastboot import READABLE
from diagnose.model.requests.serial import AT_COMMANDS
from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY
from diagnose.requests.trail import CHANGES

_REMARK = re.compile(r"\s*\([^()'\"]*\)\s*$")
_A_PART = re.compile(
    r"\([^()]*\b(?:parts?|filtered|grep|see name|head|tail|excerpt|only|previous)\b[^()]*\)\s*$",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"^(?:\S{0,60}[:@]\S{0,60} ?)?[$#>] +")
_ERRORS = re.compile(r"\s[12&]>(?:>|&\d)?\s*[^\s'\"]*\s*$")
_SEVERAL = re.compile(r"[|;&<>\n]+")
_PLACE = re.compile(r"^/(?:proc|sys|d|dev|vendor|system|odm|product)/\S+$")
_BINARIES = ("/system/bin/", "/system/xbin/", "/vendor/bin/", "/bin/", "/sbin/", "/usr/bin/")
_NOT_ADB = ("hdc", "AT", "ATI", "fastboot", "mtp-detect", "host", "lsusb", "usb-devices")
_TITLES = {"SYSTEM PROPERTIES": ("getprop",)}
_RUNNERS = {  # programs that run another one: how many words of their own come before it
    ("su", "-c"): 2,
    ("su", "0"): 2,
    ("su", "root"): 2,
    ("sh", "-c"): 2,
    ("timeout",): 2,
    ("toybox",): 1,
    ("busybox",): 1,
}
_ADB_WITH_WORD = ("-s", "-t", "-H", "-P", "-L")
_HARMLESS_AFTER_PIPE = (["cat"], ["tee"], ["tr", "-d"], ["more"], ["less"], ["dos2unix"])
_BY_NAME = {key.partition(":")[2]: key for key in (DESCRIPTORS_KEY, AOA_KEY, CHANGES.key)}
_SAME = {("cmd", "package", "list"): ("pm", "list")}


def key_of(command: str) -> str | None:
    """Give the key of the request that this loosely named command answers, None for other ways."""
    if beside := _beside_adb(command.strip()):
        return beside
    words = words_of(command)
    return shell_key(words) if words else None


def _beside_adb(command: str) -> str | None:
    """The key of a request over another channel, in the exact words of that channel."""
    if READABLE.fullmatch(command):
        return f"fastboot:{command}"
    if command in AT_COMMANDS:
        return f"serial:{command}"
    return _BY_NAME.get(command)


def is_a_part(command: str) -> bool:
    """Whether a remark behind the command says that not the whole answer was kept."""
    return _A_PART.search(command) is not None


def words_of(command: str) -> tuple[str, ...]:
    """Give the words of the one command that the phone's shell ran; none where it was another."""
    command = _ERRORS.sub("", _PROMPT.sub("", _REMARK.sub("", command.strip())))
    if command in _TITLES:
        return _TITLES[command]
    if command.startswith("/") and command.partition(": ")[0] != command:
        command = command.partition(": ")[0]  # a file and its date, as dumpstate writes them
    words = _without_adb(_whole(_split(command.split(" / ")[0])))
    if not words or words[0].rstrip(":") in _NOT_ADB:
        return ()
    return _as_asked(words)


def _split(command: str) -> list[str]:
    """The words, with the shell's operators as words of their own."""
    try:
        lexer = shlex.shlex(command, posix=True, punctuation_chars="|;&<>")
        lexer.whitespace_split = True
        lexer.commenters = ""
        return list(lexer)
    except ValueError:  # a quote that nobody closed
        return command.split()


def _whole(words: Sequence[str]) -> list[str]:
    """The command without redirections; nothing where a filter or a second command follows."""
    for at, word in enumerate(words):
        if not _SEVERAL.fullmatch(word):
            continue
        before = list(words[:at])
        if word in (">", ">>"):
            return before
        after = list(words[at + 1 :])
        harmless = word == "|" and any(after[: len(one)] == one for one in _HARMLESS_AFTER_PIPE)
        return before if harmless else []
    return list(words)


def _without_adb(words: list[str]) -> list[str]:
    if words[:1] == ["adb"]:
        words = words[1:]
        while words and words[0].startswith("-"):
            words = words[2 if words[0] in _ADB_WITH_WORD else 1 :]
    if words[:1] in (["shell"], ["exec-out"]):
        words = words[1:]
        while words and words[0] in ("-T", "-t", "-tt", "-x", "-n"):
            words = words[1:]
    return _unpacked(words)


def _unpacked(words: list[str]) -> list[str]:
    """What `su -c`, `timeout 10` and a quoted line really run."""
    for _ in range(4):
        if len(words) == 1 and " " in words[0]:
            words = _whole(_split(words[0]))
        taken = next((n for head, n in _RUNNERS.items() if tuple(words[: len(head)]) == head), 0)
        if not taken:
            break
        words = words[taken:]
    return words


def _as_asked(words: list[str]) -> tuple[str, ...]:
    if _PLACE.match(words[0]) and not words[0].startswith(_BINARIES):
        return ("cat", *words)
    if words[0].startswith(_BINARIES):
        words = [PurePosixPath(words[0]).name, *words[1:]]
    for head, asked in _SAME.items():
        if tuple(words[: len(head)]) == head:
            words = [*asked, *words[len(head) :]]
    if words[0] == "dumpsys":
        words = ["dumpsys", *_without_patience(words[1:], ("-T",))]
    return tuple(words)


def without_patience(words: Sequence[str]) -> tuple[str, ...]:
    """The same `dumpsys` without how long it might take: the words that decide the answer."""
    if words[:1] != ("dumpsys",):
        return tuple(words)
    return ("dumpsys", *_without_patience(list(words[1:]), ("-T", "-t", "--timeout")))


def _without_patience(words: list[str], options: tuple[str, ...]) -> list[str]:
    while len(words) > 1 and words[0] in options and words[1].isdecimal():
        words = words[2:]
    return words
