"""Bundled probes ask what the catalogue names and nothing else; none stands there unasked."""

from __future__ import annotations

import pytest

from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel, Effect, Request, Shell
from diagnose.privacy.policy import EVERYTHING_READ, READ_ONLY
from diagnose.requests import adb

ASKED = {
    request.key: request
    for loaded in load_probes().values()
    for request in loaded.probe.requests
    if request.channel is Channel.ADB
}
NAMED = [request for request in ASKED.values() if adb.named(request.key)]


def test_bundled_probes_ask_only_what_the_catalogue_names() -> None:
    assert [key for key in ASKED if adb.named(key) is None] == []


def test_every_request_to_a_phone_declares_what_of_its_answer_is_kept() -> None:
    """What `host:` and `trail:` answer this program wrote itself: nothing of it came of a phone."""
    asked = (one for loaded in load_probes().values() for one in loaded.probe.requests)
    ours = (Channel.HOST, Channel.TRAIL)
    assert {one.key for one in asked if one.kept is None and one.channel not in ours} == set()
    assert [one.key for one in adb._all() if one.kept is None] == []


def test_nothing_stands_in_the_catalogue_unasked() -> None:
    names = {value.key for value in vars(adb).values() if isinstance(value, Request)}
    assert names - ASKED.keys() == set()


@pytest.mark.parametrize("request_", NAMED, ids=lambda request: request.key)
def test_what_is_named_is_sent_and_writes_nothing(request_: Request) -> None:
    assert request_.effect in (Effect.READ, Effect.LISTEN)
    assert EVERYTHING_READ.refusal(request_) is None


def test_a_named_command_under_another_effect_is_refused() -> None:
    assert READ_ONLY.refusal(Shell("dumpsys", "battery", effect=Effect.WRITE))


def test_one_more_word_is_another_command() -> None:
    assert READ_ONLY.refusal(adb.TRADE_IN) is None
    assert READ_ONLY.refusal(Shell("tradeinmode", "evaluate"))
    assert READ_ONLY.refusal(Shell(*adb.BATTERY.argv, "unplug"))
