"""A shop's desk for tickets: a casebook, mappings of its own, and secrets in its environment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.commandline import Ended, diagnose, diagnose_here

from diagnose.knowledge.bundled import bundled_folder
from diagnose.model.report import Report
from diagnose.tickets.credentials import variable


@dataclass
class TicketDesk:
    """Where tickets are sent from."""

    folder: Path
    url: str
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        config = str(self.folder / "config")
        return {"DIAGNOSE_CASEBOOK": self.url, "DIAGNOSE_CONFIG": config, **self.secrets}

    def maps(self, name: str, text: str) -> Path:
        """Write a mapping of the shop's own."""
        path = self.folder / "config" / "tickets" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def maps_shipped(
        self, shipped: str, url: str, *, name: str = "", extra: str = "", secret: tuple[str, str]
    ) -> str:
        """Take a mapping that ships, with another address, and set its secret."""
        name = name or shipped
        text = (bundled_folder("profiles") / "tickets" / f"{shipped}.toml").read_text("utf-8")
        self.maps(name, extra + "\n" + re.sub(r'(?m)^url = ".*"', f'url = "{url}"', text))
        self.secrets[variable(name, secret[0])] = secret[1]
        return name

    def keeps(self, report: Report, name: str = "report") -> Path:
        """Write a report into a folder."""
        path = self.folder / name / "report.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report.model_dump_json(), "utf-8")
        return path.parent

    def ticket(self, *words: str | Path | int) -> Ended:
        return diagnose_here("ticket", *map(str, words), env=self.env)

    def ticket_process(self, *words: str | Path | int, **options: Any) -> Ended:
        """The same as a process of its own: for what standard output or a signal is about."""
        return diagnose("ticket", *map(str, words), env=self.env, **options)

    def does(self, *words: str | Path | int, status: int = 0) -> Any:
        ended = self.ticket(*words, "--json")
        assert ended.status == status, ended.err + ended.out
        return ended.json

    def refuses(self, *words: str | Path | int, status: int = 2) -> str:
        ended = self.ticket(*words)
        assert ended.status == status, ended.err + ended.out
        assert "Traceback" not in ended.err
        return ended.err
