"""JUnit as CI reads it: counts that agree, and nothing untested that looks passed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from tests.report import samples
from tests.report.test_html import ATTACKS, poisoned

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
    (suite,) = ET.fromstring(render_junit([samples.partial()]))  # noqa: S314
    cases = {case.attrib["name"]: case for case in suite}
    skipped = cases["camera.census"].find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "denied"
    assert cases["touch.panel"].find("error") is not None


@pytest.mark.parametrize("words", ATTACKS)
def test_whatever_a_phone_says_it_stays_xml(words: str) -> None:
    ET.fromstring(render_junit([poisoned(words)]))  # noqa: S314 - our own file
