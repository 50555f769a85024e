"""`tradeinmode getstatus` (Android 16): what a phone that was reset tells a buyer, as JSON.

Serial numbers and IMEIs stand in the same answer; they are not taken out of it here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import Printed, Quoted
from diagnose.text import printable

_LONGEST = 1024 * 1024
_MOST_PARTS = 16
_MOST_IMEIS = 4  # two slots, each with an embedded card beside it
_LONGEST_ERROR = 80
# Only these are looked for in the text: a section of 50,000 names would cost a scan for each.
_KNOWN = (
    "cycle_count state_of_health health state part_status manufacturing_date first_usage_date"
    " useful_lifetime_remaining capacity_bytes moisture_intrusion factory_reset_protection"
    " brand device manufacturer model name serial launch_level"
)
_PRODUCT = ("brand", "device", "manufacturer", "model", "name")
_NAMES = frozenset(_KNOWN.split())
# Before a probe sees it the number is a marker; of zeros nothing is masked, they are no number.
_IMEI = re.compile(r"<(?:imei|meid):[0-9a-f]{4}>|[0-9A-Fa-f]{14,17}")
_GAP = re.compile(r"\s{0,4}:\s{0,4}")


@dataclass(frozen=True)
class TradeIn:
    """Sections of the answer by name. `locked`: factory-reset protection is on.

    `battery`, `storage` and `product` hold their plain values; `screens` the part status of each
    screen, `hinges` (folds, rated folds) of each hinge. `whole` is the plain values beside the
    sections (`serial`, `launch_level`). `imeis` is, for each number in the list, whether it is one
    and not zeros. `attested`: certificates came with the answer; they name this one phone and are
    never taken out of it. `attestation_error` says why none did. What the phone does not say is
    missing.
    """

    battery: Mapping[str, Printed]
    storage: Mapping[str, Printed]
    product: Mapping[str, Printed]
    whole: Mapping[str, Printed]
    screens: tuple[Printed, ...]
    hinges: tuple[tuple[int, int], ...]
    moisture: Printed | None
    locked: Printed | None
    imeis: tuple[bool, ...] = ()
    attested: bool = False
    attestation_error: Printed | None = None


def parse_tradein(text: str) -> TradeIn:
    """Read the answer. Raises `ParseError` where there is no such JSON object in it."""
    tree = _object(text[:_LONGEST])
    sections = {name: part for name, part in tree.items() if isinstance(part, dict)}
    if not {"battery", "storage", "locks", "product", "sensors", "screen"} & sections.keys():
        raise ParseError("no trade-in report in the answer")
    return TradeIn(
        battery=_plain(sections.get("battery", {}), text),
        storage=_plain(sections.get("storage", {}), text),
        product=_plain(sections.get("product", {}), text),
        whole=_plain(tree, text),
        screens=_screens(sections.get("screen", {}), text),
        hinges=_hinges(sections.get("hinge", {})),
        moisture=_plain(sections.get("sensors", {}), text).get("moisture_intrusion"),
        locked=_plain(sections.get("locks", {}), text).get("factory_reset_protection"),
        imeis=_imeis(tree.get("imeis")),
        attested=_is_attested(sections.get("attestation", {}).get("certificates")),
        attestation_error=_error(sections.get("attestation", {}).get("error"), text),
    )


def has_number(report: TradeIn) -> bool | None:
    """Whether the report holds an IMEI: False where it holds zeros, None where it holds none."""
    return any(report.imeis) if report.imeis else None


def product_properties(report: TradeIn) -> dict[str, str]:
    """What the report says of the product, under the names of the system properties."""
    properties = {f"ro.product.{name}": report.product.get(name) for name in _PRODUCT}
    properties["ro.product.first_api_level"] = report.whole.get("launch_level")
    return {
        name: one.value.strip() for name, one in properties.items() if one and one.value.strip()
    }


def _object(text: str) -> Mapping[str, Any]:
    """The first JSON object: adb prints a warning of a linker or a pager before it at times."""
    start = text.find("{")
    if start < 0:
        raise ParseError("no JSON in the answer")
    try:
        tree, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as problem:
        raise ParseError("the JSON is cut off or broken") from problem
    if not isinstance(tree, dict):
        raise ParseError("the JSON is no object")
    return tree


def _plain(section: Mapping[str, Any], text: str) -> dict[str, Printed]:
    """The values of a section that are words, numbers or yes/no, under names we know."""
    return {
        name: Printed(_word(value), _raw(name, value, text))
        for name, value in section.items()
        if name in _NAMES and isinstance(value, str | int | float)
    }


def _word(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:200]


def _raw(name: str, value: object, text: str, after: int = 0) -> str:
    """The words of the answer that hold the value, however the phone spaced them."""
    try:
        key, written = json.dumps(name), json.dumps(value, ensure_ascii=False)
    except ValueError:
        return ""
    start = text.find(key, after)
    while start >= 0:
        gap = _GAP.match(text, start + len(key))
        if gap and text.startswith(written, gap.end()):
            return Quoted(text[start : gap.end() + len(written)], start)
        start = text.find(key, start + 1)
    return ""


def _imeis(listed: object) -> tuple[bool, ...]:
    if not isinstance(listed, list):
        return ()
    numbers = [word for word in listed[:_MOST_IMEIS] if isinstance(word, str)]
    return tuple(bool(word.strip("0")) for word in numbers if _IMEI.fullmatch(word))


def _is_attested(certificates: object) -> bool:
    """Whether there are any: one word of base64 (AOSP), or a list of them."""
    if isinstance(certificates, list):
        return any(_is_attested(one) for one in certificates[:_MOST_PARTS] if isinstance(one, str))
    return isinstance(certificates, str) and bool(certificates.strip())


def _error(words: object, text: str) -> Printed | None:
    """AOSP's own words are short; of a stranger's exception the beginning is enough."""
    if not isinstance(words, str) or not words.strip():
        return None
    return Printed(printable(words, _LONGEST_ERROR).strip(), _raw("error", words[:200], text))


def _screens(section: Mapping[str, Any], text: str) -> tuple[Printed, ...]:
    found, after = [], 0
    for screen in _parts(section, "screens"):
        status = screen.get("part_status")
        if isinstance(status, str):
            raw = _raw("part_status", status, text, max(after, text.find('"screens"')))
            found.append(Printed(status[:200], raw))
            after = raw.at + len(raw) if isinstance(raw, Quoted) else after
    return tuple(found)


def _hinges(section: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (hinge["num_times_folded"], hinge["rated_lifespan"])
        for hinge in _parts(section, "hinges")
        if _is_count(hinge.get("num_times_folded")) and _is_count(hinge.get("rated_lifespan"))
    )


def _parts(section: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    parts = section.get(name)
    return (
        [p for p in parts[:_MOST_PARTS] if isinstance(p, dict)] if isinstance(parts, list) else []
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
