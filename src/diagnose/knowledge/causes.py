"""Finds the fault knowledge that stands beside probes, and checks it against everything named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from diagnose.knowledge.actions import load_actions
from diagnose.knowledge.cause_files import (
    Knowledge,
    Names,
    check_knowledge,
    load_knowledge,
    read_knowledge,
)
from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.symptoms import load_symptoms


def knowledge_beside(probes: Mapping[str, LoadedProbe]) -> Knowledge:
    """Load the fault knowledge beside these probes, the shipped one first."""
    return load_knowledge(_folders(probes))


def read_knowledge_beside(probes: Mapping[str, LoadedProbe]) -> Iterator[object]:
    """Read it file by file, so that loading it has little left to do."""
    return read_knowledge(_folders(probes))


def _folders(probes: Mapping[str, LoadedProbe]) -> list[Path]:
    folders = {loaded.path.parent.parent: loaded.origin for loaded in probes.values()}
    return sorted(folders, key=lambda folder: (folders[folder] != "bundled", str(folder)))


def checked_knowledge(probes: Mapping[str, LoadedProbe]) -> Knowledge:
    """Load it and check every name in it. Raises `FaultInvalid` with the near match.

    `probes` are all probes there are: knowledge of one area speaks of measures of others.
    """
    knowledge = knowledge_beside(probes)
    measures = {name: loaded.probe.measures for name, loaded in probes.items()}
    check_knowledge(knowledge, Names(measures, load_symptoms(), load_actions()))
    return knowledge
