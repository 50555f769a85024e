"""How a phone says no: refused, not there, or not known.

The words are the same since Android 4; they may come on either stream and glued to other output.
"""

from __future__ import annotations

import re

from diagnose.errors import Reason
from diagnose.model.plain import dataclass

# Only a short answer is a refusal: the same words stand inside long healthy dumps too.
_LONGEST_REFUSAL = 2000

_DENIED = re.compile(
    r"permission denied|permission denial|securityexception|operation not permitted"
    r"|not allowed to|requires android\.permission|access denied",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"can't find service|no such file or directory|inaccessible or not found|: not found"
    r"|does not exist|unknown service",
    re.IGNORECASE,
)
_UNSUPPORTED = re.compile(
    r"no such (?:device|tool)|unknown command|unknown option|invalid argument|i/o error"
    r"|not supported|unsupported|function not implemented"
    r"|is a directory|no shell command implementation|bad request",
    re.IGNORECASE,
)
_EXPIRED = re.compile(
    r"\*\*\* SERVICE '[^'\n]{0,120}' DUMP TIMEOUT|Error dumping service info", re.IGNORECASE
)


@dataclass(frozen=True)
class Refusal:
    """What a no means. `is_absent`: the phone said that there is no such thing."""

    reason: Reason
    is_absent: bool = False


def refusal(stdout: str, stderr: str, exit_code: int | None) -> Refusal | None:
    """Say why the phone gave no answer, or None where the text is an answer.

    One good line on standard output makes it an answer, whatever else was said: `cat` over a glob
    prints what it may read and refuses the rest. An empty answer with exit status 0 is an answer.
    """
    if stdout.strip() and not _is_only_refusal(stdout):
        return None
    answer = f"{stdout}\n{stderr[:_LONGEST_REFUSAL]}"
    if _DENIED.search(answer):
        return Refusal(Reason.DENIED)
    if _ABSENT.search(answer) or exit_code == 127:
        return Refusal(Reason.UNSUPPORTED, is_absent=True)
    if _UNSUPPORTED.search(answer) or (not stdout.strip() and exit_code not in (0, None)):
        return Refusal(Reason.UNSUPPORTED)
    return Refusal(Reason.UNSUPPORTED) if exit_code == 126 else None


def dump_expired(end: str) -> bool:
    """Whether `dumpsys` says at its end that the service did not finish in time."""
    return _EXPIRED.search(end) is not None


def _is_only_refusal(text: str) -> bool:
    """Whether every line of a short answer is a refusal."""
    if len(text) > _LONGEST_REFUSAL:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    return all(any(no.search(line) for no in (_DENIED, _ABSENT, _UNSUPPORTED)) for line in lines)
