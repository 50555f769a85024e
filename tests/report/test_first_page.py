"""The first page of a report is one sheet: what does not fit is counted, and follows."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from pypdf import PdfReader
from tests.judging.causes.bench import report_of
from tests.report import samples

from diagnose.errors import UsageError
from diagnose.model.intake import Intake
from diagnose.model.report import Report
from diagnose.report.page.build import build_page
from diagnose.report.pdf import render_pdf
from diagnose.report.phrase import flat
from diagnose.simulator.building import phone_names

FAULTS = ("battery-worn", "camera-missing", "drainer-app", "storage-full", "wifi-chip-dead")
FOLLOWS = {"zh-CN": "检测发现", "en": "What was found", "both": "检测发现"}


def three_faults(phone: str) -> Report:
    for faults in combinations(FAULTS, 3):
        try:
            return report_of(phone, faults, ("drains-fast", "slow"))
        except UsageError:
            continue
    raise AssertionError(f"{phone} can have no three of them")


def pages(report: Report, lang: str) -> list[str]:
    return [
        page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(report, lang=lang))).pages
    ]


@pytest.mark.parametrize("number", range(len(phone_names())))
def test_what_follows_begins_on_page_2_for_any_phone_with_three_faults(number: int) -> None:
    lang = ("zh-CN", "en", "both")[number % 3]
    first, second, *_ = pages(three_faults(phone_names()[number]), lang)
    assert FOLLOWS[lang] not in first
    assert FOLLOWS[lang] in second


def test_a_long_complaint_leaves_room_for_less_and_the_rest_is_counted() -> None:
    report = three_faults("galaxy-s23")
    told = Intake(complaint="It falls asleep. " * 60, symptoms=report.intake.symptoms)
    first, second, *_ = pages(report.model_copy(update={"intake": told}), "en")
    assert "more: see below" in first
    assert FOLLOWS["en"] in second


@pytest.mark.parametrize("lines", [1, 3, 9, 60])
def test_in_two_languages_too_the_sheet_is_not_overrun_by_a_line(lines: int) -> None:
    """Wherever the room ends: what is said of the rest gets shorter, down to one line."""
    report = three_faults("galaxy-s23")
    told = Intake(complaint="电池很快没电。" * 8 * lines + "完", symptoms=report.intake.symptoms)
    first, second, *more = pages(report.model_copy(update={"intake": told}), "both")
    assert "手机概况" in first
    following = FOLLOWS["both"] if lines < 4 else "客户描述（全文）"
    assert following not in first
    assert following in second
    whole = "".join((first, second, *more)).replace("\n", "").replace("\u200b", "")
    assert "电池很快没电。完" in whole, "every word of the customer is on the page"


def test_the_worst_stands_in_short_with_the_cause_and_the_number_left_out() -> None:
    report = report_of("galaxy-s23", ("battery-worn", "camera-hal-dead", "storage-full"))
    brief = build_page(report, lang="en").brief
    assert brief
    assert brief.found[0].mark.tone == "fail"
    assert len(brief.found) == 3
    telling = sum(r.outcome in ("fail", "attention") for r in report.results)
    assert flat(brief.more_found[3]).startswith(f"and {telling - 3} more")
    assert len(brief.causes) == 3


def test_a_phone_without_findings_has_no_summary() -> None:
    assert build_page(samples.complete(), lang="en").brief is None
