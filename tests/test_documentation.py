"""What the pages say is what the program does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from tests.commandline import diagnose

ROOT = Path(__file__).parent.parent
PAGES = [
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"),
    *("docs/out-of-scope.md", "docs/tickets.md"),
]


def test_the_probe_reference_is_current() -> None:
    path = ROOT / "scripts" / "write_probe_reference.py"
    spec = importlib.util.spec_from_file_location("write_probe_reference", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page() == (ROOT / "docs" / "probes.md").read_text("utf-8"), path


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_a_page_shows_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = set(
        re.findall(
            r"(?:bin/|`)diagnose ([a-z]+(?: (?:show|list|verify|diff|import|suggest|check))?)", text
        )
    )
    for words in sorted(shown):
        ended = diagnose(*words.split(), "--help")
        assert ended.status == 0, f"{page}: diagnose {words}: {ended.err}"
