"""Folders of probes and profiles that installed packages bring (entry points)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from diagnose.errors import CatalogError


def installed_folders(group: str) -> list[tuple[Path, str]]:
    """The folders that packages name under an entry point group, each with the package's name.

    The value of the entry point is a package; its folder is looked at, its code is not run.
    """
    if not _is_named_anywhere(group, tuple(sys.path)):
        return []
    from importlib.metadata import entry_points  # 40 ms with all it imports; mostly not needed

    return [
        (_folder_of(point.value), f"package {point.dist.name if point.dist else point.name}")
        for point in sorted(entry_points(group=group), key=lambda point: point.name)
    ]


@cache
def _is_named_anywhere(group: str, places: tuple[str, ...]) -> bool:
    heading = f"[{group}]".encode()
    return any(
        heading in path.read_bytes()
        for place in places
        if place
        for path in _entry_points_in(place)
    )


def _entry_points_in(place: str) -> Iterator[Path]:
    """Find what installed packages name; by hand, for `Path.glob` takes ten times as long."""
    with suppress(OSError):
        for name in os.listdir(place):  # noqa: PTH208 - see above
            if name.endswith((".dist-info", ".egg-info")):
                path = f"{place}/{name}/entry_points.txt"
                if os.path.isfile(path):  # noqa: PTH113 - see above
                    yield Path(path)


def _folder_of(module: str) -> Path:
    places, spec = None, None
    for part in module.strip().split("."):
        spec = PathFinder.find_spec(part, places)
        places = list(spec.submodule_search_locations or ()) if spec else None
        if not places:
            raise CatalogError(f"the entry point names {module!r}, which is no installed package")
    return Path((places or [""])[0])
