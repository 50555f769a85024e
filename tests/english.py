"""Finds English sentences where Chinese is to be read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "diagnose"
# Four words of small letters in a row: names of products, units and commands are no sentence.
_SENTENCE = re.compile(r"(?<![\w./=<\[`-])(?:[A-Z]?[a-z']{2,},? ){3,}[a-z']{2,}")
_COMMAND = re.compile(r"`[^`]*`|diagnose( [a-z]+)+|(shell|exec):.*|https?://\S+")
_NAMES = 2
"""Words with capitals that make it a name: a phone says what its parts are called."""
NO_WORDS = {"evaluation", "simulator"}
"""Rooms whose sentences only those read who work on the product."""


def sentences(text: str) -> list[str]:
    """The English sentences of a text that is to be Chinese."""
    found = (match[0] for match in _SENTENCE.finditer(_COMMAND.sub(" ", text)))
    return [
        output for output in found if sum(word[0].isupper() for word in output.split()) < _NAMES
    ]


def set_by_the_command_line() -> Iterator[tuple[str, str]]:
    """Every sentence of the code that the command line may say, with its place.

    What is filled in is `{}`. Sentences of errors and their hints, of questions and notes, and the
    help of commands and options.
    """
    errors = _error_classes()
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if place.parts[0] in NO_WORDS or place.name == "evaluate.py":
            continue
        on_command_line = place.parts[0] == "cli"
        tree = ast.parse(path.read_text("utf-8"))
        constants = dict(_constants(tree))
        for node, named in _with_names(tree, constants):
            for found in _spoken(node, errors, on_command_line=on_command_line):
                for sentence in _of_pieces(found, named):
                    if sum(c.isascii() and c.isalpha() for c in sentence.replace("{}", "")) > 2:
                        yield sentence, f"{place}:{getattr(node, 'lineno', 0)}"


_Named = dict[str, list[ast.expr]]


def _with_names(tree: ast.Module, constants: _Named) -> Iterator[tuple[ast.AST, _Named]]:
    """Every node with what its names stand for: functions of the file, variables around it."""
    returned = {
        node.name: [
            one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value
        ]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    inside: dict[ast.AST, _Named] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            own: _Named = {}
            for name, value in _assigned(function):
                own.setdefault(name, []).append(value)
            inside |= dict.fromkeys(ast.walk(function), own)
    for node in ast.walk(tree):
        yield node, constants | returned | inside.get(node, {})


def _of_pieces(output: ast.expr, named: _Named, depth: int = 2) -> Iterator[str]:
    """The sentences an expression gives, followed through variables and functions of its file."""
    yield from _templates(output)
    branches = [output.body, output.orelse] if isinstance(output, ast.IfExp) else [output]
    for one in branches:
        called = one.func if isinstance(one, ast.Call) else one
        if isinstance(called, ast.Name) and depth:
            for value in named.get(called.id, []):
                yield from _of_pieces(value, named, depth - 1)


def _constants(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    """What is named once and said in several places."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, [node.value]


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from ((to.id, node.value) for to in node.targets if isinstance(to, ast.Name))
        elif isinstance(node, ast.NamedExpr):
            yield node.target.id, node.value


def _error_classes() -> set[str]:
    names = {"DiagnoseError", "BadParameter"}
    for node in ast.walk(ast.parse((SOURCE / "errors.py").read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            names |= {
                node.name for base in node.bases if isinstance(base, ast.Name) and base.id in names
            }
    return names - {"InternalError", "ParseError"}


def _spoken(node: ast.AST, errors: set[str], *, on_command_line: bool) -> Iterator[ast.expr]:
    if isinstance(node, ast.FunctionDef) and on_command_line:
        decorators = " ".join(map(ast.unparse, node.decorator_list))
        if ".command(" in decorators or ".group(" in decorators:
            yield ast.Constant(ast.get_docstring(node) or "")
        return
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    if name == "Check" and "text" in keywords:
        yield keywords["text"]
    if name in errors:
        yield from (*node.args[:1], *filter(None, [keywords.get("hint")]))
    elif on_command_line and name in {"echo", "prompt", "confirm", "in_words", "ask", "_complain"}:
        yield from node.args[:2]
    if on_command_line and "help" in keywords:
        yield keywords["help"]


def _templates(output: ast.expr) -> list[str]:
    """The sentences an expression may give; none where it is no sentence of its own."""
    if isinstance(output, ast.Constant):
        return [output.value] if isinstance(output.value, str) else []
    if isinstance(output, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in output.values)
        return ["".join(map(str, parts))]
    if isinstance(output, ast.IfExp):
        return _templates(output.body) + _templates(output.orelse)
    return []
