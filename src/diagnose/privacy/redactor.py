"""Redaction: takes what names a person or a phone out of a reply, before anybody keeps it.

Each value becomes a marker `<kind:a1b2>`, where the four digits are a keyed hash: the same value
has the same marker within one capture, and nobody without the key can try values against it.
Probes read redacted replies only, so a replay of a capture gives the same results.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from diagnose.privacy.apps import APP_FINDERS, App
from diagnose.privacy.names import OWNER_RULES
from diagnose.privacy.patterns import (
    BLUETOOTH_HEAD,
    BLUETOOTH_RULES,
    MAIL_DOMAIN,
    MAIL_USER,
    PARCEL,
    PARCEL_TEXT,
    RULES,
    Rule,
    TooManyValues,
    bounded,
    is_marker,
    is_marker_or_empty,
)
from diagnose.privacy.sieve import Sieve
from diagnose.privacy.touches import blank_input

# A replacement can lay bare another value beside it; two rounds have always been enough so far.
_MOST_ROUNDS = 8
_SHORTEST_KNOWN = 5
_LONGEST_MAIL_USER = 64
_HEAD = 4096
_ENCODINGS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_TOO_MANY = b"<reply:0000> held more private values than a phone has; nothing of it was kept\n"
_IDS_IN_PARCEL = re.compile(rb"[0-9]{10,20}|[0-9a-f]{14}")  # a MEID is hexadecimal


_Span = tuple[int, int, str]
"""Where something private begins and ends in a reply, and of which kind it is."""


class Redactor:
    """Replaces private values in replies.

    `known`: serial numbers of the phone, replaced wherever they stand. `key`: the station's secret;
    random for each run unless a station wants to compare its own captures with each other.
    """

    def __init__(self, known: Iterable[str] = (), *, key: bytes | None = None) -> None:
        words = {word.encode().lower() for word in known if len(word) >= _SHORTEST_KNOWN}
        self._known = [
            (word, Rule("serial", re.compile(b"(?P<v>" + re.escape(word) + b")")))
            for word in sorted(words, key=len, reverse=True)
        ]
        self._key = hashlib.sha256(key).digest() if key else secrets.token_bytes(32)

    def redact(self, data: bytes) -> tuple[bytes, dict[str, int]]:
        """Give the reply without private values, and how many of each kind were replaced."""
        counts: dict[str, int] = {}
        if not data:  # most of what comes over standard error
            return data, counts
        for bom, encoding in _encodings(data):
            text = data[len(bom) :]
            even = len(text) - len(text) % 2
            plain = text[:even].decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
            redacted = self._redact(plain, counts).decode("utf-8", "surrogatepass")
            return bom + redacted.encode(encoding, "surrogatepass") + text[even:], counts
        return self._redact(data, counts), counts

    def mark(self, data: bytes, values: Iterable[tuple[str, bytes]]) -> tuple[bytes, int]:
        """Replace these values, given with their kinds, wherever they stand; and count them."""
        count = 0
        for kind, value in sorted(set(values), key=lambda pair: -len(pair[1])):
            if value and not is_marker(value.lower()):
                count += data.count(value)
                data = data.replace(value, self._marker(kind, value.lower()))
        return data, count

    def _redact(self, data: bytes, counts: dict[str, int]) -> bytes:
        data, blanked = blank_input(data)
        if blanked:
            counts["input"] = counts.get("input", 0) + blanked
        markers: dict[tuple[str, bytes], bytes] = {}
        for _ in range(_MOST_ROUNDS):
            try:
                spans = self._sorted_spans(data)
            except TooManyValues:
                counts["reply"] = counts.get("reply", 0) + 1
                return _TOO_MANY
            if not spans:
                break
            data = b"".join(self._pieces(data, spans, counts, markers))
        return data

    def _sorted_spans(self, data: bytes) -> list[_Span]:
        spans = bounded(self._spans(data.lower()))
        return sorted(spans, key=lambda span: (span[0], -span[1]))

    def _pieces(
        self,
        data: bytes,
        spans: list[_Span],
        counts: dict[str, int],
        markers: dict[tuple[str, bytes], bytes],
    ) -> Iterator[bytes]:
        """Of places that overlap, the one that begins first counts, and of those the longest."""
        at = 0
        for start, stop, kind in spans:
            if start < at or start == stop:
                continue
            counts[kind] = counts.get(kind, 0) + 1
            end = _end_of_letter(data, stop)
            yield data[at:start]
            value = kind, data[start:end].strip().lower()
            yield markers.get(value) or markers.setdefault(value, self._marker(*value))
            at = end
        yield data[at:]

    def _marker(self, kind: str, value: bytes) -> bytes:
        seed = kind.encode() + b"\0" + value
        digest = hashlib.blake2s(seed, key=self._key, digest_size=2).hexdigest()
        return f"<{kind}:{digest}>".encode()

    def _spans(self, lowered: bytes) -> Iterator[_Span]:
        for word, rule in self._known:
            if word in lowered:
                yield from _found(rule, lowered)
        for find in _SOUGHT.among(lowered):
            yield from find(lowered)


def _encodings(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The UTF-16 form of the reply, if it has one that can be read and written back."""
    for bom, encoding in (*_ENCODINGS, (b"", "utf-16-le")):
        marked = data.startswith(bom) if bom else _looks_like_utf16(data)
        if marked and _is_reversible(data[len(bom) :], encoding):
            yield bom, encoding
            return


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:256]
    return len(head) >= 8 and head[1::2].count(0) > 0.8 * len(head[1::2]) and 0 not in head[0::2]


