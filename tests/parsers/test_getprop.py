"""`getprop` as real phones and real operators' consoles print it."""

from __future__ import annotations

import codecs
import contextlib
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.getprop import Properties, parse_getprop
from diagnose.text import decode

NAMES = st.text(st.sampled_from("abcdefghij0123456789._-"), min_size=1, max_size=40)
VALUES = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


def test_plain_entries() -> None:
    found = parse_getprop("[ro.a]: [1]\n[ro.b]: []\n[ro.c]: [x [y] z]\n")
    assert found == {"ro.a": "1", "ro.b": "", "ro.c": "x [y] z"}


def test_value_over_several_lines() -> None:
    text = "[boot.history]: [reboot,1\nshutdown,battery,2\nreboot,ota,3]\n[next]: [y]\n"
    assert parse_getprop(text) == {
        "boot.history": "reboot,1\nshutdown,battery,2\nreboot,ota,3",
        "next": "y",
    }


def test_value_that_ends_in_a_newline() -> None:
    assert parse_getprop("[size]: [10925907968\n]\n[next]: [y]\n") == {
        "size": "10925907968",
        "next": "y",
    }


def test_value_that_ends_in_a_carriage_return() -> None:
    assert parse_getprop(decode(b"[size]: [119\r]\r\n[next]: [y]\r\n"))["size"] == "119"


def test_terminal_overwrote_the_opening_bracket() -> None:
    found = parse_getprop("[before]: [true]\n]vendor.size]: [10864574464\n[after]: [z]\n")
    assert found == {"before": "true", "vendor.size": "10864574464", "after": "z"}


def test_two_entries_glued_by_a_narrow_window() -> None:
    found = parse_getprop("[a.digest]: [0924f6][b.verified]: [2]\n[c]: [3]\n")
    assert found == {"a.digest": "0924f6", "b.verified": "2", "c": "3"}


def test_padding_and_blanks_around_the_colon() -> None:
    assert parse_getprop("[a.b]: [true]      \n[c.d] : [no]\n") == {"a.b": "true", "c.d": "no"}


@pytest.mark.parametrize("prompt", ["C:\\Users\\me>adb shell getprop", "[me@host ~]$ adb devices"])
def test_prompt_after_the_last_value(prompt: str) -> None:
    assert parse_getprop(f"[a]: [1\n2]\n\n{prompt}\n")["a"] == "1\n2"


def test_last_of_two_runs_counts() -> None:
    assert parse_getprop("[a]: [old]\n$ getprop\n[a]: [new]\n") == {"a": "new"}


def test_lost_head() -> None:
    assert parse_getprop("erty]: [half]\n[a.b]: [1]\n")["a.b"] == "1"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r\r\n").encode(),
    ],
)
def test_encodings_of_operators_files(encode: Callable[[str], bytes]) -> None:
    found = parse_getprop(decode(encode("[ro.product.model]: [麦芒 7]\n[b]: [2]\n")))
    assert found == {"ro.product.model": "麦芒 7", "b": "2"}


def test_build_prop_file() -> None:
    text = "# begin\nro.product.model=X 1\nro.empty=\n  \nro.url=https://a/?b=c\n"
    assert parse_getprop(text) == {
        "ro.product.model": "X 1",
        "ro.empty": "",
        "ro.url": "https://a/?b=c",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "error: closed", "sh: getprop: not found"])
def test_no_property_is_an_error(text: str) -> None:
    with pytest.raises(ParseError):
        parse_getprop(text)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=20))
def test_what_getprop_prints_is_read_back(properties: dict[str, str]) -> None:
    text = "".join(f"[{name}]: [{value}]\n" for name, value in properties.items())
    read = parse_getprop(text)
    assert {name: read[name] for name in properties if "][" not in properties[name]} == {
        name: value for name, value in properties.items() if "][" not in value
    }


@given(st.text(st.sampled_from("[]: \n\r=ab.\t"), max_size=400) | st.text(max_size=400))
def test_arbitrary_text_raises_only_parse_error(text: str) -> None:
    try:
        parse_getprop(text)
    except ParseError:
        return


@pytest.mark.parametrize("unit", ["[", "]", "[a]: [", "a" * 150, "[a]:" + " " * 8, "]   ", "a = "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    began = time.process_time()
    with contextlib.suppress(ParseError):
        parse_getprop(text)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("between", ["", " ", "  ", ";", "; ", ", ", "\\n"])
def test_an_answer_in_one_line(between: str) -> None:
    output = between.join(("[a]: [b c]", "[ro.build.type]: [user]", "[ro.product.model]: [X 1]"))
    known = parse_getprop(output)
    assert known == {"a": "b c", "ro.build.type": "user", "ro.product.model": "X 1"}
    assert isinstance(known, Properties)
    assert known.raw("ro.build.type") == "[ro.build.type]: [user]"


def test_brackets_inside_a_value_begin_no_entry() -> None:
    assert parse_getprop("[a]: [x [y]: [z] w]\n[b]: [c]\n") == {"a": "x [y]: [z] w", "b": "c"}
