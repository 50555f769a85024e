"""`docs/tickets.md` tried literally: every mapping and every command of it, against its system."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import tomli
from tests.case.rules.samples import FAULT, report
from tests.commandline import diagnose_here
from tests.tickets.fakes.jira import FakeJira
from tests.tickets.fakes.servicenow import FakeServiceNow
from tests.tickets.fakes.zammad import FakeZammad
from tests.tickets.fakes.zendesk import FakeZendesk
from tests.tickets.fakeserver import FakeServer, Reply
from tests.tickets.real import SERVERS, real_server
from tests.tickets.shop import TicketDesk

from diagnose.knowledge.bundled import bundled_folder
from diagnose.tickets.sources import SOURCES

MANUAL = Path(__file__).parents[2] / "docs" / "tickets.md"
FAKES = {fake.adapter: fake for fake in (FakeJira, FakeServiceNow, FakeZammad, FakeZendesk)}
SHARED = "whsec_YSBzaGFyZWQgc2VjcmV0IG9mIDI0IGJ5"
PLACE = r"`~/\.config/diagnose/tickets/(\w+)\.toml`"


@dataclass(frozen=True)
class Example:
    """One system of the manual: its mapping, and the lines a person types."""

    name: str
    toml: str
    lines: tuple[str, ...]


def examples() -> Iterator[Example]:
    text = MANUAL.read_text("utf-8")
    shown = PLACE + r":\n\n```toml\n(.*?)```\n\n```sh\n(.*?)```"
    found = re.findall(shown, text, re.DOTALL)
    for name, toml, lines in found:
        yield Example(name, toml, tuple(lines.splitlines()))


EXAMPLES = {example.name: example for example in examples()}


def test_the_manual_has_an_example_for_every_mapping_that_ships() -> None:
    shipped = {path.stem: path for path in (bundled_folder("profiles") / "tickets").glob("*.toml")}
    assert EXAMPLES.keys() == shipped.keys()
    for name, path in shipped.items():
        assert tomli.loads(EXAMPLES[name].toml) == tomli.loads(path.read_text("utf-8")), name


def test_the_manual_names_every_source() -> None:
    text = MANUAL.read_text("utf-8")
    assert not [source for source in SOURCES if f"`{source}`" not in text]


@contextmanager
def system(name: str) -> Iterator[tuple[str, str]]:
    """Where the system of an example is, and its secret."""
    if name in SERVERS:
        server = real_server(name)
        yield server.url, server.password
    elif name in FAKES:
        fake = FAKES[name]()
        with FakeServer(fake.answer) as served:
            fake.url = served.url
            yield served.url, fake.secret[1]
    else:
        with FakeServer(lambda _asked: Reply(204)) as served:
            yield served.url, SHARED


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_works_as_it_is_written(
    name: str, desk: TicketDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = EXAMPLES[name]
    monkeypatch.chdir(desk.folder)
    (desk.folder / "drop").mkdir()
    desk.keeps(report(faults=(FAULT,)), "out")
    with system(name) as (url, secret):
        toml = re.sub(r'(?m)^url = ".*"', f'url = "{url}"', example.toml)
        desk.maps(name, toml.replace("/var/spool/diagnose", str(desk.folder / "drop")))
        env = dict(desk.env)
        for line in example.lines:
            words = shlex.split(line)
            if words[0] == "export":
                variable = words[1].partition("=")[0]
                env[variable] = secret
                continue
            assert words[0] == "diagnose"
            ended = diagnose_here(*words[1:], env=env)
            assert ended.status == 0, ended.out + ended.err
