"""Drafts a profile from what a phone said: what can be known is filled in, the rest is asked for.

The phone's words are a stranger's: they are cut short and quoted, never written as they came.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from diagnose.model.criterion import Value
from diagnose.model.result import Measurement
from diagnose.parsers.system.product import product
from diagnose.sdk import Lesson, Probe
from diagnose.text import printable

_LONGEST = 120
_LONGEST_LIST = 64
_MATCHED = ("ro.product.manufacturer", "ro.product.model")


def facts_told(probes: Iterable[Probe]) -> dict[str, str]:
    """Every fact that a probe can use, and the measurement that says it of a good unit.

    The name is empty where no phone can say it: it stands in a draft as a comment to be filled in.
    """
    told: dict[str, str] = {}
    for probe in probes:
        for name, fact in probe.facts.items():
            told[name] = told.get(name) or (fact.measure and f"{probe.id}.{fact.measure}")
    return dict(sorted(told.items()))


def suggest(
    properties: Mapping[str, str],
    measurements: Mapping[str, Measurement],
    bases: Container[str] = (),
    probes: Sequence[Probe] = (),
) -> str:
    """Draft the TOML text of a profile; `measurements` by id, `bases` the profiles there are.

    `probes` are those whose facts a profile may state. It loads as it is; without a vendor's base
    among `bases` it extends the generic profile.
    """
    lines = [
        "# A draft: check every line, name the page behind each fact, delete what is unsure.",
        *_heading(properties, bases),
        "",
        "[match]",
        *_match(properties, bases),
        "",
        "[facts]",
        *_facts(measurements, probes),
        *_wanted(measurements, probes),
        "",
        *_quirks(measurements, probes),
        *_seen(properties),
    ]
    return "\n".join(lines) + "\n"


def suggested_id(properties: Mapping[str, str]) -> str:
    """The id a profile of this phone would have: vendor folder and model name."""
    vendor = _slug(properties.get("ro.product.manufacturer", "")) or "unknown"
    brand = _slug(properties.get("ro.product.brand", ""))
    names = product(properties)
    model = _slug(names.marketing_name) or _slug(names.model) or "unknown"
    folder = "honor" if brand == "honor" else vendor
    return f"{folder}/{model.removeprefix(f'{folder}-') or model}"


def _base(properties: Mapping[str, str], bases: Container[str]) -> str | None:
    base = f"{suggested_id(properties).partition('/')[0]}/_base"
    return base if base in bases else None


def _heading(properties: Mapping[str, str], bases: Container[str]) -> Iterator[str]:
    names = product(properties)
    name = suggested_id(properties)
    yield "schema = 1"
    yield f"id = {_quoted(name)}"
    yield f"extends = {_quoted(_base(properties, bases) or 'generic')}"
    yield f"title = {_quoted(names.marketing_name or names.model or 'unknown model')}"


def _match(properties: Mapping[str, str], bases: Container[str]) -> Iterator[str]:
    """The model; the maker too where no base asks for it already."""
    asked = _MATCHED[-1:] if _base(properties, bases) else _MATCHED
    values = {key: properties.get(key, "").strip() for key in asked}
    for key, value in values.items():
        if value:
            yield f"{_quoted(key)} = {_quoted(_literal(value))}"
    if not any(values.values()):
        yield '# "ro.product.model" = "the phone says no model: find a property that tells it"'


def _literal(value: str) -> str:
    """A value as a pattern that means itself: a model called `A*` is no glob."""
    return re.sub(r"[*?\[\]]", "?", value)


def _facts(measurements: Mapping[str, Measurement], probes: Iterable[Probe]) -> Iterator[str]:
    for fact, name in facts_told(probes).items():
        found = measurements.get(name)
        if found is not None and found.value is not None and not found.simulated:
            yield (
                f"{fact} = {{ value = {_value(found.value)}, "
                f'source = "measured on this unit: {found.id}", confidence = "guess" }}'
            )


def _quirks(measurements: Mapping[str, Measurement], probes: Iterable[Probe]) -> Iterator[str]:
    """What a probe learned of this model, where something showed it."""
    for probe in probes:
        if (lesson := probe.teaches) and _was_learned(lesson, probe, measurements):
            asked, _, name = lesson.quirk.rpartition(".")
            yield f'[quirks."{asked}"]'
            yield f'{name} = {{ value = "{lesson.value}", why = "{lesson.why}" }}'
            yield ""


def _was_learned(lesson: Lesson, probe: Probe, measurements: Mapping[str, Measurement]) -> bool:
    learned = measurements.get(f"{probe.id}.{lesson.measure}")
    shown = measurements.get(f"{probe.id}.{lesson.shown_by}")
    return bool(learned and shown and learned.value == lesson.value and shown.value is True)


def _wanted(measurements: Mapping[str, Measurement], probes: Iterable[Probe]) -> Iterator[str]:
    for fact in (fact for fact, name in facts_told(probes).items() if not name):
        yield f'# {fact} = {{ value = …, source = "the maker\'s page", confidence = "vendor" }}'
    if not measurements:
        yield "# Nothing was measured: give a capture, and more can be filled in."


def _seen(properties: Mapping[str, str]) -> Iterator[str]:
    values = {
        "fingerprint": properties.get("ro.build.fingerprint", ""),
        "manufacturer": properties.get("ro.product.manufacturer", ""),
        "brand": properties.get("ro.product.brand", ""),
        "model": properties.get("ro.product.model", ""),
        "device": properties.get("ro.product.device", ""),
    }
    if values["fingerprint"].strip() or values["model"].strip():
        yield "[[seen]]"
        for name, value in values.items():
            if value.strip():
                yield f"{name} = {_quoted(value.strip())}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(word) for word in value[:_LONGEST_LIST])}]"
    return _quoted(value)


def _number(value: float) -> str:
    if not math.isfinite(value) or abs(value) >= 1e15:
        return "0.0"
    return str(int(value)) if value.is_integer() else repr(value)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words[:_LONGEST].lower().replace("+", "-plus")).strip("-")


def _quoted(text: str) -> str:
    """Write a TOML basic string: what steers a terminal or breaks TOML is gone or escaped."""
    clean = printable(text[:_LONGEST], _LONGEST).encode("utf-8", "replace").decode()
    escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'
