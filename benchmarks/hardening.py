"""Attacks with figures: `python benchmarks/hardening.py WHAT [COUNT]`. WHAT is one of these.

kills   a writer to the casebook is killed (-9) again and again, on SQLite and PostgreSQL
unplug  a virtual phone drops off after each answer of the plan `full`
hostile phones whose every word is an attack, each view they reach; COUNT: how many layouts
soak    many runs in one process, at most five minutes: memory, descriptors, processes, threads
layouts every answer of virtual and real phones in a layout that nobody has seen
unheard every probe with every answer lost in every way
writers COUNT programs at once write one case, on each database; each 50 events
words   a private word in every place of every answer where a word stands; what stays, and why
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import psutil
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import postgres
from tests.adbserver import AdbServer
from tests.commandline import diagnose, diagnose_here
from tests.privacy.slots import planted

from diagnose.case.record.store import Casebook
from diagnose.case.record.verify import check_chain
from diagnose.station.signing import make_key

LONGEST_SOAK_S = 300
WRITER = """
import sys
from datetime import UTC, datetime
from diagnose.case.record.events import Entry, EventKind
from diagnose.case.record.store import Casebook
from diagnose.station.signing import station_key
key, url, run = station_key(), sys.argv[1], sys.argv[2]
with Casebook.open(url, key) as casebook:
    for n in range(10_000):
        name = f"{run}-{n}"
        entry = Entry(EventKind.QUOTED, {"name": name}, {"words": name})
        casebook.record("A", lambda _: [entry], at=datetime.now(UTC), actor="w", once=name)
        print(name, flush=True)
"""


def main(what: str, count: int) -> None:
    """Run one attack and print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIAGNOSE_CONFIG"] = folder
        attacks: dict[str, Callable[[int, Path], None]] = {
            "kills": kills,
            "unplug": unplug,
            "hostile": hostile,
            "soak": soak,
            "words": words,
            "layouts": layouts,
            "unheard": unheard,
            "writers": writers,
        }
        attacks[what](count, Path(folder))


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
    """Drop the phone after every `step`-th answer of the plan.

    A phone that goes after its last answer was read whole; one that goes before must not end 0.
    """
    plan = diagnose("run", "--dry-run", "--json").json
    points = range(1, len(plan["requests"]) + 1, step)
    statuses: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    false = 0
    with _server():
        for point in points:
            phone = f"pixel-9+drops-after:{point}"
            ended = diagnose("run", "--simulated", phone, "--scale", "0.02", "--out", folder / "o")
            statuses[_lost_any(folder / "o" / "capture.jsonl")][ended.status] += 1
            if ended.status in (0, 1, 5) and (folder / "o" / "report.json").exists():
                report = json.loads((folder / "o" / "report.json").read_text("utf-8"))
                false += report["summary"]["counts"].get("fail", 0) + len(report["faults"])
    print(
        f"unplug: {len(points)} points; in mid-run {dict(statuses[True])}, after the last answer"
        f" {dict(statuses[False])}; false fails or causes {false}"
    )
    if false or statuses[True][0]:
        raise SystemExit("a phone that was unplugged passed or was accused")


def _lost_any(capture: Path) -> bool:
    lines = capture.read_text("utf-8").splitlines() if capture.exists() else ['{"status":"lost"}']
    return any(json.loads(line).get("status") == "lost" for line in lines)


def hostile(count: int, folder: Path) -> None:
    """Let phones attack every view: `count` layouts with a system, and those without one."""
    names = [phone["name"] for phone in diagnose("simulate", "--list", "--json").json["phones"]]
    phones = [f"{name}+hostile" for name in names[:count]]
    phones += [f"pixel-9+{state}+hostile" for state in ("fastboot-only", "debugging-off", "edl")]
    seen: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    with _server():
        for number, phone in enumerate(phones):
            for sink, text in _views(phone, folder / str(number)):
                seen[sink] += 1
                reached[sink] += _is_attacked(sink, text)
    each = ", ".join(f"{sink} {reached[sink]}/{seen[sink]}" for sink in sorted(seen))
    print(f"hostile: {len(phones)} phones; attacks that reached a view: {each}")
    if reached.total() or Path("/tmp/diagnose-owned").exists():  # noqa: S108 - the attack's own
        raise SystemExit("an attack reached a view")


def _views(phone: str, out: Path) -> Iterator[tuple[str, str]]:
    words = ("run", "--simulated", phone, "--scale", "0.02", "--allow", "bootrom")
    ended = diagnose(*words, "--out", out, "--pdf", "--junit", out / "junit.xml")
    if "Traceback" in ended.err or not (out / "report.html").exists():
        raise SystemExit(f"{phone}: {ended.err}")
    yield from (("terminal", ended.out), ("errors", ended.err))
    for path in sorted(out.iterdir()):
        if path.suffix in (".html", ".xml", ".json"):
            yield path.suffix[1:], path.read_text("utf-8")
        elif path.suffix == ".pdf":
            yield "pdf", "".join(page.extract_text() for page in PdfReader(path).pages)
    for sink, more in (
        ("show", ("report", "show", out)),
        ("diff", ("report", "diff", out, out)),
        ("verify", ("report", "verify", out)),
        ("replay", ("replay", out / "capture.jsonl")),
    ):
        ended = diagnose(*more)
        yield sink, ended.out + ended.err
    yield "names of files", " ".join(path.name for path in out.iterdir())


