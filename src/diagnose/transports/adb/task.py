"""What a round works on: the phone, the conversations under way, the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Generic

from diagnose.model.plain import dataclass
from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Shell
from diagnose.transports.adb.exchange import AdbService, Dialog, Exchange, ShellDialog
from diagnose.transports.adb.host import Address


@dataclass
class AdbPhone:
    """What one transport knows of its phone; outlives a round."""

    serial: str
    address: Address
    service: AdbService | None = None  # None until the phone's features are known
    exec_opened: bool = False
    lost_because: str = ""
    cancelled: bool = False


@dataclass(eq=False)
class OpenStream(Generic[Dialog]):
    """An exchange under way, its clock, and what to do at its end."""

    exchange: Exchange[Dialog]
    deadline: float
    on_end: Callable[[], None]
    on_deadline: Callable[[], None]


@dataclass(eq=False)
class Task:
    """One command: its request, its conversation, and when it ran (monotonic seconds)."""

    request: Shell
    dialog: ShellDialog
    started: float
    ended: float = 0.0
    stopped: ReplyStatus | None = field(default=None)
    detail: str = ""
