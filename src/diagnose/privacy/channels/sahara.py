"""A Qualcomm boot ROM: its identity, and only as a request that says what it does."""

import re
from collections.abc import Iterable

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.sahara import IDENTITY_KEY

_SERIAL = re.compile(rb'"serial": "([0-9a-f]{4,64})"')


def may_be_sent(request: Request) -> bool:
    """Whether it asks for the identity and calls itself what it is."""
    return request.effect is Effect.BOOTROM and request.key == IDENTITY_KEY


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """The serial number of the chip; the hash of the maker's key names no phone."""
    return (("serial", match[1]) for match in _SERIAL.finditer(reply))
