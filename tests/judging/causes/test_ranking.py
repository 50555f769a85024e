"""Which causes are named, in which order, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
from tests.judging.causes.made import SLOW, cause, condition, knowledge, measured, result, two

from diagnose.judging.causes.ranking import diagnose
from diagnose.model.cause import CareAdvice, Cause
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text

BAD = result(measured())
WEAK = condition(strength="weak")


def suspecting(*causes: str) -> Symptom:
    """A complaint behind which these may be, even where nothing measured shows it."""
    return SLOW.model_copy(update={"suspects": causes})


def named(*causes: Cause, results: tuple[ProbeResult, ...] = (BAD,), told: bool = False) -> Any:
    return diagnose(results, (SLOW,) if told else (), knowledge(*causes))


def codes(*causes: Cause, **more: Any) -> list[str]:
    return [fault.code for fault in named(*causes, **more).faults]


def test_the_surest_comes_first() -> None:
    hinted = cause("a.hinted", **{"for": (condition("area.two.value"),)})
    results = (BAD, result(measured("area.two.value", Outcome.ATTENTION)))
    assert codes(hinted, cause("z.failed"), results=results) == ["z.failed", "a.hinted"]


def test_what_was_measured_comes_before_what_is_only_complained_of() -> None:
    words = cause("a.words", hidden=True, **{"for": ()})
    doubted = cause("z.measured", at_most="possible")
    found = diagnose((BAD,), (suspecting("a.words"),), knowledge(words, doubted))
    assert [fault.code for fault in found.faults] == ["z.measured", "a.words"]


def test_what_a_measure_shows_comes_before_what_a_hint_points_to() -> None:
    hinted = cause("a.hinted", at_most="possible", **{"for": (WEAK,)})
    shown = cause("z.shown", at_most="possible")
    assert codes(hinted, shown, told=True) == ["z.shown", "a.hinted"]


def test_an_origin_comes_before_what_it_implies_and_is_named_there() -> None:
    diagnosis = named(cause("a.effect"), cause("z.origin", implies=("a.effect",)))
    origin, effect = diagnosis.faults
    assert (origin.code, effect.code) == ("z.origin", "a.effect")
    assert effect.reasons[-1].en == "It may only come along with: title of z.origin"
    assert not any("come along" in reason.en for reason in origin.reasons)


def test_an_origin_that_something_contradicts_implies_nothing() -> None:
    doubted = cause(
        "z.origin", implies=("a.effect",), against=(condition("area.two.value", values=[1]),)
    )
    results = (BAD, result(measured("area.two.value", Outcome.PASS), outcome=Outcome.PASS))
    effect = next(
        f for f in named(cause("a.effect"), doubted, results=results).faults if f.code == "a.effect"
    )
    assert not any("come along" in reason.en for reason in effect.reasons)


def test_a_hinted_origin_implies_nothing() -> None:
    hinted = cause("z.origin", implies=("a.effect",), **{"for": (WEAK,)})
    effect = next(
        f for f in named(cause("a.effect"), hinted, told=True).faults if f.code == "a.effect"
    )
    assert not any("come along" in reason.en for reason in effect.reasons)


def test_what_explains_the_complaint_comes_before_what_does_not() -> None:
    others = cause("a.else", symptoms=("camera",), at_most="likely")
    assert codes(others, cause("z.slow", at_most="likely"), told=True) == ["z.slow", "a.else"]


def test_what_nothing_contradicts_comes_before_what_something_does() -> None:
    weak = condition("area.two.value", values=[1], strength="weak")
    doubted = cause("a.doubted", against=(weak,))
    results = (BAD, result(measured("area.two.value", Outcome.PASS), outcome=Outcome.PASS))
    assert codes(doubted, cause("z.clear"), results=results) == ["z.clear", "a.doubted"]


def test_software_comes_before_what_is_not_known_before_parts() -> None:
    kinds = [cause(f"a.{kind}", kind=kind) for kind in ("hardware", "software", "unknown")]
    assert codes(*kinds) == ["a.software", "a.unknown", "a.hardware"]


def test_more_sources_then_more_evidence_then_the_code() -> None:
    two_places, one_place = condition("area.two.value"), condition("area.three.value")
    results = (
        BAD,
        result(
            measured("area.two.value.a", Outcome.ATTENTION, source="s"),
            measured("area.two.value.b", Outcome.ATTENTION, source="s"),
            measured("area.three.value", Outcome.ATTENTION, source="s"),
        ),
    )
    one = cause("a.one", at_most="possible")
    more = cause("b.two", at_most="possible", **{"for": (condition(), one_place)})
    most = cause("c.three", at_most="possible", **{"for": (condition(), two_places)})
    same = cause("a.two", at_most="possible", **{"for": (condition(), one_place)})
    assert codes(one, most, more, same, results=results) == ["c.three", "a.two", "b.two", "a.one"]


@pytest.mark.parametrize(
    ("parts", "told", "is_named"),
    [
        ({}, False, True),
        ({"for": (WEAK,)}, False, False),
        ({"for": (WEAK,)}, True, True),
        ({"for": (WEAK,), "symptoms": ("camera",)}, True, False),
        ({"only_with_symptom": True}, False, False),
        ({"only_with_symptom": True}, True, True),
        ({"for": (condition("area.unread.value"),)}, True, False),
    ],
)
def test_what_points_to_a_cause(parts: dict[str, Any], *, told: bool, is_named: bool) -> None:
    assert codes(cause("a.cause", **parts), told=told) == ["a.cause"] * is_named


def test_a_suspected_cause_that_was_read_and_is_good_is_ruled_out_with_what_was_read() -> None:
    good = result(measured(outcome=Outcome.PASS, value=97), outcome=Outcome.PASS)
    found = diagnose((good,), (suspecting("a.cause"),), knowledge(cause("a.cause")))
    assert found.faults == ()
    (out,) = found.ruled_out
    assert [e.measurement for e in out.excluded_by] == ["area.one.value"]
    assert out.excluded_by[0].text == Text("Value: 97", "数值：97")
    assert (out.confidence, out.reasons) == (Confidence.POSSIBLE, ())


def test_a_suspected_cause_of_which_a_part_was_not_read_stays_open() -> None:
    wide = cause("a.cause", **{"for": (condition(), condition("area.unread.value"))})
    good = result(measured(outcome=Outcome.PASS), outcome=Outcome.PASS)
    found = diagnose((good,), (suspecting("a.cause"),), knowledge(wide))
    assert [fault.code for fault in found.faults] == ["a.cause"]


def test_good_values_do_not_clear_a_hidden_cause_but_strong_evidence_against_it_does() -> None:
    against = condition("area.two.value", values=[1])
    hidden = cause("a.cause", hidden=True, against=(against,))
    good = result(measured(outcome=Outcome.PASS), outcome=Outcome.PASS)
    contrary = result(measured("area.two.value", Outcome.OBSERVED), outcome=Outcome.OBSERVED)
    told = (suspecting("a.cause"),)
    assert diagnose((good,), told, knowledge(hidden)).faults
    (out,) = diagnose((good, contrary), told, knowledge(hidden)).ruled_out
    assert [e.measurement for e in out.excluded_by] == ["area.two.value"]


def test_weak_evidence_against_a_hidden_cause_leaves_it_open() -> None:
    against = condition("area.two.value", values=[1], strength="weak")
    hidden = cause("a.cause", hidden=True, against=(against,))
    contrary = result(measured("area.two.value", Outcome.OBSERVED), outcome=Outcome.OBSERVED)
    found = diagnose((contrary,), (suspecting("a.cause"),), knowledge(hidden))
    assert [fault.code for fault in found.faults] == ["a.cause"]


def test_what_excludes_a_cause_excludes_it_whatever_speaks_for_it() -> None:
    out = cause("a.cause", excluded_by=(condition("area.two.value", values=[1]),))
    contrary = result(measured("area.two.value", Outcome.OBSERVED), outcome=Outcome.OBSERVED)
    found = named(out, results=(BAD, contrary))
    assert (found.faults, [fault.code for fault in found.ruled_out]) == ((), ["a.cause"])
    assert found.ruled_out[0].evidence, "what speaks for it is listed all the same"


def test_a_cause_that_could_be_excluded_and_was_not_read_is_possible_at_most() -> None:
    open_ = cause("a.cause", excluded_by=(condition("area.two.value", values=[1]),))
    (fault,) = named(open_, told=True).faults
    assert fault.confidence is Confidence.POSSIBLE


def test_a_forced_value_with_another_that_excludes_is_ruled_out() -> None:
    forced = result(measured(simulated=True))
    contrary = result(measured("area.two.value", Outcome.OBSERVED), outcome=Outcome.OBSERVED)
    excluded = cause("a.cause", excluded_by=(condition("area.two.value", values=[1]),))
    assert [f.code for f in named(excluded, results=(forced, contrary)).ruled_out] == ["a.cause"]
    assert named(excluded, results=(contrary,)).ruled_out == ()


def test_only_what_was_measured_is_said_as_measured() -> None:
    hinted = cause("a.cause", **{"for": (WEAK,)})
    (shown,), (told,) = named(cause("a.cause")).faults, named(hinted, told=True).faults
    assert (shown.shown, shown.explanation.en) == (True, "it was measured")
    assert shown.consequence == Text("it gets worse", "it gets worse（中）")
    assert (told.shown, told.explanation.en, told.consequence) == (False, "it may be", None)
    assert told.innocent is not None
    words = cause("a.words", hidden=True, **{"for": ()})
    (only,) = diagnose((BAD,), (suspecting("a.words"),), knowledge(words)).faults
    assert only.innocent is None, "no reading speaks for it"
    assert [e.symptom for e in only.evidence] == ["slow"]
    assert only.evidence[0].text == Text("The customer reports: Slow", "客户反映：卡顿")


def test_each_measurement_is_evidence_once() -> None:
    twice = cause("a.cause", **{"for": (condition(), condition(**{"is": ["fail"]}))})
    (fault,) = named(twice).faults
    assert [one.measurement for one in fault.evidence] == ["area.one.value"]


@pytest.mark.parametrize(
    ("causes", "told", "en", "zh"),
    [
        ((), False, "No cause of a fault found; 0 known causes could be tested, 0 not", "0 项"),
        (("a.a",), True, "Causes found: 1", "查明原因 1 项"),
        (("a.a",), False, "No cause is certain, likely: 1", "尚无确定的原因，很可能 1 项"),
    ],
)
def test_one_sentence_says_what_came_of_it(
    causes: tuple[str, ...], *, told: bool, en: str, zh: str
) -> None:
    text = named(*map(cause, causes), told=told).conclusion.text
    assert text.en == en
    assert zh in text.zh


def test_causes_of_every_kind_are_counted_apart() -> None:
    maybe = cause("a.maybe", at_most="possible")
    text = named(cause("a.sure"), cause("b.sure"), maybe, told=True).conclusion.text
    assert text.en == "Causes found: 2, possible: 1"


def test_a_cause_nothing_could_be_read_of_is_named_as_untested() -> None:
    unread = cause("a.unread", **{"for": (condition("area.unread.value"),)})
    half = cause("a.half", **{"for": (condition("area.unread.value"), condition())})
    words = cause("a.words", hidden=True, **{"for": ()})
    conclusion = named(unread, half, words).conclusion
    assert conclusion.causes_untested == ("a.unread",)
    assert conclusion.causes_tested == 1, "a cause without measures is neither"


@pytest.mark.parametrize(("value", "told"), [(47.25, "47.2"), (47.0, "47"), (47, "47")])
def test_the_first_advice_of_a_topic_that_holds_is_given(value: float, told: str) -> None:
    def advice(text: str, topic: str, above: float) -> CareAdvice:
        when = condition(above=above, **{"is": ["fail"]})
        return CareAdvice(topic=topic, when=when, advice=two(text))  # type: ignore[arg-type]

    care = (
        advice("very hot: {value}", "heat", 60),
        advice("hot: {value}", "heat", 40),
        advice("warm: {value}", "heat", 30),
        advice("let it cool", "rest", 30),
    )
    found = diagnose((result(measured(value=value)),), (), knowledge(care=care))
    assert [text.en for text in found.advice] == [f"hot: {told}", "let it cool"]
