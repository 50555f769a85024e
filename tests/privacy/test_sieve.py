"""One pass says which patterns may find something: one too many perhaps, never one too few."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.privacy import redactor, sieve
from diagnose.privacy.sieve import Sieve, widened

re2 = pytest.importorskip("re2")


def named(pattern: bytes, data: bytes) -> bool:
    return bool(Sieve([("it", re.compile(pattern))]).among(data))


@pytest.mark.parametrize(
    ("pattern", "wider"),
    [
        (rb"(?P<v>35(?<![0-9a-z.+_-]35)[0-9]{13})(?![0-9a-z.%])", rb"(?:35[0-9]{8,})"),
        (rb"aid(?<=[ouva]aid)x", rb"aidx"),
        (rb"\.(?=[a-z_])(?<=(?:a(?:e|i)|bc)\.)z", rb"\.z"),
        (rb"(?m)^[ \t]{1,8}name: (?P<v>[^\n]{1,248})$", rb"[ \t]{1,8}name: (?:[^\n]{1,})"),
        (rb"[)(]{2}[^]\s]*+\(?\s+?", rb"[)(]{2,2}[^]\t-\r ]*\(?[\t-\r ]+?"),
        (rb"a(?=\")|b\Z", rb"a|b"),
        (rb"(?:x{16,65536}|y++)", rb"(?:x{8,}|y+)"),
    ],
)
def test_a_pattern_is_widened(pattern: bytes, wider: bytes) -> None:
    re.compile(pattern)
    assert widened(pattern).replace(b"+?", b"+") == wider.replace(b"+?", b"+")


def test_every_pattern_is_one_of_re2() -> None:
    for pattern in redactor._SOUGHT._patterns:
        re2.compile(widened(pattern), redactor._SOUGHT._options())


@given(st.sampled_from(redactor._SOUGHT._patterns), st.data())
def test_what_python_finds_is_named(pattern: bytes, data: st.DataObject) -> None:
    output = data.draw(st.from_regex(re.compile(pattern), fullmatch=False)).lower()
    if re.search(pattern, output):
        assert named(pattern, output)


@given(st.binary(max_size=200))
def test_bytes_are_taken_as_they_are(data: bytes) -> None:
    assert named(rb"[^\n]", data) == bool(data.replace(b"\n", b""))
    assert named(rb"\s\S", data) == bool(re.search(rb"\s\S", data))


class GivesUp:
    """What RE2 answers where its memory did not do: the same as for nothing found."""

    def Match(self, _data: bytes) -> None:  # noqa: N802 - its name
        return None


def test_where_it_gives_up_everything_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Sieve([(letter, re.compile(letter.encode())) for letter in "abc"])
    monkeypatch.setitem(tried.__dict__, "_set", GivesUp())
    assert tried.among(b"nothing") == ["a", "b", "c"]


def test_without_re2_everything_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "re2", None)
    assert Sieve([("it", re.compile(b"x"))]).among(b"nothing of it") == ["it"]


def test_what_is_named_keeps_its_order() -> None:
    tried = Sieve([(letter, re.compile(letter.encode())) for letter in "abc"])
    assert tried.among(b"c and a") == ["a", "c"]
    assert tried.among(b"") == tried.among(b"xyz") == []
