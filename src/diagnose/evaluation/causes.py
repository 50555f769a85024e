"""Accuracy of what is concluded: was the true cause named, how high, and with a fair word.

The true cause of each fault stands beside it in the simulator. The word is held against the
evidence the report itself lists, by a rule written here a second time: a mistake in
`diagnosis/certainty.py` is not repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from diagnose.model.fault import Confidence, Fault
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.result import Measurement

VERDICTS = ("first", "later", "other", "missed", "masked", "uncaused")
"""In the order of the table; what each means says `CauseTrial.verdict`."""


@dataclass(frozen=True)
class Named:
    """A cause that a report names, with its word."""

    code: str
    word: Confidence


@dataclass(frozen=True)
class CauseTrial:
    """The causes that a virtual phone really has, one group a fault, and those that were named.

    `named` is in the order of the report. `too_sure`: codes whose word is stronger than the
    evidence the report lists. `masked_because`: why one of the faults hides the other.
    """

    true: tuple[tuple[str, ...], ...] = ()
    named: tuple[Named, ...] = ()
    too_sure: tuple[str, ...] = ()
    masked_because: str = ""

    @property
    def verdict(self) -> str:
        """How well the report names what is wrong.

        `first`: every true cause, before any other; `later`: every true cause, something else
        before one of them; `other`: only something else is named for one of them; `missed`:
        nothing is; `masked`: one fault hides the other; `uncaused`: no cause can name it.
        """
        wanted = [set(codes) for codes in self.true if codes]
        if not wanted:
            return "uncaused"
        codes = [named.code for named in self.named]
        if all(causes & set(codes) for causes in wanted):
            ahead = codes[: len(set().union(*wanted) & set(codes))]
            return "first" if set(ahead) <= set().union(*wanted) else "later"
        if self.masked_because:
            return "masked"
        return "other" if self.beside else "missed"

    @property
    def unnamed(self) -> tuple[tuple[str, ...], ...]:
        """The true causes that the report does not name."""
        codes = {named.code for named in self.named}
        return tuple(causes for causes in self.true if causes and not codes & set(causes))

    @property
    def beside(self) -> tuple[Named, ...]:
        """What was named and is none of the true causes."""
        true = {code for causes in self.true for code in causes}
        return tuple(named for named in self.named if named.code not in true)


def named_in(report: Report) -> tuple[Named, ...]:
    """Every cause a report names, in its order."""
    return tuple(Named(fault.code, fault.confidence) for fault in report.faults)


def too_sure(report: Report) -> tuple[str, ...]:
    """The causes whose word is stronger than the evidence the report lists for them."""
    read = {m.id: m for result in report.results for m in result.measurements}
    return tuple(
        fault.code
        for fault in report.faults
        if _strength(fault.confidence) > _strength(_fair_word(fault, read))
    )


def words(named: Iterable[Named]) -> dict[str, int]:
    """How often each word was used, the strongest first."""
    counted = Counter(one.word for one in named)
    return {word.value: counted[word] for word in Confidence}


def _fair_word(fault: Fault, read: dict[str, Measurement]) -> Confidence:
    """The strongest word that the listed evidence allows.

    Without a value that failed a limit nothing is more than possible; without a second request
    or the customer's word nothing is certain.
    """
    values = [read[e.measurement] for e in fault.evidence if e.measurement in read]
    if not any(value.outcome is Outcome.FAIL for value in values):
        return Confidence.POSSIBLE
    told = any(evidence.symptom for evidence in fault.evidence)
    agreed = told or len({value.source for value in values}) > 1
    return Confidence.CERTAIN if agreed else Confidence.LIKELY


def _strength(word: Confidence) -> int:
    return -list(Confidence).index(word)
