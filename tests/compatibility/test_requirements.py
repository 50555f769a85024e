"""`requirements.toml`: what it may say, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.compatibility.reading import read_requirements
from diagnose.compatibility.requirements import parse_requirements
from diagnose.errors import AppInvalid

WHOLE = b"""
schema = 1
package = "org.example.app"
min_sdk = 24
target_sdk = 35
abis = ["arm64-v8a"]
features = ["android.hardware.nfc"]
gl_es = "3.1"
vulkan = "1.1"
permissions = ["android.permission.CAMERA"]
"""


def test_every_key(tmp_path: Path) -> None:
    path = tmp_path / "requirements.toml"
    path.write_bytes(WHOLE)
    found = read_requirements(path)
    assert (found.min_sdk, found.target_sdk, found.max_sdk) == (24, 35, None)
    assert (found.gl_es, found.vulkan, found.abis) == ("3.1", "1.1", ("arm64-v8a",))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (b"min_sdk = 'x'", "min_sdk"),
        (b"minSdk = 24", "minSdk"),
        (b"min_sdk = 30\nmax_sdk = 24", "above max_sdk"),
        (b"gl_es = '3'", "gl_es"),
        (b"features = ['a b; rm']", "features.0"),
        (b"schema = 2", "schema"),
        (b"", "asks for nothing"),
        (b"# nothing yet\nschema = 1\n", "asks for nothing"),
        (b"package = 'org.example.app'", "asks for nothing"),
        (b"abis = ['arm64']", "did you mean arm64-v8a"),
        (b"abis = ['arm64_v8a']", "did you mean arm64-v8a"),
        (b"abis = ['z80']", "known: arm64-v8a"),
        (b"min_sdk", "TOML"),
    ],
)
def test_mistakes_are_one_plain_line_with_a_hint(words: bytes, complaint: str) -> None:
    with pytest.raises(AppInvalid, match=complaint) as refused:
        parse_requirements(words)
    assert refused.value.hint
    assert "\n" not in refused.value.message


def test_a_mark_of_byte_order_is_no_mistake() -> None:
    assert parse_requirements(b"\xef\xbb\xbf" + WHOLE).min_sdk == 24


def test_huge_file_that_is_no_apk(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * (2 * 1024 * 1024))
    with pytest.raises(AppInvalid, match="neither"):
        read_requirements(path)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_words_raise_nothing_else(data: bytes) -> None:
    try:
        parse_requirements(data)
    except AppInvalid:
        return
