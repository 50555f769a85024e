"""The rules of the house: what may be concluded from what."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from diagnose.errors import NotApplicable, NotRun, ParseError, Reason
from diagnose.judging.judgement import judge
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.criterion import Basis, OneOf, Range, Source
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import About, ProbeResult
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.parsers.printed import Quoted
from diagnose.sdk import Answers, Candidate, Draft, Probe, Remark, Shell, Spec, Tier
from diagnose.testing import NOW

ASK = Shell("dumpsys", "thing")
LAW = Source(text=Text("a law"), basis=Basis.STANDARD)
GUESS = Source(text=Text("a feeling"), basis=Basis.GUESS)
LIMIT = Range(fail_below=80, attention_below=85, source=LAW)
WORD = Text("word", "词")
ABOUT = About(tested=WORD, meaning=WORD, consequence=WORD, action=WORD)
Interpret = Callable[[Answers], Iterator[Draft | Remark]]


def _judge(interpret: Interpret, *, tier: Tier = Tier.CHECKED, answer: str = "v: 1") -> ProbeResult:
    probe = Probe(
        id="area.thing",
        title=WORD,
        about=ABOUT,
        requests=(ASK,),
        measures={
            "health": Spec(
                Unit.PERCENT,
                WORD,
                criterion=LIMIT,
                essential=True,
                says={Outcome.FAIL: Text("only {value} {unit}", "只有 {value} {unit}")},
            ),
            "extra": Spec(Unit.NONE, WORD),
        },
        interpret=interpret,
        tier=tier,
    )
    replies = {ASK.key: Reply(ASK.key, ReplyStatus.COMPLETE, stdout=answer.encode(), exit_code=0)}
    loaded = LoadedProbe(probe, "here", "00", Path("x"))
    return judge(loaded, Answers(probe, replies, now=NOW))


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(79.9, Outcome.FAIL), (80, Outcome.ATTENTION), (85, Outcome.PASS), (100, Outcome.PASS)],
)
def test_a_value_is_judged_by_its_limits(value: float, outcome: Outcome) -> None:
    result = _judge(lambda answers: iter([answers.measure("health", value, ASK, raw="v: 1")]))
    assert result.outcome is outcome


@pytest.mark.parametrize("raw", ["", "v: 2", ("", "w: 1"), ()])
def test_a_value_no_words_stand_behind_never_passes(raw: str | tuple[str, ...]) -> None:
    result = _judge(lambda answers: iter([answers.measure("health", 90, ASK, raw=raw)]))
    assert result.outcome is Outcome.OBSERVED


def test_what_could_be_contradicted_by_the_unread_never_passes() -> None:
    result = _judge(
        lambda answers: iter([answers.measure("health", 90, ASK, raw="v: 1", unproven=True)])
    )
    assert result.outcome is Outcome.OBSERVED


def test_an_accusation_stands_without_words() -> None:
    result = _judge(lambda answers: iter([answers.measure("health", 70, ASK)]))
    assert result.outcome is Outcome.FAIL


def test_each_source_cites_its_own_words_and_the_chosen_one_comes_first() -> None:
    output = "a: 75\nb: 98\nb: 98\n"
    chosen = Candidate(98, ASK, raw=Quoted("b: 98", 12), trust=85)
    other = Candidate(75, ASK, raw="a: 75", trust=80)
    result = _judge(
        lambda answers: iter([answers.compare("health", [other, chosen])]), answer=output
    )
    found = result.measurements[0]
    assert [(e.raw, e.line, e.offset) for e in found.evidence] == [
        ("b: 98", 3, 12),
        ("a: 75", 1, 0),
    ]
    assert [(r.value, r.raw, r.line) for r in found.readings] == [
        (75, "a: 75", 1),
        (98, "b: 98", 3),
    ]


def test_a_value_without_limit_is_observed_and_never_passes() -> None:
    result = _judge(
        lambda a: iter([a.measure("health", 90, ASK, raw="v: 1"), a.measure("extra", "words", ASK)])
    )
    assert [m.outcome for m in result.measurements] == [Outcome.PASS, Outcome.OBSERVED]


def test_without_its_essential_value_a_probe_has_no_verdict() -> None:
    result = _judge(lambda answers: iter([answers.measure("extra", 5, ASK)]))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    assert result.measurements[-1].value is None


def test_a_forced_value_is_no_evidence() -> None:
    result = _judge(lambda a: iter([a.measure("health", 10, ASK, simulated=True)]))
    assert result.outcome is Outcome.OBSERVED


def test_a_draft_probe_never_says_fail() -> None:
    result = _judge(lambda a: iter([a.measure("health", 10, ASK)]), tier=Tier.DRAFT)
    assert result.outcome is Outcome.ATTENTION


def test_a_fault_is_told_in_both_languages() -> None:
    result = _judge(lambda a: iter([a.measure("health", 70.0, ASK)]))
    assert result.findings[0].text == Text("only 70 %", "只有 70 %")
    assert result.findings[0].because == ("area.thing.health",)


@pytest.mark.parametrize(("times", "told"), [(1, "1 camera went away"), (3, "3 cameras went away")])
def test_one_of_something_is_told_as_one(times: int, told: str) -> None:
    counted = LoadedProbe(
        Probe(
            id="area.thing",
            title=WORD,
            about=ABOUT,
            requests=(ASK,),
            measures={
                "lost": Spec(
                    Unit.COUNT,
                    WORD,
                    criterion=Range(attention_above=0, source=LAW),
                    says={Outcome.ATTENTION: Text("{value} cameras went away", "{value} 个")},
                )
            },
            interpret=lambda answers: iter([answers.measure("lost", times, ASK, raw="lost")]),
        ),
        *("here", "00", Path("x")),
    )
    replies = {ASK.key: Reply(ASK.key, ReplyStatus.COMPLETE, stdout=b"lost", exit_code=0)}
    (finding,) = judge(counted, Answers(counted.probe, replies, now=NOW)).findings
    assert (finding.text.en, finding.text.zh) == (told, f"{times} 个")


def test_evidence_names_the_line_of_the_reply() -> None:
    output = "first\nsecond\nhealth: 70\n"
    result = _judge(lambda a: iter([a.measure("health", 70, ASK, raw="health: 70")]), answer=output)
    evidence = result.measurements[0].evidence[0]
    assert (evidence.request, evidence.line, evidence.raw) == (ASK.key, 3, "health: 70")


def _raises(problem: Exception) -> Interpret:
    def interpret(answers: Answers) -> Iterator[Draft | Remark]:
        yield answers.measure("extra", 1, ASK)
        raise problem

    return interpret


@pytest.mark.parametrize(
    ("problem", "outcome", "code"),
    [
        (ParseError("strange", line=3), Outcome.ERROR, "parse"),
        (ZeroDivisionError("oops"), Outcome.ERROR, "probe_bug"),
        (NotRun(Reason.DENIED, "no"), Outcome.NOT_RUN, None),
        (NotApplicable("no such part"), Outcome.NOT_APPLICABLE, None),
    ],
)
def test_whatever_ends_a_probe_is_a_visible_result(
    problem: Exception, outcome: Outcome, code: str | None
) -> None:
    result = _judge(_raises(problem))
    assert result.outcome is outcome
    assert (result.error.code if result.error else None) == code


def test_a_fault_that_was_found_survives_a_later_crash() -> None:
    def interpret(answers: Answers) -> Iterator[Draft | Remark]:
        yield answers.measure("health", 10, ASK)
        raise ValueError("later")

    result = _judge(interpret)
    assert result.outcome is Outcome.FAIL
    assert result.error is not None


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**60])
def test_a_number_that_cannot_be_is_our_error_not_the_phones(value: float) -> None:
    result = _judge(lambda a: iter([a.measure("health", value, ASK)]))
    assert result.outcome is Outcome.ERROR


def test_a_probe_may_use_only_the_names_it_declared() -> None:
    result = _judge(lambda a: iter([a.measure("other", 1, ASK)]))
    assert result.error is not None
    assert "does not declare" in result.error.message


def test_a_flood_of_measurements_is_cut() -> None:
    def interpret(answers: Answers) -> Iterator[Draft | Remark]:
        yield answers.measure("health", 99, ASK)
        while True:
            yield answers.measure("extra", 1, ASK)

    assert len(_judge(interpret).measurements) <= 200


def test_a_guess_cannot_be_built_into_a_fail() -> None:
    with pytest.raises(ValidationError, match="guess may say attention"):
        Range(fail_below=1, source=GUESS)
    with pytest.raises(ValidationError, match="guess may say attention"):
        OneOf(fail=("x",), source=GUESS)


def test_a_word_in_no_list_is_unknown_not_good() -> None:
    limit = OneOf(good=("green",), fail=("red",), source=LAW)
    assert limit.judge("purple") is Outcome.OBSERVED
    assert limit.judge(1) is Outcome.OBSERVED


def test_true_is_not_one() -> None:
    assert OneOf(good=(1,), source=LAW).judge(True) is Outcome.OBSERVED


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (ReplyStatus.TIMEOUT, Reason.TIMEOUT),
        (ReplyStatus.LOST, Reason.DEVICE_LOST),
        (ReplyStatus.TRUNCATED, Reason.DEVICE_LOST),
        (ReplyStatus.CANCELLED, Reason.CANCELLED),
        (ReplyStatus.FORBIDDEN, Reason.PERMISSION),
        (ReplyStatus.MISSING, Reason.DEPENDENCY),
    ],
)
def test_half_an_answer_is_never_an_answer(status: ReplyStatus, reason: Reason) -> None:
    probe = Probe("a.b", WORD, ABOUT, (ASK,), {}, lambda _answers: iter(()))
    answers = Answers(probe, {ASK.key: Reply(ASK.key, status, stdout=b"level: 5")}, now=NOW)
    with pytest.raises(NotRun) as raised:
        answers.text(ASK)
    assert raised.value.reason is reason
