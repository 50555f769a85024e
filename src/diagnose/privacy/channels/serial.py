"""A modem: the AT commands of the list, letter by letter."""

import re
from collections.abc import Iterable

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.serial import AT_COMMANDS

_PAIR = re.compile(
    rb"(?:\b(?:SN|UN|IMEI2?|ICCID|IMSI|MEID)\(|(?im:^(?:IMEI|ESN|MEID|SN)\s*:))\s*([^()\r\n]{4,100})"
)
_NUMBER = re.compile(rb"(?m)^\W*(\d{14,20})\W*$")


def may_be_sent(request: Request) -> bool:
    """Whether the command is on the list."""
    return request.effect is Effect.READ and request.key.removeprefix("serial:") in AT_COMMANDS


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """Serial and subscriber numbers, by the names the modem gives them or by standing alone."""
    for pattern in (_PAIR, _NUMBER):
        for match in pattern.finditer(reply):
            yield "serial", match[1].strip()
