"""Which phone it is: by a serial number the phone itself states, on whatever channel.

The name adb uses is none: `192.168.1.20:5555` is a place, and a run that lost its answers must not
be taken for another phone. Numbers that whole batches of phones share are none either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.parsers.fastboot.variables import parse_variables
from diagnose.parsers.serial.at import parse_at, parse_devconinfo
from diagnose.run.capture import Subject
from diagnose.text import decode

_SHORTEST = 4
_SHARED = re.compile(
    r"0*1234567890?(abcdef)?|(.)\2+|unknown|none|null|android|default.*", re.IGNORECASE
)
_PROPERTY = re.compile(r"\[ro\.(?:boot\.)?serialno\]: \[([^\]\n]{1,100})\]")


def _from_getprop(text: str) -> str:
    return next(iter(_PROPERTY.findall(text)), "")


def _from_variables(text: str) -> str:
    return parse_variables(text.splitlines()).get("serialno", "")


def _from_modem(text: str) -> str:
    return parse_devconinfo(parse_at("AT+DEVCONINFO", text)).get("SN", "")


def _from_descriptors(text: str) -> str:
    try:
        return str(json.loads(text).get("serial", ""))
    except (ValueError, AttributeError):
        return ""


_SOURCES: Mapping[str, Callable[[str], str]] = {
    "shell:getprop": _from_getprop,
    "fastboot:getvar serialno": str.strip,
    "fastboot:getvar all": _from_variables,
    "serial:AT+DEVCONINFO": _from_modem,
    "usb:descriptors": _from_descriptors,
}
"""Where a phone states its serial number, the best source first."""


class Recognition:
    """Learns from the replies of one run which phone it is."""

    def __init__(self, salt: bytes, usb_serial: str = "") -> None:
        self._salt = salt
        self._best = len(_SOURCES)
        self._serial = usb_serial if is_a_serial(usb_serial) else ""

    def learn(self, reply: Reply) -> Subject | None:
        """Give the phone where this reply tells it better than all before, else None."""
        rank = list(_SOURCES).index(reply.key) if reply.key in _SOURCES else self._best
        if rank >= self._best:
            return None
        serial = ""
        if reply.status is ReplyStatus.COMPLETE and not reply.exit_code:
            serial = _SOURCES[reply.key](decode(reply.stdout)).strip()
        if is_a_serial(serial):
            self._best, self._serial = rank, serial
        elif rank or not self._serial:
            return None
        return self.subject()

    def subject(self) -> Subject:
        """The phone as far as it is known."""
        from diagnose.privacy.serials import hash_serial, mask_serial

        if not self._serial:
            return Subject()
        return Subject(hash_serial(self._serial, self._salt), mask_serial(self._serial))


def is_a_serial(text: str) -> bool:
    """Whether a text can name one phone."""
    return len(text) >= _SHORTEST and _SHARED.fullmatch(text) is None
