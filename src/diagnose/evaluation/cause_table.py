"""The part of `diagnose evaluate` about causes: what was counted, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from diagnose.evaluation.causes import VERDICTS, Named, named_in, too_sure, words

if TYPE_CHECKING:
    from diagnose.evaluation.outside import Seen
    from diagnose.evaluation.trials import Trial
    from diagnose.model.report import Report

_NAMED = ("first", "later")


def cause_table(
    healthy: Mapping[str, Report], single: list[Trial], double: list[Trial]
) -> dict[str, Any]:
    """Count what was said of the causes of virtual phones."""
    trials = [*single, *double]
    on_healthy = {phone: named for phone, report in healthy.items() if (named := named_in(report))}
    return {
        "single": _verdicts(single),
        "pairs": _verdicts(double),
        "named_share": _share(single, _NAMED),
        "first_share": _share(single, ("first",)),
        "pairs_named_share": _share(double, _NAMED),
        "pairs_first_share": _share(double, ("first",)),
        "true_words": words(n for t in trials for n in t.causes.named if n not in t.causes.beside),
        "beside_words": words(n for t in trials for n in t.causes.beside),
        "beside_concluded": [
            _case(trial)
            for trial in trials
            if any(n.word != "possible" for n in trial.causes.beside)
        ],
        "by_fault": _by_fault(single),
        "not_first": [_case(trial) for trial in trials if trial.causes.verdict != "first"],
        "too_sure": sorted(
            {
                f"{'+'.join([t.phone, *t.faults])}: {code}"
                for t in trials
                for code in t.causes.too_sure
            }
            | {f"{phone}: {code}" for phone, report in healthy.items() for code in too_sure(report)}
        ),
        "named_on_healthy": {phone: _listed(named) for phone, named in on_healthy.items()},
        "words_on_healthy": words(n for named in on_healthy.values() for n in named),
        "concluded_on_healthy": _concluded(on_healthy),
    }


def causes_outside(seen: list[Seen]) -> dict[str, Any]:
    """Count what was said of the causes of real devices.

    A cause that is more than possible is a bug of the highest rank on a device of which nothing is
    known to be faulty.
    """
    named = {device.folder: device.causes for device in seen if device.causes}
    well = {device.folder for device in seen if not device.faulty}
    return {
        "named": {folder: _listed(causes) for folder, causes in named.items()},
        "words": words(n for folder, causes in named.items() if folder in well for n in causes),
        "too_sure": [f"{device.folder}: {code}" for device in seen for code in device.too_sure],
        "concluded_on_healthy": _concluded({f: n for f, n in named.items() if f in well}),
    }


def _concluded(named: Mapping[str, Iterable[Named]]) -> dict[str, list[str]]:
    return {
        name: sure
        for name, causes in named.items()
        if (sure := _listed(n for n in causes if n.word != "possible"))
    }


def _verdicts(trials: Iterable[Trial]) -> dict[str, int]:
    verdicts = [trial.causes.verdict for trial in trials]
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def _share(trials: Iterable[Trial], good: tuple[str, ...]) -> float:
    """The share of trials with one of these verdicts, without what nobody could name."""
    verdicts = [v for t in trials if (v := t.causes.verdict) not in ("masked", "uncaused")]
    return sum(verdict in good for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def _by_fault(single: Iterable[Trial]) -> dict[str, dict[str, Any]]:
    """For each fault its true causes, how they were named and with which words."""
    by_name: dict[str, list[Trial]] = {}
    for trial in single:
        by_name.setdefault(trial.faults[0], []).append(trial)
    return {
        name: {
            "causes": list(trials[0].causes.true[0]),
            "verdicts": _verdicts(trials),
            "words": words(n for t in trials for n in t.causes.named if n not in t.causes.beside),
        }
        for name, trials in sorted(by_name.items())
    }


def _case(trial: Trial) -> dict[str, Any]:
    causes = trial.causes
    return {
        "phone": trial.phone,
        "faults": list(trial.faults),
        "verdict": causes.verdict,
        "named": _listed(causes.named),
        "unnamed": [" or ".join(group) for group in causes.unnamed],
        "why": causes.masked_because,
    }


def _listed(named: Iterable[Named]) -> list[str]:
    return [f"{one.code} ({one.word.value})" for one in named]
