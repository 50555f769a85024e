"""Accessibility services: counted, never named, and none is as good as two."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

SERVICES = "settings get secure enabled_accessibility_services"


def accessibility(answer: str | Reply) -> ProbeResult:
    return interpret_probe("software.accessibility", {SERVICES: answer})


@pytest.mark.parametrize(
    ("count", "outcome"), [(0, Outcome.PASS), (3, Outcome.PASS), (4, Outcome.ATTENTION)]
)
def test_services_are_counted_and_never_named(count: int, outcome: Outcome) -> None:
    words = ":".join(f"com.secret{at}/.Service" for at in range(count)) or "null"
    result = accessibility(words + "\n")
    assert result.outcome is outcome
    assert measurement(result, "services").value == count
    assert "secret" not in result.model_dump_json()


def test_service_listed_twice_and_empty_parts_count_once() -> None:
    result = accessibility(":com.a/.Talk:com.a/.Talk::com.b/com.b.Read$Aloud:\n")
    assert measurement(result, "services").value == 2


def test_names_made_unreadable_are_still_counted() -> None:
    words = "<app:507a>/<app:9707>:<app:9a53>/<app:0b1f>:<app:507a>/<app:9707>\n"
    assert measurement(accessibility(words), "services").value == 2


@pytest.mark.parametrize("words", ["null\n", "\n"])
def test_setting_that_was_never_made_is_no_service(words: str) -> None:
    assert measurement(accessibility(words), "services").value == 0


def test_refused_setting_is_no_pass() -> None:
    result = accessibility(denied(SERVICES))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


@pytest.mark.parametrize("words", ["", "Error: no such namespace\n"])
def test_answer_that_is_no_list_is_no_verdict(words: str) -> None:
    assert accessibility(words).outcome not in (Outcome.PASS, Outcome.FAIL, Outcome.ATTENTION)
