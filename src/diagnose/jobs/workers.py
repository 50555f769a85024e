"""Phones spread over worker processes, so that none waits for the interpreter lock of another.

A worker is forked before anything that judges is loaded, and loads it while its phones are silent.
It does whole phones in its threads (asks, redacts, records, judges, draws) and gives on what
happens and what came of it: nothing unredacted ever crosses to another process. It is told to stop
over the channel it answers on, and ends by itself when this process is gone. One that is killed
costs the phones it had in hand, no others.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection, get_all_start_methods, get_context
from typing import TYPE_CHECKING

from diagnose.cores import core_count
from diagnose.errors import DiagnoseError, InternalError, WorkerLost
from diagnose.jobs.events import Event, Finished, Subscriber
from diagnose.jobs.job import Do, Job, Preload, SharedPreload
from diagnose.jobs.session import Stop
from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from diagnose.model.report import Report

_STOP = b"stop"
_PATIENCE_S = 5.0


def worker_count(jobs: int) -> int:
    """How many processes share so many phones; fewer than two where threads must do.

    A process with threads must not be forked: what they hold at that moment stays held for ever.
    """
    can_fork = "fork" in get_all_start_methods() and sys.platform != "darwin"
    if not can_fork or threading.active_count() > 1:
        return 1
    return min(jobs, core_count())


def in_workers(
    jobs: Sequence[Job], do: Do, count: int, stop: Stop, notify: Subscriber, preload: Preload
) -> list[Report | Exception]:
    """Do the jobs in so many processes and give what came of each, in their order.

    Each event reaches `notify` in this thread. A job whose process died comes to `WorkerLost`.
    """
    outcomes: list[Report | Exception | None] = [None] * len(jobs)
    with _started(jobs, partial(_work, do, preload), count) as workers:
        for worker in workers:
            stop.watch(worker)
        for worker, message in _heard(workers):
            if isinstance(message, Event):
                notify(message)
            elif isinstance(message, _Done):
                outcomes[message.number] = message.outcome
                if draft := jobs[message.number].draft:
                    draft.adopt(message.written, message.problem)
            else:
                worker.process.join(_PATIENCE_S)
                for number in worker.numbers:
                    if outcomes[number] is None:
                        outcomes[number] = _lost(jobs[number], worker, notify)
    return [one or InternalError("a phone was given to no process") for one in outcomes]


def _lost(job: Job, worker: _Worker, notify: Subscriber) -> WorkerLost:
    problem = WorkerLost(
        f"the process that examined it was ended from outside ({worker.how_it_ended})",
        hint="run again for this phone; where memory is short, examine fewer at once",
    )
    notify(Finished(job.device.serial, problem=problem.message))
    return problem


@dataclass(frozen=True)
class _Done:
    """What came of a job, and which files of its draft were begun."""

    number: int
    outcome: Report | Exception
    written: tuple[str, ...] = ()
    problem: DiagnoseError | None = None


@dataclass(frozen=True)
class _Worker:
    """A process, the channel to it, and the numbers of its jobs."""

    process: ForkProcess
    channel: Connection
    numbers: Sequence[int]

    @property
    def how_it_ended(self) -> str:
        code = self.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"

    def abort(self) -> None:
        """Let it stop its phones and tell what it has; what the operator's switch calls."""
        with suppress(OSError):  # it has ended
            self.channel.send_bytes(_STOP)


@contextmanager
def _started(jobs: Sequence[Job], work: Callable[..., None], count: int) -> Iterator[list[_Worker]]:
    """The workers; none of them outlives the block."""
    context = get_context("fork")
    pairs = [context.Pipe() for _ in range(count)]
    workers = []
    with _signals_held():
        for number, (ours, theirs) in enumerate(pairs):
            numbers = range(number, len(jobs), count)
            mine = {each: jobs[each] for each in numbers}
            others = [end for pair in pairs for end in pair if end is not theirs]
            process = context.Process(target=work, args=(mine, theirs, others), daemon=True)
            process.start()
            workers.append(_Worker(process, ours, numbers))
    for _, theirs in pairs:
        theirs.close()
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.process.is_alive():
                worker.process.kill()
            worker.process.join()
            worker.channel.close()


def _heard(workers: Sequence[_Worker]) -> Iterator[tuple[_Worker, object]]:
    """What each worker says, as it comes; None when it has ended."""
    speaking = {worker.channel: worker for worker in workers}
    while speaking:
        for channel in connection.wait(list(speaking)):
            worker = next(one for own, one in speaking.items() if own is channel)
            try:
                message = worker.channel.recv()
            except (EOFError, OSError, pickle.UnpicklingError):  # also in the middle of a word
                message = None
                del speaking[worker.channel]
            yield worker, message


@contextmanager
def _signals_held() -> Iterator[None]:
    """Keep signals until each process has its own way of taking them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_ENDING = {
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
    if hasattr(signal, name)
}


def _work(
    do: Do,
    preload: Preload,
    jobs: dict[int, Job],
    channel: Connection,
    others: Sequence[Connection],
) -> None:
    """What a worker does, from its fork to its end."""
    from concurrent.futures import ThreadPoolExecutor

    for number in _ENDING:  # Ctrl-C reaches every process of a terminal: the first one decides
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    for other in others:
        other.close()
    stop = Stop()
    turn = threading.Lock()

    def say(message: object) -> None:
        data = pickle.dumps(message)
        with turn:
            channel.send_bytes(data)

    threading.Thread(target=_obey, args=(channel, stop), daemon=True).start()
    shared = SharedPreload(preload)
    steps: Preload = shared.first()
    with ThreadPoolExecutor(len(jobs)) as pool:
        for number, job in jobs.items():
            done = pool.submit(_do_and_tell, number, job, do, stop, say, steps)
            done.add_done_callback(lambda _: shared.end())
            steps = shared.others()


def _obey(channel: Connection, stop: Stop) -> None:
    """Stop when told to; end at once when nobody is there any more to tell."""
    try:
        while channel.recv_bytes() == _STOP:
            stop.throw()
    except (EOFError, OSError):
        os._exit(1)


def _do_and_tell(
    number: int,
    job: Job,
    do: Do,
    stop: Stop,
    say: Callable[[object], None],
    preload: Preload,
) -> None:
    outcome: Report | Exception
    try:
        outcome = do(job, stop, say, preload)
    except Exception as problem:  # noqa: BLE001 - it is raised again where the run is waited for
        outcome = _portable(problem)
    written, trouble = job.draft.so_far if job.draft else ((), None)
    say(_Done(number, outcome, written, trouble))


def _portable(problem: Exception) -> Exception:
    """Give the error, or what can be said of one that cannot leave its process."""
    try:
        pickle.loads(pickle.dumps(problem))  # noqa: S301 - our own words
    except Exception:  # noqa: BLE001 - whatever it is, it must be told
        return InternalError(f"{type(problem).__name__}: {problem}")
    return problem
