"""Where probe files are, before any of them is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from diagnose.errors import ProbeInvalid
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.installed import installed_folders


def probe_files(extra: Sequence[Path] = ()) -> Iterator[tuple[Path, str]]:
    """Give every probe file and its origin: shipped, of installed packages, of `extra` folders.

    Raises `ProbeInvalid` for a folder that holds none.
    """
    places = [(bundled_folder("probes"), "bundled"), *installed_folders("diagnose.probes")]
    for folder, origin in [*places, *((path, str(path)) for path in extra)]:
        paths = sorted(folder.glob("*/*.py"))
        if not paths:
            raise ProbeInvalid(
                f"{folder} is no folder with probes" if folder.is_dir() else f"no folder {folder}",
                hint="a probe lies in the folder as AREA/NAME.py; see CONTRIBUTING.md",
            )
        for path in paths:
            yield path, origin
