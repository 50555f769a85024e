"""The part of `diagnose evaluate` about causes: what was counted, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from diagnose.evaluation.causes import VERDICTS, Named, named_in, too_sure, words

if TYPE_CHECKING:
    from diagnose.evaluation.trials import Seen, Trial
    from diagnose.model.report import Report

_NAMED = ("first", "later")


def cause_table(
    healthy: Mapping[str, Report],
    single: list[Trial],
    double: list[Trial],
    seen: list[Seen],
) -> dict[str, Any]:
    """Count what was said of causes; `concluded_on_healthy` is a bug of the highest rank."""
    trials = [*single, *double]
    on_healthy = {phone: named for phone, report in healthy.items() if (named := named_in(report))}
    on_corpus = {device.folder: device.causes for device in seen if device.causes}
    well = {device.folder for device in seen if not device.known_fault}
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
            | {f"{device.folder}: {code}" for device in seen for code in device.too_sure}
        ),
        "named_on_healthy": {phone: _listed(named) for phone, named in on_healthy.items()},
        "named_on_corpus": {folder: _listed(named) for folder, named in on_corpus.items()},
        "words_on_healthy": words(n for named in on_healthy.values() for n in named),
        "words_on_corpus": words(n for f, named in on_corpus.items() if f in well for n in named),
        "concluded_on_healthy": {
            name: sure
            for name, named in (
                on_healthy | {f: n for f, n in on_corpus.items() if f in well}
            ).items()
            if (sure := _listed(n for n in named if n.word != "possible"))
        },
    }


def _verdicts(trials: Iterable[Trial]) -> dict[str, int]:
    said = [trial.causes.verdict for trial in trials]
    return {verdict: said.count(verdict) for verdict in VERDICTS}


def _share(trials: Iterable[Trial], good: tuple[str, ...]) -> float:
    """The share of trials with one of these verdicts, without what nobody could name."""
    said = [v for t in trials if (v := t.causes.verdict) not in ("masked", "uncaused")]
    return sum(verdict in good for verdict in said) / len(said) if said else 1.0


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
