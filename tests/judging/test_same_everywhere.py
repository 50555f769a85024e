"""The same evidence gives the same report in every process: no order of a set shines through."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CAPTURES = Path(__file__).parents[1] / "captures"
JUDGE_ALL = """
import sys
from pathlib import Path
from diagnose import api
replayer = api.Replayer()
for path in sorted(Path(sys.argv[1]).glob("*/capture.jsonl")):
    print(replayer.replay(path).digest)
"""


@pytest.mark.slow
def test_every_capture_has_one_report_whatever_the_hash_seed() -> None:
    seen = {_digests(seed) for seed in ("0", "1", "2", "3")}
    assert len(seen) == 1


def _digests(seed: str) -> str:
    words = [sys.executable, "-c", JUDGE_ALL, str(CAPTURES)]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(words, env=env, capture_output=True, text=True, check=True).stdout
