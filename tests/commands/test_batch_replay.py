"""Many captures judged again in one command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from tests.adbserver import wait_until
from tests.commandline import command_line, diagnose, diagnose_here, environment
from tests.thinning import one_in

CAPTURES = Path(__file__).parent.parent / "captures"
ENDS_S = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two whole captures, one deeper than the other, and one that is none."""
    for name, place in (("pixel-9", "a"), ("galaxy-s23_battery-worn_camera-missing", "deep/er")):
        shutil.copytree(CAPTURES / name, tmp_path / "in" / place)
    (tmp_path / "in" / "bad").mkdir()
    (tmp_path / "in" / "bad" / "capture.jsonl").write_text("no\n", "utf-8")
    return tmp_path / "in"


@pytest.mark.slow
def test_each_has_the_report_it_has_alone(folder: Path, tmp_path: Path) -> None:
    ended = diagnose("replay", folder, "--json", "--out", tmp_path / "out")
    answers = {line["capture"]: line for line in map(json.loads, ended.out.splitlines())}
    assert list(answers) == ["a", "bad", "deep/er"]
    assert ended.status == 5
    assert answers["bad"]["problem"]["code"] == "capture_invalid"
    for name in ("a", "deep/er"):
        alone = diagnose_here("replay", folder / name, "--json")
        written = json.loads((tmp_path / "out" / name / "report.json").read_text("utf-8"))
        assert written == alone.json
        assert answers[name]["exit_status"] == alone.status
        assert diagnose_here("report", "verify", tmp_path / "out" / name).status == 0
    assert not (tmp_path / "out" / "bad" / "report.json").exists()


def test_a_line_each_for_people_and_a_sum(folder: Path) -> None:
    ended = diagnose_here("replay", folder, "--lang", "en")
    assert [line.split(":")[0] for line in ended.out.splitlines()] == ["a", "deep/er"]
    assert "bad: " in ended.err
    assert "2 judged, 1 not" in ended.err


def test_several_places_are_told_apart_and_two_of_one_name_are_refused(folder: Path) -> None:
    ended = diagnose_here("replay", folder / "a", folder / "deep", "--json")
    assert [json.loads(line)["capture"] for line in ended.out.splitlines()] == ["a", "deep/er"]
    twice = diagnose_here("replay", folder / "a", folder / "a")
    assert (twice.status, "would both be called" in twice.err) == (2, True)


def test_what_is_of_one_capture_is_refused_for_many(folder: Path, tmp_path: Path) -> None:
    assert diagnose_here("replay", folder, "--pdf", "--out", tmp_path / "o").status == 2
    assert diagnose("replay", tmp_path / "nothing").status == 2
    (tmp_path / "empty").mkdir()
    assert diagnose("replay", tmp_path / "empty").status == 2


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("number", one_in(2, [signal.SIGKILL, signal.SIGTERM]))
def test_no_process_outlives_the_command(number: signal.Signals, tmp_path: Path) -> None:
    for copy in range(40):
        shutil.copytree(CAPTURES / "pixel-9", tmp_path / str(copy))
    words = command_line("replay", tmp_path, "--json")
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment()) as run:
        assert run.stdout
        assert run.stdout.readline()
        output = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
        assert output
        os.kill(run.pid, number)
        run.communicate(timeout=ENDS_S)
    wait_until(lambda: not any(map(_is_alive, output)), ENDS_S, "a process outlives the command")


def _is_alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
