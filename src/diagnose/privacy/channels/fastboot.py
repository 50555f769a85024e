"""A bootloader: variables, nothing else. No `oem` word, no `flash`, no `reboot`."""

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.fastboot import READABLE


def may_be_sent(request: Request) -> bool:
    """Whether the request asks for one variable."""
    words = request.key.removeprefix("fastboot:")
    return request.effect is Effect.READ and READABLE.fullmatch(words) is not None
