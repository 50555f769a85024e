"""`case correct`: a slip at the counter is put right by an event, until the customer has agreed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.case.rules.samples import KEY, Counter, agreed
from tests.commands.counter import CaseDesk

from diagnose.case.record.store import Casebook

CASE = "20261122-CCCCC"


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return CaseDesk(tmp_path, str(tmp_path / "cases.db"))


def holds(desk: CaseDesk, counter: Counter) -> None:
    with Casebook.open(desk.url, KEY) as casebook:
        counter.copy_to(casebook, CASE)


def quoted() -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    return counter


def test_only_what_is_given_is_changed_and_what_was_noted_stays_in_the_record(
    desk: CaseDesk,
) -> None:
    holds(desk, quoted())
    before = desk.does("show", CASE, "--with-private")
    case = desk.does("correct", CASE, "--phone", "13900139000", "--accessory", "charger")
    after = desk.does("show", CASE, "--with-private")
    assert after["contact"] == before["contact"] | {"phone": "13900139000"}
    assert after["intake"]["accessories"] == ["charger"]
    assert after["intake"]["complaint"] == before["intake"]["complaint"]
    assert case["quote"] == before["quote"]
    assert after["page"]["intake"]["accessories"] == ["charger"]  # the page says it too
    assert after["page"]["digest"] != before["page"]["digest"]
    assert desk.case("verify", CASE, "--trust", KEY.public).status == 0
    link = sqlite3.connect(desk.url)
    kinds = [
        row[0]
        for row in link.execute("SELECT json_extract(body, '$.kind') FROM events ORDER BY seq")
    ]
    (rows,) = link.execute("SELECT count(*) FROM private_values WHERE name = 'contact'").fetchone()
    link.close()
    assert kinds[-2:] == ["corrected", "quoted"]
    assert rows == 2


def test_other_symptoms_need_another_quote(desk: CaseDesk) -> None:
    holds(desk, quoted())
    ended = desk.case("correct", CASE, "--symptom", "slow")
    assert ended.status == 0
    case = desk.does("show", CASE)
    assert case["intake"]["symptoms"] == ["slow"]


def test_after_the_consent_nothing_is_corrected(desk: CaseDesk) -> None:
    holds(desk, agreed())
    assert "corrected no more" in desk.refuses("correct", CASE, "--complaint", "else")


def test_a_refusal_leaves_room_for_a_correction(desk: CaseDesk) -> None:
    counter = quoted()
    counter.decide(decline=("all",))
    holds(desk, counter)
    assert desk.does("correct", CASE, "--name", "Li")["stage"] in ("refused", "quoted")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "nothing is corrected"),
        (("--complaint", "电池不耐用"), "noted already"),
        (("--symptom", "slwo"), "slow"),
        (("--imei", "490154203237519"), "check digit"),
        (("--complaint", " "), "what the customer says"),
    ],
)
def test_what_is_no_correction_is_refused(
    desk: CaseDesk, words: tuple[str, ...], answer: str
) -> None:
    holds(desk, quoted())
    assert answer in desk.refuses("correct", CASE, *words)


def test_the_words_of_before_go_with_the_rest(desk: CaseDesk) -> None:
    holds(desk, quoted())
    desk.does("correct", CASE, "--complaint", "屏幕闪烁")
    desk.does("erase", CASE, "--reason", "he asked", "--yes")
    link = sqlite3.connect(desk.url)
    (left,) = link.execute("SELECT count(*) FROM private_values").fetchone()
    link.close()
    assert left == 0
    assert desk.does("show", CASE)["intake"]["complaint"] == ""
    assert desk.case("verify", CASE, "--trust", KEY.public).status == 0
