"""What a pattern is not looked for without must really stand in all that it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.privacy import apps, redactor, vocabulary
from diagnose.privacy.patterns import Rule
from diagnose.privacy.vocabulary import vocabulary_of, word_of

_WORD = re.compile(rb"[a-z_:=]+")


def literal_runs(parsed: Any) -> Iterator[bytes]:
    """What must stand in a match, as Python itself reads the pattern: literals in a row."""
    run = bytearray()
    for op, value in parsed:
        if op is _constants.LITERAL:
            run.append(value)
            continue
        if op in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
            continue
        if op is _constants.SUBPATTERN:  # a group is there; what it begins with follows the run
            inner = list(value[3])
            while inner and inner[0][0] is _constants.LITERAL:
                run.append(inner.pop(0)[1])
        elif op is _constants.MAX_REPEAT and value[0] >= 1:
            yield from literal_runs(value[2])
        yield bytes(run)
        run.clear()
    yield bytes(run)


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        *((word, rule.pattern) for word, rule in redactor._RULES if not rule.word),
        *apps._NAMED,
    ],
)
def test_a_pattern_begins_with_its_word(word: bytes, pattern: re.Pattern[bytes]) -> None:
    runs = list(literal_runs(_parser.parse(pattern.pattern)))
    assert any(word in run for run in runs), runs
    assert _WORD.fullmatch(word) or not word


def test_words_that_are_named_stand_in_the_pattern() -> None:
    named = [rule for _, rule in redactor._RULES if rule.word]
    assert [rule.word in rule.pattern.pattern for rule in named] == [True] * len(named)
    assert len(named) < 6  # they are proved by the corpus alone


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (rb"certificates?=", b"certificate"),
        (rb"_p?sno?", b""),
        (rb"(?:a|b)word", b""),
        (rb"\(description: x", b"description:"),
        (rb"\.esn", b"esn"),
        (rb"serial+number", b"seria"),
        (rb"[0-9]serial", b""),
    ],
)
def test_only_what_cannot_be_missing_is_a_word(pattern: bytes, word: bytes) -> None:
    assert word_of(re.compile(pattern)) == word


@given(st.binary(max_size=300), st.integers(1, 40))
def test_every_word_is_kept_whole(data: bytes, part: int) -> None:
    lowered = data.lower()
    kept = vocabulary_of(lowered, part)
    for found in _WORD.findall(lowered):
        assert found in kept


def test_a_word_on_the_border_of_two_parts_is_kept_whole() -> None:
    for before in range(vocabulary.PART - 12, vocabulary.PART + 2):
        assert b"serialnumber" in vocabulary_of(b" " * before + b"serialnumber ")


def test_rules_have_words() -> None:
    """The point of it: hardly a pattern is looked for in a reply that has no word for it."""
    always = [rule for word, rule in redactor._RULES if not word]
    assert len(always) < 25
    assert all(isinstance(rule, Rule) for rule in always)
