"""Reports as files: read back, also those of a later minor version."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from diagnose.errors import CaptureInvalid, NoSuchFile
from diagnose.files.folder import recover
from diagnose.model.report import SCHEMA_VERSION, Report


def load_report(path: Path) -> Report:
    """Read a `report.json`, or the one in a folder.

    Members that a later minor version has added are left out. Raises `NoSuchFile`, or
    `CaptureInvalid` for what is no report of version 1.
    """
    recover(path if path.is_dir() else path.parent)
    path = path / "report.json" if path.is_dir() else path
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise NoSuchFile(f"{path} is no file", hint="give a report.json or its folder")
    try:
        return _read(path.read_bytes())
    except OSError as problem:
        raise NoSuchFile(
            f"there is no report at {path}", hint="give a report.json or its folder"
        ) from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CaptureInvalid(
            f"{path} is not a report of version 1: {where}: {first['msg']}",
            hint="see: diagnose schema report",
        ) from problem


def is_of_later_version(report: Report) -> bool:
    """Whether the report was made by a later minor version: we may not know all it says."""
    return _minor(report.schema_version) > _minor(SCHEMA_VERSION)


def _read(data: bytes) -> Report:
    try:
        return Report.model_validate_json(data)
    except ValidationError as problem:
        if any(error["type"] != "extra_forbidden" for error in problem.errors()):
            raise
        report = Report.model_validate_json(data, extra="ignore")
        if not is_of_later_version(report):
            raise
        return report


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
