"""Every adapter with a real server behind it does what every adapter must."""

from __future__ import annotations

import html
import os
import re
import secrets
from typing import Any
from unittest import mock

import httpx
import pytest
from tests.case.rules.samples import FAULT, accepted_as, report
from tests.tickets.killing import count_notes
from tests.tickets.real import SERVERS, RealServer, real_server
from tests.tickets.shop import TicketDesk

from diagnose.case.record.store import Casebook
from diagnose.model.criterion import Value
from diagnose.model.intake import Intake
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.station.signing import make_key
from diagnose.tickets import conformance
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.system import open_system


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> RealServer:
    return real_server(request.param)


def fresh(made: Report, **more: Any) -> Report:
    """A report that no server has seen: what it has seen it knows by the delivery id."""
    return made.model_copy(update={"report_id": secrets.token_hex(8), **more})


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(server: RealServer, desk: TicketDesk, check: conformance.Check) -> None:
    name = server.map_at(desk)
    with mock.patch.dict(os.environ, desk.env), open_system(load_mapping(name)) as system:
        check(system)


def test_a_report_is_sent_and_read_back(server: RealServer, desk: TicketDesk) -> None:
    name = server.map_at(desk)
    folder = desk.keeps(fresh(report(faults=(FAULT,))))
    (sent,) = desk.does("send", folder, "--system", name, "--wait")["deliveries"]
    assert (sent["state"], sent["kind"]) == ("delivered", "ticket")
    assert sent["link"].startswith(server.url.rstrip("/"))
    again = desk.does("send", folder, "--system", name, "--wait")["deliveries"]
    assert [one["ticket"] for one in again] == [sent["ticket"]]
    (attempt,) = desk.does("show", sent["number"])["attempts"]
    assert (attempt["outcome"], attempt["requests"] < 12) == ("delivered", True)


HOSTILE = (
    "<script>alert(1)</script> h1. big *bold* !http://evil.example/x.png! @admin [[Wiki]] #1 "
    "issue1 user1 {{toc}} {$Ticket->Id} [x](http://evil.example) www.evil.example user:admin"
)


def test_words_of_the_customer_stay_words_on_the_page(server: RealServer, desk: TicketDesk) -> None:
    name = server.map_at(desk, extra='summary = ["complaint"]')
    made = fresh(report(faults=(FAULT,)), intake=Intake(complaint=HOSTILE))
    (sent,) = desk.does("send", desk.keeps(made), "--system", name, "--wait")["deliveries"]
    page = PAGES[server.name](server, sent["link"])
    shown = page[page.index("customer said") :][:900]
    shown = shown[: shown.index("diagnose msg")]
    assert "evil" in shown
    assert not re.search(r"<(?!br\b|/?p\b|wbr\b|/?span\b)[a-z/]", shown), shown


def _signed_in(server: RealServer, form: str, fields: dict[str, str], link: str) -> str:
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as client:
        token = re.search(r'name="authenticity_token" value="([^"]+)"', client.get(form).text)
        more = {"authenticity_token": html.unescape(token[1])} if token else {}
        client.post(form, data={**fields, **more}, headers={"Referer": server.url + form})
        return client.get(link).text


def _redmine(server: RealServer, link: str) -> str:
    fields = {"username": "counter-bot", "password": "counter-pass-1"}
    return _signed_in(server, "/login", fields, link)


def _request_tracker(server: RealServer, link: str) -> str:
    fields = {"user": "counter-bot", "pass": "counter-pass-1"}
    whole = link.replace("Display.html", "History.html")
    return _signed_in(server, "/NoAuth/Login.html", fields, whole)


def _roundup(server: RealServer, link: str) -> str:
    with httpx.Client(auth=("counter-bot", server.password), timeout=60) as client:
        return client.get(link).text


PAGES = {"redmine": _redmine, "request_tracker": _request_tracker, "roundup": _roundup}


