"""The page `docs/accuracy.md`, written from what `diagnose evaluate` counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_HEAD = """# Accuracy

Made by `diagnose evaluate --corpus ../shared/corpus --markdown`; do not edit the numbers by hand.

A fault is **found** when a probe that must notice it says `attention` or `fail`, **elsewhere** when
only other probes do, **missed** otherwise. Of two faults one can make the other unseeable; where
the simulator says so beforehand, with a reason, the pair is **masked**. A **false alarm** is a
`fail` on a phone that is not known to be faulty.
"""


def page(table: dict[str, Any]) -> str:
    """Write the page."""
    return "\n".join([_HEAD, *_totals(table), *_corpus(table["corpus"]), *_faults(table)]) + "\n"


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
    yield f"| their captured answers | {table['corpus']['answers']} |"
    yield f"| values read from them | {table['corpus']['values']} |"
    yield f"| stated facts compared (model, Android version) | {table['corpus']['facts_checked']} |"
    yield f"| of them read as stated | {table['corpus']['facts_right']} |"
    yield f"| false alarms on them | {sum(map(len, table['corpus']['false_alarms'].values()))} |"
    yield ""


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
    yield "`attention` on real devices, by probe: " + ", ".join(
        f"{probe} {number}" for probe, number in sorted(counted.items(), key=lambda i: -i[1])
    )
    yield ""


def _faults(table: dict[str, Any]) -> Iterator[str]:
    yield "## Faults"
    yield ""
    yield "| fault | found | elsewhere | missed |"
    yield "|---|---|---|---|"
    for name, counts in table["by_fault"].items():
        yield f"| `{name}` | {counts['found']} | {counts['elsewhere']} | {counts['missed']} |"
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


def _listed(found: dict[str, list[str]]) -> str:
    return (
        "; ".join(f"{folder} ({', '.join(probes)})" for folder, probes in found.items()) or "none"
    )


def _folders(found: dict[str, list[str]]) -> str:
    return ", ".join(found) or "none"
