"""How long a queue of reports takes to drain into a real Roundup that limits its callers.

    python benchmarks/tickets.py [--reports 1000] [--calls 200 --seconds 20]

Starts a Roundup of its own (from PyPI), puts reports into an outbox, and lets two workers at it at
once. When a third is delivered, one of them is killed with SIGKILL and another takes its place. In
the end the tracker itself is asked what it holds: none may be missing, none there twice.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from diagnose.knowledge.bundled import bundled_folder
from diagnose.model.report import Report
from diagnose.tickets.mapping import load_mapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.sending import put_report
from diagnose.tickets.worker import Worker

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=200, help="calls allowed in …")
    parser.add_argument("--seconds", type=int, default=20, help="… so many seconds")
    parser.add_argument("--worker", metavar="CASEBOOK", help=argparse.SUPPRESS)
    parsed = parser.parse_args()
    if parsed.worker:
        work(parsed.worker)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), parsed.reports, parsed.calls, parsed.seconds)


def measure(folder: Path, reports: int, calls: int, seconds: int) -> None:
    """Start a tracker, fill the outbox, drain it, and count what is there."""
    url, password = start_roundup(folder / "roundup", calls, seconds)
    try:
        casebook = prepare(folder, url, password)
        put_s = fill(casebook, reports)
        drained_s, told = drain(casebook, reports)
        there = Counter(delivery_ids(url, password))
        show(casebook, there, put_s=put_s, drained_s=drained_s, told=told)
    finally:
        os.kill(int((folder / "roundup" / "roundup.pid").read_text()), signal.SIGTERM)


def start_roundup(folder: Path, calls: int, seconds: int) -> tuple[str, str]:
    """Install and start it; give its address and the password of its user."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    script = ROOT / "tests" / "tickets" / "servers" / "roundup.sh"
    subprocess.run(
        ["bash", script, folder, port, str(calls), str(seconds)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    values = dict(line.split("=", 1) for line in (folder / "roundup.env").read_text().split())
    return values["URL"], values["PASSWORD"]


def prepare(folder: Path, url: str, password: str) -> str:
    """Write the mapping that ships with this address; give the casebook's place."""
    own = folder / "config" / "tickets" / "roundup.toml"
    own.parent.mkdir(parents=True)
    text = (bundled_folder("profiles") / "tickets" / "roundup.toml").read_text("utf-8")
    text = re.sub(r'(?m)^url = ".*"', f'url = "{url}"', text)
    own.write_text(f"timeout_s = 10\nsettle_s = 5\n{text}\n[attach]\npage = false\n", "utf-8")
    os.environ["DIAGNOSE_CONFIG"] = str(folder / "config")
    os.environ["DIAGNOSE_TICKET_ROUNDUP_PASSWORD"] = password
    return str(folder / "cases.db")


def fill(casebook: str, reports: int) -> float:
    """Put reports into the outbox; give the seconds it took."""
    report = sample_report()
    began = time.monotonic()
    with Outbox.open(casebook) as outbox:
        for number in range(reports):
            one = report.model_copy(update={"report_id": f"report-{number}"})
            put_report(outbox, load_mapping("roundup"), one, "zh-CN")
    return time.monotonic() - began


def sample_report() -> Report:
    """A report of the tests."""
    sys.path.insert(0, str(ROOT))
    from tests.case.rules.samples import FAULT, report

    return report(faults=(FAULT,))


def drain(casebook: str, reports: int) -> tuple[float, list[dict[str, Any]]]:
    """Two workers; one is killed at a third and replaced. Give the seconds, and what they told."""
    began = time.monotonic()
    workers = [start_worker(casebook) for _ in range(2)]
    with Outbox.open(casebook) as outbox:
        while len(outbox.deliveries()) > reports * 2 // 3:
            time.sleep(0.5)
    workers[0].kill()
    workers[0].wait()
    workers.append(start_worker(casebook))
    told = [json.loads(worker.communicate()[0]) for worker in workers[1:]]
    return time.monotonic() - began, told


def start_worker(casebook: str) -> subprocess.Popen[str]:
    """A worker in a process of its own."""
    command = [sys.executable, __file__, "--worker", casebook]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def work(casebook: str) -> None:
    """Deliver until nothing waits, and say how it went."""
    with Outbox.open(casebook) as outbox, Worker(outbox, load_mapping) as worker:
        done = sum(1 for _ in worker.work(patience_s=600))
        print(json.dumps({"done": done, "requests": worker.requests, "waits": worker.waits}))


def delivery_ids(url: str, password: str) -> list[str]:
    """Every delivery id the tracker holds: asked past its limits, page by page."""
    found: list[str] = []
    with httpx.Client(auth=("counter-bot", password), timeout=60) as client:
        while True:
            answer = client.get(
                f"{url}rest/data/issue",
                params={
                    "@fields": "delivery_id",
                    "@page_size": "500",
                    "@page_index": str(1 + len(found) // 500),
                },
                headers={"Accept": "application/json"},
            )
            if answer.status_code == 429:
                time.sleep(float(answer.headers["Retry-After"]))
                continue
            page = answer.json()["data"]["collection"]
            found += [issue["delivery_id"] for issue in page]
            if len(page) < 500:
                return found


def show(
    casebook: str,
    there: Counter[str],
    *,
    put_s: float,
    drained_s: float,
    told: list[dict[str, Any]],
) -> None:
    """Print the figures."""
    with Outbox.open(casebook) as outbox:
        found = outbox.deliveries(delivered=True)
        attempts = [one for delivery in found for one in outbox.attempts(delivery.number)]
    sent = Counter(delivery.delivery_id for delivery in found)
    ended = [one for one in attempts if one.outcome == "delivered"]
    print(f"reports            {len(found)}, put in at {1000 * put_s / len(found):.0f} ms each")
    print(f"drained            {drained_s:.0f} s, {60 * len(found) / drained_s:.0f} a minute")
    print(f"requests a ticket  {sum(one.requests for one in ended) / len(ended):.1f}")
    print(f"waited for 429     {sum(one['waits'] for one in told)} times on the spot")
    print(f"attempts           {dict(Counter(one.outcome or 'killed' for one in attempts))}")
    print(f"lost               {len(sent.keys() - there.keys())}")
    print(f"doubled            {sum(count > 1 for count in there.values())}")


if __name__ == "__main__":
    main()
