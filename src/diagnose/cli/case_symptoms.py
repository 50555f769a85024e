"""Symptoms, as far as they are catalogued: their names, and the probes that test them."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from diagnose.errors import UnknownName

if TYPE_CHECKING:
    from diagnose.model.text import Text


def symptom_titles() -> Mapping[str, Text]:
    """Name every symptom: those of the catalogue, and those only a probe declares."""
    from diagnose.catalog import load_probes
    from diagnose.model.text import Text

    declared = {code for loaded in load_probes().values() for code in loaded.probe.symptoms}
    return {code: Text(code.replace("_", " ").replace("-", " ")) for code in declared} | (
        _catalogued()
    )


def _catalogued() -> dict[str, Text]:
    try:
        module = importlib.import_module("diagnose.diagnosis.symptoms")
    except ModuleNotFoundError:
        return {}
    return {code: symptom.title for code, symptom in module.load_symptoms().items()}


def refuse_unknown(codes: Collection[str]) -> None:
    """Raise `UnknownName` for a symptom nobody knows."""
    known = symptom_titles()
    for code in codes:
        if code not in known:
            raise UnknownName("symptom", code, known)


def probes_for(symptoms: Collection[str]) -> frozenset[str]:
    """The probes that test what was complained of."""
    from diagnose.catalog import load_probes

    return frozenset(
        name for name, loaded in load_probes().items() if {*loaded.probe.symptoms} & {*symptoms}
    )
