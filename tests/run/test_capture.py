"""The capture file: what is recorded is what was said, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import CaptureInvalid, NoSuchFile, OutputError
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Shell
from diagnose.run.capture import (
    Capture,
    End,
    Header,
    Recorded,
    Recorder,
    Subject,
    read_capture,
    timestamp,
)
from diagnose.run.capture_import import count_visits, import_folder, key_of

HEADER = Header(started_at="2026-11-22T12:00:00.000+00:00", plan="full", probes=("a.b",))
HEAD_LINE = '{"capture": 1, "started_at": "2026-11-22T12:00:00+00:00", "plan": "x"}\n'
END = End("complete", "2026-11-22T12:00:01.000+00:00")

replies = st.builds(
    Reply,
    key=st.text(min_size=1, max_size=60),
    status=st.sampled_from(ReplyStatus),
    stdout=st.binary(max_size=300),
    stderr=st.binary(max_size=60),
    exit_code=st.none() | st.integers(0, 255),
    started_ms=st.integers(0, 10**6).map(lambda tenth: tenth / 10),
    duration_ms=st.integers(0, 10**6).map(lambda tenth: tenth / 10),
    detail=st.text(max_size=40),
)


def _record(folder: Path, *recorded: Recorded) -> Capture:
    recorder = Recorder(HEADER, folder)
    recorder.identify(Subject("hash", "XYZ…001"))
    for one in recorded:
        recorder.add(one)
    return recorder.finish(END)


@given(reply=replies)
def test_a_reply_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, reply: Reply
) -> None:
    folder = tmp_path_factory.mktemp("capture")
    written = _record(folder, Recorded(reply, masked=3))
    read = read_capture(folder)
    assert read == written
    assert read.recorded[0].reply == reply


def test_an_unfinished_capture_does_not_pose_as_one(tmp_path: Path) -> None:
    recorder = Recorder(HEADER, tmp_path)
    recorder.add(Recorded(Reply("shell:x", ReplyStatus.COMPLETE)))
    recorder.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["capture.jsonl.part"]
    with pytest.raises(NoSuchFile):
        read_capture(tmp_path)


def test_a_cut_off_capture_is_read_as_lost(tmp_path: Path) -> None:
    _record(tmp_path, Recorded(Reply("shell:x", ReplyStatus.COMPLETE)))
    lines = (tmp_path / "capture.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "cut.jsonl").write_text("".join(lines[:-1]))
    assert read_capture(tmp_path / "cut.jsonl").end.ended == "lost"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a capture"),
        ("{}\n", "not a capture"),
        ("nonsense\n", "not JSON"),
        ("[1]\n", "not an object"),
        ('{"capture": 99}\n', "not a capture of format 1"),
        ('{"capture": 1, "started_at": "yesterday", "plan": "x"}\n', "line 1"),
        (
            '{"capture": 1, "started_at": "2026-11-22T12:00:00+00:00", "plan": "x", "odd": 1}\n',
            "odd",
        ),
        (
            HEAD_LINE + '{"key": "x"}\n',
            "damaged",
        ),
    ],
)
def test_what_is_no_capture_is_one_plain_error(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "capture.jsonl").write_text(text)
    with pytest.raises(CaptureInvalid, match=words):
        read_capture(tmp_path)


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        Recorder(HEADER, tmp_path / "absent")


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("getprop", "shell:getprop"),
        ("getprop / cat /system/build.prop", "shell:getprop"),
        ("SYSTEM PROPERTIES", "shell:getprop"),
        ("/proc/meminfo", "shell:cat /proc/meminfo"),
        ("cat /proc/cpuinfo", "shell:cat /proc/cpuinfo"),
        ("/system/bin/dumpsys -T 30000 batterystats -c", "shell:dumpsys batterystats -c"),
        ("dumpsys media.camera (static metadata part)", "shell:dumpsys media.camera"),
        ("adb -s X shell dumpsys battery", "shell:dumpsys battery"),
        ("hdc shell hidumper --mem", None),
        ("AT: AT+CREG?", None),
        ("fastboot getvar all", None),
    ],
)
def test_loosely_named_commands_find_their_request(command: str, key: str | None) -> None:
    assert key_of(command) == key


def test_an_import_masks_and_names_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "props.txt").write_text("[ro.serialno]: [R5CW00AAAAA]\n[ro.product.model]: [X]\n")
    (tmp_path / "index.json").write_text(
        json.dumps(
            {
                "captures": [
                    {"command": "getprop", "file": "props.txt"},
                    {"command": "AT: ATI", "file": "props.txt"},
                    {"command": "df", "file": "../../etc/passwd"},
                ]
            }
        )
    )
    made = import_folder(tmp_path, salt=b"salt", probes=("a.b",))
    assert [recorded.reply.key for recorded in made.recorded] == ["shell:getprop"]
    assert b"R5CW00AAAAA" not in made.recorded[0].reply.stdout
    assert made.skipped == ("AT: ATI", "df")


def _captured(folder: Path, *captures: tuple[str, str]) -> Path:
    """A folder with these commands and what each printed."""
    entries = []
    for number, (command, said) in enumerate(captures):
        (folder / f"{number}.txt").write_text(said)
        entries.append({"command": command, "file": f"{number}.txt"})
    (folder / "index.json").write_text(json.dumps({"captures": entries}))
    return folder


def test_a_command_captured_twice_belongs_to_two_visits(tmp_path: Path) -> None:
    folder = _captured(
        tmp_path, ("dumpsys battery", "one"), ("getprop", "both"), ("dumpsys battery", "two")
    )
    assert count_visits(folder) == 2
    for visit, said in ((1, b"one"), (2, b"two")):
        made = import_folder(folder, salt=b"salt", probes=(), visit=visit)
        found = {one.reply.key: one.reply.stdout for one in made.recorded}
        assert found == {"shell:dumpsys battery": said, "shell:getprop": b"both"}
        assert made.skipped == ("shell:dumpsys battery (again)",)


def test_a_whole_file_answers_a_search_in_it(tmp_path: Path) -> None:
    """People capture `cat /proc/cpuinfo`; a probe greps it, to leave the serial number there."""
    said = "processor\t: 0\nBogoMIPS\t: 38.40\nHardware\t: Kirin\nSerial\t: 00001b2c3d4e5f60\n"
    folder = _captured(tmp_path, ("cat /proc/cpuinfo", said))
    search = Shell("grep", "-E", "^(processor|Hardware)", "/proc/cpuinfo")
    made = import_folder(folder, salt=b"salt", probes=(), requests=[search, Shell("getprop")])
    found = {one.reply.key: one.reply.stdout for one in made.recorded}
    assert found[search.key] == b"processor\t: 0\nHardware\t: Kirin\n"
    assert len(found) == 2


@pytest.mark.parametrize("text", ["", "[]", '{"captures": 3}', '{"captures": ["x"]}'])
def test_an_index_that_is_none_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(CaptureInvalid):
        import_folder(tmp_path, salt=b"salt", probes=())


def test_timestamps_are_utc() -> None:
    assert timestamp().endswith("+00:00")
