"""Which profile a phone gets: never by file order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ProfileAmbiguous
from diagnose.knowledge.profiles.load import load_profiles
from diagnose.knowledge.profiles.match import (
    FALLBACK,
    GENERIC,
    MatchCondition,
    Profile,
    choose,
    overlap,
)

MODEL = "ro.product.model"
MAKER = "ro.product.manufacturer"
WORDS = st.text(alphabet="ab*?[]-", max_size=6)
SHIPPED = tuple(load_profiles().values())


def profile(name: str, lineage: tuple[str, ...] = (), **match: str | tuple[str, ...]) -> Profile:
    keys = {"model": MODEL, "maker": MAKER}
    conditions = tuple(
        MatchCondition(keys[key], (patterns,) if isinstance(patterns, str) else patterns)
        for key, patterns in match.items()
    )
    return Profile(name, match=conditions, lineage=lineage)


def chosen(*profiles: Profile, **answer: str) -> str:
    keys = {"model": MODEL, "maker": MAKER}
    forward = choose(profiles, {keys[key]: value for key, value in answer.items()})
    backward = choose(profiles[::-1], {keys[key]: value for key, value in answer.items()})
    assert forward == backward
    return forward.id


def test_every_condition_must_hold() -> None:
    both = profile("both", maker="Acme", model="One")
    assert chosen(both, maker="Acme", model="One") == "both"
    assert chosen(both, maker="Acme", model="Two") == "generic"
    assert chosen(both, maker="Acme") == "generic"


def test_a_literal_beats_a_glob() -> None:
    literal, glob = profile("literal", model="SM-S911B"), profile("glob", model="SM-S911*")
    assert chosen(literal, glob, model="SM-S911B") == "literal"
    assert chosen(literal, glob, model="SM-S911U") == "glob"


def test_more_properties_beat_fewer() -> None:
    few, more = profile("few", model="One"), profile("more", maker="Acme", model="One")
    assert chosen(few, more, maker="Acme", model="One") == "more"


def test_a_literal_beats_any_number_of_globs() -> None:
    literal, globs = profile("literal", model="One"), profile("globs", maker="A*", model="O*")
    assert chosen(literal, globs, maker="Acme", model="One") == "literal"


def test_one_of_several_is_enough() -> None:
    several = profile("several", model=("One", "Two-*"))
    assert chosen(several, model="One") == "several"
    assert chosen(several, model="Two-5G") == "several"
    assert chosen(several, model="Three") == "generic"


def test_a_profile_beats_the_one_it_extends() -> None:
    parent = profile("parent", model="One")
    child = profile("child", ("parent",), model="One")
    assert chosen(parent, child, model="One") == "child"


def test_a_tie_is_an_error_that_names_both() -> None:
    one, other = profile("one", model="A*"), profile("other", model="*B")
    with pytest.raises(ProfileAmbiguous, match="one, other"):
        choose([one, other], {MODEL: "AB"})


def test_a_tie_among_lesser_ones_does_not_matter() -> None:
    one, other = profile("one", model="A*"), profile("other", model="*B")
    assert chosen(one, other, profile("best", model="AB"), model="AB") == "best"


def test_nothing_fits() -> None:
    generic = Profile("generic", title="ours")
    assert choose([generic], {MODEL: "x"}) is generic
    assert choose([], {MODEL: "x"}) == FALLBACK


def test_an_empty_answer_fits_nothing() -> None:
    assert chosen(profile("any", model="*"), model="") == "generic"


def test_a_value_with_wildcards_is_taken_literally() -> None:
    odd = profile("odd", model="[x]")
    assert odd.rank({MODEL: "[x]"}) == (1, 0)


@given(st.dictionaries(st.sampled_from([MODEL, MAKER, "ro.product.device"]), st.text()))
def test_whatever_a_phone_says_it_gets_one_profile_or_a_tie(answers: dict[str, str]) -> None:
    try:
        found = choose(SHIPPED, answers)
    except ProfileAmbiguous:
        pytest.fail("two shipped profiles tie")
    assert found in SHIPPED


@given(st.lists(st.builds(lambda n, w: profile(f"p{n}", model=w or "x"), st.integers(), WORDS)))
def test_choosing_never_raises_but_for_a_tie(profiles: list[Profile]) -> None:
    try:
        found = choose(profiles, {MODEL: "ab"})
    except ProfileAmbiguous:
        assert len(profiles) > 1
    else:
        assert found in profiles or found == FALLBACK


@given(WORDS, WORDS, st.text(alphabet="ab-", min_size=1, max_size=6))
def test_patterns_that_share_a_value_overlap(one: str, other: str, value: str) -> None:
    fits = [profile("x", model=pattern or "-").rank({MODEL: value}) for pattern in (one, other)]
    if None not in fits:
        assert overlap(one or "-", other or "-")


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("A*", "*B", True),
        ("A*", "B*", False),
        ("SM-S91*", "SM-S911*", True),
        ("One", "O?e", True),
        ("One", "Two", False),
        ("*" * 20 + "a", "b" * 100, False),
    ],
)
def test_overlap(one: str, other: str, may: bool) -> None:
    assert overlap(one, other) is may
    assert overlap(other, one) is may


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        (Profile("samsung/galaxy-s23", title="Samsung Galaxy S23"), "Samsung Galaxy S23"),
        (Profile("huawei/mate-20-pro", title="HUAWEI Mate 20 Pro / RS"), ""),
        (Profile("samsung/_base", title="Samsung phone"), ""),
        (Profile(GENERIC, title="Android phone"), ""),
        (Profile("x/y", title="Y", marketing_name="Why"), "Why"),
    ],
)
def test_a_phone_is_called_what_it_is_sold_as_where_only_one_model_fits(
    profile: Profile, name: str
) -> None:
    assert profile.sold_as == name
