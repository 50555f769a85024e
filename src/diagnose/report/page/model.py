"""The parts of a page. Everything is already in words; a rendering only lays it out."""

from __future__ import annotations

from diagnose.model.plain import dataclass
from diagnose.report.phrase import Phrase


@dataclass(frozen=True)
class Mark:
    """An outcome as it is shown: never by colour alone."""

    tone: str
    symbol: str
    label: Phrase


@dataclass(frozen=True)
class Picture:
    """A drawing of our own making, and the words for those who do not see it."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Row:
    """A label and what is said under it."""

    label: Phrase
    value: Phrase
    tone: str = ""


@dataclass(frozen=True)
class Measured:
    """One measured value in the customer's part."""

    title: Phrase
    value: Phrase
    limit: Phrase = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class PageTile:
    """One of the three or four things a customer wants to know at once."""

    title: Phrase
    value: Phrase
    mark: Mark
    picture: Picture | None = None
    note: Phrase = ()


@dataclass(frozen=True)
class PageVerdict:
    """Coverage first, then the verdict."""

    coverage: Phrase
    coverage_picture: Picture
    legend: tuple[Row, ...]
    mark: Mark
    words: Phrase
    partial: Phrase = ()
    conclusion: Phrase = ()
    ended: Phrase = ()


@dataclass(frozen=True)
class PageFinding:
    """One probe that found something."""

    mark: Mark
    title: Phrase
    texts: tuple[Phrase, ...]
    measured: tuple[Measured, ...]
    meaning: Phrase
    advice: Phrase
    consequence: Phrase


@dataclass(frozen=True)
class PageFault:
    """One finding on the sheet: what is wrong, the cause it shows, and what to do about it."""

    mark: Mark
    headline: Phrase
    cause: Phrase
    to_do: Phrase
    picture: Picture


@dataclass(frozen=True)
class PageEvidence:
    """Where a value was read: the number of the request in the receipt, the line, its words."""

    request: str
    line: int
    raw: str


@dataclass(frozen=True)
class PageReading:
    """A measured value in one line, with the number of the request and the line it was read from.

    `evidence` and `readings` follow where they say more than the value does.
    """

    title: Phrase
    value: Phrase
    id: str
    mark: Mark | None
    limit: Phrase
    notes: tuple[Phrase, ...]
    evidence: tuple[PageEvidence, ...]


@dataclass(frozen=True)
class PageCause:
    """One concluded cause, with what speaks for it and against it."""

    title: Phrase
    tone: str
    kind: Phrase
    confidence: Phrase
    explanation: Phrase
    reasons: tuple[Phrase, ...] = ()
    evidence: tuple[Phrase, ...] = ()
    against: tuple[Phrase, ...] = ()
    innocent: Phrase = ()
    next_test: Phrase = ()
    consequence: Phrase = ()


@dataclass(frozen=True)
class Item:
    """One line of the plan."""

    title: Phrase
    details: tuple[Phrase, ...]
    quantity: str
    unit_price: Phrase
    tax: Phrase
    total: Phrase
    data_risk: Phrase
    risk: str = ""
    unpriced: Phrase = ()
    warning: Phrase = ()
    only_if: Phrase = ()


@dataclass(frozen=True)
class PageWay:
    """One way to go on."""

    title: Phrase
    items: tuple[Phrase, ...]
    total: Phrase
    consequence: Phrase


@dataclass(frozen=True)
class PagePlan:
    """Work, parts, time and price."""

    items: tuple[Item, ...]
    sums: tuple[Row, ...]
    facts: tuple[Row, ...]
    data_risk: Phrase
    data_is_at_risk: bool
    ways: tuple[PageWay, ...]
    terms: tuple[Phrase, ...]
    has_tax: bool
    has_time: bool


@dataclass(frozen=True)
class Form:
    """A form some law wants: its fields in its own order."""

    title: Phrase
    intro: Phrase
    rows: tuple[Row, ...]
    sign_lines: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Compared:
    """One thing before and after."""

    title: Phrase
    before: Phrase
    after: Phrase
    mark_before: Mark | None = None
    mark_after: Mark | None = None
    picture_before: Picture | None = None
    picture_after: Picture | None = None
    note: Phrase = ()
    note_tone: str = "observed"


