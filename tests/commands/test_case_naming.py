"""Which case is meant: its beginning, its letters, its QR text, last; and how cases are found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.case.rules.samples import KEY, T0, Counter, agreed
from tests.commands.counter import CaseDesk

from diagnose.case.record.store import Casebook
from diagnose.cli.case.naming import find
from diagnose.errors import CaseRefused, UnknownName
from diagnose.report.barcode import code_text

CASES = ("20261123-KAAAA", "20261122-KBBBB", "20261122-AAAAA")


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("20261123-KAAAA", 0),
        ("20261123", 0),
        ("20261122-k", 1),
        (" kb ", 1),
        ("a", 2),
        ("last", 1),
        (code_text("20261122-AAAAA", "ab" * 32), 2),
        (code_text("20261122-AAAAA", "ab" * 32).lower(), 2),
        ("case 20261122-aaaaa", 2),
    ],
)
def test_a_case_is_named_by_its_beginning_its_letters_its_code_or_last(
    answer: str, meant: int
) -> None:
    assert find(answer, CASES, last="20261122-KBBBB") == CASES[meant]


def test_what_names_several_or_none_is_refused() -> None:
    with pytest.raises(CaseRefused, match="names 2 cases: 20261122-KBBBB, 20261122-AAAAA"):
        find("20261122", CASES, "")
    for word in ("", "2025", "CASE", "ZZ"):
        with pytest.raises(UnknownName):
            find(word, CASES, "")
    with pytest.raises(UnknownName):
        find("last", (), "")


def test_last_is_the_newest_where_this_computer_worked_on_none() -> None:
    assert find("last", CASES, "20200101-GONE2") == CASES[0]


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    desk = CaseDesk(tmp_path, str(tmp_path / "cases.db"))
    # Their names are not in the order in which they were opened.
    with Casebook.open(desk.url, KEY) as casebook:
        for days, name in enumerate(("20261122-ZZZZZ", "20261122-AAAAA", "20261122-MMMMM")):
            agreed().copy_to(casebook, name, T0 + timedelta(hours=days))
        Counter().copy_to(casebook, "20261121-QQQQQ", T0 + timedelta(days=1))
    return desk


def test_the_list_is_by_time_and_says_who_what_and_since_when(desk: CaseDesk) -> None:
    lines = desk.case("list", "--lang", "en").out.splitlines()
    names = [line.split()[0] for line in lines]
    assert names == ["20261121-QQQQQ", "20261122-MMMMM", "20261122-AAAAA", "20261122-ZZZZZ"]
    assert all(len(line) <= 80 for line in lines)
    assert "agreed" in lines[1]
    assert "王*" in lines[1]
    assert "M1" in lines[1]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("王小明", 4),
        ("3800138", 4),
        ("138-0013", 4),
        ("m1", 3),
        ("maker", 3),
        ("MM", 1),
        (code_text("20261122-AAAAA", "ab" * 32), 1),
        ("nobody", 0),
    ],
)
def test_a_case_is_found_by_name_phone_model_and_code(
    desk: CaseDesk, word: str, count: int
) -> None:
    assert len(desk.does("list", word)) == count


@pytest.mark.parametrize(("lang", "answer"), [("en", "no case fits"), ("zh-CN", "没有符合的工单")])
def test_a_search_that_finds_nothing_says_so(desk: CaseDesk, lang: str, answer: str) -> None:
    ended = desk.case("list", "nobody-of-that-name", "--lang", lang)
    assert (ended.status, ended.out, ended.err.strip()) == (0, "", answer)


def test_last_is_what_was_worked_on_here(desk: CaseDesk) -> None:
    assert desk.does("show", "last")["case_id"] == "20261121-QQQQQ"  # the newest of all
    desk.does("work", "zz", "--item", "battery-labour")
    assert desk.does("show", "last")["case_id"] == "20261122-ZZZZZ"


def test_a_script_names_its_case(desk: CaseDesk) -> None:
    assert "CASE is missing" in desk.refuses("show")
    assert "which case?" in desk.refuses("erase", "--reason", "x")
    assert "Missing argument" in desk.refuses("close", "--reason", "x")
