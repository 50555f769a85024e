"""Many streams to one phone at once: one selector, no threads, a deadline on everything."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.text import printable
from diagnose.transports.adb.exchange import (
    AdbEndpoint,
    AdbService,
    Dialog,
    Exchange,
    ExchangeStage,
    QueryDialog,
    ShellDialog,
)
from diagnose.transports.adb.task import AdbPhone, OpenStream, Task
from diagnose.transports.adb.wire import MAX_SERVICE_BYTES, ByteBudget
from diagnose.transports.base import IDLE

Guard = Callable[[Request], str | None]

MOST_BYTES = 64 << 20  # of all answers together; of 424 real phones the richest gave 1.2 MB
CHECK_TIMEOUT_S = 2.0  # the server answers these from memory, in well under a millisecond
FEATURES_TIMEOUT_S = 10.0  # longer: giving up means doing without exit codes
_ASKING_S = 0.002
_MOST_OPENING = 8
"""How many streams of a phone may wait for the server at once. It keeps 128 waiting connections
(adb 36: `ss -ltn`); what comes beyond them is dropped by the system and tried again after a whole
second. Measured with sixteen phones: 240 of 1,300 connections of a run."""
_LOST_WORDS = re.compile(
    r"device '.*' not found|device offline|device unauthorized|device still |no devices"
    r"|(no|insufficient) permissions"
)
_ALIVE_STATES = frozenset({"device", "recovery", "sideload", "rescue", "bootloader", "host"})


class Round:
    """Performs one list of requests. Use `replies()` once, then `close()`."""

    def __init__(
        self,
        phone: AdbPhone,
        requests: Iterable[Request],
        *,
        concurrency: int,
        guard: Guard | None,
        waker: socket.socket,
        preload: Iterator[object],
    ) -> None:
        self._phone = phone
        self._queue = deque(requests)
        self._limit = concurrency
        self._guard = guard
        self._preload = preload
        self._room = ByteBudget(MOST_BYTES)
        self._began = time.monotonic()
        self._talks: set[OpenStream[ShellDialog] | OpenStream[QueryDialog]] = set()
        self._tasks: dict[Task, OpenStream[ShellDialog]] = {}
        self._doubtful: list[Task] = []  # ended; whether the phone is still there is not known
        self._asking: list[Task] | None = None  # the doubtful ones a state query is about
        self._features_asked = False
        self._finished: deque[Reply] = deque()
        self._endpoint: AdbEndpoint | None = None
        self._selector = selectors.DefaultSelector()
        self._selector.register(waker, selectors.EVENT_READ, None)

    def close(self) -> None:
        """Close every socket; streams still open are thereby ended on the phone too."""
        for talk in list(self._talks):
            self._drop(talk)
        self._selector.close()

    def replies(self) -> Iterator[Reply]:
        """Yield each reply as its exchange ends."""
        self._resolve()
        while True:
            self._advance()
            while self._finished:
                before = time.monotonic()
                yield self._finished.popleft()
                self._forgive(time.monotonic() - before)
            if not (self._queue or self._tasks or self._doubtful or self._asking):
                return
            if not self._phone.cancelled and not self._phone.lost_because:
                self._wait()

    def _forgive(self, seconds: float) -> None:
        """Give back the time in which our reader was busy: it is not the phone's."""
        for talk in self._talks:
            talk.deadline += seconds

    # -- starting ---------------------------------------------------------------------------

    def _resolve(self) -> None:
        host, port = self._phone.address.host, self._phone.address.port
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        except (OSError, UnicodeError):
            self._lose_server("its address cannot be resolved")
        else:
            self._endpoint = AdbEndpoint(found[0], found[4])

    def _advance(self) -> None:
        if self._phone.cancelled:
            self._stop_all(ReplyStatus.CANCELLED, "stopped before the answer was whole")
        elif self._phone.lost_because:
            self._stop_all(ReplyStatus.LOST, self._phone.lost_because)
        else:
            while self._queue and self._has_stream() and self._due(self._queue[0]):
                self._start(self._queue.popleft())

    def _has_stream(self) -> bool:
        """Whether another stream may be opened; those that only listen keep nobody waiting."""
        opening = sum(task.dialog.stage is ExchangeStage.TRANSPORT for task in self._tasks)
        running = sum(not task.request.listen_s for task in self._tasks)
        return opening < _MOST_OPENING and running < self._limit

    def _due(self, request: Request) -> bool:
        """Whether its time has come; those of the watch stand in the queue in their order."""
        return request.after_s <= time.monotonic() - self._began

    def _start(self, request: Request) -> None:
        if not isinstance(request, Shell):
            refusal = "adb carries shell commands only"
            self._answer_unsent(request, ReplyStatus.REFUSED, refusal)
        elif refusal := _unsendable(request.command):
            self._answer_unsent(request, ReplyStatus.REFUSED, refusal)
        elif self._guard and (reason := self._guard(request)) is not None:
            self._answer_unsent(request, ReplyStatus.FORBIDDEN, reason)
        else:
            self._ask_features()
            self._open_stream(request)

    def _open_stream(self, request: Shell) -> None:
        dialog = ShellDialog(self._phone.serial, request.command, request.max_bytes, self._room)
        task = Task(request, dialog, time.monotonic())
        talk = self._open(
            dialog,
            task.started + (request.listen_s or request.timeout_s),
            lambda: self._end_task(task),
            lambda: self._time_out(task),
        )
        if talk:
            self._tasks[task] = talk
        elif self._tasks:  # this computer is out of sockets: go on with those we have
            self._limit = len(self._tasks)
            self._queue.appendleft(request)
        else:
            self._answer_unsent(request, ReplyStatus.REFUSED, "this computer is out of sockets")

    def _open(
        self,
        dialog: Dialog,
        deadline: float,
        on_end: Callable[[], None],
        on_deadline: Callable[[], None],
    ) -> OpenStream[Dialog] | None:
        assert self._endpoint is not None  # noqa: S101 - _resolve ran, or the server is lost
        try:
            exchange = Exchange(dialog, self._endpoint)
        except OSError:
            return None
        talk = OpenStream(exchange, deadline, on_end, on_deadline)
        self._talks.add(talk)
        both = selectors.EVENT_READ | selectors.EVENT_WRITE
        self._selector.register(exchange, both, talk)
        return talk

    def _ask_features(self) -> None:
        """Ask once, beside the first streams; they wait for it only when it is slower."""
        if self._features_asked or self._phone.service:
            return
        self._features_asked = True
        dialog = QueryDialog(f"host-serial:{self._phone.serial}:features")
        deadline = time.monotonic() + FEATURES_TIMEOUT_S
        done = lambda: self._learn_features(dialog)  # noqa: E731 - closes over the dialog
        if not self._open(dialog, deadline, done, done):
            self._learn_features(dialog)

    def _learn_features(self, dialog: QueryDialog) -> None:
        if _LOST_WORDS.search(dialog.refusal):
            self._lose_phone(dialog.refusal)
        elif dialog.answer is not None and "shell_v2" in dialog.answer.split(","):
            self._use(AdbService.SHELL_V2)
        else:  # an old phone, or a server so old that it does not know the question
            self._use(AdbService.EXEC)

    def _use(self, service: AdbService) -> None:
        self._phone.service = service
        for task, talk in list(self._tasks.items()):
            if task.dialog.stage is ExchangeStage.CHOICE:
                self._go_on(talk)

    # -- waiting ----------------------------------------------------------------------------

    def _wait(self) -> None:
        for key, events in self._ready():
            if key.data is not None and key.data in self._talks:
                self._pump(key.data, events)
        now = time.monotonic()
        for talk in [t for t in self._talks if t.deadline <= now]:
            if talk in self._talks:
                self._drop(talk)
                talk.on_deadline()
        if self._doubtful and self._asking is None:
            self._ask_state()

    def _ready(self) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait until something can go on or is late; while nothing can, preload."""
        deadline = self._next_moment()
        while (left := deadline - (now := time.monotonic())) > 0:
            if ready := self._selector.select(min(left, self._patience())):
                return ready
            if next(self._preload, IDLE) is IDLE:
                return self._selector.select(left)
            spent = time.monotonic() - now
            self._forgive(spent)
            deadline += spent
        return self._selector.select(0)

    def _patience(self) -> float:
        """How long to wait before preloading: until the phone has been asked all it can be.

        A step may take long; the server answers in well under a millisecond.
        """
        asked = all(task.dialog.stage is ExchangeStage.BODY for task in self._tasks)
        return 0.0 if asked else _ASKING_S

    def _next_moment(self) -> float:
        """When something is late, or a request of the watch falls due; 0 where nothing will."""
        moments = [talk.deadline for talk in self._talks]
        if self._queue and self._has_stream():
            moments.append(self._began + self._queue[0].after_s)
        return min(moments, default=0.0)

    def _pump(self, talk: OpenStream[ShellDialog] | OpenStream[QueryDialog], events: int) -> None:
        exchange = talk.exchange
        if not exchange.dialog.ended and events & selectors.EVENT_WRITE:
            exchange.say(b"")
        if not exchange.dialog.ended and events & selectors.EVENT_READ:
            exchange.receive()
        self._go_on(talk)

    def _go_on(self, talk: OpenStream[ShellDialog] | OpenStream[QueryDialog]) -> None:
        """After every step: name the service when it is known, and see whether it ended."""
        exchange = talk.exchange
        dialog = exchange.dialog
        if (
            isinstance(dialog, ShellDialog)
            and dialog.stage is ExchangeStage.CHOICE
            and self._phone.service
        ):
            exchange.say(dialog.choose(self._phone.service))
        if dialog.ended:
            self._drop(talk)
            talk.on_end()
        else:
            self._listen(talk)

    def _listen(self, talk: OpenStream[ShellDialog] | OpenStream[QueryDialog]) -> None:
        events = selectors.EVENT_READ
        if talk.exchange.wants_to_send:
            events |= selectors.EVENT_WRITE
        if self._selector.get_key(talk.exchange).events != events:
            self._selector.modify(talk.exchange, events, talk)

    def _drop(self, talk: OpenStream[ShellDialog] | OpenStream[QueryDialog]) -> None:
        self._talks.discard(talk)
        self._selector.unregister(talk.exchange)
        talk.exchange.close()

    # -- ending -----------------------------------------------------------------------------

    def _end_task(self, task: Task) -> None:
        """File a stream that ended by itself; only an exit packet speaks for itself."""
        del self._tasks[task]
        task.ended = time.monotonic()
        dialog = task.dialog
        if dialog.service is AdbService.EXEC and dialog.status is not ReplyStatus.REFUSED:
            self._phone.exec_opened = True
        if dialog.status is ReplyStatus.REFUSED and _LOST_WORDS.search(dialog.detail):
            self._doubtful.append(task)
            self._lose_phone(dialog.detail)
        elif dialog.output.exit_code is not None or dialog.output.overflow:
            self._finish(task)
        else:
            self._doubtful.append(task)

    def _time_out(self, task: Task) -> None:
        del self._tasks[task]
        task.ended = time.monotonic()
        request = task.request
        heard = bool(request.listen_s) and task.dialog.stage is ExchangeStage.BODY
        if heard:  # closing the stream ends the command on the phone: adbd hangs it up
            task.stopped, task.detail = ReplyStatus.COMPLETE, f"heard for {request.listen_s:g} s"
        else:
            task.stopped = ReplyStatus.TIMEOUT
            task.detail = f"no whole answer within {request.listen_s or request.timeout_s:g} s"
        # Silence says something only of a phone that is there; and the server may be silent itself.
        if heard or task.dialog.stage is ExchangeStage.TRANSPORT:
            self._doubtful.append(task)
        else:
            self._finish(task)

    def _ask_state(self) -> None:
        self._asking, self._doubtful = self._doubtful, []
        dialog = QueryDialog(f"host-serial:{self._phone.serial}:get-state")
        deadline = time.monotonic() + CHECK_TIMEOUT_S
        done = lambda: self._learn_state(dialog)  # noqa: E731 - closes over the dialog
        if not self._open(dialog, deadline, done, done):
            self._phone.lost_because = "This computer is out of sockets."

    def _learn_state(self, dialog: QueryDialog) -> None:
        if dialog.answer in _ALIVE_STATES:
            self._settle()
        elif dialog.answer is not None or dialog.refusal:
            self._lose_phone(dialog.refusal or f"device {dialog.answer}")
        else:
            self._lose_server(dialog.failure or "it does not answer any more")

    def _settle(self) -> None:
        """The phone is still there: what the streams said of themselves holds."""
        settled, self._asking = self._asking or [], None
        for task in settled:
            if self._retries_without_exec(task):
                self._queue.appendleft(task.request)
            else:
                self._finish(task)

    def _retries_without_exec(self, task: Task) -> bool:
        """Whether this is a phone before Android 5, which knows `shell:` only."""
        refused = task.dialog.status is ReplyStatus.REFUSED
        if not refused or task.dialog.service is not AdbService.EXEC or self._phone.exec_opened:
            return False
        self._phone.service = AdbService.SHELL_V1
        return True

    def _lose_phone(self, why: str) -> None:
        who = printable(self._phone.serial)
        reason = printable(why).split(". ")[0].rstrip(".")
        self._phone.lost_because = f"The phone {who} can no longer be reached: {reason}."

    def _lose_server(self, why: str) -> None:
        where = self._phone.address
        self._phone.lost_because = f"The adb server at {where} went away: {why}."

    def _stop_all(self, status: ReplyStatus, why: str) -> None:
        """End everything now: what ran keeps what it got, the rest was never sent."""
        for talk in list(self._talks):
            self._drop(talk)
        now = time.monotonic()
        for task in self._tasks:
            task.ended = now
        for task in [*(self._asking or ()), *self._doubtful, *self._tasks]:
            task.stopped, task.detail = status, why
            self._finish(task)
        self._tasks.clear()
        self._doubtful, self._asking = [], None
        while self._queue:
            self._answer_unsent(self._queue.popleft(), status, why)

    def _finish(self, task: Task) -> None:
        output = task.dialog.output
        status = task.stopped or task.dialog.status or ReplyStatus.TRUNCATED
        reply = Reply(
            key=task.request.key,
            status=status,
            stdout=bytes(output.stdout),
            stderr=bytes(output.stderr),
            exit_code=output.exit_code,
            started_ms=(task.started - self._began) * 1000,
            duration_ms=(task.ended - task.started) * 1000,
            detail=task.detail or task.dialog.detail,
        )
        self._finished.append(reply)

    def _answer_unsent(self, request: Request, status: ReplyStatus, why: str) -> None:
        now_ms = (time.monotonic() - self._began) * 1000
        self._finished.append(Reply(request.key, status, started_ms=now_ms, detail=why))


def _unsendable(command: str) -> str:
    """Why a command line cannot travel; empty when it can."""
    try:
        size = len(command.encode())
    except UnicodeEncodeError:
        return "the command is no valid text"
    if size > MAX_SERVICE_BYTES - len(AdbService.SHELL_V2.value):
        return f"the command is {size} bytes long; adb carries {MAX_SERVICE_BYTES}"
    if "\0" in command:
        return "the command carries a NUL, where the phone's shell would end it"
    return "" if command else "the command is empty, which would open an interactive shell"
