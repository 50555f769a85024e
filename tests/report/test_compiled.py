"""Templates compiled once: the same page, and nothing compiled by anybody else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from tests.report import samples

from diagnose.report import html


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were compiled, as it happens."""
    monkeypatch.setenv("DIAGNOSE_CACHE", str(tmp_path))
    names: list[str] = []
    before = Environment.compile

    def compile_(self: Environment, source: Any, name: Any = None, *more: Any) -> Any:
        names.append(name)
        return before(self, source, name, *more)

    monkeypatch.setattr(Environment, "compile", compile_)
    return names


def page() -> str:
    """The sheet, as a new process draws it."""
    html._environment.cache_clear()
    try:
        return html.render_html(samples.complete(), lang="en").sheet
    finally:
        html._environment.cache_clear()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "templates").glob("*.jinja"))


def test_the_second_start_compiles_nothing(compiled: list[str], tmp_path: Path) -> None:
    first = page()
    assert len(compiled) == len(files(tmp_path)) > 1
    compiled.clear()
    assert page() == first
    assert compiled == []


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def forge(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"sheet", b"shell"))


def open_to_others(path: Path) -> None:
    path.chmod(0o666)


def give_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    os.chown(path, 12345, 12345)


@pytest.mark.parametrize("spoil", [halve, forge, open_to_others, give_away])
def test_what_is_not_whole_or_not_ours_is_compiled_anew(
    compiled: list[str], tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    first = page()
    compiled.clear()
    for path in files(tmp_path):
        spoil(path)
    assert page() == first
    assert compiled
    compiled.clear()
    assert page() == first
    assert compiled == []


def test_without_a_place_they_are_compiled_as_ever(
    compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("DIAGNOSE_CACHE", str(tmp_path / "file"))
    assert page() == page()
    assert compiled
