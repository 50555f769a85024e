"""A whole run against what anybody can type: `python benchmarks/peers.py [--rounds 5]`.

The peers ask the same commands of the same virtual phones through the same adb server, judge
nothing and write nothing; on our side it is the whole process, with redaction, guard, recorder and
report. Peers and we take turns (A B C A B C …); a ratio is the median over the turns, with its
spread. Before each turn everything of ours rests for a moment: where the machine works all the
same, it is busy with something else, and no figure counts. The processor time that the virtual
phones themselves take for one run is told too, lest they be what is measured.
"""

from __future__ import annotations

import argparse
import json
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

import fleet  # the checkout is not a package
import speed
from tests.adbserver import AdbServer

from diagnose.transports.adb.server import find_adb

_STREAMS = 16
_REST_S = 0.5
_QUIET = 0.1  # the share of the machine that others may take; measured idle: 0.01 to 0.04
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
        took: dict[str, list[float]] = {name: [] for name in peers}
        others, phones = [], []
        for _ in range(rounds):
            others.append(work_of_others())
            for name, work_ in peers.items():
                before = processor_time_of_phones()
                start = time.perf_counter()
                work_()
                took[name].append(time.perf_counter() - start)
                if name == "run":
                    phones.append(processor_time_of_phones() - before)
        slowest = slowest_answer(work / "out") if count == 1 else 0.0
    head = f"{count} phone(s), ×{scale:g}{', without batterystats' if without else ''}"
    print_row(head, took, statistics.median(others), statistics.median(phones))
    if slowest:
        print(f"  run ÷ its slowest request {statistics.median(took['run']) / slowest:.2f}")


def work_of_others() -> float:
    """The share of all cores that is at work while we do nothing."""
    before = _processor_ticks()
    time.sleep(_REST_S)
    spent = [now - then for now, then in zip(_processor_ticks(), before, strict=True)]
    return 1 - (spent[3] + spent[4]) / max(1, sum(spent))


def _processor_ticks() -> list[int]:
    """User, nice, system, idle, waiting and so on, of all cores since the start (proc(5))."""
    first = Path("/proc/stat").read_text("ascii").partition("\n")[0]
    return [int(word) for word in first.split()[1:9]]


def processor_time_of_phones() -> float:
    """Seconds of processor time that the process of the virtual phones has had."""
    ticks = 0
    for pid in fleet.tree(os.getpid())[1:]:
        words = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def slowest_answer(folder: Path) -> float:
    """How long the phone took for its slowest answer in the last run, in seconds."""
    lines = map(json.loads, (folder / "capture.jsonl").read_text("utf-8").splitlines())
    return max(float(line["duration_ms"]) for line in lines if "key" in line) / 1000


def print_row(
    head: str, took: Mapping[str, list[float]], others: float, processor_s: float
) -> None:
    """Print the ratios of each peer to a run, turn by turn."""
    busy = "  BUSY MACHINE: no figure counts" if others > _QUIET else ""
    print(f"{head}: run {statistics.median(took['run']):.2f} s{busy}")
    print(f"  others take {others:.0%} of the machine, the phones {processor_s:.2f} s of a run")
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