@dataclass(frozen=True)
class ComparisonTable:
    """Things of one kind before and after."""

    title: Phrase
    rows: tuple[Compared, ...]


@dataclass(frozen=True)
class Signature:
    """Who said what, and his mark."""

    rows: tuple[Row, ...]
    picture: Picture | None = None


@dataclass(frozen=True)
class PageStep:
    """One step of the case after the diagnosis: consent, work, check, acceptance."""

    title: Phrase
    tone: str = ""
    headline: Phrase = ()
    texts: tuple[Phrase, ...] = ()
    rows: tuple[Row, ...] = ()
    tables: tuple[ComparisonTable, ...] = ()
    signature: Signature | None = None


@dataclass(frozen=True)
class AppFit:
    """Whether an app can run on the phone."""

    title: Phrase
    tone: str
    verdict: Phrase
    checks: tuple[Row, ...]


@dataclass(frozen=True)
class Tested:
    """One probe with all it read; `mark` is None where it is normal, which goes without saying."""

    mark: Mark | None
    title: Phrase
    note: Phrase
    readings: tuple[PageReading, ...]


@dataclass(frozen=True)
class Area:
    """The probes of one area."""

    title: Phrase
    tested: tuple[Tested, ...]


@dataclass(frozen=True)
class Sent:
    """One line of the privacy receipt; `number` is what evidence refers to."""

    number: str
    request: str
    data_class: Phrase
    status: Phrase
    kept: str
    masked: str


@dataclass(frozen=True)
class Receipt:
    """What was sent to the phone and what was kept."""

    summary: tuple[Phrase, ...]
    classes: tuple[Row, ...]
    sent: tuple[Sent, ...]


@dataclass(frozen=True)
class PageChoice:
    """One way to go on, as the customer ticks it: its steps with their prices, and one maximum."""

    title: Phrase
    steps: tuple[Row, ...]
    most: Phrase
    facts: tuple[Row, ...]
    otherwise: Phrase
    taken: bool = False


@dataclass(frozen=True)
class Document:
    """What stands on top of both documents.

    `number` is that of the report, `digest` the report's. `code` is the picture to be scanned.
    """

    lang: str
    bilingual: bool
    title: str
    number: str
    date: str
    station: str
    banner: Phrase
    name: str
    digest: str
    words: dict[str, Phrase]
    case: str = ""


@dataclass(frozen=True)
class Sheet:
    """The one sheet of A4 that is shown and signed, in the order in which it is read.

    `annex_digest` is the SHA-256 of the annex's words: who signs the sheet signs both.
    """

    head: Document
    facts: tuple[Row, ...]
    complaint: tuple[Row, ...]
    answers: tuple[Row, ...]
    verdict: PageVerdict
    found: tuple[PageFault, ...]
    more_found: Phrase
    causes: tuple[Row, ...]
    more_causes: Phrase
    choices: tuple[PageChoice, ...]
    offer: tuple[Row, ...]
    data_risk: Phrase
    data_is_at_risk: bool
    terms: tuple[Phrase, ...]
    limits: tuple[Row, ...]
    steps: tuple[PageStep, ...]
    app: AppFit | None
    advice: tuple[Phrase, ...]
    statements: tuple[Phrase, ...]
    sign_lines: tuple[Phrase, ...]
    annex_digest: str
    code: Picture


@dataclass(frozen=True)
class Annex:
    """The technical annex: the evidence, complete, for whoever checks the sheet."""

    head: Document
    facts: tuple[Row, ...]
    complaint: tuple[PageStep, ...]
    findings: tuple[PageFinding, ...]
    causes: tuple[PageCause, ...]
    ruled_out: tuple[Row, ...]
    plan: PagePlan | None
    steps: tuple[PageStep, ...]
    app: AppFit | None
    advice: tuple[Phrase, ...]
    tiles: tuple[PageTile, ...]
    untested: tuple[Row, ...]
    limits: tuple[Row, ...]
    battery_facts: tuple[Row, ...]
    forms: tuple[Form, ...]
    areas: tuple[Area, ...]
    sources: tuple[Row, ...]
    receipt: Receipt
    provenance: tuple[Row, ...]
