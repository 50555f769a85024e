"""Whether a report is what it says: unchanged, and drawn from the evidence beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from diagnose.errors import DiagnoseError
from diagnose.model.digest import is_intact
from diagnose.model.frozen import Frozen
from diagnose.model.report import Report


class Check(Frozen):
    """One thing that was checked; `ok` None: it could not be checked."""

    name: str
    ok: bool | None
    text: str


def verify_report(report: Report, folder: Path, probe_dirs: Sequence[Path] = ()) -> list[Check]:
    """Check the digest, the capture's digest, and that a replay gives the same results.

    `probe_dirs` hold the probes that do not ship.
    """
    intact = is_intact(report)
    words = "the report is unchanged" if intact else "the report was changed after it was made"
    return [
        Check(name="digest", ok=intact, text=words),
        *_check_capture(report, folder, probe_dirs),
    ]


def _check_capture(report: Report, folder: Path, probe_dirs: Sequence[Path]) -> list[Check]:
    from diagnose.judging.examination import examine
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import read_capture

    if not (folder / "capture.jsonl").is_file():
        return [Check(name="capture", ok=None, text="no capture.jsonl beside it to check against")]
    try:
        capture = read_capture(folder / "capture.jsonl")
    except DiagnoseError as problem:
        return [Check(name="capture", ok=False, text=problem.message)]
    if capture.sha256 != report.capture.sha256:
        return [Check(name="capture", ok=False, text="the capture is not the one it was made from")]
    # A case ranks causes by its own symptoms; the evidence is the same, and so must the causes be.
    header = replace(capture.header, symptoms=report.intake.symptoms)
    again = examine(replace(capture, header=header), load_probes(probe_dirs))
    same = _results(again) == _results(report)
    replayed = (
        Check(name="replay", ok=True, text="a replay of the capture gives the same results")
        if same
        else Check(name="replay", ok=_judge(report, again), text=_why(report, again))
    )
    return [
        Check(name="capture", ok=True, text="the capture is the one it was made from"),
        replayed,
    ]


def _results(report: Report) -> list[dict[str, object]]:
    concluded = (*report.results, *report.faults, *report.ruled_out)
    return [found.model_dump(mode="json") for found in concluded]


def _judge(report: Report, again: Report) -> bool | None:
    """Newer probes or profiles may judge differently; that is no forgery."""
    return None if _rules_of(report) != _rules_of(again) else False


def _why(report: Report, again: Report) -> str:
    if _rules_of(report) != _rules_of(again):
        return "today's probes, profile or fault knowledge are not those it was made with"
    return "a replay of the capture gives other results"


def _rules_of(report: Report) -> tuple[object, ...]:
    knowledge = report.conclusion.knowledge_sha256 if report.conclusion else ""
    probes = tuple((result.probe, result.sha256) for result in report.results)
    return (report.profile.sha256, knowledge, probes)
