"""Sixteen phones against one, turn by turn, and the memory of all processes of a run.

`python benchmarks/fleet.py [--rounds 3] [--scale 1]`. Memory is the proportional share (PSS) of
each process of a run added up: what workers share with the process that forked them counts once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import speed  # the checkout is not a package
from tests.adbserver import AdbServer

_NAMES = ["pixel-9", "mate-40-pro", "xiaomi-13", "galaxy-s23"] * 4
_LOOK_S = 0.02


def main() -> None:
    """Measure and print two lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1)
    parsed = parser.parse_args()
    server = AdbServer()
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    work = Path(tempfile.mkdtemp())
    os.environ["DIAGNOSE_CONFIG"] = str(work / "config")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    server.start()
    try:
        with speed.phones(server, _NAMES, scale=parsed.scale) as serials:
            run = [*speed.DIAGNOSE, "run", "--out", str(work / "out")]
            measured([*run, "-s", serials[0]])  # the plan is kept from the first run on
            turns = [
                (measured([*run, "-s", serials[0]]), measured([*run, "--all"]))
                for _ in range(parsed.rounds)
            ]
    finally:
        server.stop()
        shutil.rmtree(work)
    ratios = [sixteen[0] / one[0] for one, sixteen in turns]
    print(
        f"16 phones ÷ 1, latency ×{parsed.scale:g}: {statistics.median(ratios):.2f}"
        f"   ({min(ratios):.2f} to {max(ratios):.2f})   load {os.getloadavg()[0]:.1f}"
    )
    peaks = [max(turn[which][1] for turn in turns) for which in (0, 1)]
    print(f"peak memory: {peaks[0]:.0f} MB for one phone, {peaks[1]:.0f} MB for sixteen")


def measured(words: list[str]) -> tuple[float, float]:
    """How long a run took, in seconds, and the most memory it had, in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(map(megabytes, tree(process.pid))))
        time.sleep(_LOOK_S)
    return time.perf_counter() - start, most


def tree(pid: int) -> list[int]:
    """A process and those it forked."""
    try:
        output = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [pid, *(one for child in output.split() for one in tree(int(child)))]


def megabytes(pid: int) -> float:
    """The proportional share of memory of one process."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has ended
        return 0.0
    sizes = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return int(sizes[0]) / 1024 if sizes else 0.0


if __name__ == "__main__":
    main()
