"""Judging while the phone still answers: each probe as soon as its last answer is there.

What is judged ahead is what `examine` would say of the same probe afterwards: a probe sees its own
requests and the phone's properties only, and neither changes any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from diagnose.judging.examination import Bench, properties_in
from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.profiles.match import Profile
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.requests.adb import GETPROP
from diagnose.run.capture import Header


class JudgeAhead:
    """Takes replies as they are recorded and judges what is complete; one probe a step."""

    def __init__(
        self,
        header: Header,
        probes: Mapping[str, LoadedProbe],
        tell: Callable[[ProbeResult], None] = lambda _result: None,
        profile_dirs: Sequence[Path] = (),
    ) -> None:
        self.results: dict[str, ProbeResult] = {}
        self._header = header
        self._probes = probes
        self._tell = tell
        self._profile_dirs = profile_dirs
        self._replies: dict[str, Reply] = {}
        self._ready: deque[str] = deque()
        self._bench: Bench | None = None
        here = [probes[name] for name in header.probes if name in probes]
        self._waiting = {one.probe.id: self._awaited(one) for one in here}

    def take(self, reply: Reply) -> None:
        """Note a reply as it was recorded; of several to one request the first counts."""
        self._replies.setdefault(reply.key, reply)
        for name in [name for name, keys in self._waiting.items() if reply.key in keys]:
            self._waiting[name].discard(reply.key)
            if not self._waiting[name]:
                del self._waiting[name]
                self._ready.append(name)

    def step(self) -> bool:
        """Judge one probe whose answers are complete; False where there is none."""
        if not self._ready or not self._knows_phone():
            return False
        result = self._judged(self._ready.popleft())
        self.results[result.probe] = result
        self._tell(result)
        return True

    @property
    def profile(self) -> Profile | None:
        """The profile of the phone, as soon as a probe was judged by it."""
        return self._bench.profile if self._bench else None

    def _awaited(self, loaded: LoadedProbe) -> set[str]:
        """The requests that have still to be answered: what is never sent is not waited for."""
        header = self._header
        return {
            request.key
            for request in (*loaded.probe.requests, GETPROP)
            if request.key not in header.refused
            and (not header.channels or request.channel in header.channels)
        }

    def _knows_phone(self) -> bool:
        """Whether the phone said who it is: only then its profile and its state are known."""
        reply = self._replies.get(GETPROP.key)
        return reply is not None and reply.status is ReplyStatus.COMPLETE

    def _judged(self, name: str) -> ProbeResult:
        if self._bench is None:
            properties = properties_in(self._replies)
            self._bench = Bench.of(self._header, self._probes, properties, self._profile_dirs)
        return self._bench.judged(name, self._replies)
