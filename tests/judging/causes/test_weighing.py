"""How sure a cause is: every row of the rule, with the reasons that are given for it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.judging.causes.made import condition, measured

from diagnose.judging.causes import certainty
from diagnose.judging.causes.certainty import Weighing, weigh
from diagnose.judging.causes.evidence import Hit
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text

POSSIBLE, LIKELY, CERTAIN = Confidence.POSSIBLE, Confidence.LIKELY, Confidence.CERTAIN
WEAK, STRONG = condition(strength="weak"), condition(strength="strong")


def hit(strength: str, outcome: Outcome, source: str) -> Hit:
    of = condition(strength=strength)
    return Hit(of, measured(outcome=outcome, source=source), Text("it"))


FAIL, OTHER_FAIL = hit("strong", Outcome.FAIL, "a"), hit("strong", Outcome.FAIL, "b")
SAME_FAIL = hit("strong", Outcome.FAIL, "a")
WEAK_FAIL, WEAK_FAIL_AGAIN = hit("weak", Outcome.FAIL, "a"), hit("weak", Outcome.FAIL, "a")
HINT, OTHER_HINT = hit("strong", Outcome.ATTENTION, "a"), hit("weak", Outcome.ATTENTION, "b")


@pytest.mark.parametrize(
    ("evidence", "told", "confidence", "reason"),
    [
        ((), True, POSSIBLE, "WORDS_ONLY"),
        ((HINT,), False, POSSIBLE, "SIGNS"),
        ((HINT,), True, POSSIBLE, "FITTING"),
        ((HINT, OTHER_HINT), False, POSSIBLE, "AGREEING"),
        ((HINT, OTHER_HINT), True, POSSIBLE, "FITTING"),
        ((WEAK_FAIL,), False, POSSIBLE, "SIGNS"),
        ((WEAK_FAIL,), True, POSSIBLE, "FITTING"),
        ((WEAK_FAIL, WEAK_FAIL_AGAIN), False, POSSIBLE, "SIGNS"),
        ((WEAK_FAIL, OTHER_HINT), False, LIKELY, "SUPPORTED"),
        ((WEAK_FAIL, OTHER_HINT), True, LIKELY, "SUPPORTED"),
        ((FAIL,), False, LIKELY, "FAILED"),
        ((FAIL, SAME_FAIL), False, LIKELY, "FAILED"),
        ((FAIL,), True, CERTAIN, "COMPLAINED"),
        ((FAIL, OTHER_HINT), False, CERTAIN, "PROVEN"),
        ((FAIL, OTHER_FAIL), True, CERTAIN, "PROVEN"),
    ],
)
def test_what_speaks_for_it(
    evidence: tuple[Hit, ...], *, told: bool, confidence: Confidence, reason: str
) -> None:
    found = weigh(Weighing(evidence, (), told=told))
    assert found == (confidence, (getattr(certainty, reason),))


CERTAINLY = {"for_": (FAIL, OTHER_HINT), "told": False}
LIKELY_SO = {"for_": (FAIL,), "told": False}
AGAINST = {
    "strong": hit("strong", Outcome.PASS, "c"),
    "weak": hit("weak", Outcome.PASS, "c"),
}


@pytest.mark.parametrize(
    ("base", "doubts", "confidence", "reasons"),
    [
        (CERTAINLY, {"against": (AGAINST["strong"],)}, LIKELY, ["CONTRADICTED"]),
        (CERTAINLY, {"against": (AGAINST["weak"],)}, LIKELY, ["CONTRADICTED"]),
        (LIKELY_SO, {"against": (AGAINST["strong"],)}, POSSIBLE, ["CONTRADICTED"]),
        (LIKELY_SO, {"against": (AGAINST["weak"],)}, LIKELY, ["CONTRADICTED"]),
        (CERTAINLY, {"unchecked": (STRONG,)}, LIKELY, ["UNCHECKED"]),
        (CERTAINLY, {"unchecked": (WEAK,)}, LIKELY, ["UNCHECKED"]),
        (LIKELY_SO, {"unchecked": (STRONG,)}, POSSIBLE, ["UNCHECKED"]),
        (LIKELY_SO, {"unchecked": (WEAK,)}, LIKELY, ["UNCHECKED"]),
        (CERTAINLY, {"excludable": True}, POSSIBLE, ["UNCHECKED"]),
        (CERTAINLY, {"at_most": POSSIBLE}, POSSIBLE, ["AMBIGUOUS"]),
        (CERTAINLY, {"at_most": LIKELY}, LIKELY, []),
        (LIKELY_SO, {"at_most": CERTAIN}, LIKELY, []),
        (
            LIKELY_SO,
            {"at_most": POSSIBLE, "against": (AGAINST["strong"],), "unchecked": (WEAK,)},
            POSSIBLE,
            ["CONTRADICTED", "UNCHECKED", "AMBIGUOUS"],
        ),
    ],
)
def test_what_speaks_against_it(
    base: dict[str, Any], doubts: dict[str, Any], confidence: Confidence, reasons: list[str]
) -> None:
    found, (first, *others) = weigh(Weighing(**{"against": (), **base, **doubts}))
    assert found is confidence
    assert first == weigh(Weighing(against=(), **base))[1][0], "what speaks for it is as before"
    assert others == [getattr(certainty, name) for name in reasons]


def test_a_mere_hint_is_contradicted_and_else_only_a_hint() -> None:
    """That nobody read what could contradict it takes nothing from what was nothing."""
    weighing = Weighing(
        (HINT,),
        (AGAINST["weak"],),
        told=False,
        unchecked=(STRONG,),
        excludable=True,
        at_most=POSSIBLE,
    )
    assert weigh(weighing) == (POSSIBLE, (certainty.SIGNS, certainty.CONTRADICTED))
