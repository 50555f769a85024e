"""Results: measurements with their evidence, findings in words, one result for each probe."""

from __future__ import annotations

from pydantic import Field

from diagnose.errors import Reason
from diagnose.model.criterion import Criterion, Value
from diagnose.model.frozen import Frozen
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text
from diagnose.model.unit import Unit


class Evidence(Frozen):
    """Where a value was read: the request's key, the words it came from, and where they stand.

    `line` counts from 1, `offset` is in characters of the decoded answer from 0. Where no words
    were cited, or they are not in the answer, `line` is 0 and `offset` None: nothing backs them.
    """

    request: str
    raw: str = ""
    line: int = 0
    offset: int | None = None

    @property
    def is_found(self) -> bool:
        """Whether the words stand in the answer."""
        return self.offset is not None


class Reading(Frozen):
    """What one source said of a quantity; `note` tells why it was or was not chosen.

    `raw`, `line` and `offset` are of its own words, as in `Evidence`.
    """

    source: str
    value: Value
    trust: int = Field(ge=0, le=100)
    chosen: bool = False
    note: Text = Text("")
    raw: str = ""
    line: int = 0
    offset: int | None = None


class Measurement(Frozen):
    """One quantity: value, unit, judgement and everything needed to check it.

    `value` is None exactly where it was not read; `reason` then says why. `simulated` values were
    forced on the phone (`dumpsys battery set …`) and are never evidence of its condition.
    """

    id: str
    title: Text
    value: Value | None
    unit: Unit = Unit.NONE
    outcome: Outcome
    reason: Reason | None = None
    criterion: Criterion | None = None
    evidence: tuple[Evidence, ...] = ()
    source: str = ""
    trust: int = 0
    simulated: bool = False
    readings: tuple[Reading, ...] = ()
    note: Text | None = None


class Finding(Frozen):
    """What a measurement means for the owner, and what to do about it."""

    id: str
    text: Text
    because: tuple[str, ...] = ()
    advice: Text | None = None


class ProbeFailure(Frozen):
    """Why a probe gave no result although the phone answered: our fault, never the phone's."""

    code: str
    message: str
    traceback: str = ""


class About(Frozen):
    """What a probe is, for the owner of the phone."""

    tested: Text
    meaning: Text
    consequence: Text
    action: Text


class ProbeResult(Frozen):
    """Everything one probe found."""

    probe: str
    version: int
    tier: str
    origin: str
    sha256: str
    area: str
    title: Text
    required: bool
    outcome: Outcome
    reason: Reason | None = None
    detail: str = ""
    duration_ms: float
    measurements: tuple[Measurement, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: ProbeFailure | None = None
    about: About
