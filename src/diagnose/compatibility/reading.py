"""What an app asks for, read from the file a user has: an APK or a `requirements.toml`."""

from __future__ import annotations

from pathlib import Path

from diagnose.compatibility.package import read_package
from diagnose.compatibility.requirements import HINT, AppRequirements, parse_requirements
from diagnose.errors import AppInvalid, NoSuchFile

_LARGEST_BYTES = 1024 * 1024


def read_requirements(path: Path) -> AppRequirements:
    """Read an app (APK, several in an archive, a bundle) or a `requirements.toml`.

    Raises `NoSuchFile` where it cannot be opened, `AppInvalid` where it cannot be understood.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise NoSuchFile(f"{path} is no file", hint="name the file of an app")
    try:
        with path.open("rb") as file:
            head = file.read(_LARGEST_BYTES + 1)
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror or problem}") from problem
    if head.startswith(b"PK"):
        return read_package(path)
    if len(head) > _LARGEST_BYTES:
        raise AppInvalid(f"{path} is neither an APK nor a requirements.toml", hint=HINT)
    return parse_requirements(head, name=str(path))
