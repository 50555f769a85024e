"""`/proc/mounts` and `mount`: what is mounted where, and whether it may be written to."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_MOUNT_WORDS = re.compile(r"^(\S{1,300}) on (\S{1,300}) type (\S{1,40}) \(([^)\n]{0,1000})\)$")
_MOST_LINES = 5000


@dataclass(frozen=True)
class Mount:
    """One mounted file system; `options` are the words as printed: `rw`, `errors=panic`."""

    device: str
    place: str
    kind: str
    options: tuple[str, ...]
    raw: str

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written there."""
        return "ro" in self.options


def parse_mounts(text: str) -> dict[str, Mount]:
    """Read mounts by place; the last one in a place covers the others.

    Raises `ParseError` where there is not a single mount.
    """
    found = {}
    for line in text.splitlines()[:_MOST_LINES]:
        mount = _mount(line.strip()[:2000])
        if mount is not None:
            found[mount.place] = mount
    if not found:
        raise ParseError("no mount in the answer")
    return found


def _mount(line: str) -> Mount | None:
    if match := _MOUNT_WORDS.match(line):
        return Mount(match[1], match[2], match[3], tuple(match[4].split(",")), line)
    words = line.split()
    if (
        len(words) == 6
        and words[1].startswith("/")
        and words[4].isdecimal()
        and words[5].isdecimal()
    ):
        return Mount(words[0], words[1], words[2], tuple(words[3].split(",")), line)
    return None
