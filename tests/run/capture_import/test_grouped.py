"""Several files in one answer: told apart where that is sure, else left alone."""

from __future__ import annotations

import pytest

from diagnose.run.capture_import.answering import Gathered, _not_running
from diagnose.run.capture_import.grouped import split_files

NAMES = ("/sys/a/one", "/sys/a/two", "/sys/a/three")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b"1\n2\n3\n", dict(zip(NAMES, (b"1\n", b"2\n", b"3\n"), strict=True))),
        (b"1\n2\n", {}),
        (b"1\n2\n3\n4\n", {}),
        (b"", {}),
    ],
)
def test_a_line_for_each_file_is_one_of_each_and_no_other_number(
    answer: bytes, found: dict[str, bytes]
) -> None:
    assert split_files(("cat", *NAMES), answer) == found


def test_one_file_may_have_any_number_of_lines() -> None:
    assert split_files(("cat", NAMES[0]), b"1\n2\n3\n") == {NAMES[0]: b"1\n2\n3\n"}


@pytest.mark.parametrize(
    ("services", "words", "says_so"),
    [
        (["battery"], ("dumpsys", "media.camera"), True),
        (["battery"], ("dumpsys", "battery"), False),
        (["battery"], ("dumpsys", "media.camera", "-a"), False),
        (["battery"], ("dumpsys",), False),
        (None, ("dumpsys", "media.camera"), False),
    ],
)
def test_only_a_service_that_a_whole_list_lacks_is_not_running(
    services: list[str] | None, words: tuple[str, ...], *, says_so: bool
) -> None:
    made = _not_running(words, Gathered(services=services))
    assert (made is not None) is says_so
    if made:
        assert made[0].stderr == b"Can't find service: media.camera\n"
