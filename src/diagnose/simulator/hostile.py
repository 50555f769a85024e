"""The hostile phone: whatever words it can say carry an attack on whoever shows them.

Numbers stay numbers, so that the run gets as far as the views; every word carries markup, terminal
escapes, shell and path tricks, spreadsheet formulas and direction overrides.
"""

from __future__ import annotations

import re

from diagnose.simulator.output import Output

ATTACKS = (
    '<script>alert("diagnose")</script>',
    '"><img src=x onerror=alert(1)>',
    "</textarea></style>{{7*7}}${7*7}",
    "\x1b[2J\x1b[31mOWNED\x1b]0;title\x07\x1b[0m",
    "$(touch /tmp/diagnose-owned);`id`|reboot",
    "../../../../../../tmp/diagnose-owned",
    '=HYPERLINK("http://127.0.0.1/")',
    "\u202egnp.exe\u2066",
    "\x00\x9b31m\r\noverwritten",
    "' OR 1=1; DROP TABLE devices;--",
    "]]>&xxe;<!ENTITY x>",
)
_LONG_LINE_BYTES = 10 * 1024 * 1024
_WORD_VALUE = re.compile(r"(?P<head>[:=]\s?\[?)(?P<word>[A-Za-z][^\n\]]{0,400})")


def attacked(word: str, number: int) -> str:
    """Put an attack behind a word; they take turns by its number."""
    return f"{word}{ATTACKS[number % len(ATTACKS)]}"


def make_hostile(command: str, output: Output) -> Output:
    """Put an attack behind every word value; some commands also say a 10 MB line."""
    if not isinstance(output.stdout, bytes):
        return output
    text = output.stdout.decode("utf-8", "replace")
    attacked = "".join(_attack(line, n) for n, line in enumerate(text.splitlines(keepends=True)))
    tail = "A" * _LONG_LINE_BYTES if _says_a_long_line(command) else ATTACKS[0]
    return Output(f"{attacked}{tail}\n".encode(), output.stderr + _stderr(), output.exit_code)


def _attack(line: str, number: int) -> str:
    return _WORD_VALUE.sub(
        lambda found: f"{found['head']}{attacked(found['word'], number)}", line, count=1
    )


def _stderr() -> bytes:
    return f"{ATTACKS[3]}{ATTACKS[0]}\n".encode()


def _says_a_long_line(command: str) -> bool:
    return command in ("dumpsys battery", "dumpsys display", "cat /proc/cpuinfo", "df -k /data")
