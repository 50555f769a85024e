"""What a run is to do: from what a user asks for to the plan and all that goes with it.

What is asked of a phone is known before anything that judges is loaded: a plan made before is
kept (`run.plan_cache`), and probes are loaded when they are first looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.cache import cache_folder
from diagnose.errors import DiagnoseError
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.probe_files import probe_files
from diagnose.model.plain import dataclass
from diagnose.model.requests import Effect
from diagnose.privacy.policy import Policy
from diagnose.run.plan import Plan, Refusal
from diagnose.run.plan_cache import KeptPlan, kept_or_made
from diagnose.station.salt import station_salt

if TYPE_CHECKING:
    from diagnose.compatibility.requirements import AppRequirements
    from diagnose.knowledge.probes import LoadedProbe

    Probes = Mapping[str, LoadedProbe]

WITH_SYSTEM, NO_BOOT = "full", "no-boot"
_CODE = ("requests", "model/requests", "privacy", "privacy/channels", "run", "knowledge")
"""The rooms of our own code that decide what is asked."""


@dataclass(frozen=True)
class RunWish:
    """What a user asks of a run, as he writes it. `only`, `leave_out`, `require` are globs.

    `plan` None leaves it to the phone: `full` where its system answers, else `no-boot`.
    """

    plan: str | None = None
    only: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    app: Path | None = None
    allow: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    deadline_s: float | None = None
    watch_s: float = 30.0
    require: tuple[str, ...] = ()
    min_coverage_percent: float | None = None
    probe_dirs: tuple[Path, ...] = ()
    profile_dirs: tuple[Path, ...] = ()
    streams: int = 40
    wait_free_s: float = 0.0
    follow_s: float = 0.0
    simulated: bool = False
    complaint: str = ""


@dataclass(frozen=True)
class RunSettings:
    """What is to be done with a phone: the same for every phone of a run.

    `wait_free_s`: how long a phone that another run holds is waited for. `follow_s`: how long a
    phone is followed from state to state, 0 not at all.
    """

    plan: Plan
    loader: ProbeLoader
    salt: bytes
    refusal: Refusal
    concurrency: int = 40
    simulated: bool = False
    complaint: str = ""
    symptoms: tuple[str, ...] = ()
    app: AppRequirements | None = None
    wait_free_s: float = 0.0
    follow_s: float = 0.0
    profile_dirs: tuple[Path, ...] = ()
    make_plan_below: Callable[[], Plan] | None = None

    @cached_property
    def plan_below(self) -> Plan:
        """The plan of a phone whose system does not answer; made when there is such a phone."""
        return self.make_plan_below() if self.make_plan_below else self.plan

    @cached_property
    def probes(self) -> Probes:
        """Every probe there is, by id; loaded when they are first looked at."""
        return self.loader()


def settle(wish: RunWish) -> RunSettings:
    """Settle what a run will do, before a phone is touched.

    Raises `UsageError` and its kin for a name nobody knows, `CatalogError` for a broken probe.
    """
    policy = _policy(wish.allow)
    app = _app(wish.app)  # refused before anything is asked
    load = ProbeLoader(wish.probe_dirs)
    # Somebody's own probes are read each time: they may be in the making.
    folder = None if wish.probe_dirs else cache_folder("plans")

    def kept_plan(name: str) -> KeptPlan:
        this = replace(wish, plan=name)
        elsewhere = {"follow_s": 0.0, "probe_dirs": (), "profile_dirs": ()}
        asked = asdict(this) | {"app": app is not None} | elsewhere
        return kept_or_made(asked, _files(name), folder, lambda: _made(this, name, load(), policy))

    kept = kept_plan(wish.plan or WITH_SYSTEM)
    return RunSettings(
        plan=kept.plan,
        loader=load,
        salt=station_salt(),
        refusal=policy.refusal,
        concurrency=wish.streams,
        simulated=wish.simulated,
        complaint=wish.complaint,
        symptoms=kept.symptoms,
        app=app,
        wait_free_s=wish.wait_free_s,
        follow_s=wish.follow_s,
        profile_dirs=wish.profile_dirs,
        make_plan_below=None if wish.plan else lambda: kept_plan(NO_BOOT).plan,
    )


class ProbeLoader:
    """Loads the probes once for all phones of a run: whole when called, or file by file before."""

    def __init__(self, folders: tuple[Path, ...] = ()) -> None:
        self._folders = folders
        self._found: dict[str, LoadedProbe] = {}
        self._lock = threading.Lock()
        self._rest = self._loading()
        self._problem: DiagnoseError | None = None

    def __call__(self) -> Probes:
        """Load what is not loaded yet and give all of them, by id."""
        for _ in self.steps():
            pass
        return self._found

    def steps(self) -> Iterator[object]:
        """Load one file a step; phones in several threads share the work."""
        while step := self._next():
            yield step

    def _next(self) -> object | None:
        with self._lock:
            if self._problem:
                raise self._problem
            try:
                return next(self._rest, None)
            except DiagnoseError as problem:
                self._problem = problem  # what failed once is told to every phone
                raise

    def _loading(self) -> Iterator[object]:
        from diagnose.knowledge.probes import loading

        yield from loading(self._found, self._folders)
        if self._folders:
            from diagnose.knowledge.causes import checked_knowledge

            checked_knowledge(self._found)  # what is shipped is checked before it ships


def _files(plan: str) -> Iterator[Path]:
    """All that decides what a plan asks, in a fixed order."""
    profiles = bundled_folder("profiles")
    own = Path(plan)
    yield own if own.suffix == ".toml" and own.is_file() else profiles / "plans" / f"{plan}.toml"
    yield profiles / "symptoms.toml"
    yield from (path for path, _ in probe_files())
    package = Path(__file__).resolve().parent.parent
    for room in _CODE:
        yield from sorted((package / room).glob("*.py"))


def _made(wish: RunWish, name: str, probes: Probes, policy: Policy) -> KeptPlan:
    from diagnose.knowledge.plans import read_plan
    from diagnose.knowledge.symptoms import probes_for, symptoms_named
    from diagnose.run.planning import make_plan

    symptoms = symptoms_named(wish.symptoms)
    plan = make_plan(
        read_plan(name),
        probes,
        only=wish.only,
        also=(*probes_for(symptoms, probes), *(_for_apps(probes) if wish.app else ())),
        leave_out=wish.leave_out,
        deadline_s=wish.deadline_s,
        watch_s=wish.watch_s,
        require=wish.require,
        min_coverage_percent=wish.min_coverage_percent,
        refusal=policy.refusal,
    )
    return KeptPlan(plan, tuple(symptom.code for symptom in symptoms))


def _for_apps(probes: Probes) -> Iterator[str]:
    return (name for name, one in probes.items() if one.probe.for_apps)


def _policy(allowed: tuple[str, ...]) -> Policy:
    effects = {Effect(name) for name in allowed if name != "identity"}
    return Policy(frozenset({Effect.READ, *effects}), allow_sensitive="identity" in allowed)


def _app(path: Path | None) -> AppRequirements | None:
    if path is None:
        return None
    from diagnose.compatibility.reading import read_requirements

    return read_requirements(path)
