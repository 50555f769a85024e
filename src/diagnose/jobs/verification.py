"""Whether a report is what it says: unchanged, and drawn from the evidence beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from diagnose.errors import CaseRefused, DiagnoseError
from diagnose.files.manifest import FileCheck, check_folder
from diagnose.jobs.report_files import is_of_later_version
from diagnose.model.digest import is_intact
from diagnose.model.report import Report


def verify_report(
    report: Report,
    folder: Path,
    trusted: Collection[str],
    more: Collection[Path] = (),
    probe_dirs: Sequence[Path] = (),
) -> list[FileCheck]:
    """Check the digest, the evidence, and every file that was drawn from the report.

    A replay of the capture must give the same results; pages, PDF and JUnit must be those that the
    signed manifest names. `more`: files of the run that were written elsewhere; `probe_dirs` hold
    the probes that do not ship.
    """
    if is_of_later_version(report):
        words = "the report is of a later version: this program cannot check it"
        return [FileCheck(name="digest", ok=None, text=words)]
    intact = is_intact(report)
    words = "the report is unchanged" if intact else "the report was changed after it was made"
    return [
        FileCheck(name="digest", ok=intact, text=words),
        *check_evidence(report, folder, probe_dirs),
        *check_folder(folder, trusted, more=more),
    ]


def is_proven(report: Report, path: Path, *, or_absent: bool) -> bool:
    """Refuse a report for a case that is not what the capture beside it says.

    A digest can be written anew by whoever changes a report; its evidence cannot. `or_absent`:
    where there is no capture at all, the report is taken, and False is given. Raises
    `CaseRefused`.
    """
    folder = path if path.is_dir() else path.parent
    wrong = [check for check in check_evidence(report, folder) if not check.ok]
    if not is_intact(report):
        raise CaseRefused(
            "the report was changed after it was made", hint="probe the phone again: diagnose run"
        )
    if or_absent and not (folder / "capture.jsonl").exists():
        return False
    if wrong and wrong[0].name == "replay" and wrong[0].ok is None:
        raise CaseRefused(
            f"the report was made by other rules: {wrong[0].text}",
            hint=f"draw it anew from the same evidence: diagnose replay '{folder}' --out DIR",
        )
    if wrong:
        raise CaseRefused(
            f"the report is not proven by its evidence: {wrong[0].text}",
            hint="give the folder that `diagnose run --out` wrote, with its capture.jsonl; without "
            "any capture, --unproven takes the report and the record says so",
        )
    return True


def exit_status(checks: Collection[FileCheck]) -> int:
    """0: it holds, 1: something was changed, 5: files beside it could not be checked."""
    if any(check.ok is False for check in checks):
        return 1
    unsure = {check.name for check in checks if check.ok is None}
    return 5 if unsure - {"capture", "replay"} else 0


def check_evidence(
    report: Report, folder: Path, probe_dirs: Sequence[Path] = ()
) -> list[FileCheck]:
    """Check that the report was drawn from the capture beside it, and draw its results again."""
    from diagnose.judging.examination import examine
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import read_capture

    if not (folder / "capture.jsonl").is_file():
        return [
            FileCheck(name="capture", ok=None, text="no capture.jsonl beside it to check against")
        ]
    try:
        capture = read_capture(folder / "capture.jsonl")
    except DiagnoseError as problem:
        return [FileCheck(name="capture", ok=False, text=problem.message)]
    if capture.sha256 != report.capture.sha256:
        return [
            FileCheck(name="capture", ok=False, text="the capture is not the one it was made from")
        ]
    # A case ranks causes by its own symptoms; the evidence is the same, and so must the causes be.
    header = replace(capture.header, symptoms=report.intake.symptoms)
    again = examine(replace(capture, header=header), load_probes(probe_dirs))
    same = _results(again) == _results(report)
    replayed = (
        FileCheck(name="replay", ok=True, text="a replay of the capture gives the same results")
        if same
        else FileCheck(name="replay", ok=_judge(report, again), text=_why(report, again))
    )
    return [
        FileCheck(name="capture", ok=True, text="the capture is the one it was made from"),
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
