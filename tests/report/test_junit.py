"""JUnit as CI reads it: counts that agree, and nothing untested that looks passed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from tests.report import samples
from tests.report.test_html import ATTACKS, poisoned

from diagnose.model.report import Report
from diagnose.report.junit import render_junit

REPORTS = [samples.complete(), samples.partial(), samples.faulty()]


def test_counts_agree_with_what_is_inside() -> None:
    root = ET.fromstring(render_junit(REPORTS))  # noqa: S314 - our own file
    assert len(root) == len(REPORTS)
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == len(suite.findall(f"testcase/{tag}"))


def test_what_was_not_tested_is_skipped_never_passed() -> None:
    cases = cases_of(samples.make(samples.battery(97.0), samples.camera_refused()))
    skipped = cases["camera.census"].find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "denied"


def test_what_was_demanded_and_not_read_is_an_error_never_a_skip() -> None:
    cases = cases_of(samples.partial())
    demanded = cases["camera.census"].find("error")
    assert demanded is not None
    assert demanded.attrib["type"] == "required_unread"
    assert "denied" in demanded.attrib["message"]
    assert cases["touch.panel"].find("error") is not None


def test_the_ids_of_two_phones_that_are_called_the_same_differ() -> None:
    root = ET.fromstring(render_junit([samples.complete()] * 3))  # noqa: S314
    ids = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(ids) == len(set(ids))


def test_a_phone_that_was_not_examined_is_an_error() -> None:
    root = ET.fromstring(render_junit([], [("emulator-5554", "unauthorized")]))  # noqa: S314
    (case,) = root.iter("testcase")
    assert case.attrib["classname"].startswith("diagnose.emulator-5554")
    assert root.attrib["errors"] == "1"


def cases_of(report: Report) -> dict[str, ET.Element]:
    """The test cases of one report by their names."""
    root = ET.fromstring(render_junit([report]))  # noqa: S314 - our own file
    return {case.attrib["name"]: case for case in root.iter("testcase")}


@pytest.mark.parametrize("words", ATTACKS)
def test_whatever_a_phone_says_it_stays_xml(words: str) -> None:
    ET.fromstring(render_junit([poisoned(words)]))  # noqa: S314 - our own file
