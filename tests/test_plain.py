"""Our quick `dataclass` does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, replace
from typing import Any

import pytest

from diagnose.model.plain import dataclass


@dataclass(frozen=True)
class Place:
    street: str
    number: int = 1
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Home(Place):
    """One more field, and a check of its own."""

    owner: str = ""

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)


@dataclass
class Count:
    one: int = 0
    kept: list[int] = field(default_factory=list, init=False)


def written_by(kind: Any) -> tuple[Any, Any]:
    """The same two classes by one `dataclass` or the other."""

    @kind(frozen=True)
    class Pair:
        left: int
        right: tuple[int, ...] = ()

    @kind
    class Loose:
        left: int

    return Pair, Loose


def test_the_same_words_the_same_hash() -> None:
    ours, theirs = written_by(dataclass), written_by(dataclasses.dataclass)
    assert repr(ours[0](1, (2,))) == repr(theirs[0](1, (2,)))
    assert hash(ours[0](1, (2,))) == hash(theirs[0](1, (2,)))
    assert ours[0].__match_args__ == theirs[0].__match_args__
    assert ours[1].__hash__ is None is theirs[1].__hash__


def test_defaults_are_made_for_each() -> None:
    first, second = Place("A"), Place("A")
    first.tags.append("x")
    assert second.tags == []
    assert (first == second, Place("A") == second, Place("A", 2) == second) == (False, True, False)
    assert Count(1).kept is not Count(1).kept


def test_what_is_not_a_field_is_refused() -> None:
    kind: Any = Place
    for given, named in (((), {}), (("A", 1, [], 4), {}), (("A",), {"other": 1})):
        with pytest.raises(TypeError):
            kind(*given, **named)
    kind = Count
    with pytest.raises(TypeError):
        kind(1, [])


def test_frozen_stays_frozen() -> None:
    home: Any = Home("A", owner="x")
    with pytest.raises(FrozenInstanceError):
        home.owner = "y"
    with pytest.raises(FrozenInstanceError):
        del home.street
    with pytest.raises(FrozenInstanceError):
        home.more = 1
    count = Count()
    count.one = 2
    assert count == Count(2)


def test_it_is_a_dataclass_to_everyone_else() -> None:
    home = Home("A", 2, ["t"], "x")
    assert replace(home, owner="y") == Home("A", 2, ["t"], "y")
    assert asdict(home) == {"street": "A", "number": 2, "tags": ["t"], "owner": "x"}
    assert pickle.loads(pickle.dumps(home)) == home == copy.deepcopy(home)  # noqa: S301 - our own
    assert Home("A") != Place("A")
    with pytest.raises(ValueError, match="-1"):
        Home("A", -1)


def test_a_plain_child_may_have_attributes_of_its_own() -> None:
    class Child(Place):
        more = 0

    child: Any = Child("A")
    child.more = 1
    assert child.more == 1
    with pytest.raises(FrozenInstanceError):
        child.street = "B"


def test_keyword_only_is_not_for_here() -> None:
    @dataclass
    class Named:
        name: str = field(kw_only=True)

    with pytest.raises(TypeError, match="keyword-only"):
        Named(name="a")