def _is_reversible(data: bytes, encoding: str) -> bool:
    even = data[: len(data) - len(data) % 2]
    try:
        return even.decode(encoding, "surrogatepass").encode(encoding, "surrogatepass") == even
    except UnicodeError:
        return False


def _end_of_letter(data: bytes, at: int) -> int:
    """The next place that is not inside a letter of UTF-8: the longest value must not cut one."""
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at


def _found(rule: Rule, lowered: bytes) -> Iterator[_Span]:
    if rule.inner is not None:
        yield from _found_inside(rule, rule.inner, lowered)
        return
    check, before, kind = rule.check, rule.before, rule.kind
    groups = ("v", "w") if "w" in rule.pattern.groupindex else ("v",)
    for match in bounded(rule.pattern.finditer(lowered)):
        for group in groups:
            start, end = match.span(group)
            start -= before
            value = lowered[start:end].strip()
            if not is_marker_or_empty(value) and (check is None or check(lowered, start, end)):
                yield start, end, kind


def _found_inside(rule: Rule, inner: re.Pattern[bytes], lowered: bytes) -> Iterator[_Span]:
    for match in rule.pattern.finditer(lowered):
        for one in inner.finditer(lowered, *match.span("v")):
            if one[0].strip(b"0"):
                yield *one.span(), rule.kind


def _found_in_bluetooth(rule: Rule, lowered: bytes) -> Iterator[_Span]:
    if BLUETOOTH_HEAD.search(lowered, 0, _HEAD):
        yield from _found(rule, lowered)


def _found_app(find: Callable[[bytes], Iterator[App]], lowered: bytes) -> Iterator[_Span]:
    for start, end in find(lowered):
        if not is_marker(lowered[start:end]):
            yield start, end, "app"


def _mails(lowered: bytes) -> Iterator[_Span]:
    for domain in MAIL_DOMAIN.finditer(lowered):
        at = domain.start()
        # Read backwards: a search forwards would try every byte before the sign.
        user = MAIL_USER.match(lowered[max(0, at - _LONGEST_MAIL_USER) : at][::-1])
        if user:
            yield at - user.end(), domain.end(), "email"


def _parcels(lowered: bytes) -> Iterator[_Span]:
    """Replies of `service call`: UTF-16 digits show as `3.5.6.` in the column of text."""
    for parcel in PARCEL.finditer(lowered):
        shown = b"".join(PARCEL_TEXT.findall(parcel["v"])).replace(b".", b"")
        # Zeros name nobody; that the number is lost must be seen.
        if any(found[0].strip(b"0") for found in _IDS_IN_PARCEL.finditer(shown)):
            yield *parcel.span("v"), "imei"


# Of two finders of one place the first one names it.
_SOUGHT: Sieve[Callable[[bytes], Iterator[_Span]]] = Sieve(
    [
        *((partial(_found, rule), rule.pattern) for rule in RULES),
        *((partial(_found_in_bluetooth, rule), rule.pattern) for rule in BLUETOOTH_RULES),
        *((partial(_found, rule), rule.pattern) for rule in OWNER_RULES),
        (_mails, MAIL_DOMAIN),
        (_parcels, PARCEL),
        *((partial(_found_app, find), pattern) for find, pattern in APP_FINDERS),
    ]
)
