"""Whether a phone has finished starting: its own word for it, and the services that probes need."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.discovery.faces import Device
from diagnose.errors import DeviceNotReady, ParseError
from diagnose.jobs.naming import public_label
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel
from diagnose.parsers.getprop import parse_getprop
from diagnose.privacy.policy import READ_ONLY
from diagnose.requests.adb import FEATURES, GETPROP
from diagnose.text import decode
from diagnose.transports.adb.host import Address
from diagnose.transports.base import Manner, Way, open_transport

_NOT_SET = "sys.boot_completed is not set"
_NO_PACKAGES = "the package manager does not answer"


def check_started(devices: Sequence[Device], address: Address) -> None:
    """Ask each phone whether it has started. Raises `DeviceNotReady` for the first that has not."""
    for device in devices:
        why_not = _why_not_started(device.serial, address)
        if why_not:
            raise DeviceNotReady(
                f"the phone {public_label(device)} has not finished starting: {why_not}",
                hint="give it more time with --wait-boot SECONDS, or look at its screen",
            )


def _why_not_started(serial: str, address: Address) -> str:
    transport = open_transport(Channel.ADB, Way(serial), Manner(READ_ONLY.refusal, 2, address))
    replies = {reply.key: reply for reply in transport.perform((GETPROP, FEATURES))}
    if not _says_it_has_booted(replies[GETPROP.key]):
        return _NOT_SET
    features = replies[FEATURES.key]
    answers = features.status is ReplyStatus.COMPLETE and features.stdout.startswith(b"feature:")
    return "" if answers else _NO_PACKAGES


def _says_it_has_booted(reply: Reply) -> bool:
    try:
        return parse_getprop(decode(reply.stdout)).get("sys.boot_completed") == "1"
    except ParseError:
        return False
