"""Plans kept from run to run: the same plan comes back, and nothing of anybody else's does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Shell
from diagnose.run.plan import Plan
from diagnose.run.plan_cache import KeptPlan, kept_or_made
from diagnose.run.planning import make_plan

WISH = {"plan": "full"}


def made() -> KeptPlan:
    return KeptPlan(make_plan(read_plan("full"), load_probes()), ("drains-fast",))


def never() -> KeptPlan:
    raise AssertionError("it was kept, and must not be made again")


def kept_file(folder: Path) -> Path:
    [path] = folder.glob("*.json")
    return path


def everything(plan: Plan) -> list[object]:
    return [plan, *[vars(request) for request in plan.all_requests]]


def test_the_same_plan_comes_back(tmp_path: Path) -> None:
    first = kept_or_made(WISH, [], tmp_path, made)
    again = kept_or_made(WISH, [], tmp_path, never)
    assert everything(again.plan) == everything(first.plan)
    assert again.symptoms == ("drains-fast",)
    assert any(isinstance(one, Shell) for one in again.plan.requests)


def test_another_wish_or_another_file_is_another_plan(tmp_path: Path) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text("1")
    kept_or_made(WISH, [probe], tmp_path / "plans", made)
    asked: list[int] = []

    def make() -> KeptPlan:
        asked.append(1)
        return made()

    probe.write_text("2")
    kept_or_made(WISH, [probe], tmp_path / "plans", make)
    kept_or_made({"plan": "quick"}, [probe], tmp_path / "plans", make)
    assert len(asked) == 2


def test_a_file_that_went_away_is_nobodys_plan(tmp_path: Path) -> None:
    plan = kept_or_made(WISH, [tmp_path / "gone.py"], tmp_path / "plans", made)
    assert plan.symptoms == ("drains-fast",)
    assert not (tmp_path / "plans").exists(), "what nobody can name is not kept"


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def forge(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"dumpsys battery", b"reboot -p now..."))


def open_to_others(path: Path) -> None:
    path.chmod(0o666)


def open_folder(path: Path) -> None:
    path.parent.chmod(0o777)


def link(path: Path) -> None:
    elsewhere = path.with_suffix(".moved")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def give_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    os.chown(path, 12345, 12345)


@pytest.mark.parametrize(
    "spoil", [halve, forge, open_to_others, open_folder, link, fifo, give_away]
)
def test_what_is_not_whole_or_not_ours_is_made_anew(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    kept_or_made(WISH, [], tmp_path / "plans", made)
    spoil(kept_file(tmp_path / "plans"))
    with pytest.raises(AssertionError, match="must not be made again"):
        kept_or_made(WISH, [], tmp_path / "plans", never)


def test_without_a_place_nothing_is_kept() -> None:
    assert kept_or_made(WISH, [], None, made).plan.requests


LATE = ("pydantic", "diagnose.sdk", "diagnose.judging.examination", "jinja2", "typst")


def test_a_second_run_settles_before_anything_that_judges_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from diagnose.jobs.settings import RunWish, settle;"
        "import diagnose.jobs.fleet, diagnose.transports.adb.channel, diagnose.jobs.phones;"
        "settle(RunWish(symptoms=('drains-fast',)));"
        f"print([name for name in {LATE} if name in sys.modules])"
    )
    environment = os.environ | {"DIAGNOSE_CONFIG": str(tmp_path)}
    output = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert output[0] != "[]"
    assert output[1] == "[]"
