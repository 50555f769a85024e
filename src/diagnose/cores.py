"""The same work on every core of this computer."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def core_count() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[T], R], jobs: Iterable[T], *, processes: int, chunk: int = 8
) -> Iterator[R]:
    """Do all jobs on so many processes and give what came of them, in the order of the jobs.

    `chunk` of them are handed over at once. Raises what a job raises, and `BrokenExecutor` where a
    process was killed; what is not begun by then is not begun any more.
    """
    jobs = list(jobs)
    if processes < 2 or len(jobs) < 2:
        yield from map(work, jobs)
        return
    count = min(processes, len(jobs))
    with ProcessPoolExecutor(count, get_context("spawn"), initializer=_belong) as pool:
        try:
            yield from pool.map(work, jobs, chunksize=chunk)
        finally:
            pool.shutdown(cancel_futures=True)


def _belong() -> None:
    """End with the process that began this one, however it ends, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
