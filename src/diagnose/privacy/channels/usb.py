"""USB itself: descriptors and the accessory version."""

import re
from collections.abc import Iterable

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY

_VALUE = re.compile(rb'"serial": "((?:[^"\\\\]|\\\\.){4,400})"')
_ECID = re.compile(rb"(?:ECID|SRNM|IMEI|SDOM):\[?([0-9A-Za-z]{8,32})\]?")

_KEYS = frozenset({DESCRIPTORS_KEY, AOA_KEY})


def may_be_sent(request: Request) -> bool:
    """Whether it is one of them."""
    return request.effect is Effect.READ and request.key in _KEYS


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """The serial number of the device; Apple states more numbers inside of it."""
    for pattern in (_VALUE, _ECID):
        for match in pattern.finditer(reply):
            yield "serial", match[1]
