"""From a draft to a measurement: what is kept, what is cut, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.judging.bench import ASK, LAW, OTHER, WORD, judged

from diagnose.errors import NotApplicable, NotRun, ParseError, Reason
from diagnose.model.criterion import Range
from diagnose.model.outcome import Outcome
from diagnose.model.result import GlanceTile, Measurement
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.sdk import Answers, Candidate, Draft, Remark, Shell, Spec, Tile, Value


def one(value: Value, name: str = "value", **parts: Any) -> Measurement:
    more = {key: parts.pop(key) for key in ("raw", "note", "words") if key in parts}
    result = judged(lambda a: iter([a.measure(name, value, ASK, **more)]), **parts)
    assert result.error is None, result.error
    return result.measurements[0]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "…"),
        (("y" * 80, "z" * 81), ("y" * 80, "z" * 79 + "…")),
        (tuple("a" for _ in range(201)), ("a",) * 200),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        (2**53 - 1, 2**53 - 1),
        (1 - 2**53, 1 - 2**53),
        (1e300, 1e300),
    ],
)
def test_what_is_kept_of_a_value(value: Value, kept: Value) -> None:
    assert one(value, criterion=None).value == kept


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), float("-inf")])
def test_a_number_no_json_reader_agrees_about_is_our_error(value: float) -> None:
    result = judged(lambda a: iter([a.measure("value", value, ASK)]))
    assert result.error is not None
    assert (result.outcome, result.error.code) == (Outcome.ERROR, "parse")
    assert "cannot be a real value" in result.error.message


@pytest.mark.parametrize(
    "name", ["Value", "value.a.b", "value.", "value.ü", "value." + "x" * 61, ""]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    result = judged(lambda a: iter([a.measure(name, 1, ASK)]))
    assert result.error is not None
    assert "does not declare the measure" in result.error.message


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("value", Text("")),
        ("value.0", Text("")),
        ("value.usb0", Text("")),
        ("value.usbc0", Text("")),
        ("value.port0", Text("")),
        ("value.1", Text("1", "1")),
        ("value.port1", Text("port1", "port1")),
        ("value.left", Text("on the left", "左侧")),
    ],
)
def test_which_of_several_it_is_of(name: str, place: Text) -> None:
    assert one(1, name, places={"left": Text("on the left", "左侧")}).place == place


def test_words_stand_beside_the_values_that_may_be_shown() -> None:
    words = {"good": Text("fine", "好"), "bad": Text("broken", "坏"), "odd": Text("strange", "怪")}
    assert one("good", of_words=("good", "bad"), words=words).words.keys() == {"good", "bad"}
    assert one("odd", criterion=None, words=words).words == {"odd": words["odd"]}
    assert one("other", criterion=None, words=words).words == {}
    assert one(("odd", "good"), criterion=None, words=words).words.keys() == {"good", "odd"}
    of_draft = one("new", criterion=None, words={"new": Text("fresh", "新")})
    assert of_draft.word("new") == Text("fresh", "新")


def test_words_of_every_source_travel_too() -> None:
    words = {"a": Text("one", "甲"), "b": Text("two", "乙")}
    sources = [Candidate("a", ASK, trust=60), Candidate("b", OTHER, trust=50)]
    (found,) = judged(
        lambda a: iter([a.compare("value", sources)]), criterion=None, words=words
    ).measurements
    assert found.words == words
    assert (found.source, found.trust) == (ASK.key, 60)


def test_yes_and_no_are_words_by_themselves() -> None:
    assert one(True, criterion=None).word(True) == Text("yes", "是")
    assert one(False, criterion=None).word(False) == Text("no", "否")
    assert one(1, criterion=None, words={True: WORD}).word(1) == Text("1", "1")


def test_an_aside_is_kept_and_so_is_a_note() -> None:
    aside, note = Text("turned round", "反向"), Text("not sure", "不确定")
    sources = [Candidate(-3, ASK)]
    (found,) = judged(
        lambda a: iter([a.compare("value", sources, aside=aside, note=note)]), criterion=None
    ).measurements
    assert (found.aside, found.note) == (aside, note)


def test_an_unread_value_says_why_and_is_trusted_nothing() -> None:
    draft = Draft("value", None, (ASK,), trust=90, reason=Reason.DENIED)
    (found,) = judged(lambda _a: iter([draft])).measurements
    assert (found.outcome, found.reason, found.trust) == (Outcome.NOT_RUN, Reason.DENIED, 0)
    assert one(90, raw="v: 1").reason is None


def test_the_limit_of_the_profile_goes_before_the_drafts_before_the_probes() -> None:
    own = Range(attention_below=50, source=LAW)
    profile = Range(attention_below=95, source=LAW)

    def interpret(answers: Answers) -> Iterator[Draft]:
        yield answers.measure("value", 90, ASK, raw="v: 1", criterion=own)

    assert judged(interpret).measurements[0].criterion == own
    (found,) = judged(interpret, limits={"area.thing.value": profile}).measurements
    assert (found.criterion, found.outcome) == (profile, Outcome.ATTENTION)
    (found,) = judged(interpret, limits={"area.other.value": profile}).measurements
    assert found.outcome is Outcome.PASS


def test_a_limit_of_a_measure_holds_for_each_of_its_places() -> None:
    profile = Range(attention_below=95, source=LAW)
    (found,) = judged(
        lambda a: iter([a.measure("value.left", 90, ASK, raw="v: 1")]),
        limits={"area.thing.value": profile},
    ).measurements
    assert found.outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    ("value", "told"),
    [(70, "70"), (70.04, "70.0"), (70.0, "70"), (70.25, "70.2"), (-3.0, "-3")],
)
def test_a_number_in_a_sentence_has_one_decimal_at_most(value: float, told: str) -> None:
    says = {Outcome.FAIL: Text("only {value}", "只有 {value}")}
    result = judged(lambda a: iter([a.measure("value", value, ASK)]), says=says)
    assert result.findings[0].text.en == f"only {told}".replace("70.0", "70")


def test_a_sentence_says_words_places_and_units_in_its_own_language() -> None:
    says = {Outcome.ATTENTION: Text("{value} at {place}", "{place}：{value}")}
    result = judged(
        lambda a: iter([a.measure("value.left", "bad", ASK)]),
        of_words=("good", "bad"),
        words={"bad": Text("broken", "坏"), "good": Text("fine", "好")},
        places={"left": Text("the left", "左侧")},
        says=says,
    )
    assert result.findings[0].text == Text("broken at the left", "左侧：坏")


def test_several_words_are_said_one_after_the_other() -> None:
    says = {Outcome.OBSERVED: Text("seen: {value}", "有：{value}")}
    result = judged(
        lambda a: iter([a.measure("value", ("x", "y"), ASK)]),
        criterion=None,
        says=says,
        words={"x": Text("one", "甲")},
    )
    assert result.findings[0].text == Text("seen: one, y", "有：甲、y")


@pytest.mark.parametrize(("value", "advised"), [(70, True), (82, True), (90, False)])
def test_advice_goes_only_with_what_is_bad(value: float, *, advised: bool) -> None:
    says = dict.fromkeys((Outcome.FAIL, Outcome.ATTENTION, Outcome.PASS), Text("it is", "是"))
    result = judged(
        lambda a: iter([a.measure("value", value, ASK, raw="v: 1")]), says=says, advice=WORD
    )
    assert bool(result.findings[0].advice) == advised


def test_a_remark_is_said_with_what_it_rests_on() -> None:
    remark = Remark("odd", Text("odd", "怪"), ("value",), Text("look", "看"))
    result = judged(lambda a: iter([a.measure("value", 90, ASK, raw="v: 1"), remark]))
    (finding,) = result.findings
    assert (finding.id, finding.because) == ("area.thing.odd", ("area.thing.value",))
    assert finding.advice == Text("look", "看")


def test_one_is_counted_as_one_but_yes_is_not() -> None:
    says = {Outcome.ATTENTION: Text("{value} cameras are gone", "{value}")}
    limit = Range(attention_above=0, source=LAW)
    result = judged(lambda a: iter([a.measure("value", 1, ASK)]), criterion=limit, says=says)
    assert result.findings[0].text.en == "1 camera are gone"
    result = judged(lambda a: iter([a.measure("value", 2, ASK)]), criterion=limit, says=says)
    assert result.findings[0].text.en == "2 cameras are gone"


def test_what_a_probe_took_is_its_slowest_answer() -> None:
    assert judged(lambda _a: iter(())).duration_ms == 9.0
    assert judged(lambda _a: iter(()), probe={"requests": ()}).duration_ms == 0.0


def test_the_tile_and_what_a_law_wants_carry_full_names() -> None:
    tile = Tile(WORD, 7, ("value",), beside="other", drawn_used=True)
    made = judged(lambda _a: iter(()), probe={"tile": tile, "statutory": ("value",)})
    assert made.tile == GlanceTile(
        title=WORD,
        rank=7,
        measurements=("area.thing.value",),
        beside="area.thing.other",
        drawn_used=True,
    )
    assert made.statutory == ("area.thing.value",)
    bare = judged(lambda _a: iter(()), probe={"tile": Tile(WORD, 1, ("value",))})
    assert bare.tile is not None
    assert bare.tile.beside == ""


def ends(signal: Exception, *before: float) -> Any:
    def interpret(answers: Answers) -> Iterator[Draft]:
        for value in before:
            yield answers.measure("value", value, ASK, raw="v: 1")
        raise signal

    return interpret


def test_an_essential_value_that_never_came_has_the_reason_of_the_end() -> None:
    result = judged(ends(NotRun(Reason.DENIED, "it says no\x07")), essential=True)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    assert result.detail == "it says no\ufffd"
    assert [(m.value, m.reason) for m in result.measurements] == [(None, Reason.DENIED)]
    missing = judged(lambda _a: iter(()), essential=True)
    assert (missing.outcome, missing.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_what_a_phone_has_not_is_not_missed() -> None:
    result = judged(ends(NotApplicable("no such part")), essential=True)
    assert (result.outcome, result.measurements) == (Outcome.NOT_APPLICABLE, ())


def test_a_fault_found_before_the_end_stands_and_a_pass_does_not() -> None:
    for end in (NotRun(Reason.TIMEOUT, "late"), NotApplicable("none")):
        assert judged(ends(end, 70)).outcome is Outcome.FAIL
    result = judged(ends(NotRun(Reason.TIMEOUT, "late"), 90))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.TIMEOUT)
    assert judged(ends(ValueError("later"), 90)).outcome is Outcome.ERROR


def test_a_failure_says_its_line_and_bugs_carry_their_traceback() -> None:
    at_line = judged(ends(ParseError("odd", line=3))).error
    assert at_line is not None
    assert (at_line.message, at_line.traceback) == ("odd (line 3)", "")
    nowhere = judged(ends(ParseError("odd"))).error
    assert nowhere is not None
    assert nowhere.message == "odd"
    bug = judged(ends(ZeroDivisionError("oops"))).error
    assert bug is not None
    assert bug.message == "ZeroDivisionError: oops"
    assert "in interpret" in bug.traceback


def test_deep_bugs_are_told_by_their_last_frames() -> None:
    def deep(depth: int) -> Iterator[Draft]:
        if depth:
            return deep(depth - 1)
        raise RuntimeError("deep")

    error = judged(lambda _a: deep(30)).error
    assert error is not None
    assert error.traceback.count('File "') == 4
    assert "RuntimeError: deep" in error.traceback


def test_a_probe_that_read_nothing_essential_is_observed_or_not_run() -> None:
    nothing = judged(lambda a: iter([a.unread("value", ASK, reason=Reason.DENIED)]))
    assert (nothing.outcome, nothing.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    measures = {"value": Spec(Unit.NONE, WORD, essential=True), "more": Spec(Unit.NONE, WORD)}
    both = judged(
        lambda a: iter([a.measure("value", 1, ASK), a.unread("more", ASK, reason=Reason.DENIED)]),
        probe={"measures": measures},
    )
    assert (both.outcome, both.reason) == (Outcome.OBSERVED, None)


@pytest.mark.parametrize("odd", [{"note": 5}, {"raw": 5}, {"criterion": "80"}])
def test_a_draft_of_the_wrong_kind_is_a_bug_of_its_probe_and_ends_no_run(
    odd: dict[str, Any],
) -> None:
    """A shop's own probe is checked by nobody before it runs."""
    result = judged(lambda _a: iter([Draft("value", 90, (ASK,), **odd)]))
    assert result.error is not None
    assert (result.outcome, result.error.code) == (Outcome.ERROR, "probe_bug")


@pytest.mark.parametrize(("best", "other"), [(ASK, OTHER), (OTHER, ASK)])
def test_words_of_a_source_that_was_not_chosen_back_no_pass(best: Shell, other: Shell) -> None:
    words = {ASK.key: "v: 1", OTHER.key: "w: 2"}
    sources = [
        Candidate(90, best, raw="it never said that", trust=80),
        Candidate(90, other, raw=words[other.key], trust=50),
    ]
    assert judged(lambda a: iter([a.compare("value", sources)])).outcome is Outcome.OBSERVED
    sources[0] = Candidate(90, best, raw=words[best.key], trust=80)
    assert judged(lambda a: iter([a.compare("value", sources)])).outcome is Outcome.PASS
