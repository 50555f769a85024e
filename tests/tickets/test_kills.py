"""kill -9 at every point of a delivery: every ticket and every note is there, whole, once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tickets.real import real_server

KILLS = {"redmine": 120, "roundup": 60, "request_tracker": 22}
"""The slowest has the fewest; more than 200 in all."""


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("server", KILLS)
def test_killed_in_a_loop_nothing_is_lost_and_nothing_is_there_twice(
    server: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    real_server(server)
    command = [
        sys.executable,
        "-m",
        "tests.tickets.killing",
        server,
        str(KILLS[server]),
        str(tmp_path),
    ]
    # A process of its own: it forks, and this one has threads.
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr
    record_property("figures", done.stdout.strip())
    assert "lost 0, doubled 0, half 0" in done.stdout
