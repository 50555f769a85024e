"""A folder holds one run: old or new, whole, whatever happens in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.report import samples

from diagnose.errors import FolderBusy, OutputError
from diagnose.files.folder import Key, recover, reserved
from diagnose.files.manifest import check_folder
from diagnose.jobs.delivery import ReportDelivery, write_reports
from diagnose.station.signing import make_key

OLD = {
    "report.json": b"old",
    "report.html": b"old page",
    "report.pdf": b"old",
    "j.xml": b"<a/>",
}
NEW = {"report.json": b"new", "report.html": b"new page", "capture.jsonl": b"new capture"}


@pytest.fixture(scope="module")
def key() -> Key:
    made = make_key()
    return lambda: made


def _write(path: Path, files: dict[str, bytes], key: Key) -> None:
    with reserved(path, key) as folder:
        draft = folder.draft()
        for name, data in files.items():
            draft.write(name, data)
        draft.commit()


def _fail(path: Path, inner: str, key: Key) -> None:
    with suppress(RuntimeError), reserved(path, key) as folder:
        folder.draft(inner).write("report.json", b"half")
        raise RuntimeError


def _files(path: Path) -> dict[str, bytes]:
    inside = (file for file in path.rglob("*") if file.is_file())
    named = {file.relative_to(path).as_posix(): file.read_bytes() for file in inside}
    named.pop("manifest.json", None)
    return named


def test_a_new_run_leaves_nothing_of_the_old_one(tmp_path: Path, key: Key) -> None:
    _write(tmp_path, OLD, key)
    _write(tmp_path, NEW, key)
    assert _files(tmp_path) == NEW
    assert all(found.ok for found in check_folder(tmp_path, {key().public}))


def test_what_is_not_ours_stays(tmp_path: Path, key: Key) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "film.mp4.part").write_bytes(b"a download")
    (tmp_path / "photos").mkdir()
    _write(tmp_path, OLD, key)
    (tmp_path / "j.xml").write_bytes(b"<mine/>")  # no longer what the run wrote
    _write(tmp_path, NEW, key)
    kept = {"notes.txt": b"mine", "film.mp4.part": b"a download", "j.xml": b"<mine/>"}
    assert _files(tmp_path) == {**NEW, **kept}
    assert (tmp_path / "photos").is_dir()


def test_a_run_that_fails_leaves_the_folder_as_it_was(tmp_path: Path, key: Key) -> None:
    _write(tmp_path, OLD, key)
    _fail(tmp_path, "", key)
    assert _files(tmp_path) == OLD


def test_a_folder_that_was_not_there_is_not_there_after_a_failure(tmp_path: Path, key: Key) -> None:
    _fail(tmp_path / "out", "phone-0123456789ab", key)
    assert list(tmp_path.iterdir()) == []


def test_several_phones_take_the_place_of_one_and_the_other_way_round(
    tmp_path: Path, key: Key
) -> None:
    _write(tmp_path, OLD, key)
    with reserved(tmp_path, key) as folder:
        for name in ("phone-0123456789ab", "phone-ba9876543210"):
            draft = folder.draft(name)
            draft.write("report.json", name.encode())
            draft.commit()
        folder.draft("phone-cccccccccccc").write("report.json", b"this phone was lost")
    assert {name for name in _files(tmp_path) if "manifest" not in name} == {
        "phone-0123456789ab/report.json",
        "phone-ba9876543210/report.json",
    }
    _write(tmp_path, NEW, key)
    assert _files(tmp_path) == NEW
    assert not list(tmp_path.glob("phone-*"))


def test_a_second_run_is_refused_and_told_who_is_writing(tmp_path: Path, key: Key) -> None:
    who = rf"process {os.getpid()} on .+, since 20"
    with reserved(tmp_path, key), pytest.raises(FolderBusy, match=who):
        _write(tmp_path, NEW, key)
    assert list(tmp_path.iterdir()) == []
    _write(tmp_path, NEW, key)


@pytest.mark.parametrize("name", ["report.json", "capture.jsonl.part", "run.lock", "manifest.json"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_name_taken_by_something_else_is_refused_before_anything_is_written(
    tmp_path: Path, key: Key, name: str, kind: str
) -> None:
    target = tmp_path / "system-file"
    target.write_bytes(b"precious")
    folder = tmp_path / "out"
    folder.mkdir()
    if kind == "link":
        (folder / name).symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(folder / name)
    else:
        (folder / name).mkdir()
    with pytest.raises(OutputError, match="neither replaced nor followed"):
        _write(folder, NEW, key)
    assert target.read_bytes() == b"precious"
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize("place", ["out", "out/phone"])
def test_a_folder_that_is_a_link_is_not_written_into(tmp_path: Path, key: Key, place: str) -> None:
    """Its own folder, or that of one phone of several, leads to somebody else's."""
    target = tmp_path / "precious"
    target.mkdir()
    link = tmp_path / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    with (
        pytest.raises(OutputError, match="is a link: it is neither replaced nor followed"),
        reserved(tmp_path / "out", key) as held,
    ):
        held.draft("phone" if place != "out" else "").write("report.json", b"{}")
    assert list(target.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from diagnose.files import folder
from diagnose.station.signing import make_key

path, steps = Path(sys.argv[1]), int(sys.argv[2])
done = 0
def counted(real):
    def step(*a, **k):
        global done
        done += 1
        if done > steps:
            os.kill(os.getpid(), 9)
        return real(*a, **k)
    return step
Path.unlink, Path.replace = counted(Path.unlink), counted(Path.replace)
with folder.reserved(path, make_key) as held:
    draft = held.draft()
    for name in ("report.json", "report.html", "capture.jsonl"):
        draft.write(name, b"new " + name.encode())
    draft.commit()
print("done")
"""


@pytest.mark.slow
def test_killed_at_every_step_it_is_the_old_run_or_the_new_one_and_never_a_mix(
    tmp_path: Path, key: Key
) -> None:
    new = {
        name: b"new " + name.encode() for name in ("report.json", "report.html", "capture.jsonl")
    }
    seen = set()
    for steps in range(100):
        path = tmp_path / str(steps)
        _write(path, OLD, key)
        run = subprocess.run(
            [sys.executable, "-c", KILLED, str(path), str(steps)], capture_output=True, check=False
        )
        here = {name: data for name, data in _files(path).items() if not name.endswith(".part")}
        here.pop("run.lock", None)
        assert here.items() <= OLD.items() or here.items() <= new.items(), (steps, here)
        recover(path)
        with reserved(path, key):
            pass  # the next run begins, and fails
        assert _files(path) in (OLD, new), steps
        seen.add(_files(path) == new)
        if run.returncode == 0:
            break
    assert run.returncode == 0, run.stderr
    assert seen == {False, True}


def test_the_lock_of_a_killed_run_keeps_nobody_out(tmp_path: Path, key: Key) -> None:
    script = (
        "import sys, time; from pathlib import Path; from diagnose.files.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(FolderBusy, match=f"process {holder.pid} "):
        _write(tmp_path, NEW, key)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert (tmp_path / "run.lock").exists()
    _write(tmp_path, NEW, key)
    assert _files(tmp_path) == NEW


def test_three_writers_at_once_never_mix(tmp_path: Path, key: Key) -> None:
    script = (
        "import sys; from pathlib import Path; from diagnose.files.folder import reserved\n"
        "from diagnose.errors import FolderBusy; from diagnose.station.signing import make_key\n"
        "key, done = make_key, 0\n"
        "while done < 15:\n"
        "    try:\n"
        "        with reserved(Path(sys.argv[1]), key) as held:\n"
        "            draft = held.draft()\n"
        "            for name in ('report.json', 'report.html', 'report.pdf')[: 2 + done % 2]:\n"
        "                draft.write(name, sys.argv[2].encode() * (done + 1))\n"
        "            draft.commit(); done += 1\n"
        "    except FolderBusy: pass\n"
        "print(done)"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, tmp_path, who], stdout=subprocess.PIPE)
        for who in "abc"
    ]
    ends = [writer.communicate(timeout=60)[0] for writer in writers]
    assert [int(end) for end in ends] == [15, 15, 15]
    kept = _files(tmp_path)
    assert len(set(kept.values())) == 1, kept
    assert json.loads((tmp_path / "manifest.json").read_text())["files"].keys() == kept.keys()


def test_whoever_takes_a_lock_that_was_just_given_up_holds_the_one_with_the_name(
    tmp_path: Path, key: Key
) -> None:
    for _ in range(20):
        _write(tmp_path, NEW, key)
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and (tmp_path / "run.lock").exists():
        time.sleep(0.01)
    assert not (tmp_path / "run.lock").exists()


def test_one_phones_trouble_costs_its_own_files_only(tmp_path: Path, key: Key) -> None:
    """What goes wrong with one of several phones is told; the others have their reports."""
    one, two = samples.faulty(), samples.complete()
    with reserved(tmp_path, key) as folder:
        bad, good = folder.draft("phone-0123456789ab"), folder.draft("phone-ba9876543210")
        (bad.folder / "report.html").mkdir()
        problems = write_reports([(one, bad), (two, good)], ReportDelivery(), folder)
    assert [type(problem) for problem in problems] == [OutputError]
    assert sorted(path.name for path in good.folder.iterdir()) == [
        *("annex.html", "manifest.json", "report.html", "report.json")
    ]
    assert not (bad.folder / "report.json").exists()
