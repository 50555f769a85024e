"""What a profile is drafted from: a capture, the output of getprop, or a connected phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from diagnose.errors import CaptureInvalid, NoSuchFile, ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.getprop import parse_getprop
from diagnose.text import decode

if TYPE_CHECKING:
    from diagnose.model.result import Measurement


@dataclass(frozen=True)
class ProfileSource:
    """A phone's properties, and what was measured on it (by id)."""

    properties: Mapping[str, str]
    measurements: Mapping[str, Measurement] = field(default_factory=dict)


def read_file(path: Path) -> ProfileSource:
    """Read a capture, its folder, or a file with the output of getprop."""
    if path.is_dir() or path.suffix == ".jsonl":
        return _examined(path)
    if not path.is_file():
        raise NoSuchFile(f"there is no capture at {path}", hint="give a capture or a getprop file")
    try:
        return ProfileSource(parse_getprop(decode(path.read_bytes())))
    except ParseError as problem:
        raise CaptureInvalid(f"{path}: {problem}") from problem


def read_phone(serial: str | None, simulated: str | None) -> ProfileSource:
    """Probe the connected phone with the full plan; its capture is kept no longer than needed."""
    from diagnose.jobs.delivery import held
    from diagnose.jobs.phones import ready_phones
    from diagnose.jobs.session import Stop, diagnose_phone
    from diagnose.jobs.settings import RunWish, settle

    settings = settle(RunWish(simulated=bool(simulated)))
    chosen = ready_phones(serial, (simulated,) if simulated else ())
    with (
        TemporaryDirectory() as name,
        held(Path(name)) as folder,
        chosen as attached,
    ):
        (device,) = attached.ready
        draft = folder.draft()
        diagnose_phone(device, attached.address, settings, stop=Stop(), draft=draft)
        draft.commit()
        return _examined(Path(name))


def _examined(path: Path) -> ProfileSource:
    from diagnose.judging.examination import examine, read_properties
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import read_capture

    capture = read_capture(path)
    report = examine(capture, load_probes())
    measured = {m.id: m for result in report.results for m in result.measurements}
    return ProfileSource(read_properties(capture), measured)
