"""What the redactor looks for: one rule for each form in which a phone says something private.

All patterns run on the lower-cased bytes of a reply and are linear: every repeat is bounded, or is
of one character class. The group `v` (and `w`) is what is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ipaddress import AddressValueError, IPv6Address
from typing import Final, TypeVar

from diagnose.model.plain import dataclass

Item = TypeVar("Item")
Check = Callable[[bytes, int, int], bool]
"""Whether the span of the (lower-cased) reply really is what its rule looks for."""


@dataclass(frozen=True)
class Rule:
    """One form of one kind.

    `inner`: where `v` is only a region, what is replaced inside it.
    `before`: how many bytes before `v` belong to the value too.
    """

    kind: str
    pattern: re.Pattern[bytes]
    check: Check | None = None
    inner: re.Pattern[bytes] | None = None
    before: int = 0


# Between a name and its value: `[name]: [value]`, `name=value`, `"name": "value"`, `name:\tvalue`.
_IS = rb"[\"'\]]?[ \t]{0,16}[:=][ \t]{0,4}\[?[\"']?"
_IDS = re.compile(rb"(?<![0-9a-z])[0-9]{14,17}(?![0-9a-z])")
_EMPTY = re.compile(
    rb"0+|f{4,}|x{4,}|\*+|-?1|2147483647|9223372036854775807|null|unknown|none|n/a|undefined"
    rb"|true|false|default|<unknown ssid>|<none>|<redacted>|<hidden>|0x0*"
)
_MARKER = re.compile(rb"<[a-z]{2,12}:[0-9a-f]{4}>")
_LONG_NUMBER = re.compile(rb"[0-9]{10,}")
# A guess with room: of 803 real captures the richest (batterystats of a Pixel, 94 KB) held 351. A
# reply of more is not from a phone that works, and the time for 8 MB of them stays bounded.
MOST_VALUES: Final = 200_000
_MOST_SLOTS = 4  # numbers of one phone that stand on one line; a table of counters has more
_TIMES = re.compile(rb"time|stamp|nano|durat|elapsed|_ns|bytes|size|count|alloc|uptime|since")


class TooManyValues(Exception):
    """A reply holds more that looks private than a phone has."""


def bounded(found: Iterator[Item]) -> Iterator[Item]:
    """Give what was found; raises `TooManyValues` where it does not end."""
    for count, one in enumerate(found):
        if count >= MOST_VALUES:
            raise TooManyValues
        yield one


def is_marker(value: bytes) -> bool:
    """Whether the whole value was replaced before."""
    return value.startswith(b"<") and _MARKER.fullmatch(value) is not None


def is_marker_or_empty(value: bytes) -> bool:
    """Whether the phone said "nothing" there, or it was replaced before: both stay."""
    if b"<" in value and _MARKER.search(value):
        return True
    return _EMPTY.fullmatch(value) is not None


def _holds_digit(data: bytes, start: int, end: int) -> bool:
    return re.search(rb"[0-9]", data[start:end]) is not None


def is_luhn(digits: bytes) -> bool:
    """Whether the last digit is the check digit of the rest (ISO/IEC 7812-1)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = digit - ord("0")
        doubled = value * 2 - 9 if value > 4 else value * 2
        total += doubled if at % 2 else value
    return total % 10 == 0


def _is_lone_imei(data: bytes, start: int, end: int) -> bool:
    """A number with the check digit of an IMEI, on a line that is not about times or sizes."""
    line = max(0, start - 120, data.rfind(b"\n", max(0, start - 120), start) + 1)
    line_end = data.find(b"\n", end, end + 120)
    numbers = _LONG_NUMBER.findall(data, line, end + 120 if line_end < 0 else line_end)
    if len(numbers) > _MOST_SLOTS + 1 or _TIMES.search(data, line, start):
        return False
    return bool(data[start:end].strip(b"0")) and all(is_luhn(number) for number in numbers)


def _is_real_mac(data: bytes, start: int, end: int) -> bool:
    """Not one of the addresses that Android shows instead of the true one."""
    address = data[start:end].replace(b"-", b":")
    return address not in (b"00:00:00:00:00:00", b"ff:ff:ff:ff:ff:ff", b"02:00:00:00:00:00")


def _is_no_loopback(data: bytes, start: int, end: int) -> bool:
    return not data[start:end].startswith((b"127.", b"0."))


def _is_iccid(data: bytes, start: int, end: int) -> bool:
    digits = data[start:end].rstrip(b"f")
    return is_luhn(digits) or is_luhn(digits[:19])


def _is_ipv6(data: bytes, start: int, end: int) -> bool:
    try:
        return not IPv6Address(data[start:end].decode()).is_unspecified
    except (AddressValueError, UnicodeDecodeError):
        return False


