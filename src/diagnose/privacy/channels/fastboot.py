"""A bootloader: variables, nothing else. No `oem` word, no `flash`, no `reboot`."""

import re
from collections.abc import Iterable

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.fastboot import READABLE

_NAMES = (
    rb"serialno|serial|serial-number|psn|barcode|imei\d?|meid|iccid|cpuid|token|nonce|cid|uid|uuid"
    rb"|unlock_data|get_unlock_data|wifi-?(?:mac|addr)|bt-?(?:mac|addr)|mac-?addr\w*|sku-?serial"
    rb"|ufs-?serial|emmc-?serial|chip-?serial\w*|secret-?key-?\w*"
)
_LINE = re.compile(rb"(?im)^[ \t]*(?:" + _NAMES + rb")[ \t]*:[ \t]*([^\r\n]{1,400})")
_EMPTY = {b"(null)", b"null", b"none", b"unknown", b"n/a", b"0", b"yes", b"no"}


def may_be_sent(request: Request) -> bool:
    """Whether the request asks for one variable."""
    words = request.key.removeprefix("fastboot:")
    return request.effect is Effect.READ and READABLE.fullmatch(words) is not None


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:
    """Serial numbers, tokens and keys, by the names of their variables."""
    name = request.key.removeprefix("fastboot:getvar ")
    line = name.encode() + b":" + reply if name != "all" else reply
    for match in _LINE.finditer(line):
        value = match[1].strip()
        if value.lower() not in _EMPTY:
            yield "serial", value
