"""`pm list packages -i`: who installed the apps. Names of apps do not leave this module."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from diagnose.errors import ParseError

_LINE = re.compile(r"^package:(\S{1,300})\s{1,8}installer=(\S{1,200})\s*$", re.MULTILINE)


def parse_installers(text: str) -> Mapping[str, int]:
    """Count apps by the name of their installer; `null` is "not known".

    No app at all is an empty mapping; raises `ParseError` where the text is something else.
    """
    found = Counter(match[2] for match in _LINE.finditer(text))
    if not found and text.strip():
        raise ParseError("no package in the answer")
    return dict(found)
