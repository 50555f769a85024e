"""Several phones share worker processes: what is killed costs its own phone, and nobody else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from tests.adbserver import AdbServer, wait_until
from tests.commandline import command_line, diagnose, environment
from tests.commands.test_privacy_of_a_run import build, secrets_of
from tests.thinning import one_in

from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification

HANGS = "+hangs:dumpsys sensorservice"
ENDS_S = 60.0
pytestmark = [
    pytest.mark.usefixtures("adb_server"),
    pytest.mark.skipif(
        not Path("/proc/self/task").exists() or len(os.sched_getaffinity(0)) < 2,
        reason="needs Linux and two cores: elsewhere threads do the work",
    ),
]


@contextmanager
def phones(server: AdbServer, *names: str) -> Iterator[list[str]]:
    with ExitStack() as stack:
        served = [serve(parse_specification(name), scale=0.05) for name in names]
        yield [
            stack.enter_context(server.attached(stack.enter_context(one), "device"))
            for one in served
        ]


@contextmanager
def running(out: Path) -> Iterator[subprocess.Popen[str]]:
    words = command_line("run", "--all", "--json", "--events", "--out", out)
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment()) as run:
        try:
            yield run
        finally:
            run.kill()


def workers_of(run: subprocess.Popen[str]) -> list[int]:
    """The processes it started that have not ended."""
    output = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
    return [int(pid) for pid in output if is_alive(int(pid))]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def heard_until(stream: IO[str], wanted: dict[str, str]) -> None:
    """Read events until each phone has told of what is wanted of it."""
    left = dict(wanted)
    while left:
        line = stream.readline()
        assert line, f"it ended before {left}"
        answers: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
        if answers and left.get(answers["phone"]) == answers["event"]:
            del left[answers["phone"]]


def test_every_phone_is_examined_and_every_event_is_told(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    with phones(adb_server, "pixel-9", "mate-40-pro", "galaxy-s23+battery-worn") as serials:
        ended = diagnose("run", "--all", "--json", "--events", "--out", tmp_path)
    statuses = sorted(phone["exit_status"] for phone in ended.json["phones"])
    assert (ended.status, statuses) == (1, [0, 0, 1])
    events = [json.loads(line) for line in ended.err.splitlines() if line.startswith("{")]
    for serial in serials:
        own = [event for event in events if event["phone"] == serial]
        assert (own[0]["event"], own[-1]["event"]) == ("planned", "finished")
        assert [e["event"] for e in own].count("replied") == own[0]["requests"]
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(folders) == 3
    for folder in folders:
        assert diagnose("report", "verify", folder).status == 0


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_own_phone_only(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    name = "mate-40-pro"
    with phones(adb_server, "pixel-9", name + HANGS) as (good, bad), running(tmp_path) as run:
        assert run.stdout
        assert run.stderr
        heard_until(run.stderr, {good: "finished", bad: "identified"})
        wait_until(lambda: len(workers_of(run)) == 1, ENDS_S, "the first worker does not end")
        kept = "".join(part.read_text("utf-8") for part in tmp_path.rglob("*.part"))
        os.kill(workers_of(run)[0], signal.SIGKILL)
        output, told = run.communicate(timeout=ENDS_S)
    assert kept.count("\n") > 5
    private = [value for values in secrets_of(build(name)).values() for value in values]
    assert [value for value in private if value.lower() in kept.lower()] == []
    assert run.returncode == 5, told
    by_serial = {phone["serial"]: phone for phone in json.loads(output)["phones"]}
    assert (by_serial[good]["examined"], by_serial[bad]["examined"]) == (True, False)
    assert by_serial[bad]["problem"]["code"] == "worker_lost"
    finished = [json.loads(line) for line in told.splitlines() if '"finished"' in line]
    assert [event["phone"] for event in finished if event["problem"]] == [bad]
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert diagnose("report", "verify", folder).status == 0
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", one_in(2, [signal.SIGINT, signal.SIGTERM]))
def test_a_signal_ends_all_of_them_and_what_was_read_stays(
    number: signal.Signals, adb_server: AdbServer, tmp_path: Path
) -> None:
    with phones(adb_server, *["pixel-9" + HANGS] * 2) as serials, running(tmp_path) as run:
        assert run.stderr
        heard_until(run.stderr, dict.fromkeys(serials, "identified"))
        workers = workers_of(run)
        for pid in (*workers, run.pid):  # as a terminal does: every process of the group
            os.kill(pid, number)
        output, told = run.communicate(timeout=ENDS_S)
    assert run.returncode == 130, told
    assert [phone["examined"] for phone in json.loads(output)["phones"]] == [True, True]
    assert len(list(tmp_path.glob("phone-*/report.json"))) == 2
    assert [pid for pid in workers if is_alive(pid)] == []


def test_workers_end_with_the_run_that_started_them(adb_server: AdbServer, tmp_path: Path) -> None:
    with phones(adb_server, *["pixel-9" + HANGS] * 2) as serials, running(tmp_path) as run:
        assert run.stderr
        heard_until(run.stderr, dict.fromkeys(serials, "identified"))
        workers = workers_of(run)
        assert len(workers) == 2
        run.kill()
        wait_until(lambda: not any(map(is_alive, workers)), ENDS_S, "workers outlive the run")
