"""Answers to AT commands: lines until a final result, with echo and chatter in between.

Formats: 3GPP TS 27.007 and ITU-T V.250. A modem may echo the command, speak unasked (`^RSSI: …`,
`+CREG: …`) between question and answer, and end its lines with CR, LF or both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.model.plain import dataclass

_LINE_END = re.compile(r"[\r\n]+")
_FINAL = re.compile(
    r"(OK|ERROR|NO CARRIER|COMMAND NOT SUPPORT|\+CM[ES] ERROR: ?.{0,80})", re.IGNORECASE
)
_UNASKED = re.compile(r"[\^+*%$#][A-Z][A-Z0-9]{1,20}(?::|$)")
_PAIR = re.compile(r"([A-Z]{1,12})\(([^()]{0,400})\)")
_MOST_LINES = 400
_LONGEST = 1000


@dataclass(frozen=True)
class AtAnswer:
    """The lines that belong to the command, and its final result (empty: none came)."""

    lines: tuple[str, ...]
    result: str

    @property
    def ok(self) -> bool:
        """Whether the modem took the command."""
        return self.result.upper() == "OK"


def is_final(line: str) -> bool:
    """Whether a line ends an answer."""
    return _FINAL.fullmatch(line.strip()) is not None


def parse_at(command: str, text: str) -> AtAnswer:
    """Read the answer to a command out of everything that came; never raises."""
    lines = [line.strip()[:_LONGEST] for line in _LINE_END.split(text)][:_MOST_LINES]
    result = next((line for line in lines if is_final(line)), "")
    before = lines[: lines.index(result)] if result else lines
    return AtAnswer(tuple(line for line in before if _belongs(command, line)), result)


def _belongs(command: str, line: str) -> bool:
    """No echo, and nothing the modem says unasked: an own prefix is that of the command."""
    if not line or line.upper() == command.upper():
        return False
    name = _name(command)
    if line.upper().startswith(name) and name:
        return True
    return command.upper() == "ATI" or not _UNASKED.match(line)


def _name(command: str) -> str:
    """`+CSQ` of `AT+CSQ`, `+CPIN` of `AT+CPIN?`."""
    return re.split(r"[?=]", command.upper().removeprefix("AT"))[0]


def value_of(command: str, answer: AtAnswer) -> str:
    """The first line without its own prefix: `17,99` of `+CSQ: 17,99`; empty where none came."""
    for line in answer.lines:
        name = _name(command)
        body = line[len(name) :].lstrip(": ") if name and line.upper().startswith(name) else line
        if body.strip():
            return body.strip().strip('"')
    return ""


def parse_devconinfo(answer: AtAnswer) -> Mapping[str, str]:
    """Samsung's `+DEVCONINFO: MN(SM-G991B);VER(…);…`: what it says of itself, by its own names."""
    return {name: value for line in answer.lines for name, value in _PAIR.findall(line)}


def signal_percent(text: str) -> int | None:
    """`+CSQ` as percent: 0 to 31 are levels, 99 is not known (TS 27.007, 8.5)."""
    match = re.match(r"\s*(\d{1,3})\s*(?:,|$)", text)
    level = int(match[1]) if match else 99
    return round(level * 100 / 31) if level <= 31 else None
