"""Helpers for tests of probes: interpret a probe over words, no phone needed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeGuard

from diagnose.judging.judgement import judge
from diagnose.knowledge.probes import LoadedProbe, load_probes
from diagnose.model.criterion import Basis, Criterion, Source, Value
from diagnose.model.fact import Fact
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.text import Text
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.sdk import Answers, Probe

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The time at which `interpret_probe` pretends the answers were read."""


NOT_IN_A_PROBE = frozenset(
    {
        *("socket", "subprocess", "selectors", "asyncio", "ssl", "http", "urllib", "ctypes"),
        *("os", "io", "pathlib", "shutil", "tempfile", "time", "random", "threading"),
        *("multiprocessing", "adbutils", "usb", "serial", "requests", "importlib"),
    }
)
"""Modules that a probe does not import: it does no I/O, and says the same tomorrow."""

_NOT_CALLED_IN_A_PROBE = frozenset({"open", "eval", "exec", "__import__", "input", "compile"})
_PROBES_MAY = ("diagnose.sdk", "diagnose.parsers", "diagnose.requests")


def check_probes(folder: Path) -> None:
    """Hold the probes of a folder to the rules of the catalogue; fails with every breach.

    They do no I/O, import no more of `diagnose` than probes may, ask only what a shop's probe may
    ask, change nothing, and say everything in both languages.
    """
    breaches = [
        f"{path.name}: {breach}"
        for path in sorted(folder.glob("*/*.py"))
        for breach in _breaches_of_source(ast.parse(path.read_text("utf-8")))
    ]
    if not breaches:  # what may not be there is not run to find out more
        own = [one for one in load_probes([folder]).values() if one.path.is_relative_to(folder)]
        breaches = [f"{one.path.name}: {breach}" for one in own for breach in _breaches(one)]
    if breaches:
        raise AssertionError("\n".join(breaches))


def _breaches_of_source(tree: ast.Module) -> Iterator[str]:
    for name in sorted(_imported(tree)):
        if name.startswith("diagnose"):
            if name != "diagnose" and not name.startswith(_PROBES_MAY):
                yield f"a probe may not import {name}"
        elif name.partition(".")[0] in NOT_IN_A_PROBE:
            yield f"a probe may not import {name}"
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and _is_name(n.func)}
    for name in sorted(called & _NOT_CALLED_IN_A_PROBE):
        yield f"a probe may not call {name}"


def _breaches(loaded: LoadedProbe) -> Iterator[str]:
    for request in loaded.probe.requests:
        if why := EVERYTHING_READ.refusal(request):
            yield why
    for text in _texts(loaded.probe):
        if not (text.en.strip() and text.zh.strip()):
            yield f"a text is missing in one language: {text.en or text.zh!r}"


def _is_name(called: ast.expr) -> TypeGuard[ast.Name]:
    return isinstance(called, ast.Name)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = node.module == "diagnose"
            yield from (f"{node.module}.{a.name}" for a in node.names) if inner else (node.module,)


def _texts(probe: Probe) -> Iterator[Text]:
    about = probe.about
    yield from (probe.title, about.tested, about.meaning, about.consequence, about.action)
    for spec in probe.measures.values():
        yield from (spec.title, *spec.says.values(), *([spec.advice] if spec.advice else []))


@cache
def bundled_probes() -> Mapping[str, LoadedProbe]:
    """Load the bundled probes once for all tests of a process."""
    return load_probes()


def interpret_probe(
    probe_id: str,
    answers_text: Mapping[str, str | bytes | Reply],
    *,
    facts: Mapping[str, Value] | None = None,
    quirks: Mapping[str, Value] | None = None,
    limits: Mapping[str, Criterion] | None = None,
    now: datetime | None = NOW,
    probe_dirs: Sequence[Path] = (),
) -> ProbeResult:
    """Judge the probe on what the phone `said`, by command line (`"dumpsys battery"`).

    On other channels than adb the whole key is the name (`"fastboot:getvar product"`).
    A command that is not given is answered as missing. A `Reply` stands for itself. `probe_dirs`
    are folders of probes that do not ship.
    """
    loaded = (load_probes(probe_dirs) if probe_dirs else bundled_probes())[probe_id]
    replies = {_key(command): _reply(command, words) for command, words in answers_text.items()}
    known = {
        name: Fact(value=value, source=Source(text=Text("the test"), basis=Basis.VENDOR))
        for name, value in (facts or {}).items()
    }
    answers = Answers(loaded.probe, replies, now=now, facts=known, quirks=quirks)
    return judge(loaded, answers, limits)


def measurement(result: ProbeResult, name: str) -> Measurement:
    """Give one measurement of a result by its short name; fails with what there is."""
    wanted = f"{result.probe}.{name}"
    for found in result.measurements:
        if found.id == wanted:
            return found
    raise AssertionError(f"no {wanted}; there are {[m.id for m in result.measurements]}")


def denied(command: str) -> Reply:
    """Give the answer of a phone that refuses the command."""
    program, *words = command.split()
    refusal = f"{program}: {words[-1] if words else ''}: Permission denied\n"
    return Reply(f"shell:{command}", ReplyStatus.COMPLETE, stderr=refusal.encode(), exit_code=1)


def absent(service: str) -> Reply:
    """Give the answer of a phone that has no such dumpsys service."""
    refusal = f"Can't find service: {service}\n"
    key = f"shell:dumpsys {service}"
    return Reply(key, ReplyStatus.COMPLETE, stderr=refusal.encode(), exit_code=0)


def timed_out(command: str) -> Reply:
    """Give the reply of a command that hung."""
    return Reply(f"shell:{command}", ReplyStatus.TIMEOUT, detail="no answer within its deadline")


def _key(command: str) -> str:
    return command if command.partition(":")[0] in set(Channel) else f"shell:{command}"


def _reply(command: str, words: str | bytes | Reply) -> Reply:
    if isinstance(words, Reply):
        return words
    data = words.encode() if isinstance(words, str) else words
    return Reply(_key(command), ReplyStatus.COMPLETE, stdout=data, exit_code=0)
