"""Answers that stand in another answer: files that were searched, one volume of all, a setting."""

from __future__ import annotations

import pytest

from diagnose.model.replies import ReplyStatus
from diagnose.run.capture_import.answering import Gathered, _data_volume, _searched, _setting
from diagnose.run.capture_import.output import CapturedOutput

CPUINFO = b"processor\t: 0\nBogoMIPS\t: 38\nHardware\t: qcom\n"


def gathered(**files: bytes) -> Gathered:
    names = {name.replace("__", "/"): data for name, data in files.items()}
    return Gathered(files={n: CapturedOutput(n, (), data) for n, data in names.items()})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            ("grep", "-E", "^(processor|Hardware)", "/proc/cpuinfo"),
            b"processor\t: 0\nHardware\t: qcom\n",
        ),
        (("grep", "Hardware", "/proc/cpuinfo"), b"Hardware\t: qcom\n"),
        (("grep", "H.rdware", "/proc/cpuinfo"), b""),
        (("grep", "-E", "H.rdware", "/proc/cpuinfo"), b"Hardware\t: qcom\n"),
    ],
)
def test_a_search_gives_the_lines_that_fit(words: tuple[str, ...], found: bytes) -> None:
    made = _searched(words, gathered(__proc__cpuinfo=CPUINFO))
    assert made is not None
    assert made[0].data == found


def test_a_file_that_was_not_captured_is_no_empty_one() -> None:
    assert _searched(("grep", "x", "/proc/cpuinfo"), gathered()) is None


TABLE = (
    b"Filesystem 1K-blocks Used Available Use% Mounted on\n"
    b"tmpfs 10 1 9 10% /dev\n/dev/dm-1 100 40 60 40% /data\n/dev/fuse 100 40 60 40% /storage\n"
)


def test_one_volume_is_its_row_under_the_head_of_all() -> None:
    found = _data_volume(("df", "-k", "/data"), TABLE)
    head, row = TABLE.splitlines(keepends=True)[0], b"/dev/dm-1 100 40 60 40% /data\n"
    assert found == head + row
    assert _data_volume(("df", "-k", "/cache"), TABLE) is None
    assert _data_volume(("df", "-k", "/data"), TABLE.replace(b"1K-blocks", b"Size")) is None


SETTINGS = (
    b"GLOBAL SETTINGS (user 0)\n_id:7 name:wifi_on pkg:android value:2\n\n"
    b"SECURE SETTINGS (user 0)\n_id:3 name:wifi_on pkg:android value:9\n"
)


def test_a_setting_is_of_its_own_table() -> None:
    assert _setting(("settings", "get", "global", "wifi_on"), SETTINGS) == b"2\n"
    assert _setting(("settings", "get", "secure", "wifi_on"), SETTINGS) == b"9\n"
    assert _setting(("settings", "get", "system", "wifi_on"), SETTINGS) is None
    assert _setting(("settings", "get", "global", "adb_enabled"), SETTINGS) is None
    assert _setting(("settings", "get", "global"), SETTINGS) is None


def test_what_came_of_several_files_is_as_whole_as_the_worst_of_them() -> None:
    files = {
        "/sys/a": CapturedOutput("a", (), b"1\n"),
        "/sys/b": CapturedOutput("b", (), b"2\n", status=ReplyStatus.TRUNCATED),
    }
    made = _searched(("grep", "", "/sys/a", "/sys/b"), Gathered(files=files))
    assert made is not None
    assert (made[0].data, made[0].status) == (b"/sys/a:1\n/sys/b:2\n", ReplyStatus.TRUNCATED)
