"""The outbox: nothing is lost, nothing is held twice, and it says when it is full."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from diagnose.case.record.database import Database
from diagnose.case.record.place import casebook_url
from diagnose.case.record.tables import connect
from diagnose.errors import OutboxFull, UsageError
from diagnose.model.text import Text
from diagnose.tickets.content import Content, File
from diagnose.tickets.delivery import Claim, DeliveryKind, DeliveryState, TicketDraft
from diagnose.tickets.failures import LeaseLost
from diagnose.tickets.outbox import Limits, Outbox

DETAIL = Text("said", "说")


def draft(thread: str = "report:1", event: str = "ticket", system: str = "redmine") -> TicketDraft:
    content = Content(
        delivery_id=f"msg{system}{thread}{event}".replace(":", ""),
        lang="zh-CN",
        subject="手机",
        text="说明\ndiagnose msg",
        fields={"Risk": "red"},
        sources={"Risk": "risk"},
        files=(File("report.json", "application/json", b'{"a": 1}\xff'),),
    )
    kind = DeliveryKind.TICKET if event == "ticket" else DeliveryKind.NOTE
    return TicketDraft(system, thread, event, kind, content)


def claim(outbox: Outbox, worker: str = "one", lease_s: float = 60) -> Claim:
    found = outbox.claim(worker, lease_s)
    assert found is not None
    return found


def test_what_was_put_in_comes_out_as_it_was(outbox: Outbox) -> None:
    put = draft()
    (found,) = outbox.put([put])
    held = claim(outbox)
    assert held.content == put.content
    assert held.delivery.number == found.number
    assert held.delivery.state is DeliveryState.WAITING
    assert not held.interrupted


def test_the_same_twice_is_one_delivery(outbox: Outbox) -> None:
    first, second = outbox.put([draft()]), outbox.put([draft()])
    assert [one.number for one in first] == [one.number for one in second]
    assert len(outbox.deliveries()) == 1


def test_one_ticket_is_held_by_one_worker_and_notes_keep_their_order(outbox: Outbox) -> None:
    outbox.put([draft(), draft(event="000003"), draft(event="000005"), draft(thread="report:2")])
    first, other = claim(outbox), claim(outbox, "two")
    assert (first.delivery.event, other.delivery.thread) == ("ticket", "report:2")
    assert outbox.claim("three", 60) is None
    outbox.keep_ref(first, "17", "http://x/17")
    outbox.confirm(first, DETAIL, 3)
    note = claim(outbox)
    assert (note.delivery.event, note.delivery.ref) == ("000003", "17")
    outbox.fail(note, "refused", DETAIL, 1, wait_s=None, tried=True)
    assert outbox.claim("one", 60) is None  # the later note waits for the dead one
    assert outbox.revive(note.delivery.number).state is DeliveryState.WAITING
    assert claim(outbox).delivery.event == "000003"


def test_a_confirmed_delivery_keeps_its_life_and_loses_its_content(outbox: Outbox) -> None:
    outbox.put([draft()])
    held = claim(outbox)
    outbox.keep_ref(held, "17", "http://x/17")
    outbox.confirm(held, DETAIL, 7)
    found = outbox.read(held.delivery.number)
    assert (found.state, found.ref, found.detail) == (DeliveryState.DELIVERED, "17", DETAIL)
    assert outbox.content(found.number) is None
    (attempt,) = outbox.attempts(found.number)
    assert (attempt.outcome, attempt.requests, attempt.worker) == ("delivered", 7, "one")
    assert outbox.deliveries() == []
    with pytest.raises(UsageError):
        outbox.revive(found.number)


def test_a_worker_that_lost_its_lease_says_nothing_more(outbox: Outbox) -> None:
    outbox.put([draft()])
    late = claim(outbox, "late", lease_s=0)
    with pytest.raises(LeaseLost):
        outbox.renew(late, 60)
    new = claim(outbox, "new")
    assert new.interrupted
    with pytest.raises(LeaseLost):
        outbox.confirm(late, DETAIL, 1)
    with pytest.raises(LeaseLost):
        outbox.keep_ref(late, "1", "")
    with pytest.raises(LeaseLost):
        outbox.replace(late, late.content)
    with pytest.raises(LeaseLost):
        outbox.fail(late, "refused", DETAIL, 1, wait_s=None, tried=True)
    outbox.confirm(new, DETAIL, 1)
    assert [one.outcome for one in outbox.attempts(new.delivery.number)] == ["", "delivered"]


def test_a_system_that_is_left_alone_is_left_alone_by_all(outbox: Outbox) -> None:
    outbox.put([draft(), draft(system="jira")])
    assert outbox.pause("redmine", DETAIL, lambda times: 60.0 * times) == 60
    assert claim(outbox).delivery.system == "jira"
    assert outbox.claim("two", 60) is None
    assert set(outbox.pauses()) == {"redmine"}
    due_s = outbox.next_due_s("redmine")
    assert due_s is not None
    assert 50 < due_s <= 60
    outbox.resume("redmine")
    assert claim(outbox).delivery.system == "redmine"


def test_pauses_grow_while_a_system_stays_away(outbox: Outbox) -> None:
    times: list[int] = []

    def noted(running: int) -> float:
        times.append(running)
        return 0.0

    for _ in range(3):
        outbox.pause("redmine", DETAIL, noted)
    assert times == [1, 2, 3]


ROOM = draft().content.size_bytes * 5 // 2


@pytest.mark.parametrize("limits", [Limits(deliveries=2), Limits(size_bytes=ROOM)])
def test_a_full_outbox_says_so_and_takes_none_of_it(url: str, limits: Limits) -> None:
    with Outbox(Database(connect(casebook_url(url))), limits) as outbox:
        outbox.put([draft(), draft(thread="report:2")])
        with pytest.raises(OutboxFull):
            outbox.put([draft(thread="report:3"), draft(thread="report:4")])
        assert len(outbox.deliveries()) == 2
        outbox.put([draft()])  # what is there already needs no room
        held = claim(outbox)
        outbox.confirm(held, DETAIL, 1)
        outbox.put([draft(thread="report:3")])


def test_many_workers_hold_every_ticket_once(url: str) -> None:
    held: list[str] = []
    with Outbox.open(url) as outbox:
        outbox.put([draft(thread=f"report:{number}") for number in range(24)])

    def work(name: str) -> None:
        with Outbox.open(url) as own:
            while found := own.claim(name, 60):
                held.append(found.delivery.thread)
                own.keep_ref(found, found.delivery.thread, "")
                own.confirm(found, DETAIL, 1)

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(held) == sorted(f"report:{number}" for number in range(24))


def test_a_smaller_content_takes_the_place_of_one_that_is_too_large(outbox: Outbox) -> None:
    outbox.put([draft()])
    held = claim(outbox)
    outbox.replace(held, replace(held.content, files=()))
    outbox.fail(held, "uncertain", DETAIL, 1, wait_s=0, tried=True)
    assert claim(outbox).content.files == ()
