"""What others bring along: an adapter in a package of its own, and a keyring."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import keyring
import pytest
from keyring.backend import KeyringBackend
from tests.case.rules.samples import FAULT, report
from tests.tickets.fakes.zammad import FakeZammad
from tests.tickets.fakeserver import FakeServer
from tests.tickets.shop import TicketDesk

from diagnose.tickets import conformance
from diagnose.tickets.adapter import adapter_names
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.system import open_system

ADAPTER = '''
"""A third party's adapter: it keeps everything in a list."""

from diagnose.model.frozen import Frozen
from diagnose.tickets.adapter import OneWay

KEPT = []


class Ours(OneWay):
    class Options(Frozen):
        pass

    secrets = ()

    def __init__(self, setting):
        self._wire = setting.wire

    def create(self, content):
        self._wire.hold()
        KEPT.append(content)
        return content.delivery_id

    def append(self, ref, note):
        self._wire.hold()
        KEPT.append(note)

    def check(self):
        return ()
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed package with the entry point `diagnose.tickets`."""
    site = tmp_path / "site"
    about = site / "ours-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "ours_tickets.py").write_text(ADAPTER, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1.0\n", "utf-8")
    point = "[diagnose.tickets]\nours = ours_tickets:Ours\n"
    (about / "entry_points.txt").write_text(point, "utf-8")
    monkeypatch.syspath_prepend(str(site))
    yield
    sys.modules.pop("ours_tickets", None)


def test_an_adapter_of_another_package_is_found_and_used(package: None, desk: TicketDesk) -> None:
    assert "ours" in adapter_names()
    desk.maps("theirs", 'adapter = "ours"\n[fields]\nrisk = "risk"\n')
    folder = desk.keeps(report(faults=(FAULT,)))
    (sent,) = desk.does("send", folder, "--system", "theirs", "--wait")["deliveries"]
    assert sent["state"] == "delivered"
    (kept,) = sys.modules["ours_tickets"].KEPT
    assert (kept.delivery_id, kept.fields) == (sent["delivery_id"], {"risk": "red"})


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(package: None, desk: TicketDesk, check: conformance.Check) -> None:
    path = desk.maps("theirs", 'adapter = "ours"\n[fields]\nrisk = "risk"\n')
    with open_system(load_mapping(str(path))) as system:
        check(system)


def test_conformance_finds_an_adapter_that_writes_without_its_lease(
    package: None, desk: TicketDesk, tmp_path: Path
) -> None:
    careless = ADAPTER.replace("self._wire.hold()", "pass")
    (tmp_path / "site" / "ours_tickets.py").write_text(careless, "utf-8")
    path = desk.maps("theirs", 'adapter = "ours"\n[fields]\nrisk = "risk"\n')
    with (
        open_system(load_mapping(str(path))) as system,
        pytest.raises(conformance.NotConforming, match="hold"),
    ):
        conformance.nothing_is_written_without_the_lease(system)


class _Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_secret_comes_from_the_keyring_where_the_environment_has_none(desk: TicketDesk) -> None:
    fake = FakeZammad()
    before = keyring.get_keyring()
    ring = _Ring()
    keyring.set_keyring(ring)
    try:
        with FakeServer(fake.answer) as server:
            desk.maps_shipped("zammad", server.url, secret=fake.secret)
            desk.secrets.clear()
            missing = desk.ticket("check", "zammad")
            assert "DIAGNOSE_TICKET_ZAMMAD_TOKEN" in missing.out
            assert "keyring set diagnose zammad/token" in missing.out
            keyring.set_password("diagnose", "zammad/token", fake.secret[1])
            assert desk.ticket("check", "zammad").status == 0
    finally:
        keyring.set_keyring(before)
    with mock.patch.dict(os.environ, desk.env):
        assert fake.secret[1] not in str(desk.env)
