"""Patterns kept from one run to the next are what Python would make, and hold no phone's words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_MODULE = """
import re
NAMED = re.compile(r"(?P<year>\\d{4})-(?P<month>\\d\\d)", re.ASCII)
SETS = re.compile(r"(?i)[a-zäöü_]+(?:kelvin|ſ)|[^\\W\\d]{2,}?x", re.MULTILINE)
BYTES = re.compile(rb"\\xff+(a|b)")
def of(serial):
    return re.compile("serial=" + serial)
"""
_USE = """
import re, sys
from diagnose import compiled
compiled.use_kept_patterns()
sys.path.insert(0, sys.argv[1])
import thing
thing.of("R58N30SECRET")
print(thing.NAMED.match("2026-11").groupdict(), thing.NAMED, thing.NAMED.groups)
print(thing.SETS.findall("ÄÖk Kelvin abxcdx"), thing.SETS.flags)
print(thing.BYTES.search(b"\\xff\\xffb").groups(), thing.BYTES)
print(sorted(str(one) for one, _ in compiled._new), file=sys.stderr)
compiled.keep_new_patterns()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "thing.py").write_text(_MODULE, "utf-8")
    return tmp_path


def use(place: Path) -> tuple[str, str]:
    """What a new process finds with these patterns, and which of them it made anew."""
    environment = os.environ | {"DIAGNOSE_CACHE": str(place / "cache"), "PYTHONUTF8": "1"}
    words = [sys.executable, "-c", _USE, str(place)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    return done.stdout, done.stderr


def kept_in(place: Path) -> Path:
    (kept,) = (place / "cache" / "patterns").iterdir()
    return kept


def test_what_is_taken_is_what_was_made(place: Path) -> None:
    first, made = use(place)
    assert "year" in made
    assert use(place) == (first, "[]\n")


def test_a_pattern_made_of_a_phones_words_is_not_kept(place: Path) -> None:
    use(place)
    assert b"year" in kept_in(place).read_bytes()
    assert b"SECRET" not in kept_in(place).read_bytes()


@pytest.mark.parametrize("damage", [b"", b"no sum\n", b"0" * 64 + b"\n{"])
def test_what_is_damaged_is_made_anew(place: Path, damage: bytes) -> None:
    first = use(place)
    kept_in(place).write_bytes(damage)
    assert use(place) == first
    assert use(place)[1] == "[]\n"


def test_what_others_may_write_is_not_taken(place: Path) -> None:
    first = use(place)
    kept_in(place).chmod(0o666)
    assert use(place) == first
