"""A question to a person: it never reaches the phone."""

from collections.abc import Iterable

from diagnose.model.requests import Request


def may_be_sent(request: Request) -> bool:  # noqa: ARG001 - the form of every channel
    """Always."""
    return True


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """Nothing."""
    return ()