def _is_private_uuid(data: bytes, start: int, end: int) -> bool:
    """Service numbers of the Bluetooth standard end alike; they name no phone."""
    value = data[start:end]
    return not value.endswith(b"-0000-1000-8000-00805f9b34fb") and bool(value.strip(b"0-"))


def _is_name_of_person(data: bytes, start: int, end: int) -> bool:
    """Names that Android itself gives to users say something about the phone, not the person."""
    named = data[start:end].decode("utf-8", "replace").strip()
    return named not in {
        *("owner", "机主", "guest", "访客", "null", "work profile", "system", "driver"),
        *("maintenance mode", "maintenance_mode", "repair mode", "维修模式", "dual messenger"),
        *("xspace", "clone", "multi-app", "secure folder", "headless system user", "clone user"),
    }


def _keyed(kind: str, name: bytes, value: bytes, check: Check | None = None) -> Rule:
    pattern = re.compile(name + _IS + b"(?P<v>" + value + b")")
    return Rule(kind, pattern, check)


def _mac(sign: bytes) -> Rule:
    """Six pairs of hex digits with one sign between; found by its first sign."""
    pair = rb"[0-9a-f]{2}"
    return Rule(
        "mac",
        re.compile(
            rb"(?P<v>" + sign + rb"(?<=" + pair + sign + rb")(?<![0-9a-f-]" + pair + sign + rb")"
            # Not the end of a longer row of bytes, but `addr:3C:5A:…` is an address.
            rb"(?<!::" + pair + sign + rb")(?<![^0-9a-z]" + pair + rb"[:-]" + pair + sign + rb")"
            rb"(?:" + pair + sign + rb"){4}" + pair + rb")(?![0-9a-f:-])"
        ),
        _is_real_mac,
        before=2,
    )


def _lone_imei(prefix: bytes) -> Rule:
    """An IMEI without a name before it, by the first two digits of the reporting body."""
    return Rule(
        "imei",
        re.compile(
            rb"(?P<v>" + prefix + rb"(?<![0-9a-z.+_-]" + prefix + rb")[0-9]{13})(?![0-9a-z.%])"
        ),
        _is_lone_imei,
    )


_NUMBER = rb"\+?[0-9*#][0-9 *#-]{3,24}"
_SERIAL = rb"[a-z0-9][a-z0-9_./-]{4,40}"
_IPV4 = rb"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])"
_HOST = rb"[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])"
_UUID = rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_FLOAT = rb"-?[0-9]{1,3}[.,][0-9]{2,12}"

