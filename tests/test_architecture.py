"""Who may import whom, and who may touch the outside world. Drawn in ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "diagnose"

ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "text": set(),
    "places": {"errors"},
    "archive": set(),
    "cache": set(),
    "cores": set(),
    "toml": set(),
    "model": {"errors", "text"},
    "requests": {"model"},
    "parsers": {"errors", "model", "text"},
    "privacy": {"errors", "model", "requests", "text"},
    "sdk": {"errors", "ladder", "model", "parsers", "requests", "text"},
    "knowledge": {"errors", "model", "parsers", "sdk", "text", "toml"},
    "transports": {"errors", "places", "model", "parsers", "text"},
    "ladder": {"errors", "model", "parsers", "text"},
    "discovery": {"errors", "ladder", "model", "parsers", "requests", "text", "transports"},
    "simulator": {"errors", "model", "text"},
    "compatibility": {"archive", "errors", "model", "parsers", "text", "toml"},
    "files": {"errors", "model", "station"},
    "run": {
        "cache",
        *("archive", "errors", "files", "knowledge", "model", "parsers", "privacy", "requests"),
        *("sdk", "text", "transports"),
    },
    "judging": {
        *("compatibility", "errors", "knowledge", "ladder", "model", "parsers", "requests", "run"),
        *("sdk",),
        "text",
    },
    "station": {"discovery", "errors", "ladder", "model", "places", "text", "toml", "transports"},
    "case/rules": {"errors", "knowledge", "model", "report", "text"},
    "case/record": {"errors", "model", "station", "text"},
    "report": {"cache", "errors", "model", "text"},
    "evaluation": {
        *("errors", "judging", "knowledge", "model", "privacy", "run", "simulator", "text"),
        "toml",
    },
    "jobs": {
        *("case/record", "case/rules", "compatibility", "errors", "files", "judging", "knowledge"),
        *("discovery", "ladder", "model", "privacy", "report", "run", "sdk", "simulator"),
        *("station", "text", "transports"),
        *("cache", "cores", "parsers", "requests"),
    },
    "tickets": {
        *("case/record", "errors", "knowledge", "model", "report", "station", "text"),
    },
    "former": set(),
    "testing": {"judging", "knowledge", "model", "privacy", "sdk"},
    "api": {"discovery", "errors", "jobs", "judging", "knowledge", "model", "run", "transports"},
    "harness": {
        *("api", "discovery", "errors", "jobs", "knowledge", "ladder", "model", "report"),
        *("run", "station"),
    },
}
"""What each room may use beside itself. `cli` may use everything, and nothing uses `cli`."""

EVERYTHING = {"cli", "__main__", "__init__"}
OUTSIDE_WORLD = {
    *("socket", "subprocess", "selectors", "adbutils", "usb", "serial", "asyncio", "httpx"),
}
MAY_TOUCH_IT = {"transports", "simulator", "tickets/wire.py"}
MAY_TALK = {"cli", "report/terminal.py", "report/paper.py"}
PROBES_MAY = ("diagnose.sdk", "diagnose.parsers", "diagnose.requests")
NOT_IN_A_PROBE = OUTSIDE_WORLD | {"os", "pathlib", "time", "random"}


def _sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _room(place: str) -> str:
    """The room of a module, by its path: `case/rules/quote.py` stands in `case/rules`."""
    parts = place.removesuffix(".py").split("/")
    return "/".join(parts[:2]) if parts[0] == "case" and len(parts) > 1 else parts[0]


@cache
def _imports(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return frozenset(found)


def _own(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, as places."""
    for name in _imports(path):
        place = name.removeprefix("diagnose.").replace(".", "/")
        if name.startswith("diagnose.") and (
            (SOURCE / f"{place}.py").exists() or (SOURCE / place / "__init__.py").exists()
        ):
            yield place


def _tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _imports(path)}


def test_every_room_has_a_rule() -> None:
    rooms = {_room(_inside(path)) for path in _sources()} - {"case/__init__", "case"}
    assert rooms - EVERYTHING == set(ALLOWED)


