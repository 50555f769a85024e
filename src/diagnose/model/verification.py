"""The check after the repair: whether the complaint is gone and only agreed parts changed."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from diagnose.model.consent import Sha256
from diagnose.model.criterion import Value
from diagnose.model.frozen import Frozen
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text


class Verdict(StrEnum):
    """What the check shows. Unknown is never solved."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    NOT_PROVEN = "not_proven"


class PartState(StrEnum):
    """Whether a part is the one that was there before.

    `SAME_TYPE`: nothing differs, but what can be read does not tell one unit from another.
    """

    CHANGED = "changed"
    SAME = "same"
    SAME_TYPE = "same_type"
    UNKNOWN = "unknown"


class PartSign(Frozen):
    """One value that tells something about which part is fitted."""

    measurement: str
    before: Value | None
    after: Value | None


class PartComparison(Frozen):
    """One part of the phone before and after."""

    part: str
    title: Text
    agreed: bool
    state: PartState
    signs: tuple[PartSign, ...] = ()


class ProbeComparison(Frozen):
    """One probe before and after. `own`: it tests what was complained of."""

    probe: str
    title: Text
    own: bool
    before: Outcome
    after: Outcome


class Verification(Frozen):
    """The verdict with everything it rests on."""

    verdict: Verdict
    reasons: tuple[Text, ...]
    before_digest: Sha256
    after_digest: Sha256
    probes: tuple[ProbeComparison, ...]
    parts: tuple[PartComparison, ...]
    checked_at: AwareDatetime
