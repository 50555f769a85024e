"""When a capture is one of a phone in trade-in mode, and when it is not."""

from __future__ import annotations

import pytest

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.requests.adb import GETPROP, TRADE_IN
from diagnose.run.tradein_mode import WHY, explained, report_in_foyer

REPORT = b'{"product": {"model": "Pixel 9"}, "locks": {"factory_reset_protection": false}}'
OTHER = "shell:dumpsys battery"


def closed(key: str) -> Reply:
    return Reply(key, ReplyStatus.REFUSED, detail="closed")


def capture(**changed: Reply) -> dict[str, Reply]:
    status = Reply(TRADE_IN.key, ReplyStatus.COMPLETE, stdout=REPORT, exit_code=0)
    replies = {"getprop": closed(GETPROP.key), "status": status, "other": closed(OTHER)}
    return {reply.key: reply for reply in (replies | changed).values()}


def test_one_open_command_among_closed_ones_is_the_foyer() -> None:
    report = report_in_foyer(capture())
    assert report is not None
    assert report.product["model"].value == "Pixel 9"


@pytest.mark.parametrize(
    "changed",
    [
        {"getprop": Reply(GETPROP.key, ReplyStatus.COMPLETE, stdout=b"[a]: [b]\n")},
        {"getprop": Reply(GETPROP.key, ReplyStatus.LOST)},
        {"other": Reply(OTHER, ReplyStatus.COMPLETE, stdout=b"level: 80\n")},
        {"status": closed(TRADE_IN.key)},
        {"status": Reply(TRADE_IN.key, ReplyStatus.TRUNCATED, stdout=REPORT)},
        {"status": Reply(TRADE_IN.key, ReplyStatus.COMPLETE, stdout=b"not in trade-in mode")},
    ],
    ids=["properties", "lost", "another answer", "all closed", "cut off", "no report"],
)
def test_anything_else_is_not(changed: dict[str, Reply]) -> None:
    assert report_in_foyer(capture(**changed)) is None


def test_every_refusal_says_why_in_plain_words() -> None:
    replies = explained(capture())
    assert replies[OTHER].detail == WHY.en
    assert replies[TRADE_IN.key].detail == ""
