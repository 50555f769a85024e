"""The capture file: what is recorded is what was said, whole or not at all."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import CaptureInvalid, NoSuchFile, OutputError
from diagnose.files.folder import FolderDraft, reserved
from diagnose.model.replies import Reply, ReplyStatus
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
from diagnose.station.signing import make_key

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
    with reserved(folder, make_key) as held:
        draft = held.draft()
        recorder = Recorder(HEADER, draft)
        recorder.identify(Subject("hash", "XYZ…001"))
        for one in recorded:
            recorder.add(one)
        capture = recorder.finish(END)
        draft.commit()
    return capture


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
    recorder = Recorder(HEADER, FolderDraft(tmp_path, make_key))
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
            HEAD_LINE + '{"key": "x"}\n',
            "damaged",
        ),
    ],
)
def test_what_is_no_capture_is_one_plain_error(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "capture.jsonl").write_text(text)
    with pytest.raises(CaptureInvalid, match=words):
        read_capture(tmp_path)


def test_a_later_minor_version_may_say_more_in_the_header(tmp_path: Path) -> None:
    output = '{"capture": 1, "started_at": "2026-11-22T12:00:00+00:00", "plan": "x", "later": 1}\n'
    (tmp_path / "capture.jsonl").write_text(output)
    assert read_capture(tmp_path).header.plan == "x"


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        Recorder(HEADER, FolderDraft(tmp_path / "absent", make_key))


def test_a_disk_that_is_full_costs_the_file_and_not_the_capture(tmp_path: Path) -> None:
    draft = FolderDraft(tmp_path, make_key)
    recorder = Recorder(HEADER, draft)
    recorder.add(Recorded(Reply("shell:x", ReplyStatus.COMPLETE)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        recorder.add(Recorded(Reply("shell:y", ReplyStatus.COMPLETE, b"y" * 5000)))
        recorder.add(Recorded(Reply("shell:z", ReplyStatus.COMPLETE)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert len(recorder.finish(END).recorded) == 3
    with pytest.raises(OutputError, match="cannot write"):
        draft.commit()


def test_timestamps_are_utc() -> None:
    assert timestamp().endswith("+00:00")
