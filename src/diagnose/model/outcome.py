"""Outcomes: what can be said of a measurement, a probe or a whole report.

One table holds everything that depends on an outcome; there is no second place to edit.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.text import Text


class Outcome(StrEnum):
    """The seven outcomes of the contract."""

    OBSERVED = "observed"
    PASS = "pass"  # noqa: S105 - not a password
    ATTENTION = "attention"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_RUN = "not_run"
    ERROR = "error"


@dataclass(frozen=True)
class OutcomeTraits:
    """How an outcome is shown and ordered. `rank`: the worst of several has the highest."""

    label: Text
    symbol: str
    colour: str
    rank: int
    ticket: str


OUTCOMES: dict[Outcome, OutcomeTraits] = {
    Outcome.NOT_APPLICABLE: OutcomeTraits(Text("not fitted", "不适用"), "-", "grey50", 0, "none"),
    Outcome.NOT_RUN: OutcomeTraits(Text("not tested", "未检测"), "?", "magenta", 1, "unknown"),
    Outcome.OBSERVED: OutcomeTraits(Text("read", "已读取"), "·", "cyan", 2, "info"),
    Outcome.PASS: OutcomeTraits(Text("good", "正常"), "✓", "green", 3, "ok"),
    Outcome.ERROR: OutcomeTraits(Text("tool error", "工具错误"), "!", "bright_magenta", 4, "error"),
    Outcome.ATTENTION: OutcomeTraits(Text("attention", "需注意"), "▲", "yellow", 5, "warning"),
    Outcome.FAIL: OutcomeTraits(Text("fault", "故障"), "✗", "red", 6, "fault"),
}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Give the outcome that says most against the phone; nothing at all is `not_run`."""
    return max(outcomes, key=lambda outcome: OUTCOMES[outcome].rank, default=Outcome.NOT_RUN)
