"""Requests: frozen values that say what is asked of a phone, never how; a file for each channel.

Two requests are the same when their keys are the same; hints (timeout, expected time) may differ.
"""

from diagnose.model.requests.base import (
    DEFAULT_MAX_BYTES,
    DEFAULT_TIMEOUT_S,
    Channel,
    DataClass,
    Effect,
    Request,
)
from diagnose.model.requests.shell import Shell, command_line, sampled, shell_key

__all__ = [
    "DEFAULT_MAX_BYTES",
    "DEFAULT_TIMEOUT_S",
    "Channel",
    "DataClass",
    "Effect",
    "Request",
    "Shell",
    "command_line",
    "sampled",
    "shell_key",
]
