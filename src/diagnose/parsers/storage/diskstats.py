"""`dumpsys diskstats`: space and the time one small write takes."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.storage.df import Filesystem

_LATENCY = re.compile(r"^Latency: (\d{1,9})ms \[512B Data Write\]", re.MULTILINE)
_SPEED = re.compile(r"^Recent Disk Write Speed \(kB/s\) = (\d{1,9})", re.MULTILINE)
_FREE = re.compile(r"^Data-Free: (\d{1,15})K / (\d{1,15})K total", re.MULTILINE)
_ERROR = re.compile(r"^(?:Test-Error|Error): .{0,200}", re.MULTILINE)


@dataclass(frozen=True)
class DiskStats:
    """What the disk service says; None where it says nothing (or "unavailable").

    `write_error` holds the words of a test write that failed.
    """

    latency_ms: int | None = None
    write_kb_per_s: int | None = None
    data_free_kib: int | None = None
    data_total_kib: int | None = None
    write_error: str = ""
    latency_raw: str = ""
    space_raw: str = ""

    @property
    def data_volume(self) -> Filesystem | None:
        """The volume apps live on; None where the service does not know its size."""
        free, total = self.data_free_kib, self.data_total_kib
        if free is None or not total:
            return None
        return Filesystem("/data", total, free, raw=self.space_raw)


def parse_diskstats(text: str) -> DiskStats:
    """Read the dump; raises `ParseError` where none of its lines is there."""
    latency, speed = _LATENCY.search(text), _SPEED.search(text)
    free, error = _FREE.search(text), _ERROR.search(text)
    if not (latency or speed or free or error):
        raise ParseError("no line of dumpsys diskstats in the answer")
    return DiskStats(
        latency_ms=int(latency[1]) if latency else None,
        write_kb_per_s=int(speed[1]) or None if speed else None,
        data_free_kib=int(free[1]) if free else None,
        data_total_kib=int(free[2]) or None if free else None,
        write_error=error[0] if error else "",
        latency_raw=latency[0] if latency else "",
        space_raw=free[0] if free else "",
    )
