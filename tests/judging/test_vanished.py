"""A service that every phone with the part has is gone: one rule for all of them."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Shell
from diagnose.testing import absent, bundled_probes, denied, interpret_probe

PROBES = {name: one.probe for name, one in bundled_probes().items() if one.probe.service}
EACH = pytest.mark.parametrize("name", sorted(PROBES))
PHONE = "[ro.hardware]: [qcom]\n[ro.build.version.sdk]: [34]\n"


def judge(
    name: str, reply: Reply | None, *, declares: bool = True, hardware: str = "qcom"
) -> Outcome:
    service = PROBES[name].service
    assert service is not None
    assert isinstance(service.request, Shell)
    answers: dict[str, str | bytes | Reply] = {"getprop": PHONE.replace("qcom", hardware)}
    features = service.features if declares else ("android.hardware.screen.portrait",)
    answers["pm list features"] = "".join(
        f"feature:{feature}\n" for feature in features or ("a.b",)
    )
    answers["wm size"] = "Physical size: 1080x2400\n"
    if reply is not None:
        answers[service.request.command] = reply
    return interpret_probe(name, answers).outcome


def gone(name: str) -> Reply:
    service = PROBES[name].service
    assert service is not None
    return absent(service.request.key.rpartition(" ")[2])


def test_there_are_many() -> None:
    assert len(PROBES) >= 10


@EACH
def test_it_is_said_where_the_phone_declares_the_part(name: str) -> None:
    assert judge(name, gone(name)) is Outcome.ATTENTION


@EACH
def test_a_phone_that_does_not_declare_the_part_owes_no_service(name: str) -> None:
    service = PROBES[name].service
    if service and service.features:
        assert judge(name, gone(name), declares=False) is not Outcome.ATTENTION


@EACH
@pytest.mark.parametrize("status", [s for s in ReplyStatus if s is not ReplyStatus.COMPLETE])
def test_only_the_phones_own_word_counts(name: str, status: ReplyStatus) -> None:
    lost = Reply(gone(name).key, status, stderr=gone(name).stderr)
    assert judge(name, lost) is not Outcome.ATTENTION


@EACH
def test_a_refusal_is_no_missing_service(name: str) -> None:
    assert judge(name, denied("dumpsys x")) is not Outcome.ATTENTION


@EACH
def test_an_emulator_owes_nothing(name: str) -> None:
    requests = {request.key for request in PROBES[name].requests}
    if "shell:getprop" in requests:
        assert judge(name, gone(name), hardware="ranchu") is not Outcome.ATTENTION
