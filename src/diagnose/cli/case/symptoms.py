"""Symptoms of a case: their names, and the probes that test them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnose.model.text import Text


def symptom_titles() -> Mapping[str, Text]:
    """Name every symptom of the catalogue."""
    from diagnose.knowledge.symptoms import load_symptoms

    return {code: symptom.name for code, symptom in load_symptoms().items()}


def codes_of(given: Collection[str]) -> tuple[str, ...]:
    """The codes of symptoms said by code, Chinese word or initials. Raises `UsageError`."""
    from diagnose.knowledge.symptoms import symptoms_named

    return tuple(symptom.code for symptom in symptoms_named(given))


def probes_for(codes: Collection[str]) -> Mapping[str, Text]:
    """The probes that test what was complained of, with their titles."""
    from diagnose.knowledge.probes import load_probes
    from diagnose.knowledge.symptoms import probes_for, symptoms_known

    probes = load_probes()
    return {
        name: probes[name].probe.title if name in probes else Text(name)
        for name in probes_for(symptoms_known(codes), probes)
    }
