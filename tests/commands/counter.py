"""A shop's counter: `diagnose case …` with a casebook and a station key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.commandline import Ended, diagnose_here


@dataclass(frozen=True)
class CaseDesk:
    """Where cases are worked on: `url` names the casebook, `folder` holds the station's key."""

    folder: Path
    url: str

    @property
    def env(self) -> dict[str, str]:
        return {"DIAGNOSE_CASEBOOK": self.url, "DIAGNOSE_CONFIG": str(self.folder / "config")}

    def case(self, *words: str | Path) -> Ended:
        return diagnose_here("case", *words, env=self.env)

    def does(self, *words: str | Path, status: int = 0) -> Any:
        ended = self.case(*words, "--json")
        assert ended.status == status, ended.err + ended.out
        return ended.json

    def refuses(self, *words: str | Path, status: int = 2) -> str:
        ended = self.case(*words)
        assert ended.status == status, ended.err + ended.out
        assert "Traceback" not in ended.err
        return ended.err
