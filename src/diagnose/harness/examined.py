"""A phone of the session: examined once, however many tests and processes ask for its report."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import field
from functools import cached_property
from pathlib import Path

from diagnose import api
from diagnose.errors import DiagnoseError
from diagnose.model.plain import dataclass
from diagnose.station.leases import leased

ROOT = "diagnose"
"""The node under which all our tests stand."""

VIRTUAL = "virtual:"
_LONGEST_RUN_S = 3600.0
_SCALE = "DIAGNOSE_PYTEST_SCALE"


@dataclass(frozen=True)
class HarnessSettings:
    """What every phone of the session is examined with."""

    plan: str
    probe_dirs: tuple[str, ...] = ()
    profile_dirs: tuple[str, ...] = ()
    wait_boot_s: float | None = None


@dataclass
class Examined:
    """One phone. `name` is what the user called it, `label` what its tests are called.

    `folder` is shared by all processes of the session: who comes first examines the phone there,
    the others read what he recorded.
    """

    name: str
    label: str
    settings: HarnessSettings
    folder: Path
    server: Callable[[], api.Address]
    stack: ExitStack
    _outcome: api.Report | DiagnoseError | None = field(default=None, init=False)

    def serial(self) -> str:
        """What adb calls it; a virtual one is started for it."""
        return self._virtual.serial if self.is_virtual else self.name

    def report(self) -> api.Report:
        """The report; the error that kept the phone from one is raised for every test."""
        if self._outcome is None:
            try:
                self._outcome = self._shared()
            except DiagnoseError as problem:
                self._outcome = problem
        if isinstance(self._outcome, DiagnoseError):
            raise self._outcome
        return self._outcome

    @property
    def is_virtual(self) -> bool:
        """Whether it is one of ours."""
        return self.name.startswith(VIRTUAL)

    @cached_property
    def _virtual(self) -> api.VirtualPhone:
        scale = float(os.environ.get(_SCALE, "0.05"))
        specification = self.name.removeprefix(VIRTUAL)
        phone = api.VirtualPhone(specification, scale=scale, server=self.server())
        return self.stack.enter_context(phone)

    def _shared(self) -> api.Report:
        with leased(f"pytest {self.folder}", wait_s=_LONGEST_RUN_S):
            if (self.folder / "capture.jsonl").exists():
                return api.replay(
                    self.folder,
                    probe_dirs=self.settings.probe_dirs,
                    profile_dirs=self.settings.profile_dirs,
                )
            return api.run(
                self._virtual if self.is_virtual else self.name,
                plan=self.settings.plan,
                probe_dirs=self.settings.probe_dirs,
                profile_dirs=self.settings.profile_dirs,
                wait_boot_s=self.settings.wait_boot_s,
                wait_free_s=_LONGEST_RUN_S,
                out=self.folder,
            )


def folder_name(label: str) -> str:
    """A name for the folder of a phone: readable, and never the phone's own words as they are."""
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", label).strip(".-")[:60]
    return f"{readable}-{hashlib.sha256(label.encode()).hexdigest()[:8]}"
