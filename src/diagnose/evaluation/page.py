"""The page `docs/accuracy.md`, written from what `diagnose evaluate` counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_HEAD = """# Accuracy

Made by `diagnose evaluate --pairs 1 --corpus ../shared/corpus --markdown` in a quarter of an hour;
do not edit the numbers by hand. Every combination of two faults is tried on one of the phones.

A fault is **found** when a probe that must notice it says `attention` or `fail`, **elsewhere** when
only other probes do, **missed** otherwise. Of two faults one can make the other unseeable; where
the simulator says so beforehand, with a reason, the pair is **masked**. A **false alarm** is a
`fail` on a phone that is not known to be faulty.

Each fault of the virtual phones also states its true cause. It is named **first** when nothing else
stands before it, **later** when something else does, **other** when only something else is named,
**missed** when nothing is. A word is **too strong** when the evidence the report lists does not
carry it: nothing is more than *possible* without a value that failed a limit with a source,
nothing *certain* without a second request or the customer's word.
"""

_VERDICTS = {
    "first": "true cause first",
    "later": "named, something else before it",
    "other": "only something else named",
    "missed": "nothing named",
    "masked": "one fault hides the other, for a stated reason",
    "uncaused": "no cause can name it, for a stated reason",
}


def page(table: dict[str, Any]) -> str:
    """Write the page."""
    return (
        "\n".join(
            [
                _HEAD,
                *_totals(table),
                *_causes(table["causes"]),
                *_corpus(table["corpus"]),
                *_faults(table),
            ]
        )
        + "\n"
    )


def _totals(table: dict[str, Any]) -> Iterator[str]:
    alarms = sum(map(len, table["false_alarms"].values()))
    yield "| what | figure |"
    yield "|---|---|"
    yield f"| virtual phones | {table['phones']} |"
    yield f"| faults of the phone | {table['faults']} |"
    yield f"| phone × fault | {table['trials']} |"
    yield f"| found by the right probe | {table['found']:.1%} |"
    yield f"| combinations of two faults tried | {table['pairs']} |"
    yield f"| of them one masks the other, for a stated reason | {table['pairs_masked']} |"
    yield f"| of the rest both found | {table['pairs_found']:.1%} |"
    yield f"| false alarms on healthy virtual phones | {alarms} |"
    yield f"| real devices examined | {table['corpus']['devices']} |"
    yield f"| visits of them (some were captured more than once) | {table['corpus']['visits']} |"
    yield f"| their captured answers to a request of ours | {table['corpus']['answers']} |"
    yield f"| their other captures, which no probe asks for | {table['corpus']['not_asked_for']} |"
    yield f"| values read from them | {table['corpus']['values']} |"
    yield f"| stated facts compared (model, Android version) | {table['corpus']['facts_checked']} |"
    yield f"| of them read as stated | {table['corpus']['facts_right']} |"
    yield f"| false alarms on them | {sum(map(len, table['corpus']['false_alarms'].values()))} |"
    yield ""


def _causes(causes: dict[str, Any]) -> Iterator[str]:
    yield "## Causes"
    yield ""
    yield "| what | one fault | two faults |"
    yield "|---|---|---|"
    for verdict in causes["single"]:
        yield f"| {_VERDICTS[verdict]} | {causes['single'][verdict]} | {causes['pairs'][verdict]} |"
    for what in ("named", "first"):
        one, two = causes[f"{what}_share"], causes[f"pairs_{what}_share"]
        yield f"| {what}, of what can be | {one:.1%} | {two:.1%} |"
    yield ""
    yield "| causes named, by word | certain | likely | possible |"
    yield "|---|---|---|---|"
    yield _word_row("true ones", causes["true_words"])
    yield _word_row("others beside them", causes["beside_words"])
    yield _word_row("on healthy virtual phones", causes["words_on_healthy"])
    yield _word_row("on real devices not known to be faulty", causes["words_on_corpus"])
    yield ""
    yield f"Words stronger than their evidence: {', '.join(causes['too_sure']) or 'none'}"
    yield ""
    yield "Concluded (certain or likely) beside the true cause:"
    yield ""
    for case in causes["beside_concluded"] or [None]:
        yield _not_first(case) if case else "None."
    yield ""
    yield "Causes named on real devices:"
    yield ""
    for cause, folders in _by_cause(causes["named_on_corpus"]):
        yield f"- {cause}: {', '.join(folders)}"
    yield ""
    yield "Not named first, and why:"
    yield ""
    for case in causes["not_first"]:
        yield _not_first(case)
    yield ""


def _word_row(name: str, counted: dict[str, int]) -> str:
    return f"| {name} | {counted['certain']} | {counted['likely']} | {counted['possible']} |"


def _by_cause(named: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The devices of each cause, the most frequent cause first."""
    found: dict[str, list[str]] = {}
    for folder, causes in named.items():
        for cause in causes:
            found.setdefault(cause, []).append(folder)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def _not_first(case: dict[str, Any]) -> str:
    name = "+".join([case["phone"], *case["faults"]])
    unnamed = f"; not named: {', '.join(case['unnamed'])}" if case["unnamed"] else ""
    why = f": {case['why']}" if case["why"] else ""
    named = ", ".join(case["named"]) or "nothing"
    return f"- `{name}` {case['verdict']}; named: {named}{unnamed}{why}"


