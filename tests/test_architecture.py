"""Who may import whom, and who may touch the outside world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "diagnose"

ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors", "model", "parsers.text"},
    "requests": set(),
    "replies": set(),
    "parsers": {"errors", "model", "parsers"},
    "sdk": {"errors", "model", "parsers", "replies", "requests"},
    "profile": {"catalog", "errors", "model", "parsers", "profile", "sdk"},
    "transports": {"errors", "parsers.text", "replies", "requests", "transports"},
    "simulator": {"errors", "model.text", "simulator"},
    "diagnosis": {"data_file", "diagnosis", "errors", "model"},
    "quote": {"errors", "model", "price_book"},
    "report": {"errors", "model", "parsers.text", "report"},
    "signing": {"errors", "station"},
    "casebook": {"casebook", "errors", "model", "report.translations", "signing"},
    "casework": {"casework", "errors", "model", "report", "symptoms"},
}
"""`report.verification` is the one view that reads evidence again; see EXCEPTIONS."""

EXCEPTIONS = {"report/verification.py"}
OUTSIDE_WORLD = {"socket", "subprocess", "selectors", "adbutils", "usb", "serial", "asyncio"}
MAY_TOUCH_IT = {"transports", "simulator"}
MAY_TALK = {"cli", "report/terminal.py"}


def _sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", _sources(), ids=_inside)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    where = _inside(path)
    layer = where.split("/")[0].removesuffix(".py")
    if layer not in ALLOWED or where in EXCEPTIONS:
        return
    own = {n.removeprefix("diagnose.") for n in _imports(path) if n.startswith("diagnose.")}
    allowed = ALLOWED[layer]
    wrong = {n for n in own if not any(n == a or n.startswith(f"{a}.") for a in allowed)}
    assert not wrong, f"{where} must not import {sorted(wrong)}"


@pytest.mark.parametrize("path", _sources(), ids=_inside)
def test_only_transports_and_simulator_touch_the_outside_world(path: Path) -> None:
    layer = _inside(path).split("/")[0]
    tops = {name.split(".")[0] for name in _imports(path)}
    if layer not in MAY_TOUCH_IT:
        assert not tops & OUTSIDE_WORLD


@pytest.mark.parametrize("path", _sources(), ids=_inside)
def test_only_the_command_line_and_the_terminal_view_know_click_and_rich(path: Path) -> None:
    where = _inside(path)
    tops = {name.split(".")[0] for name in _imports(path)}
    if where.split("/")[0] not in MAY_TALK and where not in MAY_TALK:
        assert not tops & {"click", "rich"}


@pytest.mark.parametrize("path", _sources(), ids=_inside)
def test_nothing_imports_the_command_line(path: Path) -> None:
    where = _inside(path)
    if where.startswith("cli/") or where == "__main__.py":
        return
    assert not any(name.startswith("diagnose.cli") for name in _imports(path))


@pytest.mark.parametrize("path", sorted((ROOT / "probes").glob("*/*.py")), ids=lambda p: p.stem)
def test_a_probe_imports_the_sdk_and_parsers_only(path: Path) -> None:
    for name in _imports(path):
        if name.startswith("diagnose"):
            assert name == "diagnose" or name.startswith(("diagnose.sdk", "diagnose.parsers")), name
        else:
            top = name.split(".")[0]
            assert top not in OUTSIDE_WORLD | {"os", "pathlib", "time", "random", "datetime.now"}
