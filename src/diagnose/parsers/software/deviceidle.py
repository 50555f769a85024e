"""`dumpsys deviceidle`: how many apps may run while the phone sleeps. Names are not kept."""

from __future__ import annotations

import re
from itertools import takewhile

from diagnose.errors import ParseError

_USER_LIST = re.compile(r"^  (?:Whitelist|Allowlist) user apps:$")


def parse_unrestricted_apps(text: str) -> int:
    """Count the apps the owner let out of battery saving; none where the list is not printed.

    Raises `ParseError` where the text is no dump of the service.
    """
    if "mState=" not in text:
        raise ParseError("no dump of deviceidle in the answer")
    lines = text.splitlines()[:20_000]
    start = next((at for at, line in enumerate(lines, 1) if _USER_LIST.match(line)), len(lines))
    return sum(1 for _ in takewhile(lambda line: line.startswith("    "), lines[start:]))
