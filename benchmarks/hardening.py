"""Attacks with figures: `python benchmarks/hardening.py kills|unplug|soak [COUNT]`.

kills   a writer to the casebook is killed (-9) again and again, on SQLite and PostgreSQL
unplug  a virtual phone drops off after each answer of the plan `full`
soak    many runs in one process: memory, descriptors, processes, threads
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import postgres
from tests.adbserver import AdbServer
from tests.commandline import diagnose, diagnose_here

from diagnose.case.record.store import Casebook
from diagnose.case.record.verify import check_chain
from diagnose.station.signing import make_key

WRITER = """
import sys
from datetime import UTC, datetime
from diagnose.case.record.events import Entry, Kind
from diagnose.case.record.store import Casebook
from diagnose.station.signing import station_key
key, url, run = station_key(), sys.argv[1], sys.argv[2]
with Casebook.open(url, key) as casebook:
    for n in range(10_000):
        name = f"{run}-{n}"
        entry = Entry(Kind.QUOTED, {"name": name}, {"words": name})
        casebook.record("A", lambda _: [entry], at=datetime.now(UTC), actor="w", once=name)
        print(name, flush=True)
"""


def main(what: str, count: int) -> None:
    """Run one attack and print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIAGNOSE_CONFIG"] = folder
        {"kills": kills, "unplug": unplug, "soak": soak}[what](count, Path(folder))


def kills(count: int, folder: Path) -> None:
    """Kill a writer `count` times on each database."""
    _kill_on(str(folder / "cases.db"), count, "SQLite")
    with postgres.server() as server, postgres.database(server) as url:
        _kill_on(url, count, "PostgreSQL")


def _kill_on(url: str, count: int, name: str) -> None:
    made = make_key()
    told = [one for run in range(count) for one in _killed_writer(url, run)]
    with Casebook.open(url, made) as casebook:
        chain = casebook.read("A")
        keys = {event.key for event in chain.events}
        flaws = (*check_chain(chain, trusted=keys), *casebook.ledger_flaws(keys))
    there = Counter(event.payload["name"] for event in chain.events)
    lost = sum(1 for one in told if not there[one])
    doubled = sum(1 for times in there.values() if times > 1)
    print(
        f"{name}: {count} kills, {len(chain.events)} events, {len(told)} told;"
        f" lost {lost}, half {len(flaws)}, doubled {doubled}"
    )


def _killed_writer(url: str, run: int) -> list[str]:
    words = [sys.executable, "-c", WRITER, url, str(run)]
    writer = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    told: list[str] = []
    reader = threading.Thread(target=told.extend, args=(writer.stdout,))
    reader.start()
    deadline = time.monotonic() + 30
    while not told and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(random.random() * 0.2)  # noqa: S311 - a moment, no secret
    writer.kill()
    writer.wait()
    reader.join()
    return [line.strip() for line in told if line.endswith("\n")]


def unplug(step: int, folder: Path) -> None:
    """Drop the phone after every `step`-th answer of the plan."""
    plan = diagnose("run", "--dry-run", "--json").json
    points = range(1, len(plan["requests"]) + 1, step)
    statuses: Counter[int] = Counter()
    false = 0
    with _server():
        for point in points:
            phone = f"pixel-9+drops-after:{point}"
            ended = diagnose("run", "--simulated", phone, "--scale", "0.02", "--out", folder / "o")
            statuses[ended.status] += 1
            if ended.status in (0, 1, 5) and (folder / "o" / "report.json").exists():
                report = json.loads((folder / "o" / "report.json").read_text("utf-8"))
                false += report["summary"]["counts"].get("fail", 0) + len(report["faults"])
    print(f"unplug: {len(points)} points, statuses {dict(statuses)}, false fails or causes {false}")


def soak(count: int, folder: Path) -> None:
    """Run `count` times in one process."""
    me = psutil.Process()
    figures = []
    with _server():
        for number in range(count):
            words = ("run", "--simulated", "pixel-9", "--scale", "0.02", "--out", folder / "o")
            ended = diagnose_here(*words, "--plan", "quick")
            if ended.status not in (0, 5):
                raise SystemExit(ended.err)
            if number in (count // 10, count - 1):
                figures.append(
                    f"after {number + 1}: {me.memory_info().rss >> 20} MB, {me.num_fds()}"
                    f" descriptors, {me.num_threads()} threads, {len(me.children())} processes"
                )
    print(f"soak: {count} runs; " + "; ".join(figures))


class _server:  # noqa: N801 - used as a function
    """A private adb server for every client of this process."""

    def __enter__(self) -> None:
        self.server = AdbServer()
        os.environ["ANDROID_ADB_SERVER_PORT"] = str(self.server.port)
        self.server.start()

    def __exit__(self, *_exception: object) -> None:
        self.server.stop()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
