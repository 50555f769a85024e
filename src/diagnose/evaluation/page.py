"""The page `docs/accuracy.md`, written from what `diagnose evaluate` counted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_UNNOTICED = Path(__file__).with_name("unnoticed.toml")

_HEAD = """# Accuracy

Made by `diagnose evaluate --pairs 40 --corpus ../shared/corpus --cases tests/evaluation/injected
--markdown`; no number is edited.
The two parts below are never added up. *From outside* says how often the program is right: real
phones, read and judged by rules that were not written for them. *Agreement* says only that the
virtual phones and the parsers, which come from one hand, agree with each other.
"""

_OUTSIDE = """## From outside

A **false alarm** is a `fail` of a probe on a device of which nothing marks that part as faulty. A
value is **read twice** where a second reader, which shares no code with the parsers, reads it from
the same text. A fault is **injected** by editing a real capture the way a phone would print it; it
is **found** when a probe that must notice it says something it does not say of the unedited
capture, **elsewhere** when only other probes do, **missed** otherwise. Those below are our own;
those of `--cases` come from sources each names (AOSP, public reports), innocent ones among them.
"""

_AGREEMENT = """## Agreement

A fault is **found** when a probe that must notice it says `attention` or `fail`. Of two faults one
can make the other unseeable; where the simulator says so beforehand, with a reason, the pair is
**masked**. A trial counts only where every text that its finding rests on is shown by a capture of
a real phone of that Android version, or of an older and a newer one (`simulator/layouts.toml`);
the others are **unheard** and stand in no share.

Each fault also states its true cause. It is named **first** when nothing else stands before it,
**later** when something else does, **other** when only something else is named, **missed** when
nothing is. A word is **too strong** when the evidence the report lists does not carry it: nothing
is more than *possible* without a value that failed a limit with a source, nothing *certain* without
a second request or the customer's word.
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
    """Write the page of the tables there are."""
    lines = [_HEAD]
    if "outside" in table:
        lines += [_OUTSIDE, *_outside(table["outside"])]
    if "agreement" in table:
        lines += [_AGREEMENT, *_agreement(table["agreement"])]
    return "\n".join(lines).rstrip() + "\n"


def _outside(table: dict[str, Any]) -> Iterator[str]:
    corpus, cases = table["corpus"], table["cases"]
    checked = sum(corpus["facts_checked"].values())
    yield from _rows(
        {
            "real devices examined": corpus["devices"],
            "visits of them (some were captured more than once)": corpus["visits"],
            "their captured answers to a request of ours": corpus["answers"],
            "their other captures, which no probe asks for": corpus["not_asked_for"],
            "captures of other ways (fastboot, AT, USB, hosts)": corpus["unknown"],
            "values read from them": corpus["values"],
            "stated facts (model, Android version), right": _of(
                corpus["stated_right"], corpus["stated_checked"]
            ),
            "values read twice, the same": _of(checked - len(corpus["facts_wrong"]), checked),
            "false alarms": sum(map(len, corpus["false_alarms"].values())),
            "probes that failed themselves": sum(map(len, corpus["errors"].values())),
            "faults from outside, edited in (`--cases`): expectations met": _of(
                cases["met"], cases["expectations"]
            ),
        }
    )
    for kind in ("wrong", "blind", "false_alarms"):
        for name, what in cases.get(kind, {}).items():
            told = what if isinstance(what, str) else "; ".join(what)
            yield f"- case `{name}` {'cannot be known' if kind == 'blind' else kind}: {told}"
    yield ""
    yield "Read twice: " + _counted(corpus["facts_checked"])
    yield ""
    yield "Different: " + ("; ".join(corpus["facts_wrong"]) or "none") + "."
    yield ""
    yield from _known_faults(corpus["known_faults"])
    yield from _injected(table.get("injected"))
    yield from _on_real_devices(corpus)


