"""Accuracy, measured: every virtual phone with every fault, and real captures of real phones.

A fault is *found* when a probe that must notice it says `attention` or `fail`; *elsewhere* when
only other probes do; *missed* otherwise. Of two faults one can make the other unseeable: where
the simulator says so beforehand, with a reason, the pair is *masked*.
A healthy phone that gets a `fail` is a *false alarm*. What is said of causes is judged in
`causes`.
Everything runs in this process, through the same redaction, examination and judgement as a run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from diagnose.errors import UsageError
from diagnose.evaluation.causes import CauseTrial, Named, named_in, too_sure
from diagnose.judging.examination import examine, read_properties
from diagnose.knowledge.probes import Loaded
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.run.capture import Capture, End, Recorder, Subject, timestamp
from diagnose.run.capture_import import Use, count_visits, import_folder
from diagnose.run.plan import Plan
from diagnose.run.runner import header_of, run_plan
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, Masking, StateFault, load_areas
from diagnose.simulator.transport import SimulatedTransport

SALT = b"evaluation: any salt will do"
_TELLING = (Outcome.ATTENTION, Outcome.FAIL)


@dataclass(frozen=True)
class Trial:
    """One virtual phone with one or two faults, and what was said of it.

    `expected` are the probes that may notice each fault; `noticed` those that said something they
    do not say of the healthy phone. `masked_because`: why one of the faults hides the other.
    """

    phone: str
    faults: tuple[str, ...]
    expected: tuple[tuple[str, ...], ...]
    noticed: tuple[str, ...]
    errors: tuple[str, ...]
    masked_because: str = ""
    causes: CauseTrial = field(default_factory=CauseTrial)

    @property
    def verdict(self) -> str:
        """`found`, `masked`, `elsewhere` or `missed`; of two faults both must be found."""
        if all(set(probes) & set(self.noticed) for probes in self.expected):
            return "found"
        if self.masked_because:
            return "masked"
        return "elsewhere" if self.noticed else "missed"


@dataclass(frozen=True)
class Seen:
    """One visit of a real device of a corpus, and what was said of it.

    `answers` are those that a probe asks for, `unasked` the others.
    """

    device: str
    folder: str
    answers: tuple[str, ...]
    unasked: int
    values: int
    fails: tuple[str, ...]
    attentions: tuple[str, ...]
    errors: tuple[str, ...]
    known_fault: bool
    causes: tuple[Named, ...] = ()
    too_sure: tuple[str, ...] = ()
    facts_checked: int = 0
    facts_right: int = 0


@dataclass(frozen=True)
class Evaluator:
    """Judges phones with one set of probes."""

    plan: Plan
    probes: Mapping[str, Loaded]
    now: datetime

    def healthy(self, phone: str) -> Report:
        """Examine a virtual phone without a fault."""
        return self._report(build_phone(phone, now=self.now))

    def trials(self) -> Iterator[Trial]:
        """Every phone with every single fault it can have."""
        load_areas()
        for phone in phone_names():
            yield from self.tried(phone, [(fault,) for fault in sorted(FAULTS)])

    def tried(self, phone: str, together: Iterable[tuple[str, ...]]) -> Iterator[Trial]:
        """One phone with each combination of faults that it can have."""
        load_areas()
        silent = _said(self.healthy(phone))
        for faults in together:
            if trial := self._trial(phone, faults, silent):
                yield trial

    def pairs(self, every: int) -> Iterator[Trial]:
        """Every `every`-th combination of two faults, over all phones."""
        load_areas()
        baselines = {phone: _said(self.healthy(phone)) for phone in phone_names()}
        names = phone_names()
        for number, pair in enumerate(combinations(sorted(FAULTS), 2)):
            if number % every == 0:
                phone = names[(number // every) % len(names)]
                if trial := self._trial(phone, pair, baselines[phone]):
                    yield trial

    def corpus(self, folder: Path) -> Iterator[Seen]:
        """Every visit of every device of a folder of captures that answers some probe."""
        for index in sorted(folder.glob("*/index.json")):
            for visit in range(1, count_visits(index.parent) + 1):
                seen = self._seen(index.parent, visit)
                if seen.answers:
                    yield seen

    def _trial(self, phone: str, faults: tuple[str, ...], silent: set[str]) -> Trial | None:
        try:
            built = build_phone(phone, faults, now=self.now)
        except UsageError:  # this phone cannot have it
            return None
        report = self._report(built, {FAULTS[f].complaint for f in faults} - {""})
        noticed = _said(report) - silent
        return Trial(
            phone=phone,
            faults=faults,
            expected=tuple(FAULTS[fault].found_by for fault in faults),
            noticed=tuple(sorted(noticed)),
            errors=_errors(report),
            masked_because=_masked_because(faults, noticed),
            causes=CauseTrial(
                true=tuple(FAULTS[fault].causes for fault in faults),
                named=named_in(report),
                too_sure=too_sure(report),
                masked_because=_causes_masked_because(faults, named_in(report)),
            ),
        )

    def _report(self, phone: Phone, symptoms: Iterable[str] = ()) -> Report:
        capture = record(phone, self.plan, self.now)
        header = replace(capture.header, symptoms=tuple(sorted(symptoms)))
        return examine(replace(capture, header=header), self.probes)

    def _seen(self, folder: Path, visit: int) -> Seen:
        made = import_folder(
            folder,
            salt=SALT,
            probes=tuple(self.plan.probes),
            requests=self.plan.all_requests,
            visit=visit,
            now=self.now,
        )
        answers = tuple(one.reply.key for one in made.recorded)
        end = End("complete", timestamp(self.now))
        capture = Capture(made.header, made.recorded, Subject(), end, folder.name)
        report = examine(capture, self.probes)
        manifest = (folder / "index.json").read_text("utf-8")
        stated = _stated(json.loads(manifest), report, read_properties(capture))
        return Seen(
            device=f"{report.device.brand} {report.device.model}".strip(),
            folder=folder.name if visit == 1 else f"{folder.name} (visit {visit})",
            answers=answers,
            unasked=len(made.told(Use.UNASKED)),
            values=report.coverage.values_read,
            fails=_with(report, Outcome.FAIL),
            attentions=_with(report, Outcome.ATTENTION),
            errors=_errors(report),
            known_fault="FAULT" in manifest,
            causes=named_in(report),
            too_sure=too_sure(report),
            facts_checked=len(stated),
            facts_right=sum(stated),
        )


def record(phone: Phone, plan: Plan, now: datetime) -> Capture:
    """Ask a virtual phone everything in this process, by the runner, and record it as a run."""
    header = replace(header_of(plan, simulated=True), started_at=timestamp(now))
    return run_plan(
        plan,
        SimulatedTransport(phone),
        Recorder(header),
        salt=SALT,
        serial=f"simulated:{phone.name}",
        clock=lambda: now,
    )


def fixed_now() -> datetime:
    """The start of this day: one evaluation sees one time."""
    return datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def _stated(
    manifest: Mapping[str, Any], report: Report, properties: Mapping[str, str]
) -> list[bool]:
    """Compare what the manifest states of the device with what was read, where both say it."""
    checks = []
    release = properties.get("ro.build.version.release", "")
    if re.fullmatch(r"\d+(\.\d+)*", stated := str(manifest.get("os_version", ""))) and release:
        checks.append(release.partition(".")[0] == stated.partition(".")[0])
    named = re.search(r"\(([^,()]+),", str(manifest.get("device", "")))
    if named and report.device.model:
        checks.append(named[1].strip() in (report.device.model, report.device.marketing_name))
    return checks


def _masked_because(faults: tuple[str, ...], noticed: set[str]) -> str:
    """Say why each fault that was not found is hidden by one that was; "" where one is not."""
    found = [FAULTS[name] for name in faults if set(FAULTS[name].found_by) & noticed]
    hidden = [FAULTS[name] for name in faults if not set(FAULTS[name].found_by) & noticed]
    reasons = [
        next((m.why for f in found if (m := f.masks) and m.probes.issuperset(each.found_by)), "")
        for each in hidden
    ]
    return "; ".join(reasons) if all(reasons) else ""


def _causes_masked_because(faults: tuple[str, ...], named: Iterable[Named]) -> str:
    """Say why each true cause that is not named is hidden by another fault; "" where one is not."""
    codes = {one.code for one in named}
    hidden = [FAULTS[name] for name in faults if codes.isdisjoint(FAULTS[name].causes)]
    reasons = [
        next((f.masks.why for f in beside if f.masks and _hides(f.masks, each)), "")
        for each in hidden
        for beside in [[FAULTS[name] for name in faults if name != each.name]]
        if each.causes
    ]
    return "; ".join(reasons) if all(reasons) else ""


def _hides(masking: Masking, hidden: StateFault) -> bool:
    by_probes = masking.probes.issuperset(hidden.found_by)
    return by_probes or masking.causes.issuperset(hidden.causes)


def _said(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome in _TELLING}


def _with(report: Report, outcome: Outcome) -> tuple[str, ...]:
    return tuple(result.probe for result in report.results if result.outcome is outcome)


def _errors(report: Report) -> tuple[str, ...]:
    return tuple(
        f"{result.probe}: {result.error.code}: {result.error.message}"
        for result in report.results
        if result.error
    )


def share(trials: Iterable[Trial]) -> float:
    """The share of trials whose faults were found, 0 to 1; without the masked ones."""
    trials = tuple(trial for trial in trials if trial.verdict != "masked")
    return sum(trial.verdict == "found" for trial in trials) / len(trials) if trials else 0.0
