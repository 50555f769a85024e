"""The webhook as a listener sees it: signed, the same id every time, over any road."""

from __future__ import annotations

import base64
import os
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.case.rules.samples import FAULT, report
from tests.tickets.fakeserver import Asked, FakeServer, Reply
from tests.tickets.shop import TicketDesk

from diagnose.tickets import conformance, wire
from diagnose.tickets.delivery import DeliveryState
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.system import open_system
from diagnose.tickets.worker import Worker

SECRET = "whsec_" + base64.b64encode(b"a shared secret of 24 by").decode()
QUICK = "timeout_s = 2.0\nsettle_s = 0.0"
Listen = Callable[..., FakeServer]


@pytest.fixture
def listen(desk: TicketDesk) -> Iterator[Listen]:
    """Start a listener and give the desk a mapping to it."""
    servers: list[FakeServer] = []

    def start(answer: Any = None, **options: Any) -> FakeServer:
        how = answer if callable(answer) else lambda _asked: answer or Reply(200)
        server = FakeServer(how, **options)
        servers.append(server.__enter__())
        desk.maps_shipped("webhook", server.url, extra=QUICK, secret=("secret", SECRET))
        return server

    yield start
    for server in servers:
        server.__exit__()


def send(desk: TicketDesk, *more: str, status: int = 0) -> Any:
    folder = desk.keeps(report(faults=(FAULT,)))
    return desk.does("send", folder, "--system", "webhook", "--wait", *more, status=status)[
        "deliveries"
    ][0]


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(listen: Listen, desk: TicketDesk, check: conformance.Check) -> None:
    listen()
    with mock.patch.dict(os.environ, desk.env), open_system(load_mapping("webhook")) as system:
        check(system)


def test_a_listener_verifies_both_signatures_and_reads_a_cloud_event(
    listen: Listen, desk: TicketDesk
) -> None:
    server = listen()
    sent = send(desk)
    (asked,) = server.asked
    headers = dict(asked.headers)
    event = Webhook(SECRET).verify(asked.body, headers)
    assert (event["specversion"], event["id"]) == ("1.0", sent["delivery_id"])
    assert headers["webhook-id"] == event["id"]
    assert headers["content-type"] == "application/cloudevents+json"
    assert event["data"]["fields"]["risk"] == "red"
    assert {file["name"] for file in event["data"]["files"]} == {"report.json", "report.pdf"}
    _verify_v1a(desk, asked)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(asked.body.replace(b"red", b"rad"), headers)


def _verify_v1a(desk: TicketDesk, asked: Asked) -> None:
    checks = {one["name"]: one["said"] for one in desk.does("check", "webhook")["checks"]}
    public = checks["key"].rpartition("whpk_")[2]
    signatures = dict(one.split(",", 1) for one in asked.headers["webhook-signature"].split())
    signed = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode()
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    key.verify(base64.b64decode(signatures["v1a"]), signed + asked.body)


@pytest.mark.slow
def test_every_attempt_has_the_same_id_and_its_own_time(listen: Listen, desk: TicketDesk) -> None:
    replies = iter([Reply(500), Reply(200)])
    server = listen(lambda _asked: next(replies))
    sent = send(desk)
    assert sent["state"] == "delivered"
    assert len({asked.headers["webhook-id"] for asked in server.asked}) == 1
    assert [one["outcome"] for one in desk.does("show", sent["number"])["attempts"]] == [
        "uncertain",
        "delivered",
    ]


@pytest.mark.parametrize("when", ["1", "date"])
def test_retry_after_is_obeyed_in_seconds_and_as_a_date(
    listen: Listen, desk: TicketDesk, when: str
) -> None:
    moments: list[datetime] = []

    def answer(_asked: Asked) -> Reply:
        moments.append(datetime.now(UTC))
        # A date has whole seconds: the one that is said lies one to two seconds ahead.
        at = format_datetime(moments[0] + timedelta(seconds=2), usegmt=True)
        busy = Reply(429, headers={"retry-after": at if when == "date" else when})
        return busy if len(moments) == 1 else Reply(200)

    listen(answer)
    assert send(desk)["state"] == "delivered"
    assert moments[1] - moments[0] >= timedelta(seconds=0.95)


@pytest.mark.parametrize(("status", "answer"), [(410, "410"), (415, "415"), (302, "elsewhere")])
def test_what_will_not_change_is_a_dead_letter(
    listen: Listen, desk: TicketDesk, status: int, answer: str
) -> None:
    listen(Reply(status, headers={"location": "https://elsewhere.example/"}))
    sent = send(desk, status=5)
    assert sent["state"] == "dead"
    assert answer in sent["said"]
    listed = desk.does("outbox")["deliveries"]
    assert [one["number"] for one in listed] == [sent["number"]]


