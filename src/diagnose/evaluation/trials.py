"""Agreement, measured: every virtual phone with every fault.

A fault is *found* when a probe that must notice it says `attention` or `fail`; *elsewhere* when
only other probes do; *missed* otherwise. Of two faults one can make the other unseeable: where
the simulator says so beforehand, with a reason, the pair is *masked*.
A healthy phone that gets a `fail` is a *false alarm*. What is said of causes is judged in
`causes`. Virtual phones and parsers come from one hand: what both believe wrongly agrees. A trial
counts only where real captures show the texts it rests on; else it is *unheard*.
Everything runs in this process, through the same redaction, examination and judgement as a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from itertools import combinations

from diagnose.errors import UsageError
from diagnose.evaluation.causes import CauseTrial, Named, named_in, too_sure
from diagnose.evaluation.outside import SALT, errors_of
from diagnose.judging.examination import examine
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply
from diagnose.model.report import Report
from diagnose.run.capture import Capture, Recorder, timestamp
from diagnose.run.plan import Plan
from diagnose.run.runner import header_of, run_plan
from diagnose.simulator.building import build_phone
from diagnose.simulator.layouts import layout_of
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, Masking, StateFault, load_areas
from diagnose.simulator.transport import SimulatedTransport

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
    unheard: tuple[str, ...] = ()

    @property
    def is_heard(self) -> bool:
        """Whether captures of real phones show every text that the finding rests on."""
        return not self.unheard

    @property
    def verdict(self) -> str:
        """`found`, `masked`, `elsewhere` or `missed`; of two faults both must be found."""
        if all(set(probes) & set(self.noticed) for probes in self.expected):
            return "found"
        if self.masked_because:
            return "masked"
        return "elsewhere" if self.noticed else "missed"


@dataclass(frozen=True)
class Evaluator:
    """Judges phones with one set of probes."""

    plan: Plan
    probes: Mapping[str, LoadedProbe]
    now: datetime
    _healthy: dict[str, tuple[Capture, Report]] = field(default_factory=dict, compare=False)

    def healthy(self, phone: str) -> Report:
        """Examine a virtual phone without a fault."""
        return self._baseline(phone)[1]

    def tried(self, phone: str, together: Iterable[tuple[str, ...]]) -> Iterator[Trial]:
        """One phone with each combination of faults that it can have."""
        for faults in together:
            if trial := self.trial(phone, faults):
                yield trial

    def trial(self, phone: str, faults: tuple[str, ...]) -> Trial | None:
        """One phone with these faults; None where it cannot have them."""
        load_areas()
        try:
            built = build_phone(phone, faults, now=self.now)
        except UsageError:  # this phone cannot have it
            return None
        healthy, silent = self._baseline(phone)
        capture = record(built, self.plan, self.now)
        report = self._report(capture, {FAULTS[f].complaint for f in faults} - {""})
        noticed = _noticed(report) - _noticed(silent)
        return Trial(
            phone=phone,
            faults=faults,
            expected=tuple(FAULTS[fault].found_by for fault in faults),
            noticed=tuple(sorted(noticed)),
            errors=errors_of(report),
            masked_because=_masked_because(faults, noticed),
            unheard=self._unheard(built, _changed(healthy, capture), faults, noticed),
            causes=CauseTrial(
                true=tuple(FAULTS[fault].causes for fault in faults),
                named=named_in(report),
                too_sure=too_sure(report),
                masked_because=_causes_masked_because(faults, named_in(report)),
            ),
        )

    def _baseline(self, phone: str) -> tuple[Capture, Report]:
        if phone not in self._healthy:
            capture = record(build_phone(phone, now=self.now), self.plan, self.now)
            self._healthy[phone] = capture, self._report(capture)
        return self._healthy[phone]

    def _report(self, capture: Capture, symptoms: Iterable[str] = ()) -> Report:
        header = replace(capture.header, symptoms=tuple(sorted(symptoms)))
        return examine(replace(capture, header=header), self.probes)

    def _unheard(
        self, phone: Phone, changed: set[str], faults: tuple[str, ...], noticed: set[str]
    ) -> tuple[str, ...]:
        """The unseen texts that tell of a fault, where no probe finds it by seen ones alone."""
        found: set[str] = set()
        for fault in faults:
            probes = set(FAULTS[fault].found_by) & noticed or set(FAULTS[fault].found_by)
            rests = [self._rests_on(phone, probe, changed) for probe in sorted(probes)]
            if not any(asked and not unseen for asked, unseen in rests):
                found.update(*(unseen or {"nothing it prints"} for _, unseen in rests))
        return tuple(sorted(found))

    def _rests_on(self, phone: Phone, probe: str, changed: set[str]) -> tuple[set[str], set[str]]:
        """The changed texts that a probe reads, and those of them that no capture shows."""
        known = self.probes.get(probe)
        keys = {request.key for request in known.probe.requests} if known else set()
        asked = {key.removeprefix("shell:").partition(" #")[0] for key in keys & changed}
        return asked, {command for command in asked if layout_of(phone, command) is None}


def combined(names: Sequence[str], every: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every `every`-th combination of two faults, each on another phone."""
    load_areas()
    for number, pair in enumerate(combinations(sorted(FAULTS), 2)):
        if number % every == 0:
            yield names[(number // every) % len(names)], pair


def singles(names: Sequence[str]) -> Iterator[tuple[str, tuple[str]]]:
    """Every phone with every fault."""
    load_areas()
    return ((name, (fault,)) for name in names for fault in sorted(FAULTS))


def _changed(healthy: Capture, faulty: Capture) -> set[str]:
    """The keys of the answers that a fault changes."""
    before = healthy.replies
    return {
        key
        for key, reply in faulty.replies.items()
        if key not in before or _words(reply) != _words(before[key])
    }


def _words(reply: Reply) -> tuple[object, ...]:
    return reply.status, reply.stdout, reply.stderr, reply.exit_code


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


def _noticed(report: Report) -> set[str]:
    return {result.probe for result in report.results if result.outcome in _TELLING}


def share(trials: Iterable[Trial]) -> float:
    """The share of trials whose faults were found, 0 to 1; without the masked ones."""
    trials = tuple(trial for trial in trials if trial.verdict != "masked")
    return sum(trial.verdict == "found" for trial in trials) / len(trials) if trials else 0.0
