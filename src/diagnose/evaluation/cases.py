r"""Cases of others: evidence, and what should be said of it, as TOML.

```toml
schema = 1
title = "No loudspeaker after a drop"
source = "where it comes from"
evidence = "bugreport.zip"     # a bug report, a capture.jsonl or a folder with an index.json; or:
[said]                         # what the phone answered, by command
"dumpsys media.audio_policy" = "…"
[expect]
attention = ["audio.policy"]   # these probes say at least attention
fail = []                      # these say fail
quiet = ["battery.health"]     # these say neither
not_pass = []                  # these do not pass
causes = ["audio.speaker-missing"]
no_causes = []                 # not even as possible
never = ["not a maker's"]      # words that no finding may hold
values = { "battery.state.level" = 75 }
```
Whatever is not expected to fail must not: a `fail` beside the expected ones is a false alarm.

A fault edited into real captures copies nothing of them: `devices` names folders of the corpus
(`--corpus`, else `DIAGNOSE_CORPUS`), and only the words that differ stand in the case:

```toml
devices = ["acer-liquid", "google-*"]      # each a trial of its own; a pattern takes `most` of them
said = { "settings get global airplane_mode_on" = "0" }   # answers nobody captured
[set]                          # properties, as getprop prints them
"sys.boot.reason" = "kernel_panic"
[[edit]]
command = "dumpsys battery"
find = '(?m)^  health: \d'      # a regular expression; a device without it is left out
put = "  health: 7"            # or `text`, the whole answer
```
There `attention` and `fail` are met by what is not said of the device as it was captured.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator

from diagnose.errors import PlanInvalid
from diagnose.evaluation.injected import as_captured, texts_of, with_words
from diagnose.evaluation.injections import set_property
from diagnose.evaluation.outside import SALT, capture_of, errors_of, with_outcome
from diagnose.judging.examination import examine
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.frozen import Frozen
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import Report
from diagnose.run.capture import (
    Capture,
    Clock,
    End,
    Header,
    Recorded,
    Subject,
    read_capture,
    timestamp,
)
from diagnose.run.capture_import import import_bugreport, import_folder, is_bugreport, key_of
from diagnose.run.plan import Plan
from diagnose.toml import NotToml, read_toml

_TELLING = (Outcome.ATTENTION, Outcome.FAIL)
_LARGEST = 4 * 1024 * 1024


class Expectation(Frozen):
    """What should be said; names of probes, causes and measures."""

    attention: tuple[str, ...] = ()
    fail: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    not_pass: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    no_causes: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    values: dict[str, bool | int | float | str] = Field(default_factory=dict)


class Edit(Frozen):
    """Other words in one answer: those that `find` describes are replaced, or the whole answer."""

    command: str
    find: str = ""
    put: str = ""
    text: str | None = None

    @field_validator("find")
    @classmethod
    def _is_a_pattern(cls, find: str) -> str:
        try:
            re.compile(find)
        except re.error as problem:
            raise ValueError(f"no regular expression: {problem}") from problem
        return find

    def of(self, text: str) -> str | None:
        """The answer with the other words; None where it has no place for them."""
        if self.text is not None:
            return self.text
        edited, count = re.subn(self.find, self.put, text)
        return edited if count else None


class CaseFile(Frozen):
    """One case: its evidence, what it is, and what should be said of it."""

    schema_: Annotated[int, Field(alias="schema", ge=1, le=1)] = 1
    title: Annotated[str, Field(min_length=1, max_length=200)]
    source: str = ""
    evidence: str = ""
    answers: dict[str, str] = Field(default_factory=dict, alias="said")
    at: date | None = None
    symptoms: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    most: Annotated[int, Field(ge=1)] = 3
    set_: Annotated[dict[str, str], Field(alias="set")] = Field(default_factory=dict)
    edit: tuple[Edit, ...] = ()
    blind: str = ""
    expect: Expectation


@dataclass(frozen=True)
class Tried:
    """One case and what was wrong about the report of it; nothing where all was as expected."""

    name: str
    title: str
    expected: int
    wrong: tuple[str, ...]
    false_alarms: tuple[str, ...]
    errors: tuple[str, ...]
    blind: str = ""


def case_files(folder: Path) -> list[Path]:
    """Every case of a folder, in the order of their names."""
    return sorted(folder.rglob("*.toml"))


def environment_corpus() -> Path | None:
    """The corpus that the environment names, where none was given."""
    named = os.environ.get("DIAGNOSE_CORPUS")
    return Path(named) if named else None


def read_case(path: Path) -> CaseFile:
    """Read one case. Raises `PlanInvalid` with what is wrong."""
    try:
        return CaseFile.model_validate(read_toml(path.read_bytes()[:_LARGEST]))
    except NotToml as problem:
        raise PlanInvalid(f"{path} is no valid TOML: {problem}") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PlanInvalid(f"{path}: {where}: {first['msg']}") from problem


def trials(path: Path, corpus: Path | None, plan: Plan) -> list[tuple[Path, Path | None]]:
    """The case on each device it edits, or as it stands; nothing where there is no corpus."""
    case = read_case(path)
    if not case.devices:
        return [(path, None)]
    folders: list[Path] = []
    for pattern in case.devices if corpus else ():
        fitting = [
            index.parent
            for index in sorted(corpus.glob(f"{pattern}/index.json"))  # type: ignore[union-attr]
            if _edited_words(case, index.parent, plan) is not None
        ]
        step = max(1, len(fitting) // case.most)
        folders += fitting[::step][: case.most]
    return [(path, folder) for folder in dict.fromkeys(folders)]


def tried(
    path: Path,
    plan: Plan,
    probes: Mapping[str, LoadedProbe],
    now: datetime,
    device: Path | None = None,
) -> Tried:
    """Judge one case, on a device of a corpus where it is a fault edited into one."""
    case = read_case(path)
    _check_names(case.expect, probes, path)
    if device is None:
        return _told(case, path.stem, examine(_capture(case, path, plan, now), probes))
    captured = as_captured(device, plan, now)
    words = _edited_words(case, device, plan) or {}
    before = examine(captured, probes)
    after = examine(with_words(captured, words, plan, now), probes)
    return _told(case, f"{path.stem} on {device.name}", after, before)


def _told(case: CaseFile, name: str, report: Report, before: Report | None = None) -> Tried:
    wanted = case.expect
    may_fail = {*wanted.fail, *wanted.attention}
    known = with_outcome(before, Outcome.FAIL) if before else ()
    fails = [probe for probe in with_outcome(report, Outcome.FAIL) if probe not in known]
    return Tried(
        name=name,
        title=case.title,
        expected=_count(wanted),
        wrong=(*_wrong(wanted, report), *_unchanged(wanted, report, before)),
        false_alarms=tuple(probe for probe in fails if probe not in may_fail),
        errors=errors_of(report),
        blind=case.blind,
    )


def _unchanged(wanted: Expectation, report: Report, before: Report | None) -> Iterator[str]:
    """Of an edited device: probes that say of it what they said of it before."""
    for probe in (*wanted.attention, *wanted.fail) if before else ():
        outcome, words = _spoken(report, probe)
        if outcome in _TELLING and (outcome, words) == _spoken(before, probe):  # type: ignore[arg-type]
            yield f"{probe}: says what it said of the unedited capture"


def _spoken(report: Report, probe: str) -> tuple[Outcome | None, list[str]]:
    result = next((one for one in report.results if one.probe == probe), None)
    if result is None:
        return None, []
    return result.outcome, [finding.text.en for finding in result.findings]


def _edited_words(case: CaseFile, device: Path, plan: Plan) -> dict[str, str] | None:
    """What the device says with the fault; None where it does not print what the fault changes."""
    words = texts_of(device, plan) | case.answers
    for edit in case.edit:
        text = edit.of(words[edit.command]) if edit.command in words else None
        if text is None:
            return None
        words[edit.command] = text
    if case.set_:
        if "]: [" not in words.get("getprop", ""):
            return None
        for name, value in case.set_.items():
            words["getprop"] = set_property(words["getprop"], name, value)
    return words


def _check_names(wanted: Expectation, probes: Mapping[str, LoadedProbe], path: Path) -> None:
    """A name that nothing carries would be an expectation that is never met, or always."""
    named = {*wanted.attention, *wanted.fail, *wanted.quiet, *wanted.not_pass}
    if unknown := sorted(named - set(probes)):
        raise PlanInvalid(f"{path}: no probe is called {unknown[0]}")


def _capture(case: CaseFile, path: Path, plan: Plan, now: datetime) -> Capture:
    at = datetime.combine(case.at, time(12), UTC) if case.at else None
    if case.answers:
        return _inline(case, plan, at or now)
    evidence = path.parent / case.evidence
    if not case.evidence or not evidence.exists():
        raise PlanInvalid(f"{path}: there is no evidence {case.evidence or '(none is named)'}")
    wish: dict[str, Any] = {
        "salt": SALT,
        "probes": tuple(plan.probes),
        "requests": plan.all_requests,
        "at": at,
        "now": now,
    }
    if (evidence / "index.json").is_file():
        return capture_of(import_folder(evidence, **wish), path.stem, now)
    if is_bugreport(evidence):
        return capture_of(import_bugreport(evidence, **wish), path.stem, now)
    return read_capture(evidence)


def _inline(case: CaseFile, plan: Plan, at: datetime) -> Capture:
    header = Header(
        started_at=timestamp(at),
        plan=plan.name,
        probes=tuple(plan.probes),
        symptoms=case.symptoms,
        source=case.source,
        clock=Clock.STATION,
    )
    recorded = tuple(
        Recorded(Reply(key, ReplyStatus.COMPLETE, stdout=words.encode(), exit_code=0))
        for command, words in case.answers.items()
        if (key := key_of(command))
    )
    return Capture(header, recorded, Subject(), End("complete", header.started_at), case.title)


def _wrong(wanted: Expectation, report: Report) -> Iterator[str]:
    outcomes = {result.probe: result.outcome for result in report.results}
    named = {fault.code for fault in report.faults}
    for probe in wanted.attention:
        if outcomes.get(probe) not in _TELLING:
            yield f"{probe}: {_outcome_text(outcomes.get(probe))}, expected attention"
    for probe in wanted.fail:
        if outcomes.get(probe) is not Outcome.FAIL:
            yield f"{probe}: {_outcome_text(outcomes.get(probe))}, expected fail"
    for probe in wanted.quiet:
        if outcomes.get(probe) in _TELLING:
            yield f"{probe}: {_outcome_text(outcomes.get(probe))}, expected to be quiet"
    for probe in wanted.not_pass:
        if outcomes.get(probe) is Outcome.PASS:
            yield f"{probe}: pass, expected not to"
    yield from (f"{code}: not named" for code in wanted.causes if code not in named)
    yield from (f"{code}: named" for code in wanted.no_causes if code in named)
    yield from _wrong_words(wanted, report)
    yield from _wrong_values(wanted, report)


def _wrong_words(wanted: Expectation, report: Report) -> Iterator[str]:
    sentences = "\n".join(finding.text.en for r in report.results for finding in r.findings)
    yield from (f"{words!r} was said" for words in wanted.never if words in sentences)


def _wrong_values(wanted: Expectation, report: Report) -> Iterator[str]:
    read = {m.id: m.value for result in report.results for m in result.measurements}
    for name, value in wanted.values.items():
        if read.get(name) != value:
            yield f"{name}: {read.get(name)!r}, expected {value!r}"


def _outcome_text(outcome: Outcome | None) -> str:
    return outcome.value if outcome else "not judged"


def _count(wanted: Expectation) -> int:
    return sum(len(getattr(wanted, name)) for name in Expectation.model_fields)
