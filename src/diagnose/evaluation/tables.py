"""What was counted, as two tables of plain data that are never added up.

*Agreement*: the virtual phones, which come from the same hand as the parsers. *Outside*: real
devices, and cases of others. Only the second says how often the program is right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from diagnose.evaluation.cases import Tried
from diagnose.evaluation.cause_table import cause_table, causes_outside
from diagnose.evaluation.injected import VERDICTS, Injected
from diagnose.evaluation.injections import INJECTIONS
from diagnose.evaluation.outside import Seen
from diagnose.evaluation.trials import Trial, share
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report


def agreement(
    healthy: Mapping[str, Report], single: Sequence[Trial], double: Sequence[Trial]
) -> dict[str, Any]:
    """The virtual phones; every share counts only trials that rest on texts seen on real phones."""
    heard, heard_pairs = _heard(single), _heard(double)
    unheard = [trial for trial in (*single, *double) if not trial.is_heard]
    return {
        "phones": len(healthy),
        "faults": len({trial.faults for trial in single}),
        "trials": len(single),
        "heard": len(heard),
        "found": share(heard),
        "pairs": len(double),
        "pairs_heard": len(heard_pairs),
        "pairs_found": share(heard_pairs),
        "pairs_masked": sum(trial.verdict == "masked" for trial in heard_pairs),
        "unheard_found": share([trial for trial in single if not trial.is_heard]),
        "unheard_texts": dict(Counter(text for t in unheard for text in t.unheard).most_common()),
        "faults_never_heard": sorted({t.faults[0] for t in single} - {t.faults[0] for t in heard}),
        "by_fault": _by_fault(single),
        "not_found": [_miss(trial) for trial in (*single, *double) if trial.verdict != "found"],
        "false_alarms": _outcomes(healthy, Outcome.FAIL),
        "attention_on_healthy": _outcomes(healthy, Outcome.ATTENTION),
        "probe_bugs": sorted({e for t in (*single, *double) for e in t.errors}),
        "causes": cause_table(healthy, heard, heard_pairs),
    }


def outside(
    seen: Sequence[Seen], tried: Sequence[Tried], done: Sequence[Injected] = ()
) -> dict[str, Any]:
    """Real devices, faults edited into them, and cases of others."""
    return {"corpus": _corpus(seen), "injected": _injected(done), "cases": _cases(tried)}


def _injected(done: Sequence[Injected]) -> dict[str, Any]:
    """Every verdict by fault; `blind` are those that nobody could know, each with the reason."""
    by_fault: dict[str, Counter[str]] = defaultdict(Counter)
    for one in done:
        by_fault[one.fault].update(("devices", one.verdict))
    verdicts = Counter(one.verdict for one in done)
    knowable = len(done) - verdicts["blind"]
    return {
        "faults": len(by_fault),
        "trials": len(done),
        "knowable": knowable,
        **{verdict: verdicts[verdict] for verdict in VERDICTS},
        "found_share": verdicts["found"] / knowable if knowable else 1.0,
        "by_fault": {
            name: {column: row[column] for column in ("devices", *VERDICTS)}
            for name, row in by_fault.items()
        },
        "misses": [one.told for one in done if one.verdict != "found"],
        "no_place": [one.name for one in INJECTIONS if one.name not in by_fault],
        "false_alarms": [
            f"{one.fault} on {one.device}: {', '.join(one.false_alarms)}"
            for one in done
            if one.false_alarms
        ],
    }


def _heard(trials: Sequence[Trial]) -> list[Trial]:
    return [trial for trial in trials if trial.is_heard]


def _by_fault(single: Sequence[Trial]) -> dict[str, dict[str, int]]:
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in single:
        found[trial.faults[0]].append(trial)
    return {name: _counts(trials) for name, trials in sorted(found.items())}


def _counts(trials: list[Trial]) -> dict[str, int]:
    verdicts = [trial.verdict for trial in trials]
    named = {verdict: verdicts.count(verdict) for verdict in ("found", "elsewhere", "missed")}
    return {**named, "heard": len(_heard(trials))}


def _outcomes(healthy: Mapping[str, Report], outcome: Outcome) -> dict[str, list[str]]:
    found = {
        phone: [r.probe for r in report.results if r.outcome is outcome]
        for phone, report in healthy.items()
    }
    return {phone: probes for phone, probes in found.items() if probes}


def _miss(trial: Trial) -> dict[str, Any]:
    return {
        "phone": trial.phone,
        "faults": list(trial.faults),
        "verdict": trial.verdict,
        "why": trial.masked_because,
        "noticed": list(trial.noticed),
        "heard": trial.is_heard,
    }


def _corpus(seen: Sequence[Seen]) -> dict[str, Any]:
    facts = [(device.folder, fact) for device in seen for fact in device.facts]
    return {
        "devices": len({device.folder.partition(" (")[0] for device in seen}),
        "visits": len(seen),
        "answers": sum(len(device.answers) for device in seen),
        "answers_by_request": dict(Counter(key for d in seen for key in d.answers).most_common()),
        "not_asked_for": sum(device.unasked for device in seen),
        "unknown": sum(device.unknown for device in seen),
        "values": sum(device.values for device in seen),
        "stated_checked": sum(device.stated_checked for device in seen),
        "stated_right": sum(device.stated_right for device in seen),
        "facts_checked": dict(sorted(Counter(fact.name for _, fact in facts).items())),
        "facts_wrong": [
            f"{folder}: {fact.name} is {fact.own}, a second reader says {fact.other}"
            for folder, fact in facts
            if not fact.agrees
        ],
        "false_alarms": {d.folder: list(d.false_alarms) for d in seen if d.false_alarms},
        "known_faults": {
            d.folder: {"may": list(d.faulty), "said": list(d.noticed_faults)}
            for d in seen
            if d.faulty
        },
        "attention": {d.folder: list(d.attentions) for d in seen if d.attentions},
        "errors": {d.folder: list(d.errors) for d in seen if d.errors},
        "causes": causes_outside(list(seen)),
    }


def _cases(tried: Sequence[Tried]) -> dict[str, Any]:
    """Expectations met; a case that says why it cannot be known stands in no share."""
    knowable = [one for one in tried if not one.blind]
    return {
        "cases": len(tried),
        "expectations": sum(one.expected for one in knowable),
        "met": sum(one.expected - len(one.wrong) for one in knowable),
        "blind": {one.name: one.blind for one in tried if one.blind and one.wrong},
        "wrong": {one.name: list(one.wrong) for one in knowable if one.wrong},
        "false_alarms": {one.name: list(one.false_alarms) for one in tried if one.false_alarms},
        "errors": {one.name: list(one.errors) for one in tried if one.errors},
    }
