"""Mutants of a room: `python scripts/mutants.py judging --most 60` lists those no test notices.

cosmic-ray (a development tool, `pip install cosmic-ray`) changes one thing in one place; the tests
that stand beside the room run, and must fail. A survivor is a line that no test would miss.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = {
    "judging": "tests/judging tests/report/test_golden.py tests/properties",
    "privacy": "tests/privacy",
    "case/rules": "tests/case/rules",
    "run": "tests/run",
}
"""The heart of the program, and the tests that stand beside it."""
_CONFIG = """
[cosmic-ray]
module-path = "src/diagnose/{room}"
timeout = {timeout_s}
excluded-modules = []
test-command = "{python} -m pytest -x -q -n0 -p no:cacheprovider --basetemp={temporary} {tests}"
[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    """Print how many mutants were noticed, and every survivor. Status 1 below nine in ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=TESTS)
    parser.add_argument("--most", type=int, default=100, help="how many, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=120.0, metavar="SECONDS")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "checkout"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "out"))
        session = _session(copy, wanted.room, wanted.timeout)
        _draw(session, wanted.most, wanted.seed)
        _cosmic(copy, "exec", "mutants.toml", session.name)
        ends = _ends(session)
    missed = [f"{end}: {place}" for end, place in ends if end != "noticed"]
    print(f"{wanted.room}: {len(ends) - len(missed)} of {len(ends)} mutants noticed")
    for line in missed:
        print(f"  {line}")
    return int(len(missed) > len(ends) / 10)


def _session(copy: Path, room: str, timeout_s: float) -> Path:
    (copy / "mutants.toml").write_text(
        _CONFIG.format(
            room=room,
            timeout_s=timeout_s,
            python=sys.executable,
            # Of its own: pytest prunes the folders of other runs where they share one.
            temporary=copy.parent / "pytest",
            tests=TESTS[room],
        )
    )
    _cosmic(copy, "init", "mutants.toml", "mutants.sqlite")
    return copy / "mutants.sqlite"


def _cosmic(copy: Path, *words: str) -> None:
    environment = {"PYTHONPATH": str(copy / "src"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "cosmic_ray.cli", *words]
    subprocess.run(command, cwd=copy, check=True, env=environment)  # noqa: S603 - our own words


def _draw(session: Path, most: int, seed: int) -> None:
    """Keep so many of the mutants, drawn by chance."""
    with sqlite3.connect(session) as database:
        # `X | None` of an annotation is never run; members of an enumeration, and None, are the
        # same by `is` and by `==`.
        asked = (
            "SELECT job_id, module_path, start_pos_row, start_pos_col FROM mutation_specs"
            " WHERE operator_name NOT LIKE '%BitOr%'"
            " AND operator_name NOT LIKE '%Operator_Is_Eq'"
            " AND operator_name NOT LIKE '%_IsNot_NotEq'"
        )
        rows = database.execute(asked)
        jobs = sorted(job for job, *place in rows if not _says_nothing(session, *place))
        everything = {row[0] for row in database.execute("SELECT job_id FROM work_items")}
        kept = set(random.Random(seed).sample(jobs, min(most, len(jobs))))  # noqa: S311
        for job in everything - kept:
            database.execute("DELETE FROM mutation_specs WHERE job_id = ?", (job,))
            database.execute("DELETE FROM work_items WHERE job_id = ?", (job,))


def _says_nothing(session: Path, module: str, row: int, column: int) -> bool:
    """Whether a place only says how a class or a call is made (`frozen=True`, a bare `*`)."""
    line = (session.parent / module).read_text("utf-8").splitlines()[row - 1]
    makes_class = line.lstrip().startswith(("@dataclass(", "model_config = "))
    return makes_class or line[column:].startswith("*,")


def _ends(session: Path) -> list[tuple[str, str]]:
    """How the tests of each mutant came to an end, and its place.

    cosmic-ray calls a mutant killed whose tests ran out of time. A busy machine kills so too.
    """
    ends = {("SURVIVED", False): "survived", ("KILLED", False): "noticed"}
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "SELECT test_outcome, output = 'timeout', module_path, start_pos_row, operator_name"
            " FROM mutation_specs JOIN work_results USING (job_id)"
            " WHERE test_outcome IN ('KILLED', 'SURVIVED') ORDER BY module_path, start_pos_row"
        )
        return [
            (ends.get((outcome, bool(is_late)), "timed out"), f"{path}:{line} {operator}")
            for outcome, is_late, path, line, operator in rows
        ]


if __name__ == "__main__":
    sys.exit(main())