def _is_attacked(sink: str, text: str) -> bool:
    """Whether a view holds what steers a terminal, turns its text round, or is an element."""
    if STEERING.search(text):
        return True
    if sink == "html":
        return bool(LIVE.search(text))
    if sink == "xml":
        ET.fromstring(text)  # noqa: S314 - our own file: that it is well formed counts
    return sink == "names of files" and "owned" in text


STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LIVE = re.compile(
    r"<(?:script|img|iframe|object|textarea|link)\b|<[^>]{1,400}\son\w+=", re.IGNORECASE
)


def soak(count: int, folder: Path) -> None:
    """Run `count` times in one process."""
    me = psutil.Process()
    figures = []
    deadline = time.monotonic() + LONGEST_SOAK_S
    with _server():
        for number in range(count):
            words = ("run", "--simulated", "pixel-9", "--scale", "0.02", "--out", folder / "o")
            ended = diagnose_here(*words, "--plan", "quick")
            if ended.status not in (0, 5):
                raise SystemExit(ended.err)
            is_last = number == count - 1 or time.monotonic() > deadline
            if number == min(count // 10, 100) or is_last:
                figures.append(
                    f"after {number + 1}: {me.memory_info().rss >> 20} MB, {me.num_fds()}"
                    f" descriptors, {me.num_threads()} threads, {len(me.children())} processes"
                )
            if is_last:
                break
    print(f"soak: {number + 1} runs; " + "; ".join(figures))


def layouts(count: int, folder: Path) -> None:
    """Change each answer in every way and judge what asked for it."""
    from tests.properties import test_layouts
    from tests.properties.judged import corpus_phones, virtual_phones

    del count, folder
    tried, problems = 0, Counter[str]()
    for phone in (*virtual_phones(), *corpus_phones()):
        for problem in test_layouts.problems_of(phone):
            problems[problem.split(": ")[3].split(" ")[0]] += 1
        tried += test_layouts.count_of(phone)
    print(f"layouts: {tried} changed answers; false fails and causes {dict(problems)}")
    if problems:
        raise SystemExit("a layout accused a healthy phone")


def unheard(count: int, folder: Path) -> None:
    """Lose each answer of each probe in every way."""
    from tests.properties import test_unheard

    del count, folder
    tried = false = 0
    for phone, probe, keys, status in test_unheard.every_loss():
        tried += 1
        try:
            test_unheard.check(phone, probe, keys, status)
        except AssertionError as problem:
            false += 1
            print(f"{phone.name} {probe} {status}: {problem}"[:200])
    print(f"unheard: {tried} lost answers; false conclusions {false}")
    if false:
        raise SystemExit("something was concluded from what was not heard")


def writers(count: int, folder: Path) -> None:
    """Let programs write one case at once."""
    with postgres.server() as server, postgres.database(server) as there:
        for url, name in ((str(folder / "cases.db"), "SQLite"), (there, "PostgreSQL")):
            words = [sys.executable, "-c", WRITER.replace("10_000", "50"), url]
            running = [
                subprocess.Popen(
                    [*words, str(n)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
                for n in range(count)
            ]
            told = [len(one.communicate()[0].splitlines()) for one in running]
            gave_up = sum(one.returncode != 0 for one in running)
            with Casebook.open(url, make_key()) as casebook:
                chain = casebook.read("A")
                keys = {event.key for event in chain.events}
                flaws = (*check_chain(chain, trusted=keys), *casebook.ledger_flaws(keys))
            names = {event.payload["name"] for event in chain.events}
            print(
                f"writers on {name}: {count} at once, {sum(told)} told, {gave_up} gave up"
                f" (too many others, as they said), {len(chain.events)} events,"
                f" {len(chain.events) - len(names)} doubled, {len(flaws)} flaws, {len(keys)} key"
            )
            if flaws or len(names) != sum(told) or len(chain.events) != len(names):
                raise SystemExit("something was lost or mixed")


def words(count: int, folder: Path) -> None:
    """Plant a word in each place of the answers, and say which places keep it for what reason."""
    del count, folder
    tried = list(planted())
    stayed = [word for word in tried if word.survived]
    for (command, why), number in Counter((w.command[:40], w.reason) for w in stayed).most_common():
        print(f"{number:6} {command}: {why}")
    leaks = sum(1 for word in stayed if word.reason is None)
    print(f"words: {len(tried)} planted, {len(stayed)} stayed, {leaks} of them for no reason")
    if leaks:
        raise SystemExit("a private word survived")


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
