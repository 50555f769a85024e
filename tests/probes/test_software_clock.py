"""The phone's clock against the time of the capture."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.testing import NOW, interpret_probe, measurement

DATE = "date +%s"
AUTO = "settings get global auto_time"


@pytest.mark.parametrize(
    ("seconds_off", "outcome"),
    [
        (0, Outcome.PASS),
        (290, Outcome.PASS),
        (-290, Outcome.PASS),
        (400, Outcome.ATTENTION),
        (-28_000, Outcome.ATTENTION),
        (-int(NOW.timestamp()) + 60, Outcome.ATTENTION),
    ],
)
def test_minutes_off(seconds_off: int, outcome: Outcome) -> None:
    answers = {DATE: f"{int(NOW.timestamp()) + seconds_off}\n", AUTO: "1\n"}
    assert interpret_probe("software.clock", answers).outcome is outcome


def test_time_between_start_of_run_and_answer_is_not_the_phones_fault() -> None:
    epoch = int(NOW.timestamp()) + 600
    late = Reply(
        f"shell:{DATE}", ReplyStatus.COMPLETE, stdout=b"%d\n" % epoch, exit_code=0, started_ms=6e5
    )
    result = interpret_probe("software.clock", {DATE: late})
    assert measurement(result, "offset_minutes").value == 0


def test_never_set_automatic_time_is_not_read() -> None:
    answers = {DATE: f"{int(NOW.timestamp())}\n", AUTO: "null\n"}
    names = [m.id for m in interpret_probe("software.clock", answers).measurements]
    assert names == ["software.clock.offset_minutes"]


def test_date_that_knows_no_epoch_is_no_verdict() -> None:
    result = interpret_probe("software.clock", {DATE: "Sun Nov 22 12:00:00 GMT 2026\n"})
    assert result.outcome is Outcome.ERROR
