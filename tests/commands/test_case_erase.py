"""`diagnose case erase --due`: what has had its time goes, what has not stays, whatever happens."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import postgres
from tests.case.rules import samples
from tests.case.rules.samples import Counter
from tests.commandline import command_line, diagnose, environment
from tests.commands.counter import CaseDesk

from diagnose.case.record.events import Chain
from diagnose.case.record.store import Casebook
from diagnose.case.record.verify import check_chain
from diagnose.station.signing import StationKey, station_key

NAME, PHONE, WORDS = "王小明", "13800138000", "电池不耐用"


@dataclass(frozen=True)
class Shop(CaseDesk):
    """A counter whose cases lie years back."""

    key: StationKey

    def erase(self, *words: str, status: int = 0) -> Any:
        ended = self.case("erase", "--due", *words, "--json")
        assert ended.status == status, ended.err
        return ended.json

    def record(self, name: str, counter: Counter, days_ago: float) -> None:
        """Record the events of a counter as they would have been recorded then."""
        begin = datetime.now(UTC) - timedelta(days=days_ago)
        with Casebook.open(self.url, self.key) as casebook:
            counter.copy_to(casebook, name, begin)

    def chain(self, name: str) -> Chain:
        with Casebook.open(self.url) as casebook:
            return casebook.read(name)

    def files(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.glob("cases.db*"))


def refused() -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(decline=("all",), reason="too dear")
    return counter


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    monkeypatch.setenv("DIAGNOSE_CONFIG", str(tmp_path / "config"))
    if request.param == "sqlite":
        yield Shop(tmp_path, str(tmp_path / "cases.db"), station_key())
        return
    with postgres.server() as server, postgres.database(server) as url:
        yield Shop(tmp_path, url, station_key())


def test_what_is_due_goes_and_nothing_else(shop: Shop) -> None:
    shop.record("20200101-AAAAA", refused(), days_ago=91)
    shop.record("20200102-BBBBB", refused(), days_ago=89)
    shop.record("20200103-CCCCC", samples.agreed(), days_ago=3000)
    would = shop.erase("--dry-run")
    assert [one["case"] for one in would["due"]] == ["20200101-AAAAA"]
    assert would["erased"] == []
    assert len(shop.chain("20200101-AAAAA").private) > 0, "a dry run erases nothing"

    done = shop.erase()
    assert done["erased"] == ["20200101-AAAAA"]
    assert [one["case"] for one in done["not_yet"]] == ["20200102-BBBBB"]
    assert [(one["case"], one["stage"]) for one in done["open"]] == [("20200103-CCCCC", "agreed")]
    assert shop.chain("20200101-AAAAA").private == ()
    assert len(shop.chain("20200102-BBBBB").private) == 4
    assert len(shop.chain("20200103-CCCCC").private) == 3

    verified = shop.case("verify", "20200101-AAAAA")
    assert verified.status == 0
    assert "by the retention rule" in verified.out
    assert shop.case("verify", "20200101-AAAAA", "--json").json["erasure"]["by_rule"] is True

    events = len(shop.chain("20200101-AAAAA").events)
    again = shop.erase()
    assert (again["erased"], again["empty"][0]["case"]) == ([], "20200101-AAAAA")
    assert len(shop.chain("20200101-AAAAA").events) == events


def test_a_case_shows_until_when_its_data_are_kept(shop: Shop) -> None:
    shop.record("20200102-BBBBB", refused(), days_ago=30)
    until = (datetime.now(UTC) + timedelta(days=60)).date()
    assert f"kept until {until}" in shop.case("show", "20200102-BBBBB", "--lang", "en").out
    shop.case("export", "20200102-BBBBB", "--out", str(shop.folder / "copy"), "--lang", "zh-CN")
    page = (shop.folder / "copy" / "report.html").read_text("utf-8")
    assert f"保存至 {until}，到期删除：维修后索赔期两年" in page


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("DIAGNOSE_CONFIG", str(tmp_path / "config"))
    return Shop(tmp_path, str(tmp_path / "cases.db"), station_key())


def test_what_was_erased_is_in_no_file_and_its_page_still_fits(files: Shop) -> None:
    files.record("20200101-AAAAA", refused(), days_ago=91)
    assert all(output.encode() in files.files() for output in (NAME, PHONE, WORDS, "too dear"))
    files.erase()
    for output in (NAME, PHONE, WORDS, "too dear"):
        assert output.encode() not in files.files(), output
    copy = files.folder / "copy"
    assert files.case("export", "20200101-AAAAA", "--out", str(copy)).status == 0
    assert diagnose("report", "verify", str(copy), env=files.env).status == 0
    assert json.loads((copy / "case.json").read_text("utf-8"))["flaws"] == []


@pytest.mark.slow
def test_killed_in_between_it_is_finished_the_next_time(files: Shop) -> None:
    counter = refused()
    names = [f"20200101-{number:05}" for number in range(40)]
    for name in names:
        files.record(name, counter, days_ago=91)
    running = subprocess.Popen(
        command_line("case", "erase", "--due", "--yes"),
        env=environment(files.env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    link = sqlite3.connect(files.url)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        (left,) = link.execute("SELECT count(*) FROM private_values").fetchone()
        if left <= 4 * 30:
            break
    running.kill()
    running.wait(timeout=10)
    link.close()
    assert left > 0, "it was killed too late to show anything"
    for name in names:
        chain = files.chain(name)
        assert len(chain.private) in (0, 4), "all of a case or nothing"
        assert check_chain(chain, trusted={files.key.public}) == ()
    files.erase()
    assert all(files.chain(name).private == () for name in names)
    assert all(len(files.chain(name).events) == len(counter.chain.events) + 1 for name in names)
    assert PHONE.encode() not in files.files()


def test_a_clock_that_was_set_back_erases_nothing(files: Shop) -> None:
    files.record("20200101-AAAAA", refused(), days_ago=-400)
    done = files.erase()
    assert [one["case"] for one in done["clock"]] == ["20200101-AAAAA"]
    assert len(files.chain("20200101-AAAAA").private) == 4


def test_many_are_summed_up_and_json_names_them_all(files: Shop) -> None:
    counter = refused()
    names = [f"20200101-{number:05}" for number in range(25)]
    for name in names:
        files.record(name, counter, days_ago=91)
    shown = files.case("erase", "--due", "--dry-run", "--lang", "en").out.splitlines()
    assert shown[-1] == "25 due, 0 erased, 0 kept, 0 open"
    assert len(shown) == 22
    assert shown[-2].startswith("… 5 more")
    assert sorted(files.erase()["erased"]) == names
    assert all(check_chain(files.chain(n), trusted={files.key.public}) == () for n in names)


def test_one_damaged_case_of_many_is_left_and_the_others_go(files: Shop) -> None:
    names = [f"20200101-{number:05}" for number in range(12)]
    for name in names:
        files.record(name, refused(), days_ago=91)
    with sqlite3.connect(files.url) as link:  # its head is moved: nothing may be added to it
        link.execute("UPDATE heads SET hash = 'x' WHERE case_id = ?", (names[5],))
    link.close()
    done = files.erase(status=5)
    assert done["damaged"] == [names[5]]
    assert sorted(done["erased"]) == sorted({*names} - {names[5]})


def test_a_damaged_case_is_named_and_hides_no_other(files: Shop) -> None:
    files.record("20200101-AAAAA", refused(), days_ago=91)
    files.record("20200102-BBBBB", refused(), days_ago=91)
    with sqlite3.connect(files.url) as link:
        link.execute("UPDATE events SET body = X'FF00' WHERE seq = 2 AND case_id LIKE '%A'")
    link.close()
    done = files.erase(status=5)
    assert (done["damaged"], done["erased"]) == (["20200101-AAAAA"], ["20200102-BBBBB"])


def test_a_case_whose_end_was_cut_off_is_named_and_stops_no_other(files: Shop) -> None:
    """It can be read, but nothing may be added to it: the others go all the same."""
    for letter in "ABC":
        files.record(f"20200101-{letter}", refused(), days_ago=91)
    with sqlite3.connect(files.url) as link:
        link.execute("UPDATE heads SET seq = 9 WHERE case_id = '20200101-B'")
    link.close()
    done = files.erase(status=5)
    assert done["damaged"] == ["20200101-B"]
    assert sorted(done["erased"]) == ["20200101-A", "20200101-C"]
    assert len(files.chain("20200101-B").private) == 4


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("erase",), "which case"),
        (("erase", "--due", "--reason", "x"), "--due takes no"),
        (("erase", "20200101-AAAAA", "--due"), "--due takes no"),
        (("erase", "20200101-AAAAA", "--dry-run"), "--due"),
        (("open", "--complaint", "x", "--keep-days", "0"), "range"),
        (("open", "--complaint", "x", "--keep-days", "9999999"), "range"),
        (("open", "--complaint", "x", "--keep-days", "10"), "--keep-reason"),
        (("open", "--complaint", "x", "--shop", "nowhere"), "no price book"),
    ],
)
def test_a_mistake_is_one_plain_line(files: Shop, words: tuple[str, ...], answer: str) -> None:
    ended = files.case(*words)
    assert ended.status == 2
    assert answer in ended.err
    assert "Traceback" not in ended.err


def test_the_rule_is_the_shops_or_the_one_named_at_the_counter(files: Shop) -> None:
    opened = files.case("open", "--complaint", "x", "--shop", "example-berlin", "--json").json
    assert (opened["retention"]["days"], opened["kept_until"]) == (761, None)
    named = ("--keep-days", "30", "--keep-reason", "the customer wants it so")
    opened = files.case("open", "--complaint", "x", *named, "--json").json
    assert opened["retention"] == {
        "days": 30,
        "days_without_work": 30,
        "reason": "the customer wants it so",
        "source": "",
    }
