"""`profiles check`: what it finds in a wrong database, and that the shipped one is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnose.knowledge.probes import load_probes
from diagnose.knowledge.profiles.check import ProfileProblem, check, check_all
from diagnose.knowledge.profiles.load import load_profiles
from diagnose.knowledge.profiles.match import MatchCondition, Profile
from diagnose.knowledge.profiles.schema import SeenEntry
from diagnose.model.criterion import Basis, Range, Source
from diagnose.model.fact import Fact
from diagnose.sdk import About, FactKind, FactSpec, OneOf, Probe, Spec, Text, Unit

NOTHING = Text("nothing")
PAGE = Source(text=Text("acme.test: Acme One"), basis=Basis.VENDOR)
PROBES = {
    "battery.health": Probe(
        id="battery.health",
        title=NOTHING,
        about=About(tested=NOTHING, meaning=NOTHING, consequence=NOTHING, action=NOTHING),
        requests=(),
        measures={
            "cycles": Spec(Unit.CYCLES, NOTHING),
            "state": Spec(Unit.NONE, NOTHING, criterion=OneOf(good=("fine",), source=PAGE)),
        },
        interpret=lambda _answers: (),
        facts={
            "battery_design_mah": FactSpec(Unit.MILLIAMPERE_HOUR, NOTHING),
            "sensors": FactSpec(Unit.NONE, NOTHING, FactKind.WORDS, ("light", "gyroscope")),
        },
        quirks={"scale": NOTHING},
    )
}


def model(*patterns: str, name: str = "acme/one", **more: object) -> Profile:
    match = (MatchCondition("ro.product.model", patterns),)
    return Profile(name, match=match, lineage=("generic",), **more)  # type: ignore[arg-type]


def found(*profiles: Profile) -> list[ProfileProblem]:
    return check([Profile("generic"), *profiles], PROBES)


def fact(value: object = 4000, source: Source = PAGE) -> Fact:
    return Fact(value=value, source=source, profile="acme/one")  # type: ignore[arg-type]


def test_a_good_profile_has_no_problem() -> None:
    good = model(
        "One",
        facts={"battery_design_mah": fact()},
        limits={"battery.health.cycles": Range(fail_above=800, source=PAGE)},
        quirks={"battery.health": {"scale": 1}},
        seen=(SeenEntry(model="One"),),
    )
    assert found(good) == []


def test_an_unknown_fact_is_named_with_its_near_match() -> None:
    (problem,) = found(model("One", facts={"battery_desing_mah": fact()}))
    assert problem.key == "facts.battery_desing_mah"
    assert "battery_design_mah" in problem.hint


def test_a_fact_is_reported_where_it_stands_not_where_it_is_inherited() -> None:
    inherited = fact().model_copy(update={"profile": "acme/_base"})
    assert found(model("One", facts={"wrong": inherited})) == []


def test_an_unknown_limit_is_named_with_its_near_match() -> None:
    limit = Range(fail_above=800, source=PAGE)
    (problem,) = found(model("One", limits={"battery.health.cycle": limit}))
    assert "battery.health.cycles" in problem.hint


def test_a_limit_of_another_kind_is_found() -> None:
    limit = Range(fail_above=800, source=PAGE)
    (problem,) = found(model("One", limits={"battery.health.state": limit}))
    assert "another kind" in problem.message


@pytest.mark.parametrize(
    ("quirks", "near"),
    [
        ({"battery.helth": {"scale": 1}}, "battery.health"),
        ({"battery.health": {"scales": 1}}, "scale"),
    ],
)
def test_an_unknown_quirk_is_named_with_its_near_match(
    quirks: dict[str, dict[str, int]], near: str
) -> None:
    (problem,) = found(model("One", quirks=quirks))
    assert near in problem.hint


@pytest.mark.parametrize("words", ["somebody told me so", "https://acme.test/TODO", "unknown page"])
def test_a_source_nobody_can_look_up_is_found(words: str) -> None:
    source = Source(text=Text(words), basis=Basis.VENDOR)
    (problem,) = found(model("One", facts={"battery_design_mah": fact(source=source)}))
    assert problem.key == "facts.battery_design_mah"


@pytest.mark.parametrize("words", ["acme.test; wiki.lineageos.org/devices/one", "www.GSMArena.com"])
def test_a_community_is_no_maker(words: str) -> None:
    facts = {"battery_design_mah": fact(source=Source(text=Text(words), basis=Basis.VENDOR))}
    (problem,) = found(model("One", facts=facts))
    assert problem.key == "facts.battery_design_mah"
    assert "guess" in problem.hint
    honest = Source(text=Text(words), basis=Basis.GUESS)
    assert found(model("One", facts={"battery_design_mah": fact(source=honest)})) == []


def test_a_value_the_probe_cannot_use_is_found_with_what_to_write() -> None:
    (number,) = found(model("One", facts={"battery_design_mah": fact("4000 mAh")}))
    assert (number.profile, number.key) == ("acme/one", "facts.battery_design_mah")
    assert "in mAh: 4000" in number.hint
    (word,) = found(model("One", facts={"sensors": fact(("gyroscop",))}))
    assert "gyroscope" in word.hint


def test_a_negative_quantity_is_found() -> None:
    assert found(model("One", facts={"battery_design_mah": fact(-1)}))


@pytest.mark.parametrize(
    ("one", "other", "ties"),
    [
        (("One",), ("One", "Two"), True),
        (("A*",), ("*B",), True),
        (("A*",), ("AB",), False),
        (("A*",), ("B*",), False),
    ],
)
def test_ties_are_found_without_a_phone(
    one: tuple[str, ...], other: tuple[str, ...], ties: bool
) -> None:
    problems = found(model(*one), model(*other, name="acme/two"))
    assert bool(problems) is ties
    assert all("ties with" in problem.message for problem in problems)


def test_a_unit_that_gets_another_profile_is_found() -> None:
    stray = model("One", seen=(SeenEntry(model="Two"),))
    (problem,) = found(stray, model("Two", name="acme/two"))
    assert problem.key == "seen.0"
    assert "acme/two" in problem.message


def test_broken_files_are_problems_not_the_end(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("not TOML")
    (tmp_path / "fine.toml").write_text('schema = 1\nid = "fine"\nextends = "broken"\n')
    problems, count = check_all({}, [tmp_path])
    assert count >= len(load_profiles())
    assert [p.profile for p in problems if "TOML" in p.hint] == ["broken"]


def test_the_shipped_database_has_no_problem() -> None:
    problems, count = check_all(load_probes())
    assert problems == []
    assert count > 100
