"""What the pages say is what the program does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from tests.commandline import diagnose_here

ROOT = Path(__file__).parent.parent
PAGES = [
    *("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *(f"docs/{name}.md" for name in ("accuracy", "ci", "out-of-scope", "performance", "tickets")),
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


SHOWN = re.compile(
    r"(?:bin/|`|^ {4}|^)diagnose ([a-z]+(?: (?!out\b)[a-z]+)?)([^`#\n|]*)", re.MULTILINE
)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_a_page_shows_exists_with_its_options(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = {(words, option) for words, rest in SHOWN.findall(text) for option in _options(rest)}
    helps = {words: _help(words) for words, _ in shown}
    assert {pair for pair in shown if pair[1] not in helps[pair[0]]} == set()


def _options(rest: str) -> set[str]:
    return {"--help", *re.findall(r"(?<= )--[a-z][a-z-]+", rest)}


def _help(words: str) -> str:
    """The help of the longest command these words name: the others are its arguments."""
    *more, last = words.split()
    ended = diagnose_here(*more, last, "--help", env={"COLUMNS": "200"})
    return _help(" ".join(more)) if ended.status and more else ended.out
