"""`pm list features` and `pm list libraries`: what the phone's image offers to apps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from diagnose.errors import ParseError

# Dots are required: without them any word of an error message would read as a feature.
_FEATURE = re.compile(r"(?:feature:)?([A-Za-z]\w{0,40}(?:\.\w{1,60}){1,12})(?:=(\w{1,30}))?")
_GLES = re.compile(r"(?:feature:)?(reqGlEsVersion)=(\w{1,30})")
# Samsung's S Pen (`com.sec.feature.spen_usp`, also `..._level40`), NVIDIA's DirectStylus.
_PEN = re.compile(r"(?:^|[._])(?:spen|\w{0,20}stylus|pen)(?:[._]|$)", re.IGNORECASE)
_LIBRARY = re.compile(r"library:([A-Za-z][\w.\-]{1,150})")
TELEPHONY = "android.hardware.telephony"
_MOST = 2000
_GLES_NAME = "reqGlEsVersion"
_OTHER_ROW = re.compile(r"\s*(?:WARNING|\$|#|DUMP OF|-----|[\w.]+@[\w.]+:)")  # not of the list
_EXCERPT = 9
# Every list of features is words of this shape; in random bytes one may look like it by chance.
_SHARE_OF_FEATURES = 0.5


class Features(dict[str, str]):
    """Declared features. `is_whole`: every row was read."""

    is_whole = True


def lacks_feature(features: Mapping[str, str] | None, name: str) -> bool:
    """Whether the list shows that a feature is not declared: absence from a part of it is nothing.

    Every row must be read. Android sorts the list by name and says no end: what lies between two
    others that are there was not cut off. Of a few names (an excerpt) nothing is known of its ends.
    """
    if features is None or name in features:
        return False
    if isinstance(features, Features) and not features.is_whole:
        return False
    names = [one for one in features if one != _GLES_NAME]
    if len(names) < _EXCERPT:
        return True
    return names == sorted(names) and names[0] < name < names[-1]


def parse_features(text: str) -> Mapping[str, str]:
    """Read declared features: name to version (`""` where none is given).

    `reqGlEsVersion` keeps its hexadecimal text. Lines may lack the `feature:` of `pm` (lists shown
    by an app). Raises `ParseError` where there is not one feature.
    """
    found = Features()
    lines = [line for line in text.splitlines()[:_MOST] if line.strip()]
    for line in lines:
        word = line.strip().split(" ", 1)[0]
        if match := _FEATURE.fullmatch(word) or _GLES.fullmatch(word):
            found[match[1]] = match[2] or ""
        elif not _OTHER_ROW.match(line):
            found.is_whole = False
    if len(found) < _SHARE_OF_FEATURES * len(lines) or not found:
        raise ParseError("no feature in the answer")
    return found


def parse_libraries(text: str) -> frozenset[str]:
    """Read the names of the system's shared libraries; raises `ParseError` where there is none."""
    lines = (line.strip() for line in text.splitlines()[:_MOST])
    names = frozenset(match[1] for line in lines if (match := _LIBRARY.fullmatch(line)))
    if not names:
        raise ParseError("no library in the answer")
    return names


def find_pen(features: Iterable[str]) -> str | None:
    """Find the feature with which a maker declares a pen; Android has none of its own."""
    return min((name for name in features if _PEN.search(name)), default=None)
