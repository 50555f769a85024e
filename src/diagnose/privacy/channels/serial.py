"""A modem: the AT commands of the list, letter by letter."""

from diagnose.model.requests import Effect, Request
from diagnose.model.requests.serial import AT_COMMANDS


def may_be_sent(request: Request) -> bool:
    """Whether the command is on the list."""
    return request.effect is Effect.READ and request.key.removeprefix("serial:") in AT_COMMANDS
