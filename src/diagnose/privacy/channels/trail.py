"""How a phone came and went: nothing of it reaches the phone, nothing in it names one."""

from collections.abc import Iterable

from diagnose.model.requests import Effect, Request


def may_be_sent(request: Request) -> bool:
    """Whether it only looks."""
    return request.effect is Effect.READ and request.key.startswith("trail:")


def identifying(request: Request, reply: bytes) -> Iterable[tuple[str, bytes]]:  # noqa: ARG001
    """Nothing."""
    return ()
