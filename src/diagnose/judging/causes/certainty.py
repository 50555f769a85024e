"""How sure a cause is: one rule for all of them, with its reasons in words.

- `possible`: only the customer's word, only `attention`, or only one weak source speaks for it;
- `likely`: a strong source says `fail` and nothing independent confirms it yet; or a weak one says
  `fail` and another request agrees;
- `certain`: a second source, asked by another request, or the customer's own complaint agrees.
Strong evidence against takes one step away, weak evidence keeps it from being certain; where what
could contradict was not read, it counts as if it did. So less evidence is never more certainty.
"""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.judging.causes.evidence import Hit
from diagnose.model.cause import Condition, Strength
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.text import Text

_STEPS = (Confidence.POSSIBLE, Confidence.LIKELY, Confidence.CERTAIN)

PROVEN = Text(
    "It failed a test with a known limit, and a second, independent source agrees",
    "有明确限值的检测不合格，且另一独立来源一致",
)
COMPLAINED = Text(
    "It failed a test with a known limit, and that is what the customer complains of",
    "有明确限值的检测不合格，且与客户反映的故障一致",
)
FAILED = Text(
    "It failed a test with a known limit; no second source confirms it yet",
    "有明确限值的检测不合格，尚无第二来源证实",
)
SUPPORTED = Text(
    "Independent sources agree, and one of them failed a test with a known limit",
    "多个独立来源一致，其中一项有明确限值的检测不合格",
)
AGREEING = Text(
    "Several independent signs agree; none of them has a limit that proves it",
    "多个独立迹象一致，但均无可作证明的限值",
)
FITTING = Text(
    "Signs point to it and fit what the customer complains of; none of them proves it",
    "有迹象指向此原因，且与客户反映一致，但尚不能证明",
)
SIGNS = Text("Signs point to it; none of them proves it", "有迹象指向此原因，但尚不能证明")
WORDS_ONLY = Text(
    "Only the customer's description points to it; nothing measured shows it",
    "仅依据客户描述，检测数据未显示该问题",
)
CONTRADICTED = Text("Other evidence speaks against it", "有其他证据与之不符")
AMBIGUOUS = Text("Other causes explain the same reading as well", "其他原因也能解释同样的检测结果")
UNCHECKED = Text("What could speak against it could not be read", "可能与之不符的数据未能读取")


@dataclass(frozen=True)
class Weighing:
    """What speaks for and against one cause.

    `told`: it explains what the customer complains of. `unchecked`: conditions against it whose
    measure was not read. `excludable`: nothing was read that would have excluded it.
    """

    for_: Sequence[Hit]
    against: Sequence[Hit]
    told: bool
    unchecked: Sequence[Condition] = ()
    excludable: bool = False
    at_most: Confidence = Confidence.CERTAIN

    @property
    def failing(self) -> int:
        """How many strong sources say `fail`, each request counted once."""
        return len({hit.measurement.source for hit in self.for_ if _fails(hit)})

    @property
    def supported(self) -> bool:
        """Whether a weak source says `fail` and another one agrees: one alone would not do."""
        fails = any(hit.measurement.outcome is Outcome.FAIL for hit in self.for_)
        return fails and self.sources > 1

    @property
    def sources(self) -> int:
        """How many independent sources speak for it: requests, not probes."""
        return len({hit.measurement.source for hit in self.for_})

    @property
    def proves(self) -> bool:
        """Whether it may be more than possible."""
        return bool(self.failing) or self.supported

    @property
    def confirmed(self) -> bool:
        """Whether something independent agrees."""
        return self.sources > 1 or self.told


def weigh(weighing: Weighing) -> tuple[Confidence, tuple[Text, ...]]:
    """Draw the word and its reasons."""
    if not weighing.proves:
        return Confidence.POSSIBLE, _with_against([_hint(weighing)], weighing)
    step = 2 if weighing.failing and weighing.confirmed else 1
    step = min(step, _STEPS.index(weighing.at_most))
    doubts = [*(hit.condition for hit in weighing.against), *weighing.unchecked]
    if any(doubt.strength is Strength.STRONG for doubt in doubts):
        step = max(step - 1, 0)
    elif doubts:
        step = min(step, 1)
    if weighing.excludable:
        step = 0
    return _STEPS[step], _with_against([_why(weighing)], weighing)


def _fails(hit: Hit) -> bool:
    strong = hit.condition.strength is Strength.STRONG
    return strong and hit.measurement.outcome is Outcome.FAIL


def _hint(weighing: Weighing) -> Text:
    if not weighing.for_:
        return WORDS_ONLY
    if weighing.told:
        return FITTING
    return AGREEING if weighing.sources > 1 else SIGNS


def _why(weighing: Weighing) -> Text:
    if not weighing.failing:
        return SUPPORTED
    if weighing.sources > 1:
        return PROVEN
    return COMPLAINED if weighing.told else FAILED


def _with_against(reasons: list[Text], weighing: Weighing) -> tuple[Text, ...]:
    if weighing.against:
        reasons.append(CONTRADICTED)
    if weighing.proves and (weighing.unchecked or weighing.excludable):
        reasons.append(UNCHECKED)
    if weighing.proves and weighing.at_most is Confidence.POSSIBLE:
        reasons.append(AMBIGUOUS)
    return tuple(reasons)