# Every pattern begins with a literal, behind which it looks back: the search for a literal is some
# twenty times as fast as one that tries every byte, and a reply may have 8 MB.
RULES: Final[tuple[Rule, ...]] = (
    *(_mac(sign) for sign in (rb":", rb"-")),
    _keyed("mac", rb"mac(?:_?addr(?:ess)?)?", rb"[0-9a-f]{12}(?![0-9a-z])"),
    _keyed("mac", rb"bdaddr", rb"[0-9a-f]{12}(?![0-9a-z])"),
    _keyed("mac", rb"bt_?addr(?:ess)?", rb"[0-9a-f]{12}(?![0-9a-z])"),
    Rule("imei", re.compile(rb"imei[a-z0-9_.]{0,24}+" + _IS + rb"(?P<v>[^\n]{1,160})"), inner=_IDS),
    # What a DRM dump may tell: the number by which film services know one phone.
    *(
        _keyed("serial", name + rb"_?id", rb"[0-9a-z+/=_-]{12,128}", _holds_digit)
        for name in (rb"device_unique", rb"provisioning_unique", rb"deviceunique", rb"keybox")
    ),
    # The list of a trade-in report; a MEID has letters, and not every number its check digit.
    *(
        Rule(
            "imei",
            re.compile(rb"\"" + name + rb"\"[ \t]{0,4}:\s{0,8}\[(?P<v>[^\]\[]{0,800})"),
            inner=re.compile(rb"(?<=\")[0-9a-z]{8,20}(?=\")"),
        )
        for name in (rb"imeis", rb"meids")
    ),
    Rule("imei", re.compile(rb"device[ _]?id" + _IS + rb"(?P<v>[^\n]{1,80})"), inner=_IDS),
    Rule("imei", re.compile(rb"imei (?:for|is|of)[^\n0-9]{0,20}(?P<v>[0-9]{14,17})(?![0-9])")),
    *(_lone_imei(prefix) for prefix in (rb"35", rb"86", rb"01", rb"99", rb"91")),
    _keyed("meid", rb"meid[0-9]?", rb"[0-9a-f]{14,18}(?![0-9a-z])", _holds_digit),
    _keyed("meid", rb"\.esn", rb"[0-9a-f]{8,11}(?![0-9a-z])", _holds_digit),
    _keyed("imsi", rb"imsi[a-z0-9_.]{0,12}+", rb"[0-9]{10,15}(?![0-9])"),
    _keyed("imsi", rb"subscriber_?id", rb"[0-9]{10,15}(?![0-9])"),
    _keyed("iccid", rb"icc_?id[a-z0-9_.]{0,8}", rb"[0-9]{10,20}f?(?![0-9])"),
    _keyed("iccid", rb"sim_?serial[a-z]{0,8}", rb"[0-9]{10,20}f?(?![0-9])"),
    Rule(
        "iccid",
        re.compile(rb"(?P<v>89(?<![0-9a-z.]89)[0-9]{17,18}f?)(?![0-9a-z.])"),
        _is_iccid,
    ),
    _keyed("serial", rb"serial(?:[ _-]?n(?:o|um|umber|r))?[0-9]?", _SERIAL, _holds_digit),
    # Samsung: what the label on the cell says.
    _keyed("serial", rb"qrdata efsvalue", rb"[a-z0-9][a-z0-9+-]{7,40}", _holds_digit),
    _keyed("serial", rb"\.p?sno?[0-9]?", _SERIAL, _holds_digit),
    _keyed("serial", rb"_p?sno?[0-9]?", _SERIAL, _holds_digit),
    _keyed("serial", rb"unique_?id", _SERIAL, _holds_digit),
    _keyed("androidid", rb"android_?id", rb"[0-9a-f]{12,16}(?![0-9a-z])"),
    _keyed("uuid", rb"fs_?uuid", _UUID, _is_private_uuid),
    _keyed("uuid", rb"uuid(?=\]: \[)", _UUID, _is_private_uuid),
    _keyed("uuid", rb"guid", _UUID, _is_private_uuid),
    _keyed("uuid", rb"aid(?<=[ouva]aid)", _UUID, _is_private_uuid),
    _keyed("uuid", rb"udid", rb"(?:[0-9a-f]{32,64}|" + _UUID + rb")"),
    _keyed("certificate", rb"certificates?", rb"[a-z0-9+/=\\ -]{64,}"),
    # A trade-in report's attestation proves which phone it is of: as one text, as a list, as PEM,
    # and wherever else the base64 of a certificate stands (it begins with the same three signs).
    Rule(
        "certificate",
        re.compile(rb"\"certificates?\"[ \t]{0,4}:\s{0,8}\"(?P<v>[^\"]{16,65536})(?=\"|\Z)"),
    ),
    Rule(
        "certificate",
        re.compile(rb"\"certificates?\"[ \t]{0,4}:\s{0,8}\[(?P<v>[^\]\[]{0,65536})"),
        inner=re.compile(rb"(?<=\")[0-9a-z+/=_\\ \n-]{16,65536}(?=\"|\Z)"),
    ),
    Rule("certificate", re.compile(rb"begin certificate-----(?P<v>[0-9a-z+/=\\\s]{16,65536})")),
    Rule("certificate", re.compile(rb"mii(?<![0-9a-z+/]mii)(?P<v>[0-9a-z+/=_\\\n-]{120,})")),
    _keyed("challenge", rb"challenge", rb"[0-9a-z+/=_\\-]{16,512}", _holds_digit),
    _keyed("phone", rb"msisdn[0-9]?", _NUMBER),
    _keyed("phone", rb"phone_?number[0-9]?", _NUMBER),
    _keyed("phone", rb"line1_?number", _NUMBER),
    _keyed("phone", rb"incomingnumber", _NUMBER),
    _keyed("phone", rb"voice_?mail_?number", _NUMBER),
    Rule("phone", re.compile(rb"tel:(?<![a-z]tel:)(?P<v>\+?[0-9][0-9-]{4,17})")),
    Rule("phone", re.compile(rb"(?P<v>\+861(?<![0-9a-z+]\+861)[3-9][0-9]{9})(?![0-9])")),
    Rule("ssid", re.compile(rb"ssid(?<!bssid)[\"']?[ \t]?[:=][ \t]?\\?\"(?P<v>[^\"\n]{1,64})")),
    Rule(
        "ssid",
        re.compile(
            rb"ssid(?<!bssid)[\"']?[ \t]?[:=][ \t]?(?P<v>[^\"\[\],;\n}{\\ ][^\"\[\],;\n}{]{0,63})"
        ),
    ),
    Rule("ssid", re.compile(rb"connected to \"(?P<v>[^\"\n]{1,64})\"")),
    Rule("ssid", re.compile(rb"extra: \"(?P<v>[^\"\n]{1,64})\"")),
    Rule("name", re.compile(rb"account ?\{ ?name=(?P<v>[^,}\n]{1,128})")),
    Rule(
        "name",
        re.compile(rb"userinfo\{\d{1,6}:(?!<name:)(?P<v>[^:}\n]{1,80}):"),
        _is_name_of_person,
    ),
    _keyed("name", rb"bluetooth_?name", rb"[^\]\"\n]{1,80}"),
    _keyed("host", rb"net\.hostname", rb"[^\]\"\n]{1,80}"),
    _keyed("host", rb"client_?hostname", rb"[^\]\"\n]{1,80}"),
    _keyed("ip", rb"ip_?addr(?:ess)?", _IPV4),
    _keyed("ip", rb"gateway", _IPV4),
    _keyed("ip", rb"\.dns[0-9]?", _IPV4),
    _keyed("ip", rb"local-ip", _IPV4),
    _keyed("ip", rb"remote-ip", _IPV4),
    Rule("ip", re.compile(rb"inet (?:addr:)?(?P<v>" + _IPV4 + rb")"), _is_no_loopback),
    Rule(
        "ip",
        # not `:15/1.0.0.0/1:user`, the version in a build fingerprint (nubia P0110)
        re.compile(rb"/(?P<v>" + _IPV4 + rb")(?=/[0-9]|[,\]} \n])(?!/[^\n/ ]{1,60}:user)"),
        _is_no_loopback,
    ),
    *(
        Rule("ip", re.compile(rb"(?P<v>" + net + rb"(?<![0-9a-z.]" + net + rb")" + _HOST))
        for net in (rb"192\.168\.", rb"169\.254\.")
    ),
    Rule(
        "ip",
        re.compile(
            rb"(?P<v>:(?<=[2f][0-9a-f]{3}:)(?<![0-9a-f:.][2f][0-9a-f]{3}:)[0-9a-f:]{3,35})"
            rb"(?![0-9a-f:])"
        ),
        _is_ipv6,
        before=4,
    ),
    Rule(
        "place",
        re.compile(rb"location\[[a-z_]{1,16} (?P<v>" + _FLOAT + rb"),(?P<w>" + _FLOAT + rb")"),
    ),
    _keyed("place", rb"latitude", _FLOAT),
    _keyed("place", rb"longitude", _FLOAT),
    Rule(
        "cell",
        re.compile(rb"mcelllocation=(?P<v>[^\n]{1,200})"),
        inner=re.compile(rb"(?<![0-9a-z-])(?<!<cell:)(?!2147483647)[0-9]{1,10}(?![0-9a-z.])"),
    ),
    *(
        Rule("cell", re.compile(name + rb" ?= ?(?P<v>[0-9]{1,19})(?![0-9.])"))
        for name in (rb"mci", rb"mcid", rb"mnci", rb"mlac", rb"mtac", rb"mbasestationid")
    ),
)

