"""What this computer sees: nothing of it reaches the phone."""

from diagnose.model.requests import Effect, Request


def may_be_sent(request: Request) -> bool:
    """Whether it only looks."""
    return request.effect is Effect.READ and request.key.startswith("host:")
