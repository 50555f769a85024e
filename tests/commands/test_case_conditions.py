"""A step agreed to only where another did not help is never charged by the word `all`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.case.rules.samples import FAULT, item, report
from tests.commands.test_case import Shop, on_a_terminal

from diagnose.model.text import Text

ONLY_IF = Text("Only if this does not help: cleaning; else not charged.", "仅在清洁无效时进行。")
ORAL = ("--method", "oral", "--person", "Anna", "--phone", "0301234567")


@pytest.fixture
def agreed(tmp_path: Path) -> tuple[Shop, str]:
    shop = Shop(tmp_path, str(tmp_path / "cases.db"))
    name: str = shop.does("open", "--complaint", "slow", "--name", "Anna")["case_id"]
    before = shop.save("before.json", report(faults=(FAULT,)))
    shop.does("diagnose", name, "--report", before, "--unproven")
    later = item("reseat").model_copy(update={"only_if": ONLY_IF})
    shop.does("quote", name, "--quote", shop.save_quote("q.json", item("clean"), later))
    shop.does("consent", name, "--accept", "all", *ORAL)
    return shop, name


def test_all_leaves_out_what_was_agreed_to_with_a_condition(agreed: tuple[Shop, str]) -> None:
    shop, name = agreed
    ended = shop.case("work", name, "--item", "all", "--lang", "en")
    assert ended.status == 0
    assert "so not among all: reseat" in ended.err
    assert "reseat: agreed, not done, not charged" in ended.out
    done = shop.does("show", name)["works"][0]["items"]
    assert [one["code"] for one in done] == ["clean"]


def test_named_itself_it_is_done_and_charged(agreed: tuple[Shop, str]) -> None:
    shop, name = agreed
    done = shop.does("work", name, "--item", "all", "--item", "reseat")["works"][0]["items"]
    assert {one["code"] for one in done} == {"clean", "reseat"}


def test_on_a_terminal_the_condition_is_asked_with_the_step(agreed: tuple[Shop, str]) -> None:
    shop, name = agreed
    answers = ["y", "n", "", "n"]
    output = on_a_terminal(shop, ["case", "work", name, "--lang", "en"], answers)
    assert f"reseat? {ONLY_IF.en}" in output
    assert [one["code"] for one in shop.does("show", name)["works"][0]["items"]] == ["clean"]
