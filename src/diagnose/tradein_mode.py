"""A phone in the foyer of trade-in mode (Android 16): reset, not set up, all of adb closed but one.

There adbd opens `tradeinmode …` and closes every other service at once, while the adb server lists
the phone as `device`. The phone is there and well: what was not read was not refused by a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from diagnose.errors import ParseError
from diagnose.model.text import Text
from diagnose.parsers.text import decode
from diagnose.parsers.tradein import TradeIn, parse_tradein
from diagnose.replies import Reply, ReplyStatus
from diagnose.requests import DataClass, Shell
from diagnose.sdk import GETPROP

# Never anything else of it: `evaluate` and `enter` end in a phone that is erased.
TRADE_IN = Shell("tradeinmode", "getstatus", timeout_s=20, data_class=DataClass.IDENTITY)
PROBE = "tradein.status"
STATE = "trade-in mode"
WHY = Text(
    "the phone is in trade-in mode: only its status can be read",
    "手机处于以旧换新模式：只能读取其状态报告",
)
_PRODUCT = ("brand", "device", "manufacturer", "model", "name")


def may_be_foyer(statuses: Mapping[str, ReplyStatus]) -> bool:
    """Whether it is worth asking `TRADE_IN`: all was refused, and this was not asked."""
    opened = any(status is not ReplyStatus.REFUSED for status in statuses.values())
    return not opened and GETPROP.key in statuses and TRADE_IN.key not in statuses


def report_in_foyer(replies: Mapping[str, Reply]) -> TradeIn | None:
    """The trade-in report of a phone that refuses to give its properties, else None."""
    asked, status = replies.get(GETPROP.key), replies.get(TRADE_IN.key)
    if asked is None or asked.status is not ReplyStatus.REFUSED or status is None:
        return None
    if status.status is not ReplyStatus.COMPLETE:
        return None
    try:
        return parse_tradein(decode(status.stdout))
    except ParseError:
        return None


def serial_of(report: TradeIn) -> str:
    """The serial number as the report states it; empty where it does not."""
    said = report.whole.get("serial")
    return said.value.strip() if said else ""


def properties_of(report: TradeIn) -> dict[str, str]:
    """What the report says of the product, under the names of the system properties."""
    said = {
        f"ro.product.{name}": report.product[name].value
        for name in _PRODUCT
        if name in report.product
    }
    if level := report.whole.get("launch_level"):
        said["ro.product.first_api_level"] = level.value
    return said


def explained(replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """The replies, where each refusal says in plain words why: adb itself says `closed`."""
    return {
        key: replace(reply, detail=WHY.en) if reply.status is ReplyStatus.REFUSED else reply
        for key, reply in replies.items()
    }
