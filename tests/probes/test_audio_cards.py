"""Sound hardware."""

from __future__ import annotations

from tests.probes.senses_words import EMULATOR, RELEASE, features

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

CARD = " 0 [acmesnd        ]: acme-snd - acme-snd-card\n                      acme-snd-card\n"
PATH = "cat /proc/asound/cards"
NONE = "--- no soundcards ---\n"


def judged(answer: str | Reply, properties: str = RELEASE) -> ProbeResult:
    answers = {PATH: answer, "pm list features": features(), "getprop": properties}
    return interpret_probe("audio.cards", answers)


def test_a_card_answers() -> None:
    result = judged(CARD)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "card.0").value == "acme-snd - acme-snd-card"


def test_no_card_on_a_phone() -> None:
    assert judged(NONE).outcome is Outcome.ATTENTION
    assert judged(NONE, EMULATOR).outcome is Outcome.OBSERVED


def test_refused() -> None:
    result = judged(denied(PATH))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)
