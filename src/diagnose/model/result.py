"""Results: measurements with their evidence, findings in words, one result for each probe."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from diagnose.errors import Reason
from diagnose.model.criterion import Criterion, Value
from diagnose.model.frozen import Frozen, added
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


YES, NO = Text("yes", "是"), Text("no", "否")


def word_key(value: object) -> str:
    """The name under which `Measurement.words` has a value."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Measurement(Frozen):
    """One quantity: value, unit, judgement and everything needed to check it.

    `value` is None exactly where it was not read; `reason` then says why. `simulated` values were
    forced on the phone (`dumpsys battery set …`) and are never evidence of its condition.
    `place`: which one it is of, where a phone has several. `aside` stands in brackets behind the
    value. `words`: what values in it mean (its own, those of its sources and of its limit), by the
    whole value; yes and no are `true` and `false`.
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
    place: Text = added(Text(""))
    aside: Text | None = added(None)
    words: Mapping[str, Text] = added({})

    def word(self, value: str | bool | float) -> Text:
        """Say one value of it without its unit; a name or a number stays as it is."""
        if own := self.words.get(word_key(value)):
            return own
        if isinstance(value, bool):
            return YES if value else NO
        return Text(str(value), str(value))


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


class GlanceTile(Frozen):
    """A value that every customer sees first: see `sdk.Tile`; measurements by their full names."""

    title: Text
    rank: int
    measurements: tuple[str, ...]
    beside: str = added("")
    drawn_used: bool = added(default=False)


class ProbeResult(Frozen):
    """Everything one probe found.

    `tile`: what of it every customer sees first. `statutory`: measurements that a law wants shown
    to the user of a phone.
    """

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
    tile: GlanceTile | None = added(None)
    statutory: tuple[str, ...] = added(())
