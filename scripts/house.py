"""Print the figures of the house: rooms and arrows, sizes of functions and files, lines.

    python scripts/house.py

A room is a folder of `src/diagnose` (in `case` its two folders) or a module that stands alone; an
arrow is a pair of rooms of which one imports from the other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "diagnose"


def main() -> None:
    """Print every figure in a line."""
    paths = sorted(SOURCE.rglob("*.py"))
    rooms = {_room(path.relative_to(SOURCE).with_suffix("").parts) for path in paths} - {"__init__"}
    arrows = {arrow for path in paths for arrow in _arrows(path)}
    files = [*paths, *(ROOT / "probes").rglob("*.py")]
    functions = [size for path in files for size in _functions(path)]
    lines = {path: path.read_text("utf-8").count("\n") for path in files}
    print(f"rooms {len(rooms)}, arrows {len(arrows)}")
    print(f"functions: {_sizes(functions)}")
    print(f"files: {_sizes(list(lines.values()))}")
    for folder in (SOURCE, ROOT / "probes"):
        own = sum(count for path, count in lines.items() if path.is_relative_to(folder))
        print(f"lines of {folder.relative_to(ROOT)}: {own}")


def _room(parts: tuple[str, ...]) -> str:
    return "/".join(parts[:2]) if parts[0] == "case" and len(parts) > 2 else parts[0]


def _arrows(path: Path) -> Iterator[tuple[str, str]]:
    here = _room(path.relative_to(SOURCE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("diagnose."):
            there = _room((*str(node.module).split(".")[1:], node.names[0].name))
            if there != here:
                yield here, there


def _functions(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def _sizes(counts: list[int]) -> str:
    counts = sorted(counts)
    middle, most = counts[len(counts) // 2], counts[int(len(counts) * 0.95)]
    return f"{len(counts)}, median {middle} lines, 95th percentile {most}, longest {counts[-1]}"


if __name__ == "__main__":
    main()
