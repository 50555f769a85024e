"""Finds and loads probe files; records where each came from and its sha256.

Probes are found by glob: `probes/<area>/<name>.py` holds `PROBE` with the id `area.name`. There is
no list to edit. They ship in the wheel (`_bundled/`) and are found from a checkout as well; a
shop's own probes come from further folders.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel, ConfigDict

from diagnose.errors import ProbeInvalid, UnknownName
from diagnose.knowledge.data_file import read_data
from diagnose.knowledge.probe_files import probe_files
from diagnose.model.bilingual import Bilingual
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.sdk import Probe, Spec


@dataclass(frozen=True)
class LoadedProbe:
    """A probe and its provenance. `origin`: `bundled`, or the folder it was loaded from."""

    probe: Probe
    origin: str
    sha256: str
    path: Path

    @property
    def area_title(self) -> Text:
        """What its part of the phone is called: `area.toml` beside it, else the folder's name."""
        return _area_title(self.path.parent)

    @property
    def watches(self) -> bool:
        """Whether it watches the phone for a while: not every plan takes that time."""
        return any(request.is_watched for request in self.probe.requests)


class _AreaFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Bilingual


@cache
def _area_title(folder: Path) -> Text:
    path = folder / "area.toml"
    if not path.is_file():
        return Text(folder.name)
    return read_data(path, _AreaFile, ProbeInvalid).title.text


@cache
def measures_known() -> Mapping[str, Spec]:
    """Every measure of the probes that ship or are installed, by `area.probe.measure`."""
    return {
        f"{probe_id}.{name}": spec
        for probe_id, loaded in load_probes().items()
        for name, spec in loaded.probe.measures.items()
    }


def load_probes(extra: Sequence[Path] = ()) -> Mapping[str, LoadedProbe]:
    """Load every probe, by id: the shipped ones, those of installed packages, those of `extra`.

    Nothing is loaded from where the user did not name it. Raises `ProbeInvalid` for a broken or
    doubled probe, and for a folder that holds none.
    """
    found: dict[str, LoadedProbe] = {}
    for _ in loading(found, extra):
        pass
    return found


def loading(found: dict[str, LoadedProbe], extra: Sequence[Path] = ()) -> Iterator[LoadedProbe]:
    """Load them one by one into `found`, some milliseconds each; see `load_probes`."""
    for path, origin in probe_files(extra):
        loaded = _load(path, origin)
        if loaded.probe.id in found:
            raise ProbeInvalid(
                f"{path} carries the id {loaded.probe.id} of {found[loaded.probe.id].path}",
                hint="give it another name: a probe's id is its folder and file name",
            )
        found[loaded.probe.id] = loaded
        yield loaded


def select(probes: Mapping[str, LoadedProbe], globs: Sequence[str]) -> dict[str, LoadedProbe]:
    """Choose probes by id or glob; a pattern that matches nothing raises `UnknownName`."""
    for pattern in globs:
        if not any(fnmatchcase(name, pattern) for name in probes):
            raise UnknownName("probe", pattern, probes)
    return {
        name: loaded
        for name, loaded in probes.items()
        if any(fnmatchcase(name, pattern) for pattern in globs)
    }


def _load(path: Path, origin: str) -> LoadedProbe:
    file = path.stat()
    return _loaded(path, origin, file.st_mtime_ns, file.st_size)


@cache
def _loaded(path: Path, origin: str, _mtime_ns: int, _size: int) -> LoadedProbe:
    """A file is run once in a process, as long as it stays as it is."""
    module = _execute(path)
    probe = getattr(module, "PROBE", None)
    expected = f"{path.parent.name}.{path.stem}"
    if not isinstance(probe, Probe):
        raise ProbeInvalid(f"{path} holds no PROBE", hint="see CONTRIBUTING.md, 'A new probe'")
    if probe.id != expected:
        raise ProbeInvalid(f"{path}: the id is {probe.id!r}, the path says {expected!r}")
    return LoadedProbe(probe, origin, hashlib.sha256(path.read_bytes()).hexdigest(), path)


def _execute(path: Path) -> ModuleType:
    name = f"diagnose_probes.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ProbeInvalid(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as problem:
        raise ProbeInvalid(f"{path}: {type(problem).__name__}: {problem}") from problem
    return module