def test_what_a_system_drops_or_refuses_is_noticed_and_mended(
    server: RealServer, desk: TicketDesk
) -> None:
    """RT answers 201 and drops a value that is no choice; Redmine refuses it; Roundup takes it."""
    name = server.map_at(desk)
    path = desk.folder / "config" / "tickets" / f"{name}.toml"
    right = path.read_text("utf-8")
    path.write_text(
        re.sub(r'(?m)^("?[Rr]isk"?) = .*', r'\1 = { always = "purple" }', right), "utf-8"
    )
    folder = desk.keeps(fresh(report(faults=(FAULT,))))
    status = 0 if server.name == "roundup" else 5
    sent = desk.does("send", folder, "--system", name, "--wait", status=status)["deliveries"][0]
    if status:
        assert (sent["state"], "Risk" in sent["said"]) == ("dead", True)
    path.write_text(right, "utf-8")
    again = desk.does("send", folder, "--system", name, "--wait")["deliveries"][0]
    assert again["state"] == "delivered"
    with mock.patch.dict(os.environ, desk.env), open_system(load_mapping(name)) as system:
        assert list(system.adapter.find(sent["delivery_id"])) == [again["ticket"]]


def test_a_field_that_is_not_there_is_named_with_its_neighbour(
    server: RealServer, desk: TicketDesk
) -> None:
    name = server.map_at(desk)
    path = desk.folder / "config" / "tickets" / f"{name}.toml"
    path.write_text(re.sub(r"(?m)^(\"?[Dd]evice.serial)", r"\1s", path.read_text("utf-8")), "utf-8")
    checked = desk.ticket("check", name)
    assert checked.status == 1
    assert "did you mean" in checked.out
    sent = desk.ticket("send", desk.keeps(fresh(report())), "--system", name, "--wait")
    assert sent.status in (0, 5)  # a report without a serial number sends no such field


def test_six_megabytes_over_a_limit_of_five(desk: TicketDesk) -> None:
    """Redmine says 422, not 413, and only when the file is there."""
    server = real_server("redmine")
    name = server.map_at(desk)
    path = desk.folder / "config" / "tickets" / f"{name}.toml"
    path.write_text(path.read_text("utf-8").replace("largest_file_bytes", "# "), "utf-8")
    values: dict[str, Value | None] = {f"value_{n}": "x" * 1000 for n in range(6000)}
    large = fresh(report({"storage.space": (Outcome.PASS, values)}))
    (sent,) = desk.does("send", desk.keeps(large), "--system", name, "--wait")["deliveries"]
    assert sent["state"] == "delivered"
    headers = {"X-Redmine-API-Key": server.password}
    link = f"{sent['link']}.json?include=attachments"
    issue = httpx.get(link, headers=headers, timeout=60).json()["issue"]
    names = {file["filename"] for file in issue["attachments"]}
    assert "report-compact.json" in names
    assert "report.json is too large for this system (" in issue["description"]
    assert "SHA-256" in issue["description"]


@pytest.mark.parametrize("secret", ["", "wrong-SECRET-word"])
def test_without_the_right_secret_nothing_is_lost_and_nothing_told(
    server: RealServer, desk: TicketDesk, secret: str
) -> None:
    name = server.map_at(desk)
    right = dict(desk.secrets)
    desk.secrets.update(dict.fromkeys(right, secret))
    (put,) = desk.does("send", desk.keeps(fresh(report())), "--system", name)["deliveries"]
    ended = desk.ticket("retry", put["number"])
    assert ended.status == 5
    checked = desk.ticket("check", name)
    assert checked.status == 1
    assert "SECRET" not in ended.out + ended.err + checked.out + checked.err or not secret
    desk.secrets.update(right)
    (found,) = desk.does("retry", put["number"])["deliveries"]
    assert found["state"] == "delivered"


def test_the_steps_of_a_case_are_notes_each_once(server: RealServer, desk: TicketDesk) -> None:
    name, case = server.map_at(desk), f"20261126-{secrets.token_hex(4).upper()}"
    with Casebook.open(desk.url, make_key()) as casebook:
        accepted_as(solved=True).copy_to(casebook, case)
    sent = desk.does("send", case, "--system", name, "--wait")["deliveries"]
    assert [one["kind"] for one in sent] == ["ticket", "note", "note", "note"]
    assert desk.does("send", case, "--system", name, "--wait")["deliveries"] == []
    assert desk.ticket("run").status == 0
    with mock.patch.dict(os.environ, desk.env), open_system(load_mapping(name)) as system:
        counts = [count_notes(system, one["ticket"], one["delivery_id"]) for one in sent[1:]]
    assert counts == [1, 1, 1]
