"""Adapters whose systems nobody can install, against fakes that replay their documented wire."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from unittest import mock

import pytest
from tests.case.rules.samples import FAULT, report
from tests.thinning import one_in
from tests.tickets.fakes.jira import FakeJira
from tests.tickets.fakes.servicenow import FakeServiceNow
from tests.tickets.fakes.ticketing import LASTING, PASSING, FakeTicketing
from tests.tickets.fakes.zammad import FakeZammad
from tests.tickets.fakes.zendesk import FakeZendesk
from tests.tickets.fakeserver import FakeServer
from tests.tickets.shop import TicketDesk

from diagnose.tickets import conformance
from diagnose.tickets.delivery import Delivery, DeliveryState
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.sending import put_report
from diagnose.tickets.system import open_system
from diagnose.tickets.worker import Worker

FAKES = (FakeJira, FakeServiceNow, FakeZammad, FakeZendesk)
PATIENT = "timeout_s = 10.0\nsettle_s = 0.0"  # these machines are shared
HASTY = "timeout_s = 0.5\nsettle_s = 0.0"
KEPT_WAITING = ("no answer after it was made", "time-out after it was made")


@dataclass
class Bench:
    """A fake that runs, and a desk that sends to it."""

    fake: FakeTicketing
    server: FakeServer
    desk: TicketDesk

    @property
    def name(self) -> str:
        return self.fake.adapter

    def waits(self, how: str) -> None:
        self.desk.maps_shipped(self.name, self.server.url, extra=how, secret=self.fake.secret)

    def attempts(self, times: int) -> Delivery:
        """Send one report, and try so often: the waiting between is not what is tested here."""
        with Outbox.open(self.desk.url) as outbox, Worker(outbox, load_mapping) as worker:
            (put,) = put_report(outbox, load_mapping(self.name), report(faults=(FAULT,)), "zh-CN")
            for left in range(times - 1, -1, -1):
                worker.deliver_next()
                if left and outbox.read(put.number).state is DeliveryState.WAITING:
                    outbox.revive(put.number)
            return outbox.read(put.number)


@pytest.fixture(params=FAKES, ids=lambda fake: fake.adapter)
def bench(request: pytest.FixtureRequest, desk: TicketDesk) -> Iterator[Bench]:
    fake: FakeTicketing = request.param()
    with FakeServer(fake.answer) as server:
        fake.url = server.url
        made = Bench(fake, server, desk)
        made.waits(PATIENT)
        with mock.patch.dict(os.environ, desk.env):
            yield made


@pytest.mark.parametrize("check", one_in(3, conformance.CHECKS), ids=lambda check: check.__name__)
def test_it_conforms(bench: Bench, check: conformance.Check) -> None:
    with open_system(load_mapping(bench.name)) as system:
        check(system)


@pytest.mark.parametrize("trouble", one_in(6, PASSING))
def test_after_any_passing_trouble_there_is_one_whole_ticket(bench: Bench, trouble: str) -> None:
    bench.waits(HASTY if trouble in KEPT_WAITING else PATIENT)
    bench.fake.trouble = PASSING[trouble]
    found = bench.attempts(2)
    assert (found.state, found.detail.en) == (DeliveryState.DELIVERED, "delivered and read back")
    (ticket,) = bench.fake.tickets
    assert sorted(name for name, _ in ticket.files) == ["report.json", "report.pdf"]
    assert bench.fake.trouble is None


@pytest.mark.parametrize("trouble", one_in(6, LASTING))
def test_what_does_not_pass_is_a_dead_letter_that_says_why(bench: Bench, trouble: str) -> None:
    bench.fake.trouble = LASTING[trouble]
    found = bench.attempts(1)
    assert (found.state, bench.fake.tickets) == (DeliveryState.DEAD, [])
    assert found.detail.en[:3] in trouble or "elsewhere.example" in found.detail.en


def test_a_file_that_is_too_large_is_replaced_and_the_ticket_says_so(bench: Bench) -> None:
    bench.fake.largest = 5000
    assert bench.attempts(1).state is DeliveryState.DELIVERED
    (ticket,) = bench.fake.tickets
    names = {name for name, _ in ticket.files}
    assert "report.json" not in names
    assert "report-compact.json" in names or not names
    assert "SHA-256" in str(ticket.fields) + str(ticket.notes)


def test_a_wrong_password_halts_the_system_and_is_told_nowhere(bench: Bench) -> None:
    bench.desk.secrets.update(dict.fromkeys(bench.desk.secrets, "wrong-SECRET-word"))
    with mock.patch.dict(os.environ, bench.desk.env):
        found = bench.attempts(1)
        output = bench.desk.ticket("outbox").out + bench.desk.ticket("show", found.number).out
        checked = bench.desk.ticket("check", bench.name)
    assert found.state is DeliveryState.WAITING
    assert "left alone until" in output
    assert checked.status == 1
    assert "wrong-SECRET-word" not in output + checked.out + checked.err
    assert b"wrong-SECRET-word" not in (bench.desk.folder / "cases.db").read_bytes()


def test_the_check_names_what_a_mapping_gets_wrong(bench: Bench) -> None:
    path = bench.desk.folder / "config" / "tickets" / f"{bench.name}.toml"
    text = path.read_text("utf-8").replace("erial = ", "erail = ").replace('erial" = ', 'erail" = ')
    path.write_text(text, "utf-8")
    checked = bench.desk.ticket("check", bench.name)
    assert checked.status == 1
    assert "did you mean" in checked.out
    assert "none is sent" in checked.out  # personal data
