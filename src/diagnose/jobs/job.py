"""One phone's share of a run, however the phones are shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnose.discovery.faces import Device
from diagnose.jobs.events import Subscriber
from diagnose.jobs.session import Stop

if TYPE_CHECKING:
    from diagnose.files.folder import Draft
    from diagnose.model.report import Report


@dataclass(frozen=True)
class Job:
    """One phone to be examined, and what its folder is to hold."""

    device: Device
    draft: Draft | None


Preload = Iterable[object]
"""Other work in short steps, done while the phone is silent."""

Do = Callable[[Job, Stop, Subscriber, Preload], "Report | Exception"]
"""Examines one phone; a problem that a person must act on is given, not raised."""
