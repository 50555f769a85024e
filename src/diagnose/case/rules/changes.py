"""What changed between the page a customer agreed to and the page there is now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from diagnose.model.case import Case
from diagnose.model.consent import ChangeKind, Difference, Voiding
from diagnose.model.report import Report
from diagnose.model.words import seal_fits

MOST_DIFFERENCES = 100
LONGEST_VALUE = 200
_KEYS = ("code", "id", "probe", "quote_id", "name", "key", "measurement")
"""What names an entry of a list, so that an entry put in between does not change all after it."""

_ORDER = list(ChangeKind)
_PARTS = ("part_no", "part_condition", "part", "quantity")
_PRICES = (
    *("unit_price", "net", "tax", "tax_rate", "total", "max_total", "amount", "price", "currency"),
)
_FINDINGS = ("faults", "ruled_out", "conclusion", "summary", "coverage", "advice", "app")
_RESULT_VALUES = ("value", "outcome", "findings", "reason", "measurements", "error")


def differences(before: Any, after: Any) -> list[Difference]:
    """Compare two JSON documents; what weighs most for the customer comes first."""
    found = [
        Difference(
            kind=_kind(place),
            place="/".join(place),
            before=_value_text(old),
            after=_value_text(new),
        )
        for place, old, new in _walk((), before, after)
    ]
    return sorted(found, key=lambda one: (_ORDER.index(one.kind), one.place))


def voiding_of(case: Case, page: Report) -> Voiding | None:
    """Say whether a new page voids what the customer agreed to, and why.

    A refusal needs no voiding: nothing may be done under it anyway.
    """
    standing = case.standing
    if standing is None or case.page is None or not standing.consent.accepted:
        return None
    if page.digest == standing.consent.report_digest and seal_fits(page.intake):
        return None
    found = differences(_shown(case.page), _shown(page))
    return Voiding(
        consent=standing.seq,
        report_digest=page.digest,
        differences=tuple(found[:MOST_DIFFERENCES]),
        omitted=max(0, len(found) - MOST_DIFFERENCES),
        above_ceiling=page.quote is not None and page.quote.total > standing.consent.ceiling,
    )


def _shown(page: Report) -> Mapping[str, Any]:
    return page.model_dump(mode="json", exclude={"digest", "translations"}) | {
        "translations": page.translations
    }


Place = tuple[str, ...]
Found = Iterator[tuple[Place, Any, Any]]
_ABSENT = object()


def _walk(place: Place, before: Any, after: Any) -> Found:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _walk_object(place, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _walk_list(place, before, after)
    elif before is _ABSENT or after is _ABSENT or _differ(before, after):
        yield place, before, after


def _differ(before: Any, after: Any) -> bool:
    return type(before) is not type(after) or before != after


def _walk_object(place: Place, before: dict[str, Any], after: dict[str, Any]) -> Found:
    for name in sorted({*before, *after}):
        yield from _walk((*place, name), before.get(name, _ABSENT), after.get(name, _ABSENT))


def _walk_list(place: Place, before: list[Any], after: list[Any]) -> Found:
    olds, news = _named(before), _named(after)
    if olds is None or news is None:
        olds = {str(number): item for number, item in enumerate(before)}
        news = {str(number): item for number, item in enumerate(after)}
    elif list(olds) != list(news) and {*olds} == {*news}:
        yield (*place, "order"), list(olds), list(news)
    yield from _walk_object(place, olds, news)


def _named(items: list[Any]) -> dict[str, Any] | None:
    """Name the entries of a list by what they call themselves; None where that is not unique."""
    names = [_name(item) for item in items]
    if None in names or len(set(names)) != len(names):
        return None
    return dict(zip((str(name) for name in names), items, strict=True))


def _name(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    return next((item[key] for key in _KEYS if isinstance(item.get(key), str)), None)


def _value_text(value: Any) -> str:
    if value is _ABSENT:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _kind(place: Place) -> ChangeKind:
    head, last = place[0] if place else "", place[-1] if place else ""
    if head == "quote":
        if last in _PRICES:
            return ChangeKind.PRICE
        return ChangeKind.PART if last in _PARTS or place[1:2] == ("items",) else ChangeKind.QUOTE
    if head in _FINDINGS or "findings" in place:
        return ChangeKind.FINDING
    if head == "results":
        return ChangeKind.MEASUREMENT if {*place} & {*_RESULT_VALUES} else ChangeKind.OTHER
    return ChangeKind.INTAKE if head == "intake" else ChangeKind.OTHER