def test_a_dead_letter_can_be_sent_again(listen: Listen, desk: TicketDesk) -> None:
    replies = iter([Reply(410), Reply(200)])
    listen(lambda _asked: next(replies))
    sent = send(desk, status=5)
    (again,) = desk.does("retry", sent["number"])["deliveries"]
    assert again["state"] == "delivered"


def test_credentials_and_body_do_not_follow_a_redirect(listen: Listen, desk: TicketDesk) -> None:
    with FakeServer(lambda _asked: Reply(200)) as other:
        listen(Reply(307, headers={"location": other.url}))
        sent = send(desk, status=5)
        assert other.asked == []
    assert other.url in sent["said"]


def test_a_secret_that_is_echoed_is_told_nowhere(listen: Listen, desk: TicketDesk) -> None:
    listen(Reply(400, {"your secret": SECRET}))
    sent = send(desk, status=5)
    shown = desk.ticket("show", sent["number"]).out
    assert "***" in shown
    assert SECRET not in shown
    assert SECRET.encode() not in (desk.folder / "cases.db").read_bytes()


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
def test_nobody_listens_and_nothing_is_lost(listen: Listen, desk: TicketDesk) -> None:
    server = listen()
    gone = server.url
    desk.maps_shipped("webhook", "http://127.0.0.1:9", extra=QUICK, secret=("secret", SECRET))
    folder = desk.keeps(report(faults=(FAULT,)))
    (put,) = desk.does("send", folder, "--system", "webhook")["deliveries"]
    for _ in range(12):  # more often than the schedule has attempts
        (found,) = desk.does("retry", put["number"], status=5)["deliveries"]
    assert (found["state"], found["tries"]) == ("waiting", 0)
    ran = desk.ticket("run", "--lang", "zh-CN")
    assert (ran.status, "等待 1，已停止 0" in ran.err) == (5, True)
    desk.maps_shipped("webhook", gone, extra=QUICK, secret=("secret", SECRET))
    (found,) = desk.does("send", folder, "--system", "webhook", "--wait")["deliveries"]
    assert found["state"] == "delivered"


def test_a_cafile_that_is_none_is_said(listen: Listen, desk: TicketDesk, tmp_path: Path) -> None:
    listen()
    (tmp_path / "none.pem").write_text("no certificate", "utf-8")
    checked = desk.ticket("check", "webhook", "--cafile", tmp_path / "none.pem")
    assert (checked.status, "no certificates in" in checked.out) == (1, True)


def test_at_once_again_and_again_is_not_believed_for_ever(
    listen: Listen, desk: TicketDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LEAST_WAITS_S", (0.0, 0.1, 0.1))
    server = listen(Reply(429, headers={"retry-after": "0"}))
    folder = desk.keeps(report(faults=(FAULT,)))
    desk.does("send", folder, "--system", "webhook")
    with mock.patch.dict(os.environ, desk.env), Outbox.open(desk.url) as outbox:
        with Worker(outbox, load_mapping) as worker:
            found = worker.deliver_next()
        assert found is not None
        assert (found.state, found.tries, len(server.asked)) == (DeliveryState.WAITING, 0, 4)
        assert worker.deliver_next() is None


def test_ipv6(listen: Listen, desk: TicketDesk) -> None:
    try:
        server = listen(host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    assert "[::1]" in server.url
    assert send(desk)["state"] == "delivered"


def test_a_proxy_of_the_environment_is_used(listen: Listen, desk: TicketDesk) -> None:
    proxy = listen()
    desk.maps_shipped(
        "webhook", "http://listener.example/hook", extra=QUICK, secret=("secret", SECRET)
    )
    desk.secrets["HTTP_PROXY"] = desk.secrets["http_proxy"] = proxy.url
    desk.secrets["NO_PROXY"] = desk.secrets["no_proxy"] = ""
    assert send(desk)["state"] == "delivered"
    assert proxy.asked[0].headers["host"] == "listener.example"


def test_an_unknown_authority_is_refused_and_cafile_names_it(
    listen: Listen, desk: TicketDesk, tmp_path: Path
) -> None:
    server = listen(tls=_own_certificate(tmp_path))
    sent = desk.ticket("send", desk.keeps(report(faults=(FAULT,))), "--system", "webhook")
    assert sent.status == 0
    checked = desk.ticket("check", "webhook")
    assert checked.status == 1
    assert "certificate is refused" in checked.out
    assert "--cafile" in checked.out
    assert server.asked == []
    cafile = tmp_path / "authority.pem"
    (found,) = desk.does("retry", 1, "--cafile", cafile)["deliveries"]
    assert found["state"] == "delivered"
    trusted = desk.ticket("check", "webhook", "--cafile", cafile)
    assert (trusted.status, "its certificate holds" in trusted.out) == (0, True)


def _own_certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "authority.pem").write_bytes(pem)
    (folder / "both.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context
