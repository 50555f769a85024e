"""Many captures judged again; one that cannot be read costs no other its report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.cores import spread
from diagnose.errors import DiagnoseError, InternalError, NoSuchFile, UsageError, WorkerLost
from diagnose.jobs.delivery import write_alone
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.run.capture import FILE_NAME, read_capture

if TYPE_CHECKING:
    from diagnose.knowledge.probes import LoadedProbe

_REPORT = "report.json"
_AT_ONCE = 4


@dataclass(frozen=True)
class RejudgeOrder:
    """One capture to be judged, by what it is called, and the folder its report goes to."""

    name: str
    capture: Path
    out: Path | None
    probe_dirs: tuple[Path, ...] = ()
    profile_dirs: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Rejudged:
    """What came of one capture: the verdict of its report, or the problem that kept it from one."""

    name: str
    exit_status: int
    outcome: str = ""
    verdict: Text | None = None
    problem: DiagnoseError | None = None


def captures_below(folder: Path) -> list[tuple[str, Path]]:
    """Give every capture in a folder or below it, by its path there, in a fixed order."""
    paths = sorted(folder.rglob(FILE_NAME))
    return [(path.parent.relative_to(folder).as_posix(), path) for path in paths]


def named_captures(places: Sequence[Path]) -> dict[str, Path]:
    """Give the captures of files and folders, each by a name that is a path of its own.

    Raises `NoSuchFile` where a place has none, `UsageError` where two have one name.
    """
    found: dict[str, Path] = {}
    for place in places:
        inside = captures_below(place) if place.is_dir() else [(".", place)]
        if not inside or not place.exists():
            raise NoSuchFile(f"there is no {FILE_NAME} below {place}")
        head = _head(place) if len(places) > 1 else Path()
        for inner, path in inside:
            name = (head / inner).as_posix()
            if name in found:
                raise UsageError(
                    f"{found[name]} and {path} would both be called {name}",
                    hint="give the folder that both lie in",
                )
            found[name] = path
    return found


def rejudge(orders: Sequence[RejudgeOrder], *, processes: int) -> Iterator[Rejudged]:
    """Judge each capture on one of so many processes; in their order, as they come."""
    done = 0
    try:
        for one in spread(_rejudged, orders, processes=processes, chunk=_AT_ONCE):
            done += 1
            yield one
    except BrokenExecutor:
        lost = WorkerLost("a process that judged was ended from outside", hint="run it again")
        yield from (_failed(order.name, lost) for order in orders[done:])


def _rejudged(order: RejudgeOrder) -> Rejudged:
    from diagnose.judging.examination import examine
    from diagnose.model.report import exit_status
    from diagnose.report.wording import verdict_of

    try:
        probes = _probes(order.probe_dirs)
        report = examine(read_capture(order.capture), probes, order.profile_dirs)
        if order.out:
            write_alone(order.out, _REPORT, (report.model_dump_json(indent=2) + "\n").encode())
    except DiagnoseError as problem:
        return _failed(order.name, problem)
    except Exception as bug:  # noqa: BLE001 - the other captures must have their reports all the same
        return _failed(order.name, InternalError(f"{type(bug).__name__}: {bug}"))
    outcome = report.summary.outcome.value
    return Rejudged(order.name, exit_status(report), outcome, verdict_of(report))


def _failed(name: str, problem: DiagnoseError) -> Rejudged:
    return Rejudged(name, problem.exit_status, problem=problem)


@cache
def _probes(folders: tuple[Path, ...]) -> Mapping[str, LoadedProbe]:
    """Loaded once in a process."""
    from diagnose.knowledge.probes import load_probes

    return load_probes(folders)


def _head(place: Path) -> Path:
    """What a place adds to the names of what is in it."""
    return Path(place.name if place.is_dir() else place.resolve().parent.name)
