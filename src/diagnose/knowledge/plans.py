"""Plan files: which probes a job runs, and which of them it cannot do without."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError

from diagnose.errors import PlanInvalid, UnknownName
from diagnose.knowledge.bundled import bundled_folder
from diagnose.model.frozen import Frozen
from diagnose.toml import NotToml, read_toml


class PlanTitle(Frozen):
    """The title of a plan in both languages."""

    en: str
    zh: str = ""


class PlanFile(Frozen):
    """A plan as it stands in `profiles/plans/<name>.toml`.

    `required`: probes without which a run is incomplete; keep it to what every phone answers.
    `where_offered`: probes that are left out where the phone has none of their channels: a phone
    whose system runs has no bootloader to ask, and nothing of it is untested for that.
    `min_coverage_percent`: the share of probes that must answer, or the run is incomplete.
    `watch`: whether it takes its time for the probes that watch the phone (half a minute).
    """

    name: str
    title: PlanTitle
    probes: tuple[str, ...] = Field(min_length=1)
    exclude: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    min_coverage_percent: float = Field(default=0.0, ge=0, le=100)
    leave_out_requests: tuple[str, ...] = ()
    where_offered: tuple[str, ...] = ()
    watch: bool = False


def plan_names() -> list[str]:
    """The plans that ship with the product."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def read_plan(name: str) -> PlanFile:
    """Read a plan by its name or from a file (`FILE.toml`). Raises `UnknownName`, `PlanInvalid`."""
    own = name.endswith(".toml")
    path = Path(name) if own else _folder() / f"{name}.toml"
    if not own and name not in plan_names():
        raise UnknownName("plan", name, plan_names())
    try:
        return PlanFile.model_validate(read_toml(path.read_bytes()))
    except OSError as problem:
        raise PlanInvalid(f"{path}: {problem.strerror}") from problem
    except NotToml as problem:
        raise PlanInvalid(f"{path}: {problem}") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PlanInvalid(f"{path}: {where}: {first['msg']}") from problem


def _folder() -> Path:
    return bundled_folder("profiles") / "plans"
