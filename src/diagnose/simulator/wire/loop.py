"""One event loop in one thread for all virtual phones of a process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_STOP_TIMEOUT_S = 10.0


class SharedLoop:
    """The loop lives from the first `acquire` to the last `release`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def acquire(self) -> None:
        """Keep the loop running until `release`."""
        with self._lock:
            self._users += 1
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="virtual-phones", daemon=True
                )
                self._thread.start()

    def release(self) -> None:
        """End thread and loop with the last user."""
        with self._lock:
            self._users -= 1
            if self._users or self._loop is None or self._thread is None:
                return
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_STOP_TIMEOUT_S)
            self._loop.close()
            self._loop = self._thread = None

    def is_here(self) -> bool:
        """Whether the caller runs inside the loop, where waiting for it would never end."""
        return self._thread is threading.current_thread()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the loop and wait for its result."""
        if self._loop is None:
            work.close()
            raise RuntimeError("the loop of the virtual phones is not running")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_STOP_TIMEOUT_S)


SHARED = SharedLoop()