def _known_faults(known: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    yield "### Known faults of real devices"
    yield ""
    why = tomllib.loads(_UNNOTICED.read_text("utf-8"))
    yield "| device | probes that may notice | noticed |"
    yield "|---|---|---|"
    for folder, row in known.items():
        stated = ", ".join(row["said"]) or f"nothing: {why.get(folder, 'not explained')}"
        yield f"| {folder} | {', '.join(row['may'])} | {stated} |"
    yield ""


def _injected(injected: dict[str, Any] | None) -> Iterator[str]:
    if not injected or not injected["trials"]:
        return
    yield "### Faults injected into real captures"
    yield ""
    yield from _rows(
        {
            "faults": injected["faults"],
            "fault × device": injected["trials"],
            "that cannot be known, for a stated reason": injected["blind"],
            "of the rest found by the right probe": _of(injected["found"], injected["knowable"]),
            "only by another": injected["elsewhere"],
            "missed": injected["missed"],
            "`fail` of a probe that the edit does not concern": len(injected["false_alarms"]),
        }
    )
    yield "| fault | devices | found | elsewhere | missed | cannot be known |"
    yield "|---|---|---|---|---|---|"
    for name, row in injected["by_fault"].items():
        yield f"| `{name}` | {' | '.join(str(number) for number in row.values())} |"
    yield ""
    no_place = ", ".join(f"`{name}`" for name in injected["no_place"]) or "none"
    yield f"Without a device that prints it and does not say so already: {no_place}"
    yield ""
    yield "Every miss, and why:"
    yield ""
    for miss in injected["misses"] or ["None."]:
        yield f"- {miss}" if miss != "None." else miss
    yield ""


def _on_real_devices(corpus: dict[str, Any]) -> Iterator[str]:
    causes = corpus["causes"]
    yield "### What is said of real devices"
    yield ""
    counted: dict[str, int] = {}
    for probes in corpus["attention"].values():
        for probe in probes:
            counted[probe] = counted.get(probe, 0) + 1
    yield "`attention`, by probe: " + _counted(counted)
    yield ""
    yield "Probes that failed themselves: " + ("; ".join(corpus["errors"]) or "none") + "."
    yield ""
    yield "Causes named, most often first:"
    yield ""
    for cause, folders in _by_cause(causes["named"]):
        yield f"- {cause}: {', '.join(folders)}"
    yield ""
    sure = "; ".join(f"{f}: {', '.join(c)}" for f, c in causes["concluded_on_healthy"].items())
    yield f"More than possible on devices not known to be faulty: {sure or 'none'}"
    yield ""
    yield "Answers read, by request: " + _counted(
        {k.removeprefix("shell:"): n for k, n in corpus["answers_by_request"].items()}
    )
    yield ""


def _agreement(table: dict[str, Any]) -> Iterator[str]:
    alarms = sum(map(len, table["false_alarms"].values()))
    yield from _rows(
        {
            "virtual phones": table["phones"],
            "faults of the phone": table["faults"],
            "phone × fault": table["trials"],
            "of them resting on texts seen on real phones": table["heard"],
            "of those found by the right probe": f"{table['found']:.1%}",
            "unheard: found, which proves nothing": f"{table['unheard_found']:.1%}",
            "combinations of two faults tried": table["pairs"],
            "of them resting on seen texts": table["pairs_heard"],
            "of those one masks the other, for a stated reason": table["pairs_masked"],
            "of the rest both found": f"{table['pairs_found']:.1%}",
            "false alarms on healthy virtual phones": alarms,
        }
    )
    yield from _unheard(table)
    yield from _causes(table["causes"])
    yield from _faults(table)


def _unheard(table: dict[str, Any]) -> Iterator[str]:
    yield "### Unheard"
    yield ""
    yield "Texts that no capture shows for the Android version of the virtual phone, with the"
    yield "number of trials that rest on each: " + _counted(table["unheard_texts"])
    yield ""
    yield "Faults that rest on unheard texts on every phone: " + (
        ", ".join(f"`{name}`" for name in table["faults_never_heard"]) or "none"
    )
    yield ""


def _causes(causes: dict[str, Any]) -> Iterator[str]:
    yield "### Causes"
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
    yield ""
    yield f"Words stronger than their evidence: {', '.join(causes['too_sure']) or 'none'}"
    yield ""
    yield "Concluded (certain or likely) beside the true cause:"
    yield ""
    for case in causes["beside_concluded"] or [None]:
        yield _not_first(case) if case else "None."
    yield ""
    yield "Not named first, and why:"
    yield ""
    for case in causes["not_first"] or [None]:
        yield _not_first(case) if case else "None."
    yield ""


def _faults(table: dict[str, Any]) -> Iterator[str]:
    yield "### Faults"
    yield ""
    yield "| fault | found | elsewhere | missed | of them heard | true cause |"
    yield "|---|---|---|---|---|---|"
    for name, counts in table["by_fault"].items():
        known = table["causes"]["by_fault"].get(name, {})
        cells = (*(counts[v] for v in ("found", "elsewhere", "missed", "heard")),)
        cause = " or ".join(known.get("causes", ())) or "-"
        yield f"| `{name}` | {' | '.join(map(str, cells))} | {cause} |"
    yield ""
    yield "### Every miss"
    yield ""
    for miss in table["not_found"]:
        why = f": {miss['why']}" if miss.get("why") else ""
        noticed = ", ".join(miss["noticed"]) or "nothing"
        name = "+".join([miss["phone"], *miss["faults"]])
        yield f"- `{name}` {miss['verdict']}; noticed: {noticed}{why}"
    if not table["not_found"]:
        yield "None."


def _rows(values: dict[str, Any]) -> Iterator[str]:
    yield "| what | figure |"
    yield "|---|---|"
    for name, value in values.items():
        yield f"| {name} | {value} |"
    yield ""


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none tried"


def _counted(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"`{name}` {number}" for name, number in ordered) or "none"


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
