"""WebView, kernel, codecs, packed levels, single properties, statements of the lock."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.integrity.bootloader import lock_statements
from diagnose.parsers.property_values import flag, number, patch_level, word
from diagnose.parsers.software.webview import parse_webview
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level
from diagnose.parsers.system.kernel import parse_kernel_version
from diagnose.parsers.system.media_codecs import parse_media_codecs

WEBVIEW = """Current WebView Update Service state
  Multiprocess enabled: true
  Current WebView package (name, version): (com.example.webview, 139.0.7258.143)
  Minimum WebView version code: 725813303
  WebView packages:
    Valid package com.example.webview (versionName: 139.0, versionCode: 1) is  installed
    Invalid package com.example.old (versionName: 1.0, versionCode: 1), reason: No manifest flag
"""
CODECS = """/vendor/etc/media_codecs.xml:<MediaCodecs>
/vendor/etc/media_codecs.xml:  <MediaCodec name="c2.acme.avc.decoder" type="video/avc" >
/vendor/etc/media_codecs.xml:  <MediaCodec name="c2.acme.avc.decoder.secure" type="video/avc">
/vendor/etc/media_codecs.xml:  <MediaCodec name="c2.acme.avc.encoder" type="video/avc" >
/vendor/etc/media_codecs.xml:  <MediaCodec name="OMX.google.opus.decoder">
/vendor/etc/media_codecs_2.xml:  <MediaCodec name="c2.acme.avc.decoder" type="video/avc" >
"""


def test_webview_in_use() -> None:
    found = parse_webview(WEBVIEW)
    assert (found.package, found.version) == ("com.example.webview", "139.0.7258.143")
    assert found.rejected == ("com.example.old: No manifest flag",)
    assert found.raw in WEBVIEW


def test_no_webview_is_an_answer() -> None:
    assert parse_webview("  Current WebView package is null\n").package == ""


def test_codecs_once_each_by_kind() -> None:
    codecs = parse_media_codecs(CODECS)
    assert len(codecs) == 4
    assert [codec.encodes for codec in codecs] == [False, False, True, False]
    assert [codec.is_secure for codec in codecs] == [False, True, False, False]
    assert codecs[3].is_software


def test_kernel() -> None:
    line = "Linux version 5.15.178-android13-8-g54d1ed1f (builder@host) (clang) #1 SMP\n"
    assert parse_kernel_version(line) == "5.15.178-android13-8-g54d1ed1f"


@pytest.mark.parametrize(
    ("packed", "level"),
    [
        ("196610", "3.2"),
        ("0x30002", "3.2"),
        ("0x20000", "2.0"),
        ("0", None),
        ("", None),
        ("-1", None),
    ],
)
def test_gl_es(packed: str, level: str | None) -> None:
    assert gl_es_level(packed) == level


@pytest.mark.parametrize(
    ("packed", "level"),
    [("4194304", "1.0"), ("4198400", "1.1"), ("4206592", "1.3"), ("0", None), ("x", None)],
)
def test_vulkan(packed: str, level: str | None) -> None:
    assert vulkan_level(packed) == level


def test_single_properties() -> None:
    properties = {"a": "1", "b": "no", "c": "", "d": " 34 ", "e": "x" * 500}
    assert (flag(properties, "a"), flag(properties, "b"), flag(properties, "c")) == (
        True,
        False,
        None,
    )
    assert (number(properties, "d"), number(properties, "e"), number({}, "d")) == (34, None, None)
    assert (word(properties, "c"), len(word(properties, "e") or "")) == (None, 100)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2026-08-05", date(2026, 8, 5)),
        ("2026-13-01", None),
        ("2026-8-5", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_patch_level(text: str, level: date | None) -> None:
    assert patch_level(text) == level


def test_lock_statements_come_least_trusted_first() -> None:
    found = lock_statements(
        {"ro.boot.vbmeta.device_state": "LOCKED", "ro.boot.flash.locked": "0", "other": "1"}
    )
    assert [(output.locked, output.source) for output in found] == [
        (False, "ro.boot.flash.locked"),
        (True, "ro.boot.vbmeta.device_state"),
    ]


PARSERS: list[Callable[[str], object]] = [
    parse_webview,
    parse_kernel_version,
    parse_media_codecs,
    gl_es_level,
    vulkan_level,
    patch_level,
]


@pytest.mark.parametrize("parser", PARSERS)
@given(text=st.text(max_size=300) | st.sampled_from([WEBVIEW, CODECS]).map(lambda s: s[::2]))
def test_any_text_raises_only_parse_error(parser: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(ParseError):
        parser(text)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("unit", ["(", " ", "<MediaCodec ", "Invalid package a ", "9", "Linux "])
def test_hostile_repetition_takes_linear_time(parser: Callable[[str], object], unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    began = time.process_time()
    with contextlib.suppress(ParseError):
        parser(text)
    assert time.process_time() - began < 3


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=30)))
def test_single_properties_of_any_words(properties: Mapping[str, str]) -> None:
    assert flag(properties, "a") in (True, False, None)
    assert number(properties, "a") is None or properties["a"].strip().isdigit()
