"""`diagnose case close`, and `case erase --damaged`: cases that end otherwise than they should."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.case.rules import samples
from tests.case.rules.samples import Counter
from tests.commandline import command_line, environment
from tests.commands.counter import CaseDesk

from diagnose.case.record.events import Chain
from diagnose.case.record.store import Casebook
from diagnose.station.signing import StationKey, station_key

CASE = "20261122-CCCCC"
WHY = "fetched by 王小明, who paid nothing"
ORAL = ("--method", "oral", "--person", "x", "--phone", "1")


@dataclass(frozen=True)
class Shop(CaseDesk):
    """A counter with cases that are some days old."""

    key: StationKey

    def holds(self, counter: Counter, days_ago: float = 1, name: str = CASE) -> None:
        begin = datetime.now(UTC) - timedelta(days=days_ago)
        with Casebook.open(self.url, self.key) as casebook:
            counter.copy_to(casebook, name, begin)

    def chain(self) -> Chain:
        with Casebook.open(self.url) as casebook:
            return casebook.read(CASE)

    def files(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.glob("cases.db*"))

    def spoil(self, statement: str) -> None:
        link = sqlite3.connect(self.url)
        with link:
            link.execute(statement)
        link.close()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("DIAGNOSE_CONFIG", str(tmp_path / "config"))
    return Shop(tmp_path, str(tmp_path / "cases.db"), station_key())


def test_a_closed_case_is_said_to_be_and_its_time_runs(shop: Shop) -> None:
    shop.holds(samples.agreed())
    closed = shop.does("close", CASE, "--reason", WHY, "--engineer", "li")
    assert (closed["stage"], closed["closing"]["reason"]) == ("closed_by_shop", WHY)
    assert closed["closing"]["by"] == "li"
    until = (datetime.now(UTC) + timedelta(days=90)).date()
    assert closed["kept_until"][:10] == str(until), "nothing was repaired: 90 days"
    assert WHY in shop.case("show", CASE, "--lang", "en").out
    assert "门店结案" in shop.case("show", CASE, "--lang", "zh-CN").out
    assert "closed by the shop" in shop.case("list", "--lang", "en").out
    assert [one["case_id"] for one in shop.does("list", "--stage", "closed_by_shop")] == [CASE]
    assert shop.case("verify", CASE).status == 0


def test_the_customers_page_says_it_until_its_reason_is_erased(shop: Shop) -> None:
    shop.holds(samples.agreed())
    shop.does("close", CASE, "--reason", WHY)
    copy = shop.folder / "copy"
    shop.does("export", CASE, "--out", copy, "--lang", "both")
    page = (copy / "report.html").read_text("utf-8")
    assert all(output in page for output in (WHY, "门店结案", "Closed by the shop"))
    assert "保存至" in page
    shop.does("erase", CASE, "--reason", "he asked", "--yes")
    assert b"who paid nothing" not in shop.files()
    shown = shop.does("show", CASE)
    assert (shown["stage"], shown["closing"]["reason"]) == ("closed_by_shop", "")
    assert shop.case("verify", CASE).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("consent", CASE, "--accept", "all", "--wipe-agreed", *ORAL),
        ("consent", CASE, "--decline", "all", *ORAL),
        ("withdraw", CASE, *ORAL),
        ("work", CASE, "--item", "all"),
        ("quote", CASE, "--shop", "example-berlin"),
        ("diagnose", CASE, "--report", "before"),
        ("accept", CASE, "--solved", "no", *ORAL),
        ("close", CASE, "--reason", "again"),
    ],
)
def test_nothing_more_is_added_to_a_closed_case(shop: Shop, words: tuple[str, ...]) -> None:
    shop.holds(samples.agreed())
    shop.does("close", CASE, "--reason", WHY)
    events = shop.chain().events
    output = shop.refuses(*words)
    assert "was closed on" in output
    assert "case open" in output, "it says what to do instead"
    assert shop.chain().events == events


def test_nor_is_a_check_after_the_repair(shop: Shop) -> None:
    counter = samples.agreed()
    counter.work("battery-part", serials={"battery-part": "S1"})
    shop.holds(counter)
    ended = shop.case("close", CASE, "--reason", "never fetched")
    assert "has not accepted" in ended.err
    at = datetime.now(UTC) + timedelta(minutes=1)
    after = shop.folder / "after.json"
    after.write_text(samples.report(samples.AFTER, at=at).model_dump_json(), "utf-8")
    assert "was closed on" in shop.refuses("verify", CASE, "--report", after)
    days = datetime.fromisoformat(shop.does("show", CASE)["kept_until"]) - datetime.now(UTC)
    assert days > timedelta(days=700), "work was done: the longer time"


def test_the_time_of_a_refusal_is_not_lengthened(shop: Shop) -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(decline=("all",), reason="too dear")
    shop.holds(counter, days_ago=80)
    before = shop.does("show", CASE)["kept_until"]
    assert shop.does("close", CASE, "--reason", WHY)["kept_until"] == before


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("close", CASE), "--reason"),
        (("close", CASE, "--reason", " "), "for a reason"),
        (("close", CASE, "--reason", "x" * 1001), "1000"),
        (("close", "20200101-XXXXX", "--reason", "x"), "no case"),
        (("erase", CASE, "--damaged", "--reason", "x", "--yes"), "not damaged"),
        (("erase", "--due", "--damaged"), "--due takes no"),
    ],
)
def test_a_mistake_records_nothing(shop: Shop, words: tuple[str, ...], answer: str) -> None:
    shop.holds(samples.agreed())
    events = shop.chain().events
    assert answer in shop.refuses(*words)
    assert shop.chain().events == events


def test_a_case_the_customer_accepted_is_not_closed_again(shop: Shop) -> None:
    shop.holds(samples.accepted_as(solved=True))
    assert "accepted" in shop.refuses("close", CASE, "--reason", WHY)


@pytest.mark.parametrize(
    ("answer", "status", "stage"), [("y", 0, "closed_by_shop"), ("n", 130, "agreed")]
)
def test_on_a_terminal_it_is_asked_for(shop: Shop, answer: str, status: int, stage: str) -> None:
    shop.holds(samples.agreed())
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command_line("case", "close", CASE, "--lang", "en"),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(shop.env),
    )
    os.close(theirs)
    os.write(ours, f"given back\n{answer}\n".encode())
    assert running.wait(timeout=60) == status
    output = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "agreed to work that was not done" in output
    assert shop.does("show", CASE)["stage"] == stage


SPOILED = {
    "an event that cannot be read": "UPDATE events SET body = X'FF00' WHERE seq = 2",
    "a cut off end": "DELETE FROM events WHERE seq = 4",
    "a private value that cannot be read": "UPDATE private_values SET value = X'FF'"
    " WHERE name = 'contact'",
    "a wrong signature": "UPDATE events SET signature = '00' WHERE seq = 1",
    "no event at all": "DELETE FROM events",
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_damaged_case_can_be_erased_on_purpose(shop: Shop, how: str) -> None:
    shop.holds(samples.agreed())
    shop.spoil(SPOILED[how])
    shop.holds(samples.agreed(), name="20261122-OTHER")
    assert shop.case("verify", CASE).status == 1
    assert "--yes" in shop.refuses("erase", CASE, "--damaged", "--reason", "the law")
    done = shop.does("erase", CASE, "--damaged", "--reason", "the law", "--yes")
    assert [(one["reason"], one["sound"]) for one in done["damaged_erasures"]] == [
        ("the law", True)
    ]
    with Casebook.open(shop.url) as casebook:
        assert casebook.private_count(CASE) == 0
        assert casebook.private_count("20261122-OTHER") == 3, "no other case is touched"
    verified = shop.does("verify", CASE, status=1)
    assert verified["damaged_erasures"] == done["damaged_erasures"], "still damaged, and it says so"
    assert "the law" in shop.case("verify", CASE).out
    assert shop.does("list")[0]["case_id"] == "20261122-OTHER"


def test_a_damaged_case_without_private_data_holds_no_one_up(shop: Shop) -> None:
    shop.holds(samples.agreed())
    shop.spoil(SPOILED["an event that cannot be read"])
    assert shop.case("erase", "--due").status == 5
    output = shop.refuses("erase", CASE, "--reason", "x", "--yes", status=3)
    assert "--damaged" in output
    shop.does("erase", CASE, "--damaged", "--reason", "the law", "--yes")
    left = shop.does("erase", "--due")
    assert (left["damaged"], left["damaged_erased"]) == ([], [CASE])
    assert b"13800138000" not in shop.files()


def test_a_note_of_an_erasure_that_was_changed_is_found(shop: Shop) -> None:
    shop.holds(samples.agreed())
    shop.spoil(SPOILED["a cut off end"])
    shop.does("erase", CASE, "--damaged", "--reason", "the law", "--yes")
    shop.spoil(
        "UPDATE damaged_erasures SET body = CAST(replace(body, 'the law', 'the boss') AS BLOB)"
    )
    assert "this note was changed" in shop.case("verify", CASE).out
    assert (
        json.loads(shop.case("verify", CASE, "--json").out)["damaged_erasures"][0]["sound"] is False
    )
