"""What several phones of one process load is loaded once, in the steps of the first of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from diagnose.jobs.job import SharedPreload


def steps(done: list[int]) -> Iterator[object]:
    for number in range(3):
        done.append(number)
        yield number


def test_the_first_phone_does_the_steps_and_the_others_wait() -> None:
    done: list[int] = []
    shared = SharedPreload(steps(done))
    first, other = shared.first(), shared.others()
    next(first)
    next(other)  # a short wait, not a step of the work
    assert done == [0]
    assert list(first) == [1, 2]
    assert list(other) == []
    assert done == [0, 1, 2]


def test_a_first_phone_that_never_loads_holds_nobody_up() -> None:
    shared = SharedPreload(steps([]))
    shared.first()
    shared.end()
    assert list(shared.others()) == []


def test_a_step_that_fails_holds_nobody_up() -> None:
    def broken() -> Iterator[object]:
        yield 1
        raise OSError("gone")

    shared = SharedPreload(broken())
    with pytest.raises(OSError, match="gone"):
        list(shared.first())
    assert list(shared.others()) == []
