"""What may be asked on each channel beside adb, and what in its answers names one phone.

A file of the channel's name holds both: `may_be_sent(request)`, a closed list, and
`identifying(request, text)`, the values that are masked before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from diagnose.model.requests import Channel, Request


def rules_of(channel: Channel) -> ModuleType:
    """The file of a channel."""
    return import_module(f"diagnose.privacy.channels.{channel.value}")


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:
    """Values in a reply that name one phone by their place in it, with their kind.

    adb's replies have none: there the shape of a value tells it, see `patterns`.
    """
    if request.channel is Channel.ADB:
        return ()
    found: Iterable[tuple[str, bytes]] = rules_of(request.channel).identifying(request, reply)
    return found
