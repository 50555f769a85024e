"""How a command ends is decided by what was found, whatever becomes of what it writes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.adbserver import AdbServer
from tests.commandline import Ended, command_line, diagnose, environment
from tests.thinning import one_in

ROOT = Path(__file__).parent.parent.parent
FAULTY = ROOT / "tests" / "captures" / "galaxy-s23_battery-worn_camera-missing"
HEALTHY = ROOT / "tests" / "captures" / "pixel-9"
VERDICTS = {HEALTHY: 0, FAULTY: 1}


def _in_shell(script: str, *words: str | Path) -> Ended:
    """Run a command through bash: `"$@"` stands for it in the script."""
    run = ["bash", "-c", script, "bash", *command_line(*words)]
    done = subprocess.run(
        run,
        env=environment(),
        capture_output=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


PAPERS = {
    "a reader that leaves": '"$@" | head -1 >/dev/null; exit ${PIPESTATUS[0]}',
    "a reader that never reads": '"$@" | true; exit ${PIPESTATUS[0]}',
    "a full disk": '"$@" >/dev/full',
    "no output": '"$@" >&-',
    "no output at all": '"$@" >&- 2>&-',
    "a full disk for both": '"$@" >/dev/full 2>&1',
}


@pytest.mark.parametrize("paper", one_in(4, PAPERS))
@pytest.mark.parametrize("as_json", one_in(2, [(), ("--json",)]))
def test_the_verdict_decides_the_status(paper: str, as_json: tuple[str, ...]) -> None:
    for capture, status in VERDICTS.items():
        ended = _in_shell(PAPERS[paper], "replay", capture, *as_json)
        assert ended.status == status, ended.err
        assert "Traceback" not in ended.err
        assert "bug" not in ended.err
        assert ("No space left" in ended.err) == (paper == "a full disk")


def test_a_full_disk_still_shows_the_verdict(tmp_path: Path) -> None:
    ended = _in_shell('"$@" >/dev/full', "replay", FAULTY)
    assert "A fault was found" in ended.err
    (tmp_path / "out").write_text("a file where the folder should be")
    ended = diagnose("replay", FAULTY, "--out", tmp_path / "out")
    assert ended.status == 5
    assert "A fault was found" not in ended.out, "refused before anything is done"
    ended = _in_shell(
        'ulimit -f 40; trap "" XFSZ; exec "$@"', "replay", FAULTY, "--out", tmp_path / "small"
    )
    assert (ended.status, "A fault was found" in ended.out) == (5, True), ended.err
    assert not (tmp_path / "small").exists()


@pytest.mark.parametrize(
    "words", one_in(3, [("probes", "list"), ("schema",), ("faults", "list", "--json")])
)
def test_an_answer_that_was_lost_is_no_success(words: tuple[str, ...]) -> None:
    ended = _in_shell('"$@" >/dev/full', *words)
    assert (ended.status, "No space left" in ended.err) == (5, True)
    assert _in_shell('"$@" | true; exit ${PIPESTATUS[0]}', *words).status == 0


def test_a_closed_output_is_not_written_into_the_next_file(tmp_path: Path) -> None:
    ended = _in_shell(
        '"$@" >&- 2>&-', "replay", FAULTY, "--out", tmp_path, "--junit", tmp_path / "j"
    )
    assert ended.status == 1
    assert diagnose("report", "verify", tmp_path).status == 0


@pytest.mark.parametrize("name", one_in(4, ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]))
def test_every_signal_ends_a_run_in_order(adb_server: AdbServer, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    words = ("run", "--simulated", "pixel-9", "--scale", "3", "--out", out)
    run = subprocess.Popen(
        command_line(*words), env=environment(), stderr=subprocess.PIPE, text=True
    )
    _wait_for_lines(out / "capture.jsonl.part", 8)
    run.send_signal(getattr(signal, name))
    _, output = run.communicate(timeout=60)
    assert run.returncode == 130, output
    names = {path.name for path in out.iterdir()}
    assert names == {"annex.html", "capture.jsonl", "manifest.json", "report.html", "report.json"}
    assert "127.0.0.1" not in adb_server.adb("devices").stdout


@pytest.mark.slow
def test_a_second_run_into_the_same_folder_is_refused_and_told_who_holds_it(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    del adb_server
    words = ("run", "--simulated", "pixel-9", "--scale", "3", "--out", tmp_path)
    first = subprocess.Popen(command_line(*words), env=environment(), stderr=subprocess.PIPE)
    _wait_for_lines(tmp_path / "capture.jsonl.part", 2)
    second = diagnose(*words)
    assert second.status == 2, second.err
    assert f"process {first.pid} on" in second.err
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert diagnose("report", "verify", tmp_path).status == 0


@pytest.mark.slow
def test_a_run_that_fails_leaves_the_older_one_and_says_so(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    del adb_server
    assert diagnose("replay", FAULTY, "--out", tmp_path, "--pdf").status == 1
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ended = diagnose("run", "--simulated", "pixel-9+unauthorized", "--out", tmp_path)
    assert ended.status == 4
    assert "still holds an earlier run" in ended.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert diagnose("replay", HEALTHY, "--out", tmp_path).status == 0
    assert not (tmp_path / "report.pdf").exists(), "the page of the faulty phone is gone"


@pytest.mark.parametrize("kind", ["device", "pipe", "link"])
def test_a_junit_file_is_a_file(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "junit.xml"
    precious = tmp_path / "precious"
    precious.write_text("precious")
    if kind == "device":
        target = Path("/dev/full")
    elif kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to(precious)
    before = target.lstat()
    ended = diagnose("replay", HEALTHY, "--junit", target)
    assert ended.status == 5
    assert "neither replaced nor followed" in ended.err
    assert target.lstat().st_mode == before.st_mode
    assert precious.read_text() == "precious"


def _wait_for_lines(path: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and path.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)
    raise AssertionError(f"{path} never had {count} lines")


def test_what_was_recorded_is_a_success_without_its_receipt(tmp_path: Path) -> None:
    """Whoever tries again because of the status would record it a second time."""
    shop = ("--shop", "example-berlin", "--engineer", "me", "--casebook", str(tmp_path / "c.db"))
    words = ("--complaint", "x", "--in-warranty", *shop, "--once", "k1")
    ended = _in_shell('"$@" >/dev/full', "case", "open", *words)
    assert (ended.status, "No space left" in ended.err) == (0, True), ended.err
    again = diagnose("case", "open", *words)
    assert again.status == 0
    assert "nothing was recorded again" in again.err
