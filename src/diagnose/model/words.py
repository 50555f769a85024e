"""The customer's words: what of an intake a person wrote freely, and what may therefore name one.

A case keeps them apart, where they can be erased. The digest of its page holds a salted
commitment in their place, so that it still fits when they are gone.
"""

from __future__ import annotations

import hashlib
import hmac

from diagnose.model.canonical import canonical
from diagnose.model.frozen import Frozen
from diagnose.model.intake import Intake, Seal


class Words(Frozen):
    """The words of an intake, and the salt that opens the commitment to them."""

    complaint: str = ""
    condition: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    warranty_reason: str = ""
    seller: str = ""
    salt: str = ""

    @property
    def has_words(self) -> bool:
        """Whether there is a word at all."""
        return self.model_copy(update={"salt": ""}) != Words()

    @property
    def commitment(self) -> str:
        """HMAC-SHA-256 of the words' canonical JSON under the salt."""
        body = canonical(self.model_dump(mode="json", exclude={"salt"}))
        return hmac.new(bytes.fromhex(self.salt), body, hashlib.sha256).hexdigest()


def words_of(intake: Intake) -> Words:
    """Take the words out of an intake; it stays as it is."""
    return Words(
        complaint=intake.complaint,
        condition=intake.condition,
        accessories=intake.accessories,
        warranty_reason=intake.warranty.reason,
        seller=intake.warranty.seller,
        salt=intake.seal.salt if intake.seal else "",
    )


def with_words(intake: Intake, words: Words) -> Intake:
    """Put words into an intake, in the place of those that are there."""
    warranty = {"reason": words.warranty_reason, "seller": words.seller}
    seal = intake.seal and intake.seal.model_copy(update={"salt": words.salt})
    changes = {
        "complaint": words.complaint,
        "condition": words.condition,
        "accessories": words.accessories,
        "warranty": intake.warranty.model_copy(update=warranty),
        "seal": seal,
    }
    return intake.model_copy(update=changes)


def without_words(intake: Intake) -> Intake:
    """Give the intake as it is when its words were erased."""
    return with_words(intake, Words())


def sealed(intake: Intake, salt: str) -> Intake:
    """Seal an intake under a salt of 64 hexadecimal digits nobody else knows."""
    words = words_of(intake).model_copy(update={"salt": salt})
    return intake.model_copy(update={"seal": Seal(salt=salt, commitment=words.commitment)})


def seal_fits(intake: Intake) -> bool:
    """Whether the words are those that were sealed; erased words fit, and so does no seal."""
    words = words_of(intake)
    if intake.seal is None:
        return True
    if not words.salt:
        return not words.has_words
    return hmac.compare_digest(words.commitment, intake.seal.commitment)