def test_a_module_imports_only_what_its_room_may() -> None:
    wrong = [
        f"{_inside(path)} must not import {place}"
        for path in _sources()
        if (room := _room(_inside(path))) in ALLOWED
        for place in _own(path)
        if _room(place) not in ALLOWED[room] | {room, "case"}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_rooms_import_each_other_in_a_circle() -> None:
    graph = {room: others - {room} for room, others in ALLOWED.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        place.removesuffix(".py").removesuffix("/__init__"): set(_own(path))
        for path in _sources()
        if (place := _inside(path)) != "cli/__init__.py"
    }
    graph = {place: {other for other in to if other != place} for place, to in graph.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_only_transports_and_simulator_touch_the_outside_world() -> None:
    wrong = [
        _inside(path)
        for path in _sources()
        if not MAY_TOUCH_IT & {_room(_inside(path)), _inside(path)} and _tops(path) & OUTSIDE_WORLD
    ]
    assert not wrong


def test_only_the_command_line_and_the_terminal_view_know_click_and_rich() -> None:
    wrong = [
        place
        for path in _sources()
        if _room(place := _inside(path)) not in MAY_TALK
        and place not in MAY_TALK
        and _tops(path) & {"click", "rich"}
    ]
    assert not wrong


JUDGES = {"diagnose.model.criterion", "diagnose.model.outcome", "diagnose.model.result"}
GATHERS_OR_JUDGES = ("run/runner", "judging/judgement", "transports")
AN_ADDRESS = "transports/adb/server"


@pytest.mark.parametrize("room", ["cli", "harness"])
def test_no_command_and_no_plugin_gathers_or_judges_by_itself(room: str) -> None:
    """They stand on the same jobs as `diagnose.api` (ADR 0098); an address may be read."""
    ours = [path for path in _sources() if _inside(path).startswith(f"{room}/")]
    used = {(_inside(path), place) for path in ours for place in _own(path)} - {
        (name, AN_ADDRESS) for name in ("cli/run.py", "cli/devices.py")
    }
    assert [pair for pair in used if pair[1].startswith(GATHERS_OR_JUDGES)] == []


def test_a_probe_imports_the_sdk_and_parsers_only() -> None:
    wrong = [
        f"{path.parent.name}.{path.stem}: {name}"
        for path in sorted((ROOT / "probes").glob("*/*.py"))
        for name in _imports(path)
        if not _may_stand_in_a_probe(name)
    ]
    assert wrong == []


def _may_stand_in_a_probe(name: str) -> bool:
    if name.startswith("diagnose"):
        return name == "diagnose" or name.startswith(PROBES_MAY)
    return name.split(".", maxsplit=1)[0] not in NOT_IN_A_PROBE


def test_a_digit_is_one_that_int_can_read() -> None:
    """`"²".isdigit()` holds, and `int("²")` raises: ask `isdecimal`, or `isascii` as well."""
    wrong = [
        f"{_inside(path)}:{number}"
        for path in _sources()
        if "simulator" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ".isdigit()" in line and "isascii()" not in line and 'b"' not in line
    ]
    assert wrong == []


def test_a_parser_judges_nothing() -> None:
    """Limits and outcomes are the probe's, `diagnose.sdk`'s and `judging`'s."""
    parsers = [path for path in _sources() if _inside(path).startswith("parsers/")]
    assert [_inside(path) for path in parsers if _imports(path) & JUDGES] == []


def test_one_name_means_one_class() -> None:
    """A reader who meets `Step` knows which one; what is nested is told apart by its owner."""
    named = Counter(
        node.name
        for path in _sources()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, times in named.items() if times > 1} == set()


MAY_NAME_PROBES = ("evaluation/", "simulator/", "former.py")
"""Expectations of faults, the catalogue of injected faults, and names of earlier versions."""


def _named_probes(text: str, known: frozenset[str]) -> set[str]:
    words = re.findall(r"(?<![\w./])([a-z]+\.[a-z_]+)(?:\.[a-z_.]+)?(?![\w(/])", text)
    return {word for word in words if word in known}


def test_no_room_names_a_probe() -> None:
    """What a room must know of a measure is declared by its probe, in one place."""
    probes = ROOT / "probes"
    known = frozenset(f"{path.parent.name}.{path.stem}" for path in probes.glob("*/*.py"))
    found = {}
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.toml"), *SOURCE.rglob("*.j2")]:
        if not _inside(path).startswith(MAY_NAME_PROBES):
            texts = _strings(path) if path.suffix == ".py" else [path.read_text("utf-8")]
            if named := set().union(*(_named_probes(text, known) for text in texts)):
                found[_inside(path)] = named
    assert found == {}
    assert _named_probes('_LIFE = "battery.health.cycles"', known) == {"battery.health"}


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is str]
