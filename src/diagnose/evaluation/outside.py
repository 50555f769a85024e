"""Accuracy on evidence from outside: real devices of a corpus, judged and read a second time.

A device is not faulty as a whole: where its manifest marks a capture with FAULT, the probes that
read that capture may call it faulty, and no other may. What they say of the rest is a false alarm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from diagnose.evaluation.causes import Named, named_in, too_sure
from diagnose.evaluation.readers import StatedFact, facts
from diagnose.judging.examination import examine, read_properties
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.run.capture import Capture, End, Subject, timestamp
from diagnose.run.capture_import import Import, Use, count_visits, import_folder, key_of
from diagnose.run.plan import Plan
from diagnose.text import decode

SALT = b"evaluation: any salt will do"
_MARK = "FAULT"
_PROPERTIES = "shell:getprop"
_BOOT = re.compile(r"\bboot", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """One visit of a real device of a corpus, and what was said of it.

    `answers` are those that a probe asks for, `unasked` and `unknown` the numbers of the others.
    `faulty`: probes that read what the manifest marks as faulty; the rest of the device is healthy.
    """

    device: str
    folder: str
    answers: tuple[str, ...]
    unasked: int
    unknown: int
    values: int
    fails: tuple[str, ...]
    attentions: tuple[str, ...]
    errors: tuple[str, ...]
    faulty: tuple[str, ...] = ()
    causes: tuple[Named, ...] = ()
    too_sure: tuple[str, ...] = ()
    stated_checked: int = 0
    stated_right: int = 0
    facts: tuple[StatedFact, ...] = ()

    @property
    def false_alarms(self) -> tuple[str, ...]:
        """Probes that call a part faulty of which nothing is known to be."""
        return tuple(probe for probe in self.fails if probe not in self.faulty)

    @property
    def noticed_faults(self) -> tuple[str, ...]:
        """Probes that say something of a part that is known to be faulty."""
        return tuple(p for p in (*self.fails, *self.attentions) if p in self.faulty)


def visits(folder: Path) -> list[tuple[Path, int]]:
    """Every device of a folder of captures, with each of its visits."""
    return [
        (index.parent, visit)
        for index in sorted(folder.glob("*/index.json"))
        for visit in range(1, count_visits(index.parent) + 1)
    ]


def seen(
    folder: Path, visit: int, plan: Plan, probes: Mapping[str, LoadedProbe], now: datetime
) -> Seen | None:
    """Judge one visit of one device; None where it answers no probe."""
    made = import_folder(
        folder,
        salt=SALT,
        probes=tuple(plan.probes),
        requests=plan.all_requests,
        visit=visit,
        now=now,
    )
    if not made.recorded:
        return None
    capture = capture_of(made, folder.name, now)
    report = examine(capture, probes)
    manifest = json.loads((folder / "index.json").read_text("utf-8"))
    stated = list(_stated(manifest, report, read_properties(capture)))
    texts = {
        one.reply.key.removeprefix("shell:"): decode(one.reply.stdout) for one in made.recorded
    }
    return Seen(
        device=f"{report.device.brand} {report.device.model}".strip(),
        folder=folder.name if visit == 1 else f"{folder.name} (visit {visit})",
        answers=tuple(one.reply.key for one in made.recorded),
        unasked=len(made.told(Use.UNASKED)),
        unknown=len(made.told(Use.UNKNOWN)),
        values=report.coverage.values_read,
        fails=with_outcome(report, Outcome.FAIL),
        attentions=with_outcome(report, Outcome.ATTENTION),
        errors=errors_of(report),
        faulty=tuple(sorted(_faulty(manifest, probes))),
        causes=named_in(report),
        too_sure=too_sure(report),
        stated_checked=len(stated),
        stated_right=sum(stated),
        facts=tuple(facts(report, texts)),
    )


def capture_of(made: Import, name: str, now: datetime) -> Capture:
    """An import as a whole capture, ended at its own time."""
    end = End("complete", timestamp(made.header.captured_at or now))
    return Capture(made.header, made.recorded, Subject(), end, name)


def with_outcome(report: Report, outcome: Outcome) -> tuple[str, ...]:
    """The probes of one outcome."""
    return tuple(result.probe for result in report.results if result.outcome is outcome)


def errors_of(report: Report) -> tuple[str, ...]:
    """Every probe that failed itself, with why."""
    return tuple(
        f"{result.probe}: {result.error.code}: {result.error.message}"
        for result in report.results
        if result.error
    )


def _faulty(manifest: Mapping[str, Any], probes: Mapping[str, LoadedProbe]) -> set[str]:
    """The probes that read a capture marked as faulty.

    The properties are read by nearly all: there the mark counts for the probes of starts, where it
    tells of one.
    """
    found: set[str] = set()
    for entry in manifest["captures"]:
        note, key = str(entry.get("notable") or ""), key_of(str(entry.get("command", "")))
        if _MARK not in note or key is None:
            continue
        if key == _PROPERTIES:
            found |= {
                name for name in probes if name.startswith("stability.") and _BOOT.search(note)
            }
        else:
            asking = (n for n, one in probes.items() if key in {r.key for r in one.probe.requests})
            found |= set(asking)
    return found


def _stated(
    manifest: Mapping[str, Any], report: Report, properties: Mapping[str, str]
) -> Iterator[bool]:
    """Compare what the manifest states of the device with what was read, where both say it."""
    release = properties.get("ro.build.version.release", "")
    if re.fullmatch(r"\d+(\.\d+)*", stated := str(manifest.get("os_version", ""))) and release:
        yield release.partition(".")[0] == stated.partition(".")[0]
    named = re.search(r"\(([^,()]+),", str(manifest.get("device", "")))
    if named and report.device.model:
        yield named[1].strip() in (report.device.model, report.device.marketing_name)
