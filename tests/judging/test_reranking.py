"""Ranking a report again gives what a run with those symptoms would have given, and no less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.thinning import one_in

from diagnose.judging.examination import examine
from diagnose.judging.reranking import rerank
from diagnose.knowledge.probes import load_probes
from diagnose.knowledge.symptoms import load_symptoms
from diagnose.model.digest import is_intact
from diagnose.model.intake import LONGEST_COMPLAINT
from diagnose.model.report import Report
from diagnose.run.capture import read_capture

CAPTURES = sorted((Path(__file__).parents[1] / "captures").glob("*/capture.jsonl"))
PROBES = load_probes()
CODES = sorted(load_symptoms())


def examined(path: Path, symptoms: tuple[str, ...]) -> Report:
    capture = read_capture(path)
    return examine(replace(capture, header=replace(capture.header, symptoms=symptoms)), PROBES)


def read_back(report: Report) -> Report:
    """As a case gets it: from its JSON, where texts have no Chinese of their own."""
    return Report.model_validate_json(report.model_dump_json())


@pytest.mark.parametrize("path", one_in(8, CAPTURES), ids=lambda path: path.parent.name)
@pytest.mark.parametrize("symptoms", [("drains-fast", "slow"), tuple(CODES)], ids=["two", "all"])
def test_it_is_the_report_the_run_would_have_made(path: Path, symptoms: tuple[str, ...]) -> None:
    untold, told = examined(path, ()), examined(path, symptoms)
    again = rerank(read_back(untold), symptoms, PROBES)
    assert again is not None
    assert is_intact(again)
    old, new = told.model_dump(mode="json"), again.model_dump(mode="json")
    unlike = {name for name in old if old[name] != new[name]}
    assert unlike <= {"digest", "translations"}  # what is no longer said stays in its table
    for lang, table in told.translations.items():
        known = untold.translations.get(lang, {})  # two texts may be one in English: either holds
        new_ones = {en: text for en, text in table.items() if en not in known}
        assert new_ones.items() <= again.translations[lang].items()
        assert table.keys() <= again.translations[lang].keys()


def test_the_same_symptoms_change_nothing() -> None:
    report = read_back(examined(CAPTURES[0], ("slow",)))
    again = rerank(report, ("slow",), PROBES)
    assert again is not None
    assert again.model_dump(mode="json") == report.model_dump(mode="json")


def test_a_report_of_other_fault_knowledge_is_left_alone() -> None:
    report = examined(CAPTURES[0], ())
    assert report.conclusion is not None
    other = report.conclusion.model_copy(update={"knowledge_sha256": "0" * 64})
    assert rerank(report.model_copy(update={"conclusion": other}), ("slow",), PROBES) is None


def test_a_capture_with_a_longer_complaint_is_examined_and_cut_visibly() -> None:
    capture = read_capture(CAPTURES[0])
    long = replace(capture, header=replace(capture.header, complaint="慢" * 9000))
    complaint = examine(long, PROBES).intake.complaint
    assert len(complaint) == LONGEST_COMPLAINT
    assert complaint.endswith("… [cut]")
