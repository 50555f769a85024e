"""A repair case: everything its events say, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, Field

from diagnose.model.acceptance import Acceptance
from diagnose.model.closing import Closing
from diagnose.model.consent import Consent, Voiding, Withdrawal
from diagnose.model.frozen import Frozen
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report
from diagnose.model.retention import Retention
from diagnose.model.terms import ShopTerms
from diagnose.model.verification import Verification
from diagnose.model.work import Work


class Stage(StrEnum):
    """How far a case has come."""

    OPENED = "opened"
    DIAGNOSED = "diagnosed"
    QUOTED = "quoted"
    AGREED = "agreed"
    REFUSED = "refused"
    NOTHING_TO_REPAIR = "nothing_to_repair"  # no repair was proposed, and the customer knows
    CONSENT_NEEDED = "consent_needed"  # what was agreed was voided or withdrawn
    WORKED = "worked"
    VERIFIED = "verified"
    CLOSED = "closed"  # accepted by the customer
    CLOSED_BY_SHOP = "closed_by_shop"  # ended without repair or acceptance


class ConsentState(StrEnum):
    """Whether a decision still counts."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"


class RecordedConsent(Frozen):
    """A decision with the number of its event, and whether it still counts."""

    seq: int
    consent: Consent
    state: ConsentState = ConsentState.STANDS


class Erasure(Frozen):
    """When private values were erased, and why. `by_rule`: their time had run out."""

    at: AwareDatetime
    reason: str
    values: int
    by_rule: bool = False


class Case(Frozen):
    """The state of a case. `page` is the report as the customer is shown it, quote included.

    `contact`, `identifiers` and the signers of statements are None where they were never given
    or have been erased; free text is then empty. `private_values` is how many are still kept.
    `last_at` is the latest moment of any event: a clock that was set back does not lower it.
    """

    case_id: str
    stage: Stage = Stage.OPENED
    events: int
    head: str = Field(description="hash of the last event")
    opened_at: AwareDatetime
    opened_by: str
    last_at: AwareDatetime
    ended_at: AwareDatetime | None = Field(
        default=None,
        description="accepted, refused, nothing to repair, withdrawn or closed; null: it is open",
    )
    retention: Retention = Retention()
    kept_until: AwareDatetime | None = Field(
        default=None, description="private data are erased then; null while the case is open"
    )
    private_values: int = Field(default=0, ge=0)
    shop: ShopTerms | None = Field(default=None, description="null: opened before there were terms")
    intake: Intake
    contact: Contact | None = None
    identifiers: Identifiers | None = None
    page: Report | None = None
    source_digest: str = Field(default="", description="digest of the report the page was made of")
    ranked_again_by: tuple[str, ...] = Field(
        default=(), description="symptoms by which the case ranked that report's causes anew"
    )
    consents: tuple[RecordedConsent, ...] = ()
    voidings: tuple[Voiding, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    works: tuple[Work, ...] = ()
    before: Report | None = Field(default=None, description="the page when the work began")
    after: Report | None = None
    verification: Verification | None = None
    acceptance: Acceptance | None = None
    closing: Closing | None = None
    exports: int = 0
    erasure: Erasure | None = None
    translations: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)

    @property
    def standing(self) -> RecordedConsent | None:
        """The decision that counts now, be it a consent or a refusal."""
        standing = [one for one in self.consents if one.state is ConsentState.STANDS]
        return standing[-1] if standing else None
