"""Replies: what came back for a request, byte for byte, and how the exchange ended."""

from __future__ import annotations

from enum import StrEnum

from diagnose.model.plain import dataclass


class ReplyStatus(StrEnum):
    """How an exchange ended. Only `COMPLETE` replies are whole."""

    COMPLETE = "complete"  # the exit packet came (or, on the old protocol, the end of stream)
    TRUNCATED = "truncated"  # the stream ended before the exit packet
    OVERSIZE = "oversize"  # more than the request's bound; cut there and the stream closed
    TIMEOUT = "timeout"  # the deadline passed
    LOST = "lost"  # the phone or the adb server went away
    CANCELLED = "cancelled"  # the operator stopped the run
    REFUSED = "refused"  # the phone's daemon would not open the service
    FORBIDDEN = "forbidden"  # our own policy would not send it
    MISSING = "missing"  # replay: the capture holds no answer to this request


@dataclass(frozen=True)
class Reply:
    """The answer to the request `key`.

    `exit_code` is None where the protocol carries none (shell v1). Times are in milliseconds;
    `started_ms` counts from the start of the run. `detail` says in plain words what went wrong.
    """

    key: str
    status: ReplyStatus
    stdout: bytes = b""
    stderr: bytes = b""
    exit_code: int | None = None
    started_ms: float = 0.0
    duration_ms: float = 0.0
    detail: str = ""
