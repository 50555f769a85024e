"""Speed and memory, as ratios measured in one run: `python benchmarks/speed.py`.

Virtual phones with the assumed latencies stand behind a real adb server of this benchmark's own.
Times on shared machines are noisy, so every figure is a ratio to something measured beside it, and
each is the median of several runs. Goals are printed, not asserted.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.adbserver import AdbServer  # noqa: E402 - the checkout is not a package

from diagnose.model.replies import Reply  # noqa: E402
from diagnose.transports.adb.server import find_adb  # noqa: E402
from diagnose.transports.adb.transport import AdbTransport  # noqa: E402

SLOW = "shell:dumpsys batterystats*"
DIAGNOSE = [sys.executable, "-m", "diagnose"]


def main() -> None:
    """Measure everything and print a line a figure."""
    server = AdbServer()
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    work = Path(tempfile.mkdtemp())
    os.environ["DIAGNOSE_CONFIG"] = str(work / "config")
    # As users have it: byte code is kept. Without this every start compiles the whole program.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "src", "probes"], cwd=ROOT, check=False
    )
    figures = (measure_start, measure_one_phone, measure_flood, measure_fleet)
    server.start()
    try:
        for figure in figures:
            if not sys.argv[1:] or figure.__name__ in sys.argv[1:]:
                figure(server, work)
    finally:
        server.stop()
        shutil.rmtree(work)


def measure_start(_server: AdbServer, _work: Path) -> None:
    """What it costs to start the program, and to replay a capture without a phone."""
    click = seconds([sys.executable, "-c", "import click"])
    show("diagnose --version ÷ import click", seconds([*DIAGNOSE, "--version"]) / click, 1.5)


def measure_one_phone(server: AdbServer, work: Path) -> None:
    """One phone, plan full."""
    with phones(server, ["pixel-9"]) as (serial,):
        out = work / "one"
        run = [*DIAGNOSE, "run", "-s", serial, "--out", str(out)]
        subprocess.run(run, capture_output=True, check=False)
        show("from the start to the first request, ms", ready_ms([*run, "--events"]), 120)
        show("gathering ÷ slowest single request", gathering_ratio(serial), 1.25)
        commands = planned_commands(leave_out=SLOW)
        adb = [str(find_adb()), "-s", serial, "shell"]
        one_by_one = timed(lambda: [call([*adb, command]) for command in commands], times=1)
        whole = seconds([*run[:-2], "--leave-out", SLOW], times=7)
        show(f"{len(commands)} × `adb shell` ÷ whole diagnose run", one_by_one / whole, 6, "≥")
        show("peak memory of a full run, MB", peak_megabytes(run), 90)
        model = "import pydantic; type('M', (pydantic.BaseModel,), {'__annotations__': {'x': int}})"
        bare = seconds([sys.executable, "-c", model])
        show("replay ÷ pydantic with one model", seconds([*DIAGNOSE, "replay", str(out)]) / bare, 2)


def measure_flood(server: AdbServer, work: Path) -> None:
    """A phone that answers one command with 50 MB."""
    with phones(server, ["pixel-9+floods:dumpsys sensorservice"]) as (serial,):
        run = [*DIAGNOSE, "run", "-s", serial, "--out", str(work / "flood")]
        show("peak memory with a 50 MB answer, MB", peak_megabytes(run), 150)


def measure_fleet(server: AdbServer, work: Path) -> None:
    """Sixteen phones at once against one, latencies ×5 so that their own work does not hide it."""
    names = ["pixel-9", "mate-40-pro", "xiaomi-13", "galaxy-s23"] * 4
    with phones(server, names[:1], scale=5) as (serial,):
        one = seconds([*DIAGNOSE, "run", "-s", serial], times=3)
    with phones(server, names, scale=5):
        sixteen = seconds([*DIAGNOSE, "run", "--all", "--out", str(work / "all")], times=3)
    show("sixteen phones ÷ one phone (latency ×5)", sixteen / one, 2.0)


def ready_ms(run: list[str]) -> float:
    """When a run says that it begins to ask, in milliseconds from the start of its process."""
    ready = []
    for _ in range(5):
        start = time.perf_counter()
        with subprocess.Popen(run, stdout=-3, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None  # noqa: S101 - for the type checker
            next(line for line in process.stderr if '"planned"' in line)
            ready.append((time.perf_counter() - start) * 1000)
            process.stderr.read()
    return statistics.median(ready)


def gathering_ratio(serial: str) -> float:
    """From the first request to the last answer, against the slowest request asked alone."""
    from diagnose.knowledge.plans import read_plan
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.planning import make_plan

    plan = make_plan(read_plan("full"), load_probes())
    replies = list(AdbTransport(serial).perform(plan.requests))
    slowest = max(replies, key=lambda reply: reply.duration_ms)
    request = next(r for r in plan.requests if r.key == slowest.key)
    ends = [last_end_ms(AdbTransport(serial).perform(plan.requests)) for _ in range(3)]
    alone = [next(iter(AdbTransport(serial).perform([request]))).duration_ms for _ in range(3)]
    return statistics.median(ends) / statistics.median(alone)


def last_end_ms(replies: Iterable[Reply]) -> float:
    """When the last answer was whole, in milliseconds from the first request."""
    return max(reply.started_ms + reply.duration_ms for reply in replies)


def planned_commands(*, leave_out: str) -> list[str]:
    """The shell commands of plan full, as a dry run lists them."""
    words = [*DIAGNOSE, "run", "--dry-run", "--json", "--leave-out", leave_out]
    plan = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    keys = [request["key"] for request in plan["requests"]]
    return [key.removeprefix("shell:") for key in keys if key.startswith("shell:")]


@contextmanager
def phones(server: AdbServer, names: list[str], *, scale: float = 1.0) -> Iterator[list[str]]:
    """Serve virtual phones in a process of their own and connect them."""
    words = [*DIAGNOSE, "simulate", *names, "--scale", str(scale)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None  # noqa: S101 - for the type checker
    serials = [process.stdout.readline().split()[-1] for _ in names]
    try:
        for serial in serials:
            server.adb("connect", serial)
            server.wait_for(serial, "device")
        yield serials
    finally:
        for serial in serials:
            server.adb("disconnect", serial)
        process.terminate()
        process.wait()
        process.stdout.close()


def peak_megabytes(words: list[str]) -> float:
    """The largest resident size of a process, as the kernel counted it."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ended = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True)
    return int(ended.stdout) / 1024


def seconds(words: list[str], times: int = 7) -> float:
    """The median time of a whole process."""
    return timed(lambda: call(words), times)


def timed(work: Callable[[], Any], times: int) -> float:
    """The median time of some work."""
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        measured.append(time.perf_counter() - start)
    return statistics.median(measured)


def call(words: list[str]) -> None:
    """Run a process to its end; its output is not our business."""
    subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def show(what: str, figure: float, goal: float, sign: str = "≤") -> None:
    """Print one figure beside its goal."""
    met = figure >= goal if sign == "≥" else figure <= goal
    print(
        f"{what:<52} {figure:8.2f}   goal {sign} {goal:g}  {'met' if met else 'MISSED'}", flush=True
    )


if __name__ == "__main__":
    main()
