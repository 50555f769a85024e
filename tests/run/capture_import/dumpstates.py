"""Bug reports for tests: the frame that dumpstate puts around what a phone says."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

RULE = "-" * 79
BANNER = "=" * 56
HOST = "Service host process PID: 1190\nThreads in use: 0/31\nClient PIDs: 13237, 12565\n"
MOMENT = datetime(2026, 3, 4, 5, 6, 7)  # noqa: DTZ001 - as a phone prints it


def section(title: str, command: str, body: str, *, seconds: float = 0.012) -> str:
    """A section as Android 7 and later frame it."""
    return (
        f"------ {title} ({command}) ------\n{body}"
        f"------ {seconds:.3f}s was the duration of '{title}' ------\n\n"
    )


def service(
    name: str, body: str, *, priority: str = "", host: bool = False, foot: bool = True
) -> str:
    """One service, as `dumpsys` prints it in a report."""
    head = f"{RULE}\nDUMP OF SERVICE {priority}{' ' if priority else ''}{name}:\n"
    output = f"{HOST if host else ''}{body}"
    end = (
        f"--------- 0.010s was the duration of dumpsys {name}, ending at: {MOMENT}\n"
        if foot
        else ""
    )
    return head + output + end


def report(
    *,
    services: Mapping[str, str] | None = None,
    sections: Iterable[str] = (),
    moment: datetime = MOMENT,
    host: bool = False,
    foot: bool = True,
    seconds: float = 1.5,
) -> str:
    """A whole text. `services` by name: all stand in the section of normal priority."""
    bodies = "".join(
        service(name, body, host=host, foot=foot) for name, body in (services or {}).items()
    )
    return (
        f"{BANNER}\n== dumpstate: {moment}\n{BANNER}\n\n"
        "Build: AB1A.260301.001\nBuild fingerprint: 'acme/ab/ab:16/X/1:user/release-keys'\n"
        "Kernel: Linux version 6.1.99-android14-11 (builder@host) #1 SMP PREEMPT\n"
        "Command line: console=null\nUptime: up 0 weeks, 3 days, 2 hours, 14 minutes\n\n"
        f"{''.join(sections)}"
        f"{BANNER}\n== Android Framework Services\n{BANNER}\n"
        f"------ DUMPSYS (/system/bin/dumpsys) ------\n{bodies}"
        f"------ {seconds:.3f}s was the duration of 'DUMPSYS' ------\n"
        f"{BANNER}\n== dumpstate: done (id 1)\n{BANNER}\n"
    )


def zipped(**files: str | bytes) -> bytes:
    """A zip of these files."""
    return zipped_as(files)


def zipped_as(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of files whose names are no words of Python."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def gzipped(text: str) -> bytes:
    """A text in gzip."""
    return gzip.compress(text.encode())
