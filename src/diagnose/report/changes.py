"""What changed after the customer agreed, in words: the few places that matter to him.

A voiding records every place in which two pages differ. Sums of sums, the numbers of the quote and
the like are counted here, not shown.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal

from diagnose.model.consent import Difference, Voiding
from diagnose.model.outcome import OUTCOMES
from diagnose.model.quote import Quote
from diagnose.model.text import Text
from diagnose.report.vocabulary import CONFIDENCES, DATA_RISKS, PART_CONDITIONS
from diagnose.report.wording import PageWords

MOST_LINES = 10
_TITLE = re.compile(r'"title": "((?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*)"')

_AMOUNTS = ("unit_price", "total", "max_total")
_AMOUNT = re.compile(r"[0-9]{1,15}([.][0-9]{1,10})?")

_FIELDS: dict[str, Text] = {
    "unit_price": Text("unit price", "单价"),
    "quantity": Text("quantity", "数量"),
    "price_known": Text("price is known", "价格已确定"),
    "part_no": Text("part number", "配件编号"),
    "part_condition": Text("kind of part", "配件类别"),
    "labour_minutes": Text("minutes of work", "工时（分钟）"),
    "data_risk": Text("risk to data", "数据风险"),
    "warranty_days": Text("days of warranty", "保修天数"),
    "warning": Text("what to know before", "事先须知"),
}
_SUMS: dict[str, Text] = {
    "total": Text("Total", "合计"),
    "max_total": Text("At most", "最高金额"),
    "valid_until": Text("Valid until", "有效期至"),
}
_VALUES: dict[str, Text] = {
    **{str(word): text for word, text in PART_CONDITIONS.items()},
    **{str(word): text for word, text in CONFIDENCES.items()},
    **{str(word): text for word, text in DATA_RISKS.items()},
    **{str(word): shown.label for word, shown in OUTCOMES.items()},
}


def change_lines(voiding: Voiding, quote: Quote | None, words: PageWords) -> list[str]:
    """Say what changed; the last line counts what is not said one by one."""
    lines = [line for one in voiding.differences if (line := _line(one, quote, words))]
    shown = lines[:MOST_LINES]
    more = len(voiding.differences) - len(shown) + voiding.omitted
    if more > 0:
        shown.append(words.pick(f"and {more} more places", f"另有 {more} 处"))
    return shown


def _line(one: Difference, quote: Quote | None, words: PageWords) -> str:
    """Say one change; empty for a place that no customer knows."""
    line = ""
    match one.place.split("/"):
        case ["quote", "items", code]:
            line = _came_or_went(code, one, words)
        case ["quote", "items", code, field] if field in _FIELDS:
            item = quote.item(code) if quote else None
            name = words(item.title) if item else words(code)
            line = f"{name}: {words(_FIELDS[field])}: {_change(one, words, quote)}"
        case ["quote", field] if field in _SUMS:
            line = f"{words(_SUMS[field])}: {_change(one, words, quote)}"
        case ["faults", code]:
            line = f"{words.pick('Cause', '原因')}: {_came_or_went(code, one, words)}"
        case ["faults", code, "confidence"]:
            line = f"{words.pick('Cause', '原因')} {words(code)}: {_change(one, words)}"
        case ["results", probe, "outcome"]:
            line = f"{words.pick('Test', '检测')} {words(probe)}: {_change(one, words)}"
    return line


def _came_or_went(code: str, one: Difference, words: PageWords) -> str:
    """Name an entry that was added or taken away: by its title, where that can still be read."""
    name = words(_title(one.after or one.before) or code)
    if one.before and one.after:
        return words.pick(f"changed: {name}", f"有变化：{name}")
    if one.after:
        return words.pick(f"added: {name}", f"新增：{name}")
    return words.pick(f"left out: {name}", f"取消：{name}")


def _title(entry: str) -> str:
    found = _TITLE.search(entry)  # a long entry was cut: as a whole it is no JSON
    return str(json.loads(f'"{found[1]}"')) if found else ""


def _change(one: Difference, words: PageWords, quote: Quote | None = None) -> str:
    money = quote is not None and one.place.rsplit("/", 1)[-1] in _AMOUNTS
    currency = quote.currency if quote and money else ""
    return f"{_value(one.before, words, currency)} → {_value(one.after, words, currency)}"


def _value(text: str, words: PageWords, currency: str) -> str:
    if currency and _AMOUNT.fullmatch(text):
        return words.money(Decimal(text), currency)
    return words(_VALUES[text]) if text in _VALUES else words(text) or "–"
