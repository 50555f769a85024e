"""A case and its ticket: notes in order, each once; files, pipes, and what a shop sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.case.rules.samples import FAULT, accepted_as, agreed, report
from tests.commandline import diagnose_here
from tests.tickets.shop import TicketDesk

from diagnose.case.record.store import Casebook
from diagnose.errors import OutboxFull
from diagnose.station.signing import make_key
from diagnose.tickets import conformance, outbox
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.system import open_system

CASE = "20261126-ABCDE"
DROP = """
adapter = "file"
[options]
folder = "{folder}"
[fields]
id = "delivery_id"
risk = "risk"
"""


@pytest.fixture
def drop(desk: TicketDesk) -> Path:
    """A drop folder, and the mapping `drop` to it."""
    folder = desk.folder / "drop"
    folder.mkdir()
    desk.maps("drop", DROP.format(folder=folder))
    return folder


def events(folder: Path) -> list[Any]:
    found = [json.loads(path.read_bytes()) for path in folder.glob("*/ticket.json")]
    return sorted(found, key=lambda event: str(event["data"]["text"]))


def open_case(desk: TicketDesk, counter: Any) -> None:
    with Casebook.open(desk.url, make_key()) as casebook:
        counter.copy_to(casebook, CASE)


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
def test_a_drop_folder_conforms(drop: Path, desk: TicketDesk, check: conformance.Check) -> None:
    with open_system(load_mapping(str(desk.maps("drop", DROP.format(folder=drop))))) as system:
        check(system)


def test_a_case_is_a_ticket_and_its_steps_are_notes(drop: Path, desk: TicketDesk) -> None:
    open_case(desk, accepted_as(solved=True))
    sent = desk.does("send", CASE, "--system", "drop", "--wait")["deliveries"]
    assert [one["kind"] for one in sent] == ["ticket", "note", "note", "note"]
    assert {one["state"] for one in sent} == {"delivered"}
    assert {one["ticket"] for one in sent} == {sent[0]["delivery_id"]}
    assert len(events(drop)) == 4
    again = desk.does("send", CASE, "--system", "drop", "--wait")["deliveries"]
    assert again == []
    assert len(events(drop)) == 4


def test_run_brings_what_happened_since(drop: Path, desk: TicketDesk) -> None:
    counter = agreed()
    open_case(desk, counter)
    desk.does("send", CASE, "--system", "drop", "--wait")
    before = {event["id"] for event in events(drop)}
    diagnosed = desk.ticket("run")
    assert (diagnosed.status, len(events(drop))) == (0, 2)
    _continue(desk)
    assert desk.ticket("run").status == 0
    new = [event for event in events(drop) if event["id"] not in before]
    assert [event["type"] for event in new] == ["diagnose.note"]
    assert "Closed by the shop" in new[0]["data"]["text"]


def test_a_case_that_did_not_go_on_is_not_read_again(drop: Path, desk: TicketDesk) -> None:
    """Thousands of cases were sent; `run --watch` looks for news every half minute."""
    open_case(desk, agreed())
    desk.does("send", CASE, "--system", "drop", "--wait")
    with Outbox.open(desk.url) as kept:
        assert kept.behind() == []
        _continue(desk)
        assert kept.behind() == [("drop", CASE)]
        assert desk.ticket("run").status == 0
        assert kept.behind() == []


def _continue(desk: TicketDesk) -> None:
    from datetime import UTC, datetime

    from diagnose.case.record import entries
    from diagnose.model.closing import Closing

    closing = entries.closed(Closing(at=datetime.now(UTC), by="li", reason="secret reason"))
    with Casebook.open(desk.url, make_key()) as casebook:
        casebook.record(CASE, lambda _chain: [closing], at=datetime.now(UTC), actor="li")


@pytest.mark.usefixtures("impatient")
def test_a_damaged_case_keeps_no_other_back(drop: Path, desk: TicketDesk) -> None:
    open_case(desk, agreed())
    desk.does("send", CASE, "--system", "drop")
    _continue(desk)
    (desk.folder / "config" / "tickets" / "drop.toml").rename(desk.folder / "away.toml")
    desk.maps("other", DROP.format(folder=drop))
    folder = desk.keeps(report(faults=(FAULT,)))
    desk.does("send", folder, "--system", "other")
    ended = desk.ticket("run")
    assert ended.status == 5
    assert f"{CASE}: no ticket system is called 'drop'" in ended.err
    assert [event["type"] for event in events(drop)] == ["diagnose.ticket"]


def test_a_mapping_may_lie_anywhere(drop: Path, desk: TicketDesk) -> None:
    own = desk.folder / "elsewhere.toml"
    own.write_text(DROP.format(folder=drop), "utf-8")
    folder = desk.keeps(report(faults=(FAULT,)))
    (put,) = desk.does("send", folder, "--system", own)["deliveries"]
    assert put["system"] == str(own)
    assert desk.ticket("run").status == 0
    assert len(events(drop)) == 1


def test_a_case_without_a_report_has_no_ticket(drop: Path, desk: TicketDesk) -> None:
    from tests.case.rules.samples import Counter

    open_case(desk, Counter())
    assert "has no report yet" in desk.refuses("send", CASE, "--system", "drop")
    assert "no case is called" in desk.refuses("send", "20261126-XXXXX", "--system", "drop")
    assert events(drop) == []


def test_erasing_a_case_erases_what_waits_to_be_sent_of_it(drop: Path, desk: TicketDesk) -> None:
    drop.rmdir()
    path = desk.folder / "config" / "tickets" / "drop.toml"
    path.write_text(path.read_text("utf-8") + 'who = "customer_name"\n', "utf-8")
    open_case(desk, agreed())
    sent = desk.does("send", CASE, "--system", "drop")["deliveries"]
    erased = diagnose_here("case", "erase", CASE, "--reason", "asked", "--yes", env=desk.env)
    assert erased.status == 0, erased.err
    assert "deliveries that waited were erased" in erased.err
    for left in desk.folder.glob("cases.db*"):
        assert "王小明" not in left.read_bytes().decode("utf-8", "replace")
        assert b"\\u738b\\u5c0f\\u660e" not in left.read_bytes()
    assert {one["state"] for one in desk.does("outbox")["deliveries"]} == {"dead"}
    assert "was erased" in desk.refuses("retry", sent[0]["number"])
    drop.mkdir()
    again = desk.does("send", CASE, "--system", "drop", "--wait")["deliveries"]
    assert {one["state"] for one in again} == {"delivered"}
    assert all("who" not in event["data"]["fields"] for event in events(drop))


@pytest.mark.usefixtures("impatient")
def test_a_folder_that_is_not_there_is_waited_for(drop: Path, desk: TicketDesk) -> None:
    drop.rmdir()
    folder = desk.keeps(report(faults=(FAULT,)), "手机 报告 '; rm -rf")
    (put,) = desk.does("send", folder, "--system", "drop")["deliveries"]
    desk.does("retry", put["number"], status=5)
    checked = desk.ticket("check", "drop", "--lang", "zh-CN")
    assert (checked.status, "mkdir -p" in checked.out) == (1, True)
    drop.mkdir()
    (found,) = desk.does("retry", put["number"])["deliveries"]
    assert found["state"] == "delivered"
    (event,) = events(drop)
    assert {file["name"] for file in event["data"]["files"]} == {"report.json", "report.pdf"}
    assert (drop / event["id"] / "report.pdf").read_bytes().startswith(b"%PDF")
    assert not list(drop.glob(".*"))


def test_standard_output_is_one_line_of_json_a_delivery(desk: TicketDesk) -> None:
    folder = desk.keeps(report(faults=(FAULT,)))
    sent = desk.ticket_process("send", folder, "--system", "stdout", "--wait")
    assert sent.status == 0
    event = json.loads(sent.out)
    assert (event["type"], event["data"]["fields"]["risk"]) == ("diagnose.ticket", "red")
    assert "delivered" in sent.err


def test_an_outbox_that_is_full_says_so(
    drop: Path, desk: TicketDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox.Limits, "__init__", _small)
    folder = desk.keeps(report(faults=(FAULT,)))
    desk.does("send", folder, "--system", "drop")
    output = desk.refuses("send", desk.keeps(report(), "other"), "--system", "drop", status=5)
    assert "the outbox is full" in output
    assert OutboxFull.exit_status == 5


def _small(limits: outbox.Limits) -> None:
    object.__setattr__(limits, "deliveries", 1)
    object.__setattr__(limits, "size_bytes", 1 << 30)


def test_the_commands_speak_chinese(drop: Path, desk: TicketDesk) -> None:
    folder = desk.keeps(report(faults=(FAULT,)))
    assert "等待中" in desk.ticket("send", folder, "--system", "drop", "--lang", "zh-CN").out
    assert "已送达" in desk.ticket("run", "--lang", "zh-CN").err
    shown = desk.ticket("show", 1, "--lang", "zh-CN").out
    assert "投递编号" in shown
    assert "已送达并核对" in shown
    assert "没有待投递" in desk.ticket("outbox", "--lang", "zh-CN").err


@pytest.mark.parametrize(
    "words",
    [
        ("show", "7"),
        ("retry", "7"),
        ("check", "nosuchsystem"),
        ("send", "nosuchcase", "--system", "drop"),
        ("send", ".", "--system", "nosuchsystem"),
        ("send", ".", "--system", "drop"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    drop: Path, desk: TicketDesk, words: tuple[str, ...]
) -> None:
    output = desk.refuses(*words)
    assert output.startswith("diagnose: ")
    assert len(output.splitlines()) <= 2
