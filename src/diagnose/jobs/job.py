"""One phone's share of a run, however the phones are shared out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.jobs.events import Subscriber
from diagnose.jobs.session import Stop
from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from diagnose.files.folder import FolderDraft
    from diagnose.model.report import Report


@dataclass(frozen=True)
class Job:
    """One phone to be examined, and what its folder is to hold."""

    device: Device
    draft: FolderDraft | None


Preload = Iterable[object]
"""Other work in short steps, done while the phone is silent."""

_LOOK_S = 0.005


class SharedPreload:
    """The preload of several phones in one process: the first does it, the others wait for it.

    Else the second phone would load everything in one step, before its requests have left
    (measured with four phones: 0.6 s late).
    """

    def __init__(self, preload: Preload) -> None:
        self._preload = preload
        self._ended = threading.Event()

    def first(self) -> Iterator[object]:
        """The steps themselves."""
        try:
            yield from self._preload
        finally:
            self._ended.set()

    def others(self) -> Iterator[object]:
        """Steps that wait, and look at their own phone in between."""
        while not self._ended.wait(_LOOK_S):
            yield None

    def end(self) -> None:
        """Let nobody wait any longer: the first phone has ended, whether it loaded all or not."""
        self._ended.set()


Do = Callable[[Job, Stop, Subscriber, Preload], "Report | Exception"]
"""Examines one phone; a problem that a person must act on is given, not raised."""
