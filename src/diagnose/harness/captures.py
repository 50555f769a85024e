"""Captures as tests: recorded evidence judged again and compared with what was said of it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from diagnose import api
from diagnose.errors import DiagnoseError
from diagnose.harness.examined import ROOT, HarnessSettings
from diagnose.jobs.batch import captures_below
from diagnose.jobs.golden import GOLDEN, golden_text

_MOST_LINES = 60


def collect_captures(
    parent: pytest.Collector, option: Any, settings: HarnessSettings
) -> Iterator[pytest.Item]:
    """Give one test for each capture below the folder, by its path there."""
    folder = Path(option.diagnose_captures)
    found = captures_below(folder)
    if not found:
        raise pytest.UsageError(f"there is no capture.jsonl below {folder}")
    for name, path in found:
        item = CaptureItem.from_parent(
            parent, name=f"capture[{name}]", capture=path, settings=settings, option=option
        )
        item.add_marker(pytest.mark.diagnose(area="capture", device=name, required=True))
        yield item


class CaptureItem(pytest.Item):
    """One capture, judged again."""

    def __init__(
        self, *, name: str, capture: Path, settings: HarnessSettings, option: Any, **more: Any
    ) -> None:
        super().__init__(name, nodeid=f"{ROOT}::{name}", **more)
        self.capture = capture
        self.settings = settings
        self.update = bool(option.update_golden)

    def setup(self) -> None:
        """Judge it; evidence that cannot be read is an error."""
        try:
            report = _replayer(self.settings).replay(self.capture)
        except DiagnoseError as problem:
            pytest.fail(problem.message, pytrace=False)
        self.text = golden_text(report)

    def runtest(self) -> None:
        """Compare it with the golden report beside it, or write that anew."""
        golden = self.capture.with_name(GOLDEN)
        text = self.text
        if self.update:
            golden.write_text(text, "utf-8")
            return
        if not golden.is_file():
            pytest.fail(f"no {GOLDEN} beside it: write it with --update-golden", pytrace=False)
        before = golden.read_text("utf-8")
        if before != text:
            pytest.fail(difference(before, text), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The capture is what the test is from."""
        return self.capture, None, str(self.capture)


@cache
def _replayer(settings: HarnessSettings) -> api.Replayer:
    """Probes are loaded once for all captures of a process."""
    return api.Replayer(probe_dirs=settings.probe_dirs, profile_dirs=settings.profile_dirs)


def difference(before: str, after: str) -> str:
    """Show what changed, cut to what a person reads."""
    lines = list(
        unified_diff(before.splitlines(), after.splitlines(), "golden", "now", lineterm="", n=2)
    )
    more = f"\n… {len(lines) - _MOST_LINES} more lines" if len(lines) > _MOST_LINES else ""
    return "\n".join(lines[:_MOST_LINES]) + more
