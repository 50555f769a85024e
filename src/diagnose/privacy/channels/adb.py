"""adb carries commands of the phone's shell alone; those have rules of their own in `policy`."""

from collections.abc import Iterable

from diagnose.model.requests import Request


def may_be_sent(request: Request) -> bool:  # noqa: ARG001 - the form of every channel
    """Never: what is no shell command is nothing this program sends."""
    return False


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """Nothing."""
    return ()
