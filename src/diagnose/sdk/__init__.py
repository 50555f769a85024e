"""What a probe file may import: the only Python API with a promise of stability.

A probe is one file. It says which requests it makes and what their answers mean; it does no I/O,
looks at no clock (`answers.now` is when the capture was made) and judges nothing: it yields values
and the model compares them with limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from diagnose.errors import Declined, NotApplicable, NotRun, ParseError, Reason, Unheard
from diagnose.ladder.state import Rung, State, StateWords, words_for
from diagnose.model.criterion import Basis, Criterion, OneOf, Range, Source, Value
from diagnose.model.fact import Fact
from diagnose.model.outcome import Outcome
from diagnose.model.part_sign import Proves, Sign
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import DataClass, Effect, Request, Shell, sampled
from diagnose.model.result import About
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.refusals import dump_expired, refusal
from diagnose.requests.adb import GETPROP
from diagnose.text import decode

__all__ = [
    "ANSWERS",
    "FOUND",
    "IN_USE",
    "PRESENT",
    "RUNS",
    "SIM_SLOTS",
    "About",
    "Answers",
    "Basis",
    "Candidate",
    "DataClass",
    "Declined",
    "Draft",
    "Effect",
    "FactKind",
    "FactSpec",
    "Lesson",
    "NotApplicable",
    "NotRun",
    "OneOf",
    "Outcome",
    "ParseError",
    "Probe",
    "Proves",
    "Range",
    "Raw",
    "Reason",
    "Remark",
    "ReplyStatus",
    "Request",
    "Rung",
    "Service",
    "Shell",
    "Sign",
    "Source",
    "Spec",
    "State",
    "StateWords",
    "Text",
    "Tier",
    "Tile",
    "Unheard",
    "Unit",
    "Value",
    "Words",
    "sampled",
    "words_for",
]

T = TypeVar("T")
Words = Mapping[str, Text] | Mapping[bool, Text]
"""What values mean, in both languages, by the whole value."""

PRESENT: Words = {True: Text("present", "有"), False: Text("missing", "缺失")}
ANSWERS: Words = {True: Text("answers", "有应答"), False: Text("does not answer", "无应答")}
RUNS: Words = {True: Text("runs", "运行中"), False: Text("does not run", "未运行")}
FOUND: Words = {True: Text("found", "发现"), False: Text("none found", "未发现")}
IN_USE: Words = {True: Text("in use", "使用中"), False: Text("not in use", "未使用")}
"""Where the title names a part, "yes" and "no" answer no question: words for its measures."""

SIM_SLOTS = {str(n): Text(f"SIM {n}", f"卡 {n}") for n in range(1, 10)}
"""Places of what each SIM card slot has of its own."""

Raw = str | tuple[str, ...]
"""Words of an answer that are cited as evidence: one quotation or several."""


class Tier(StrEnum):
    """How far a probe has been checked. A draft never says more than `attention`."""

    DRAFT = "draft"
    CHECKED = "checked"
    TRUSTED = "trusted"


@dataclass(frozen=True)
class Spec:
    """What is known of a measure before it is read.

    `essential`: without this value the probe has no verdict (it is `not_run`, never `pass`).
    `says`: what each outcome means for the owner; `{value}` and `{unit}` are filled in.
    `words`: what its values mean, for those that are no name or number (yes and no need none).
    `places`: which one of several a draft `name.place` is of; a number needs no words.
    `sign`: what it shows of the part it belongs to, when a repair is checked.
    `is_owner_lock`: true where the phone cannot be set up again without its owner's account.
    """

    unit: Unit
    title: Text
    criterion: Criterion | None = None
    essential: bool = False
    says: Mapping[Outcome, Text] = field(default_factory=dict)
    advice: Text | None = None
    words: Words = field(default_factory=dict)
    places: Mapping[str, Text] = field(default_factory=dict)
    sign: Sign | None = None
    is_owner_lock: bool = False


class FactKind(StrEnum):
    """What the value of a fact may be, as a profile writes it."""

    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    NUMBERS = "numbers"  # a list: the sizes a model is sold with
    WORDS = "words"  # a list of words
    PATTERN = "pattern"  # one text of a given form


_KIND_OF_UNIT = {
    Unit.NONE: None,
    Unit.COUNT: FactKind.INTEGER,
    Unit.CYCLES: FactKind.INTEGER,
    Unit.GIGABYTE: FactKind.NUMBERS,  # memory and storage: a model is sold in several sizes
}


@dataclass(frozen=True)
class FactSpec:
    """A fact this probe can use when a profile knows it; `profiles check` refuses other values.

    `kind` may be left out where the unit tells it (mAh: a number) or where another probe that uses
    the same fact says it: it is said once. `words` are all that a list may hold (none: any word);
    `pattern` is a regular expression for the whole text, `example` a value to show.
    `measure`: the measure of this probe that tells it on a good unit, for the draft of a profile.
    """

    unit: Unit
    title: Text
    kind: FactKind | None = None
    words: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""
    measure: str = ""

    @property
    def expects(self) -> FactKind | None:
        """The kind said, else the one of the unit; None where anything may stand."""
        return self.kind or _KIND_OF_UNIT.get(self.unit, FactKind.NUMBER)


@dataclass(frozen=True)
class Candidate:
    """What one source says of a quantity. The highest `trust` (0 to 100) is chosen."""

    value: Value
    request: Request
    raw: Raw = ""
    trust: int = 50
    note: Text = Text("")


@dataclass(frozen=True)
class Draft:
    """A measured value on its way to be judged (`value` None: it could not be read).

    `aside` stands in brackets behind the value wherever it is shown. `words` are those of `Spec`,
    for values that are composed when they are read.
    """

    name: str
    value: Value | None
    requests: tuple[Request, ...]
    raw: Raw = ""
    trust: int = 50
    simulated: bool = False
    unproven: bool = False
    criterion: Criterion | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: Reason | None = None
    note: Text | None = None
    aside: Text | None = None
    words: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """A finding the probe itself can state, whatever the judgement of its values."""

    id: str
    text: Text
    because: tuple[str, ...] = ()
    advice: Text | None = None


Interpreted = Iterable[Draft | Remark]


@dataclass(frozen=True)
class Service:
    """The service of Android that every phone with a part has, and the request that asks it.

    `features`: what the image of a phone with the part declares, any of them; none: every phone.
    """

    request: Request
    part: Text
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """What a probe learned of a model: a quirk of a probe, where `shown_by` is true.

    `quirk` is `area.probe.name`; the quirk has the value of `measure`, only where it is `value`.
    `why` stands beside it in the draft of a profile.
    """

    quirk: str
    measure: str
    value: str
    shown_by: str
    why: str


@dataclass(frozen=True)
class Tile:
    """A value that every customer sees first, whether or not something was found.

    The first of `measures` that was read is shown, with `beside` as a note; of several probes'
    tiles with one title, the one of the lowest `rank` that was read. `drawn_used`: its picture
    shows what is used up of a free share.
    """

    title: Text
    rank: int
    measures: tuple[str, ...]
    beside: str = ""
    drawn_used: bool = False


@dataclass(frozen=True)
class Probe:
    """One probe: what is asked, what the answers mean, what it tells the owner.

    `id` is `area.name` and equals the path of its file. `measures` and `facts` are the names it
    may use; a profile may set limits on the former and values for the latter and nothing else.
    `statutory`: measures that a law wants shown to the user of a phone, in the order to show.
    `for_apps`: asked whenever an app is checked. `explains_closed`: says why a phone answers
    nothing else; judged where one does.
    """

    id: str
    title: Text
    about: About
    requests: tuple[Request, ...]
    measures: Mapping[str, Spec]
    interpret: Callable[[Answers], Interpreted]
    facts: Mapping[str, FactSpec] = field(default_factory=dict)
    quirks: Mapping[str, Text] = field(default_factory=dict)
    symptoms: tuple[str, ...] = ()
    service: Service | None = None
    tile: Tile | None = None
    statutory: tuple[str, ...] = ()
    teaches: Lesson | None = None
    for_apps: bool = False
    explains_closed: bool = False
    version: int = 1
    tier: Tier = Tier.CHECKED

    @property
    def area(self) -> str:
        """The part of the phone it belongs to: the folder of its file."""
        return self.id.partition(".")[0]


_UNHEARD = {
    ReplyStatus.TIMEOUT: Reason.TIMEOUT,
    ReplyStatus.LOST: Reason.DEVICE_LOST,
    ReplyStatus.TRUNCATED: Reason.DEVICE_LOST,
    ReplyStatus.CANCELLED: Reason.CANCELLED,
    ReplyStatus.FORBIDDEN: Reason.PERMISSION,
    ReplyStatus.MISSING: Reason.DEPENDENCY,
    ReplyStatus.OVERSIZE: Reason.DEPENDENCY,
}
"""Every way in which no whole answer reached us, and what the report calls it."""


_ANSWERED = "answered"  # what is parsed once for all probes: that there is an answer at all


class Answers:
    """The answers to one probe's requests, and what its profile knows.

    `now` is the time of the capture (UTC): age is measured against it, so a replay agrees. It is
    None where evidence was imported that tells no time: then no age is told.
    """

    def __init__(
        self,
        probe: Probe,
        replies: Mapping[str, Reply],
        *,
        now: datetime | None,
        facts: Mapping[str, Fact] | None = None,
        quirks: Mapping[str, Value] | None = None,
        parsed: dict[tuple[str, object], Any] | None = None,
    ) -> None:
        self._probe = probe
        self._replies = replies
        self._facts = facts or {}
        self._quirks = quirks or {}
        self._parsed: dict[tuple[str, object], Any] = {} if parsed is None else parsed
        self.now = now

    def reply(self, request: Request) -> Reply:
        """Give the reply as it came; asking for one that was not declared is a bug."""
        if request not in self._probe.requests:
            raise KeyError(f"{self._probe.id} did not declare {request.key}")
        given = self._replies.get(request.key)
        if given is None:
            return Reply(request.key, ReplyStatus.MISSING, detail="not in the capture")
        return given

    def no_answer(self, request: Request) -> Declined | Unheard | None:
        """Say why there is no usable answer, or None where there is one.

        `Declined`: the phone said no. `Unheard`: we did not hear it, which is evidence of nothing.
        """
        reply = self.reply(request)
        if (request.key, _ANSWERED) in self._parsed:
            return None
        if reply.status in _UNHEARD:
            return Unheard(_UNHEARD[reply.status], reply.detail or reply.status.value)
        if self.says_it_hangs(request):
            return Unheard(Reason.TIMEOUT, "the phone's own dump of it did not end")
        if reply.status is ReplyStatus.REFUSED:
            return Declined(Reason.DENIED, reply.detail or reply.status.value)
        no = refusal(decode(reply.stdout[:4096]), decode(reply.stderr[:4096]), reply.exit_code)
        if no is None:
            self._parsed[request.key, _ANSWERED] = True
            return None
        words = decode(reply.stderr[:200]).strip() or decode(reply.stdout[:200]).strip()
        words = words or f"exit status {reply.exit_code}"
        return Declined(no.reason, words, is_absent=no.is_absent)

    def says_it_hangs(self, request: Request) -> bool:
        """Whether the phone itself says that the service did not end its dump in time.

        What stands before is cut off somewhere: it is no answer, but the words are the phone's.
        """
        reply = self.reply(request)
        is_whole = reply.status is ReplyStatus.COMPLETE
        return is_whole and dump_expired(decode(reply.stdout[-400:] + reply.stderr[-400:]))

    def declined(self, request: Request) -> Declined | None:
        """The phone's own no, which may be evidence; None where it answered or was not heard."""
        no = self.no_answer(request)
        return no if isinstance(no, Declined) else None

    def lacks(self, request: Request) -> bool:
        """Whether the phone said that what the request asks does not exist there."""
        no = self.declined(request)
        return no is not None and no.is_absent

    def everything(self, request: Request) -> str:
        """Everything the phone said to a request, whole or not: to look up what is cited."""
        reply = self.reply(request)
        words: str = self._once(request.key, "decoded", lambda: decode(reply.stdout))
        if reply.stderr:  # a refusal is cited too
            words += decode(reply.stderr)
        return words

    def text(self, request: Request) -> str:
        """Give the answer as text; raises `NotRun` with the reason where there is none."""
        if no := self.no_answer(request):
            raise no
        decoded: str = self._once(
            request.key, "decoded", lambda: decode(self.reply(request).stdout)
        )
        return decoded

    def text_or_none(self, request: Request) -> str | None:
        """Give the answer as text, or None where the phone gave none."""
        return None if self.no_answer(request) else self.text(request)

    def parse(self, request: Request, parser: Callable[[str], T]) -> T:
        """Parse an answer, once for all probes; raises `NotRun` or the parser's `ParseError`."""
        text = self.text(request)
        parsed: T = self._once(request.key, parser, lambda: parser(text))
        return parsed

    def parse_or_none(self, request: Request, parser: Callable[[str], T]) -> T | None:
        """Parse one of several sources: None where the phone gave none or it has another form."""
        try:
            return self.parse(request, parser)
        except (NotRun, ParseError):
            return None

    @property
    def properties(self) -> Mapping[str, str]:
        """The system properties; raises `NotRun` or `ParseError` where they could not be read.

        An absent property says something only where the others are there.
        """
        return self.parse(GETPROP, parse_getprop)

    @property
    def sdk_level(self) -> int | None:
        """The Android API level, or None where it is unknown."""
        known = self.parse_or_none(GETPROP, parse_getprop) or {}
        level = known.get("ro.build.version.sdk", "")
        return int(level) if level.isdecimal() and len(level) < 4 else None

    def fact(self, name: str) -> Fact | None:
        """What the profile knows of this model, or None."""
        if name not in self._probe.facts:
            raise KeyError(f"{self._probe.id} did not declare the fact {name}")
        return self._facts.get(name)

    def quirk(self, name: str) -> Value | None:
        """A known oddity of this model, or None."""
        if name not in self._probe.quirks:
            raise KeyError(f"{self._probe.id} did not declare the quirk {name}")
        return self._quirks.get(name)

    def measure(
        self,
        name: str,
        value: Value,
        *requests: Request,
        raw: Raw = "",
        trust: int = 50,
        simulated: bool = False,
        unproven: bool = False,
        criterion: Criterion | None = None,
        note: Text | None = None,
        words: Words | None = None,
    ) -> Draft:
        """State a value. `criterion` only where it depends on a fact of the profile.

        `raw` are the words of the answers that say so: without them nothing passes. What rests on
        a whole list cites what shows that the list is whole. `unproven`: something that could
        speak against a good value was not read or not understood, so it cannot pass.
        """
        return Draft(
            name,
            value,
            requests,
            raw=raw,
            trust=trust,
            simulated=simulated,
            unproven=unproven,
            criterion=criterion,
            note=note,
            words=words or {},
        )

    def compare(
        self,
        name: str,
        candidates: Sequence[Candidate],
        *,
        simulated: bool = False,
        unproven: bool = False,
        criterion: Criterion | None = None,
        note: Text | None = None,
        aside: Text | None = None,
    ) -> Draft:
        """State a quantity that several sources give: all are kept, the most trusted is chosen."""
        best = max(candidates, key=lambda candidate: candidate.trust)
        return Draft(
            name,
            best.value,
            tuple(dict.fromkeys(candidate.request for candidate in candidates)),
            raw=best.raw,
            trust=best.trust,
            simulated=simulated,
            unproven=unproven,
            criterion=criterion,
            candidates=tuple(candidates),
            note=note,
            aside=aside,
        )

    def unread(
        self,
        name: str,
        *requests: Request,
        reason: Reason | None = None,
        note: Text | None = None,
    ) -> Draft:
        """State that a value could not be read; the reason is taken from the replies."""
        found = reason or self._why(requests)
        return Draft(name, None, requests, reason=found, note=note)

    def _why(self, requests: Sequence[Request]) -> Reason:
        """The reason that says most: refused before not there."""
        order = [
            Reason.DEVICE_LOST,
            Reason.CANCELLED,
            Reason.TIMEOUT,
            Reason.PERMISSION,
            Reason.DENIED,
            Reason.UNSUPPORTED,
            Reason.DEPENDENCY,
        ]
        reasons = [no.reason for request in requests if (no := self.no_answer(request))]
        return min(reasons, key=order.index, default=Reason.UNSUPPORTED)

    def _once(self, key: str, what: object, make: Callable[[], Any]) -> Any:
        if (key, what) not in self._parsed:
            self._parsed[key, what] = make()
        return self._parsed[key, what]
