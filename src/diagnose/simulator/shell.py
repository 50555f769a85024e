"""The shell of a virtual phone: finds the answer to a command line, or refuses as Android does."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from fnmatch import fnmatchcase

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FILES, PROPERTIES, FileBody, answerer_for
from diagnose.simulator.state.identity import SimulatedIdentity


def run_command(phone: Phone, command: str) -> Output:
    """Answer one simple command. Unknown programs, services and files answer as on a phone."""
    try:
        words = tuple(shlex.split(command))
    except ValueError:
        return refuse(f"{_sh(phone)}: syntax error: unexpected EOF\n", exit_code=1)
    if not words:
        return Output()
    answerer = answerer_for(" ".join(words)) or _BUILTINS.get(words[0])
    if answerer is not None:
        return answerer(phone, words)
    return refuse(f"{_sh(phone)}: {words[0]}: {_not_found(phone)}\n", exit_code=127)


def properties_of(phone: Phone) -> dict[str, str]:
    """All system properties; a later area wins."""
    merged: dict[str, str] = {}
    for source in PROPERTIES:
        merged.update(source(phone))
    return merged


def files_of(phone: Phone) -> dict[str, FileBody]:
    """Every file any area shows or refuses."""
    merged: dict[str, FileBody] = {}
    for source in FILES:
        merged.update(source(phone))
    return merged


def _sh(phone: Phone) -> str:
    return "/system/bin/sh" if phone[SimulatedIdentity].sdk >= 21 else "sh"


def _not_found(phone: Phone) -> str:
    return "inaccessible or not found" if phone[SimulatedIdentity].sdk >= 29 else "not found"


def _getprop(phone: Phone, words: tuple[str, ...]) -> Output:
    known = properties_of(phone)
    if len(words) > 1:
        return say(known.get(words[1], words[2] if len(words) > 2 else "") + "\n")
    return say("".join(f"[{name}]: [{value}]\n" for name, value in sorted(known.items())))


def _cat(phone: Phone, words: tuple[str, ...]) -> Output:
    known = files_of(phone)
    printed, refused = b"", ""
    for path in _expand(words[1:], known):
        body = known.get(path)
        if body is not None:
            printed += body.encode() if isinstance(body, str) else body
        else:
            refused += f"cat: {path}: {_why(path, known)}\n"
    return Output(stdout=printed, stderr=refused.encode(), exit_code=1 if refused else 0)


def _grep(phone: Phone, words: tuple[str, ...]) -> Output:
    """`grep "" GLOB`: every line of several files behind its file's name."""
    known = files_of(phone)
    printed, refused = "", ""
    for path in _expand(words[2:], known):
        body = known.get(path)
        if body is None:
            refused += f"grep: {path}: {_why(path, known)}\n"
            continue
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        printed += "".join(f"{path}:{line}\n" for line in text.splitlines())
    return Output(stdout=printed.encode(), stderr=refused.encode(), exit_code=0 if printed else 2)


def _ls(phone: Phone, words: tuple[str, ...]) -> Output:
    known = files_of(phone)
    printed, refused = "", ""
    for path in [word for word in words[1:] if not word.startswith("-")]:
        if path in known:
            printed += f"{path}\n"
            continue
        inside = {k[len(path.rstrip("/")) + 1 :].split("/")[0] for k in known if k.startswith(path)}
        if inside:
            printed += "".join(f"{name}\n" for name in sorted(inside))
        else:
            refused += f"ls: {path}: No such file or directory\n"
    return Output(printed.encode(), refused.encode(), exit_code=1 if refused else 0)


def _expand(patterns: tuple[str, ...], known: dict[str, FileBody]) -> Iterator[str]:
    for pattern in patterns:
        matches = sorted(path for path in known if _same_depth_match(path, pattern))
        yield from matches or [pattern]


def _same_depth_match(path: str, pattern: str) -> bool:
    parts, globs = path.split("/"), pattern.split("/")
    return len(parts) == len(globs) and all(map(fnmatchcase, parts, globs))


def _why(path: str, known: dict[str, FileBody]) -> str:
    return "Permission denied" if path in known else "No such file or directory"


def _dumpsys(_phone: Phone, words: tuple[str, ...]) -> Output:
    name = next((word for word in words[1:] if not word.startswith("-")), "")
    return Output(stderr=f"Can't find service: {name}\n".encode(), exit_code=0)


def _date(phone: Phone, words: tuple[str, ...]) -> Output:
    if words[1:] == ("+%s",):
        return say(f"{int(phone.clock.timestamp())}\n")
    return say(phone.clock.strftime("%a %b %e %H:%M:%S UTC %Y\n"))


_BUILTINS = {
    "getprop": _getprop,
    "cat": _cat,
    "grep": _grep,
    "ls": _ls,
    "dumpsys": _dumpsys,
    "date": _date,
    "echo": lambda _phone, words: say(" ".join(words[1:]) + "\n"),
    "true": lambda _phone, _words: Output(),
    "false": lambda _phone, _words: Output(exit_code=1),
    "id": lambda _phone, _words: say(
        "uid=2000(shell) gid=2000(shell) groups=2000(shell) context=u:r:shell:s0\n"
    ),
    "whoami": lambda _phone, _words: say("shell\n"),
    "settings": lambda _phone, _words: say("null\n"),
}
