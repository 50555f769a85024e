"""From a reply to what is recorded: the one place where an answer is masked on its way to a file.

The run, the import of somebody's outputs, the evaluation and a later masking all come through
here, so that the receipt (which class of data, to what effect, how much was masked) is always
filled in and nothing is recorded as the phone said it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.run.capture import Recorded

if TYPE_CHECKING:  # its many patterns compile while the phone answers
    from diagnose.privacy.redactor import Redactor


def recorded(reply: Reply, request: Request, redactor: Redactor) -> Recorded:
    """Mask a reply and note what it was asked for."""
    if request.sensitive and reply.status is not ReplyStatus.COMPLETE:
        reply = replace(reply, stdout=b"")  # half a number is masked by no rule
    # Times as the capture file writes them: a replay must not differ in the fourth digit.
    reply = replace(
        reply,
        started_ms=round(reply.started_ms, 1),
        duration_ms=round(reply.duration_ms, 1),
    )
    fresh = Recorded(reply, data_class=request.data_class.value, effect=request.effect.value)
    return masked_again(fresh, redactor)


def masked_again(before: Recorded, redactor: Redactor) -> Recorded:
    """Mask what was recorded, by this redactor's rules too."""
    stdout, masked = redactor.redact(before.reply.stdout)
    stderr, masked_too = redactor.redact(before.reply.stderr)
    return replace(
        before,
        reply=replace(before.reply, stdout=stdout, stderr=stderr),
        masked=before.masked + sum(masked.values()) + sum(masked_too.values()),
    )