# Only in the dump of Bluetooth: elsewhere `name:` stands before names of parts.
BLUETOOTH_HEAD: Final = re.compile(rb"bluetooth status|adapterproperties")
BLUETOOTH_RULES: Final[tuple[Rule, ...]] = (
    Rule("name", re.compile(rb"(?m)^[ \t]{1,8}name: (?P<v>[^\n]{1,248})$")),
    Rule(
        "name",
        re.compile(
            rb"(?m)^[ \t]{1,8}(?:[0-9a-fx]{2}:){5}[0-9a-fx]{2} ?(?:\[[^\]\n]{0,16}\])?[ \t]"
            rb"(?P<v>[^\n(]{1,248})"
        ),
    ),
)

# The part of an e-mail address from its sign on; what stands before it is looked for backwards.
MAIL_DOMAIN: Final = re.compile(
    rb"@(?![0-9]{1,3}\.[0-9])(?:[a-z0-9-]{1,63}\.){1,4}"
    rb"(?:com|net|org|edu|gov|info|biz|mail|app|dev|xyz|top|vip|online|site|(?!so|rc|ko|js|py|sh|gz|xz|bz|db)[a-z]{2})"
    rb"(?![a-z0-9-])"
)
MAIL_USER: Final = re.compile(rb"[a-z0-9._%+-]{1,64}")

# `service call` prints a reply as words and as text; a text of digits is a number of the phone.
PARCEL: Final = re.compile(rb"parcel\((?P<v>[^()]{1,4000})(?:\)|\Z)")
PARCEL_TEXT: Final = re.compile(rb"'([^'\n]{0,17})'")
