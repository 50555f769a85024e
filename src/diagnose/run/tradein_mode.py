"""A phone in the foyer of trade-in mode (Android 16): reset, not set up, all of adb closed but one.

There adbd opens `tradeinmode …` and closes every other service at once, while the adb server lists
the phone as `device`. The phone is there and well: what was not read was not refused by a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from diagnose.errors import ParseError
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.text import Text
from diagnose.parsers.tradein.report import TradeIn, parse_tradein
from diagnose.requests.adb import GETPROP, TRADE_IN
from diagnose.text import decode

WHY = Text(
    "the phone is in trade-in mode: only its status can be read",
    "手机处于以旧换新模式：只能读取其状态报告",
)


def report_in_foyer(replies: Mapping[str, Reply]) -> TradeIn | None:
    """The trade-in report of a phone that answers nothing else, else None."""
    asked, status = replies.get(GETPROP.key), replies.get(TRADE_IN.key)
    if asked is None or asked.status is not ReplyStatus.REFUSED or status is None:
        return None
    whole = [key for key, reply in replies.items() if reply.status is ReplyStatus.COMPLETE]
    if whole != [TRADE_IN.key]:
        return None  # adbd opens this one command there, and no other
    try:
        return parse_tradein(decode(status.stdout))
    except ParseError:
        return None


def explained(replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """The replies, where each refusal says in plain words why: adb itself says `closed`."""
    return {
        key: replace(reply, detail=WHY.en) if reply.status is ReplyStatus.REFUSED else reply
        for key, reply in replies.items()
    }
