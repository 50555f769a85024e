"""A whole run against what anybody can type: `python benchmarks/peers.py [--rounds 5]`.

The peers ask the same commands of the same virtual phones through the same adb server, judge
nothing and write nothing; on our side it is the whole process, with redaction, guard, recorder and
report. Peers and we take turns (A B C A B C …); a ratio is the median over the turns, with its
spread. A machine that is busy with something else is told as such: then no figure counts.
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
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import speed  # the checkout is not a package
from tests.adbserver import AdbServer

from diagnose.transports.adb.server import find_adb

_STREAMS = 16
_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from adbutils import AdbClient
port, serials, commands = int(sys.argv[1]), sys.argv[2].split(), sys.stdin.read().split(chr(0))
client = AdbClient(host="127.0.0.1", port=port)
ask = lambda pair: client.device(pair[0]).shell(pair[1])
with ThreadPoolExecutor(16 * len(serials)) as pool:
    list(pool.map(ask, [(s, c) for s in serials for c in commands]))
"""


def main() -> None:
    """Measure each row and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    server = AdbServer()
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    work = Path(tempfile.mkdtemp())
    os.environ["DIAGNOSE_CONFIG"] = str(work / "config")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "src", "probes"], check=False)
    server.start()
    try:
        for count, scale, without in [(1, 1, ""), (1, 1, speed.SLOW), (4, 1, ""), (16, 1, "")]:
            row(server, work, count=count, scale=scale, without=without, rounds=rounds)
        row(server, work, count=1, scale=5, without="", rounds=rounds)
    finally:
        server.stop()
        shutil.rmtree(work)


def row(
    server: AdbServer, work: Path, *, count: int, scale: float, without: str, rounds: int
) -> None:
    """One line of figures: so many phones at these latencies."""
    with speed.phones(server, ["pixel-9"] * count, scale=scale) as serials:
        commands = speed.planned_commands(leave_out=without or "nothing")
        leave = ["--leave-out", without] if without else []
        which = ["--all"] if count > 1 else ["-s", serials[0]]
        peers: dict[str, Callable[[], object]] = {
            "run": lambda: speed.call(
                [*speed.DIAGNOSE, "run", *which, *leave, "--out", str(work / "out")]
            ),
            "xargs": lambda: by_xargs(serials, commands),
            "adbutils": lambda: by_threads(server.port, serials, commands),
        }
        if count == 1:
            peers["sequential"] = lambda: by_turns(serials[0], commands)
        peers["run"]()  # the plan is kept from the first run on
        took = {name: [] for name in peers}
        load = os.getloadavg()[0]
        for _ in range(rounds):
            for name, work_ in peers.items():
                start = time.perf_counter()
                work_()
                took[name].append(time.perf_counter() - start)
    head = f"{count} phone(s), ×{scale:g}{', without batterystats' if without else ''}"
    print_row(head, took, load)


def print_row(head: str, took: Mapping[str, list[float]], load_before: float) -> None:
    """Print the ratios of each peer to a run, turn by turn."""
    cores = os.cpu_count() or 1
    busy = "  BUSY MACHINE: no figure counts" if load_before > cores / 2 else ""
    print(f"{head}: run {statistics.median(took['run']):.2f} s{busy}")
    for name, times in took.items():
        if name == "run":
            continue
        ratios = [theirs / ours for theirs, ours in zip(times, took["run"], strict=True)]
        print(
            f"  {name:<11} ÷ run  {statistics.median(ratios):6.2f}"
            f"   ({min(ratios):.2f} to {max(ratios):.2f})",
            flush=True,
        )


def by_xargs(serials: list[str], commands: list[str]) -> None:
    """What a shell one-liner does: sixteen `adb shell` at once, a phone after the other."""
    words = "\0".join(commands).encode()
    running = []
    for serial in serials:
        # `|| true`: xargs gives up where a command ends with 255, and some of a phone's do.
        ask = f'"{find_adb()}" -s {serial} shell "$0" || true'
        asked = ["xargs", "-0", "-n1", f"-P{_STREAMS}", "sh", "-c", ask]
        process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=-3, stderr=-3)
        assert process.stdin is not None  # noqa: S101 - for the type checker
        process.stdin.write(words)
        process.stdin.close()
        running.append(process)
    for process in running:
        process.wait()


def by_threads(port: int, serials: list[str], commands: list[str]) -> None:
    """The Python library of the field, with as many threads."""
    subprocess.run(
        [sys.executable, "-c", _THREADS, str(port), " ".join(serials)],
        input="\0".join(commands).encode(),
        capture_output=True,
        check=False,
    )


def by_turns(serial: str, commands: list[str]) -> None:
    """One `adb shell` after the other."""
    for command in commands:
        speed.call([str(find_adb()), "-s", serial, "shell", command])


if __name__ == "__main__":
    main()
