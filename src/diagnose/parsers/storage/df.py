"""`df`: free and used space, in the four layouts of Android 2 to 16.

toybox and busybox (`1K-blocks Used Available Use% Mounted on`), toolbox (`Size Used Free
Blksize`, the path comes first), the prose of Android 2 (`/data: 200960K total, …`) and `-h`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_KIB_OF = {"": 1.0, "K": 1.0, "M": 1024.0, "G": 1024.0**2, "T": 1024.0**3}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)([KMGT]?)(?:i?B)?")
_PROSE = re.compile(r"(/\S{0,200}): (\S{1,20}) total, (\S{1,20}) used, (\S{1,20}) available")
_MOST_ROWS = 2000
_DATA_PLACES = ("/data", "/data/user/0", "/storage/emulated")
_BYTES_OF_KIB = 1024


@dataclass(frozen=True)
class Filesystem:
    """One row of the table. Sizes in KiB; `raw` is the row as it was printed."""

    mount: str
    total_kib: float
    free_kib: float
    device: str = ""
    raw: str = ""

    @property
    def free_percent(self) -> float:
        """What an app can still use, as a share of the whole."""
        return 100.0 * self.free_kib / self.total_kib if self.total_kib else 0.0

    @property
    def free_gb(self) -> float:
        """Free space in the decimal gigabytes storage is sold by."""
        return self.free_kib * _BYTES_OF_KIB / 1e9

    @property
    def total_gb(self) -> float:
        """Size in the decimal gigabytes storage is sold by."""
        return self.total_kib * _BYTES_OF_KIB / 1e9


def parse_df(text: str) -> tuple[Filesystem, ...]:
    """Read every row that is one; refusals inside the table are passed over.

    Raises `ParseError` where there is not a single row.
    """
    rows = tuple(_rows(text))
    if not rows:
        raise ParseError("no file system in the answer")
    return rows


def parse_data_volume(text: str) -> Filesystem | None:
    """The volume apps live on, None where no row is it; raises `ParseError` as `parse_df`.

    `/data/user/0` is Android 11's name of it; `/storage/emulated` is the same one seen through
    FUSE. A table of one row under `/data` is the answer to `df /data`.
    """
    rows = parse_df(text)
    by_mount = {row.mount: row for row in rows}
    named = next((by_mount[place] for place in _DATA_PLACES if place in by_mount), None)
    only = rows[0] if len(rows) == 1 and rows[0].mount.startswith("/data") else None
    volume = named or only
    return volume if volume is not None and volume.total_kib > 0 else None


def _rows(text: str) -> Iterator[Filesystem]:
    wrapped = ""
    for line in text.splitlines()[:_MOST_ROWS]:
        words = line[:1000].split()
        if len(words) == 1 and not words[0].endswith(":"):
            wrapped = words[0]  # a long device path stands on a line of its own
            continue
        row = _prose_row(line) or _row([wrapped, *words] if wrapped else words, line.strip())
        wrapped = ""
        if row is not None:
            yield row


def _prose_row(line: str) -> Filesystem | None:
    match = _PROSE.match(line[:1000].strip())
    if match is None:
        return None
    total, used, free = (_kib(match[at]) for at in (2, 3, 4))
    return _filesystem(match[1], total, used, free, raw=line.strip())


def _row(words: list[str], raw: str) -> Filesystem | None:
    if len(words) < 5:
        return None
    total, used, free = (_kib(word) for word in words[1:4])
    if words[4].endswith("%") and len(words) >= 6:
        return _filesystem(words[5], total, used, free, device=words[0], raw=raw)
    if words[0].startswith("/") and words[4].isdecimal():
        return _filesystem(words[0], total, used, free, raw=raw)
    return None


def _filesystem(
    mount: str,
    total: float | None,
    used: float | None,
    free: float | None,
    *,
    device: str = "",
    raw: str,
) -> Filesystem | None:
    if total is None or used is None or free is None:
        return None
    return Filesystem(mount, total, free, device=device, raw=raw[:300])


def _kib(word: str) -> float | None:
    match = _SIZE.fullmatch(word)
    return float(match[1]) * _KIB_OF[match[2]] if match else None
