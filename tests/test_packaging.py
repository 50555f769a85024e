"""Probes and profiles are found from a checkout, an editable install and a wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COUNT = (
    "import json; from diagnose.knowledge.bundled import bundled_folder;"
    "from diagnose.knowledge.probes import load_probes;"
    "from diagnose.knowledge.plans import plan_names;"
    "from diagnose.knowledge.profiles.load import load_profiles;"
    "print(json.dumps([str(bundled_folder('probes')), len(load_probes()), plan_names(),"
    " len(load_profiles())]))"
)


def _found(path: Path, where: Path) -> tuple[str, int, list[str], int]:
    env = {**os.environ, "PYTHONPATH": str(path), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", COUNT], env=env, cwd=where, capture_output=True, check=True
    )
    folder, probes, plans, profiles = json.loads(done.stdout)
    return folder, probes, plans, profiles


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_a_checkout_and_a_wheel_hold_the_same(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    here = _found(ROOT / "src", tmp_path)
    there = _found(tmp_path / "site", tmp_path)
    assert here[0] == str(ROOT / "probes")
    assert there[0] == str(tmp_path / "site" / "diagnose" / "_bundled" / "probes")
    assert here[1:] == there[1:]
    assert here[1] >= 15


def test_the_wheel_holds_nothing_that_git_ignores(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "src/diagnose", "probes", "profiles"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    expected = {
        f"diagnose/_bundled/{name}" if not name.startswith("src/") else name.removeprefix("src/")
        for name in tracked.stdout.splitlines()
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert not {name for name in packed - expected if "__pycache__" in name or ".pyc" in name}
    assert not expected - packed
