"""Write `docs/probes.md` from the probe files: `python scripts/write_probe_reference.py`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from diagnose.knowledge.probes import LoadedProbe, load_probes
from diagnose.model.criterion import Range
from diagnose.sdk import Spec

PAGE = Path(__file__).resolve().parent.parent / "docs" / "probes.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """Describe every probe, area by area."""
    probes = load_probes()
    lines = [
        "# Probes",
        "",
        f"Made by `scripts/write_probe_reference.py`; do not edit. {len(probes)} probes.",
    ]
    for name, loaded in groupby(probes.values(), key=lambda loaded: loaded.area_title):
        lines += ["", f"## {name.en} {name.zh}"]
        for one in loaded:
            lines += _probe(one)
    return "\n".join(lines) + "\n"


def _probe(loaded: LoadedProbe) -> Iterator[str]:
    probe = loaded.probe
    yield from ("", f"### `{probe.id}` {probe.title.en} {probe.title.zh}", "")
    for text in (probe.about.tested, probe.about.meaning, probe.about.consequence):
        yield f"{text.en} {text.zh}"
        yield ""
    yield f"*What to do:* {probe.about.action.en} {probe.about.action.zh}"
    yield ""
    yield "Asks: " + ", ".join(f"`{r.key.removeprefix('shell:')}`" for r in probe.requests)
    yield from ("", "| measure | what | unit | limit | source |", "|---|---|---|---|---|")
    for name, spec in probe.measures.items():
        yield _measure(name, spec)


def _measure(name: str, spec: Spec) -> str:
    limit, source = _limit(spec)
    title = f"{spec.title.en} {spec.title.zh}"
    return f"| `{name}` | {title} | {spec.unit.value} | {limit} | {source} |".replace("  ", " ")


def _limit(spec: Spec) -> tuple[str, str]:
    criterion = spec.criterion
    if criterion is None:
        return "", ""
    source = f"{criterion.source.basis.value}: {criterion.source.text}"
    if isinstance(criterion, Range):
        bounds = {
            "fault <": criterion.fail_below,
            "attention <": criterion.attention_below,
            "attention >": criterion.attention_above,
            "fault >": criterion.fail_above,
        }
        return ", ".join(f"{k} {v:g}" for k, v in bounds.items() if v is not None), source
    lists = {"good": criterion.good, "attention": criterion.attention, "fault": criterion.fail}
    return "; ".join(f"{k}: {', '.join(map(str, v))}" for k, v in lists.items() if v), source


if __name__ == "__main__":
    main()
