"""USB itself: descriptors and the accessory version; a boot ROM only as what it is."""

import re
from collections.abc import Iterable

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY, SAHARA_KEY

_VALUE = re.compile(rb'"(?:serial|ecid)": "((?:[^"\\\\]|\\\\.){4,400})"')
_ECID = re.compile(rb"(?:ECID|SRNM|IMEI|SDOM):\[?([0-9A-Za-z]{8,32})\]?")

_EFFECTS = {
    DESCRIPTORS_KEY: Effect.READ,
    AOA_KEY: Effect.READ,
    SAHARA_KEY: Effect.BOOTROM,
}


def may_be_sent(request: Request) -> bool:
    """Whether it is known, and says of itself what it does."""
    return _EFFECTS.get(request.key) is request.effect


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """The serial number of the device or of the chip; a hash of the maker's key names no phone."""
    for pattern in (_VALUE, _ECID):
        for match in pattern.finditer(reply):
            yield "serial", match[1]
