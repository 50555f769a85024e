"""Every adapter with a real server behind it does what every adapter must."""

from __future__ import annotations

import os
from unittest import mock

import pytest
from tests.case.rules.samples import FAULT, report
from tests.tickets.real import SERVERS, RealServer, real_server
from tests.tickets.shop import TicketDesk

from diagnose.tickets import conformance
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.system import open_system


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> RealServer:
    return real_server(request.param)


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(server: RealServer, desk: TicketDesk, check: conformance.Check) -> None:
    name = server.map_at(desk)
    with mock.patch.dict(os.environ, desk.env), open_system(load_mapping(name)) as system:
        check(system)


def test_a_report_is_sent_and_read_back(server: RealServer, desk: TicketDesk) -> None:
    name = server.map_at(desk)
    folder = desk.keeps(report(faults=(FAULT,)))
    (sent,) = desk.does("send", folder, "--system", name, "--wait")["deliveries"]
    assert (sent["state"], sent["kind"]) == ("delivered", "ticket")
    assert sent["link"].startswith(server.url.rstrip("/"))
    again = desk.does("send", folder, "--system", name, "--wait")["deliveries"]
    assert [one["ticket"] for one in again] == [sent["ticket"]]
    (attempt,) = desk.does("show", sent["number"])["attempts"]
    assert (attempt["outcome"], attempt["requests"] < 12) == ("delivered", True)
