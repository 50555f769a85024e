"""The capture file: what is recorded is what was said, whole or not at all."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize("number", ["9007199254740992", "-9007199254740992", "1" * 21, "1e999"])
def test_a_number_that_readers_of_json_disagree_about_is_refused(
    tmp_path: Path, number: str
) -> None:
    line = HEAD_LINE.replace('"plan"', f'"least": {number}, "plan"')
    (tmp_path / "capture.jsonl").write_text(line)
    with pytest.raises(CaptureInvalid, match="not JSON"):
        read_capture(tmp_path)
    good = HEAD_LINE.replace('"plan"', '"least": 9007199254740991, "plan"')
    (tmp_path / "capture.jsonl").write_text(good)
    assert read_capture(tmp_path).header.least == 2**53 - 1


@pytest.mark.parametrize(
    ("face", "is_whole"),
    [
        ({"channel": "adb", "connection": "usb"}, True),
        ({"channel": "adb", "connection": "usb", "state": "device"}, True),
        ({"channel": "adb"}, False),
        ({"connection": "usb", "state": "device"}, False),
    ],
)
def test_a_face_has_a_channel_and_a_connection(
    tmp_path: Path, face: dict[str, str], *, is_whole: bool
) -> None:
    line = HEAD_LINE.replace('"plan"', f'"faces": [{json.dumps(face)}], "plan"')
    (tmp_path / "capture.jsonl").write_text(line)
    if is_whole:
        assert read_capture(tmp_path).header.faces == (face,)
    else:
        with pytest.raises(CaptureInvalid, match="a face without channel or connection"):
            read_capture(tmp_path)


def test_how_many_lines_were_dropped_is_written_only_where_some_were(tmp_path: Path) -> None:
    none, some = (tmp_path / name for name in ("none", "some"))
    for folder, dropped in ((none, 0), (some, 3)):
        _record(folder, Recorded(Reply("shell:x", ReplyStatus.COMPLETE), dropped=dropped))
    lines = [(folder / "capture.jsonl").read_text() for folder in (none, some)]
    assert ["dropped" in text for text in lines] == [False, True]
    assert read_capture(some).recorded[0].dropped == 3


WHOLE, CUT = ReplyStatus.COMPLETE, ReplyStatus.TRUNCATED


@pytest.mark.parametrize(
    ("statuses", "chosen"),
    [((WHOLE, WHOLE), 0), ((WHOLE, CUT), 0), ((CUT, WHOLE, WHOLE), 1), ((CUT, CUT), 0)],
)
def test_of_several_replies_to_one_request_the_first_whole_one_counts(
    tmp_path: Path, statuses: tuple[ReplyStatus, ...], chosen: int
) -> None:
    said = [Reply("shell:x", status, stdout=b"%d" % at) for at, status in enumerate(statuses)]
    capture = _record(tmp_path / "run", *(Recorded(reply) for reply in said))
    assert capture.replies["shell:x"].stdout == b"%d" % chosen
