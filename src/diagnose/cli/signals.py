"""The signals that end a command: Ctrl-C, SIGTERM (CI cancels), SIGHUP (the terminal closed)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def handled_by(handler: Handler) -> Iterator[None]:
    """Let every ending signal call `handler`; what `nohup` told us to ignore stays ignored.

    Only the main thread of a program gets signals: elsewhere nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with ExitStack() as stack:
        for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
            if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
                stack.callback(signal.signal, number, signal.signal(number, handler))
        yield


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: everything that is open is closed on the way out."""
    raise KeyboardInterrupt