def _corpus(corpus: dict[str, Any]) -> Iterator[str]:
    yield "## Real devices"
    yield ""
    yield "Devices known to be faulty that were called faulty: " + _listed(
        corpus["fails_on_known_faults"]
    )
    yield ""
    yield "Answers that no parser knows (a visible `error`, never a verdict): " + _folders(
        corpus["errors"]
    )
    yield ""
    counted: dict[str, int] = {}
    for probes in corpus["attention"].values():
        for probe in probes:
            counted[probe] = counted.get(probe, 0) + 1
    yield "Answers read, by request: " + ", ".join(
        f"`{key.removeprefix('shell:')}` {number}"
        for key, number in sorted(corpus["answers_by_request"].items(), key=lambda i: (-i[1], i[0]))
    )
    yield ""
    yield "`attention` on real devices, by probe: " + ", ".join(
        f"{probe} {number}" for probe, number in sorted(counted.items(), key=lambda i: -i[1])
    )
    yield ""


def _faults(table: dict[str, Any]) -> Iterator[str]:
    yield "## Faults"
    yield ""
    yield (
        "| fault | found | elsewhere | missed | true cause | first | later "
        "| certain | likely | possible |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, counts in table["by_fault"].items():
        yield _fault_row(name, counts, table["causes"]["by_fault"][name])
    yield ""
    yield "## Every miss"
    yield ""
    if not table["not_found"]:
        yield "None."
    for miss in table["not_found"]:
        why = f": {miss['why']}" if miss.get("why") else ""
        noticed = ", ".join(miss["noticed"]) or "nothing"
        name = "+".join([miss["phone"], *miss["faults"]])
        yield f"- `{name}` {miss['verdict']}; noticed: {noticed}{why}"


def _fault_row(name: str, counts: dict[str, int], causes: dict[str, Any]) -> str:
    verdicts, words = causes["verdicts"], causes["words"]
    cells = [
        f"`{name}`",
        *(str(counts[verdict]) for verdict in ("found", "elsewhere", "missed")),
        " or ".join(causes["causes"]) or "none can name it",
        *(str(verdicts[verdict]) for verdict in ("first", "later")),
        *(str(words[word]) for word in ("certain", "likely", "possible")),
    ]
    return f"| {' | '.join(cells)} |"


def _listed(found: dict[str, list[str]]) -> str:
    return (
        "; ".join(f"{folder} ({', '.join(probes)})" for folder, probes in found.items()) or "none"
    )


def _folders(found: dict[str, list[str]]) -> str:
    return ", ".join(found) or "none"
