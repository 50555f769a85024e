"""Phones with everything they say, and one probe judged on it: what the properties change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from diagnose.evaluation.outside import SALT
from diagnose.evaluation.trials import record
from diagnose.judging.examination import read_properties
from diagnose.judging.judgement import judge
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.profiles.load import profile_for
from diagnose.knowledge.profiles.match import Profile
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.run.capture import Capture, End, Subject, timestamp
from diagnose.run.capture_import import import_folder
from diagnose.run.plan import Plan
from diagnose.run.planning import make_plan
from diagnose.sdk import Answers
from diagnose.simulator.building import build_phone, phone_names
from diagnose.testing import NOW, bundled_probes

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2] / "../shared/corpus"))


@dataclass(frozen=True)
class Subjected:
    """A phone, virtual or of the corpus: its answers by key and what its profile knows."""

    name: str
    replies: Mapping[str, Reply]
    profile: Profile

    def judged(self, probe: str, replies: Mapping[str, Reply] | None = None) -> ProbeResult:
        """Judge one probe on these answers, or on changed ones."""
        loaded = bundled_probes()[probe]
        answers = Answers(
            loaded.probe,
            self.replies if replies is None else replies,
            now=NOW,
            facts=self.profile.facts,
            quirks=self.profile.quirks_for(probe),
        )
        return judge(loaded, answers, self.profile.limits)


@cache
def plan() -> Plan:
    """The plan that asks the most."""
    return make_plan(read_plan("thorough"), bundled_probes())


@cache
def virtual_phone(name: str) -> Subjected:
    """A virtual phone, recorded."""
    return _subjected(name, record(build_phone(name, now=NOW), plan(), NOW))


def virtual_phones() -> tuple[Subjected, ...]:
    """Every virtual phone in order."""
    return tuple(map(virtual_phone, phone_names()))


@cache
def corpus_phones() -> tuple[Subjected, ...]:
    """Every device of the corpus that answers some request; none where it is not here."""
    return tuple(_corpus())


def _corpus() -> Iterator[Subjected]:
    asked = {request.key for request in plan().all_requests}
    for index in sorted(CORPUS.glob("*/index.json")):
        made = import_folder(
            index.parent,
            salt=SALT,
            probes=tuple(plan().probes),
            requests=plan().all_requests,
            now=datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC),
        )
        if any(one.reply.key in asked for one in made.recorded):
            end = End("complete", timestamp(NOW))
            capture = Capture(made.header, made.recorded, Subject(), end, index.parent.name)
            yield _subjected(index.parent.name, capture)


def _subjected(name: str, capture: Capture) -> Subjected:
    return Subjected(name, capture.replies, profile_for(read_properties(capture)))
