"""From a reply to what is recorded: the one place where an answer is cut down and masked.

The run, the import of somebody's outputs, the evaluation and a later masking all come through
here, so that the receipt (which class of data, to what effect, how much was masked) is always
filled in and nothing is recorded as the phone said it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.model.requests.kept import Kept, cut_down, cut_down_errors
from diagnose.requests.adb import named
from diagnose.run.capture import Recorded
from diagnose.text import decode

if TYPE_CHECKING:  # its many patterns compile while the phone answers
    from diagnose.privacy.redactor import Redactor


def recorded(reply: Reply, request: Request, redactor: Redactor) -> Recorded:
    """Mask a reply and note what it was asked for.

    What names one phone by its place in the answer (a bootloader's `token: …`) goes first.
    """
    from diagnose.privacy.channels import identifying

    if request.sensitive and reply.status is not ReplyStatus.COMPLETE:
        reply = replace(reply, stdout=b"")  # half a number is masked by no rule
    reply, dropped = _kept(reply, request)
    # Times as the capture file writes them: a replay must not differ in the fourth digit.
    reply = replace(
        reply,
        started_ms=round(reply.started_ms, 1),
        duration_ms=round(reply.duration_ms, 1),
    )
    stdout, marked = redactor.mark(reply.stdout, identifying(request, reply.stdout))
    fresh = Recorded(
        replace(reply, stdout=stdout),
        data_class=request.data_class.value,
        effect=request.effect.value,
        masked=marked,
        dropped=dropped,
    )
    return masked_again(fresh, redactor)


def _kept(reply: Reply, request: Request) -> tuple[Reply, int]:
    """Drop of an answer all that its request does not declare, and count it."""
    # Whoever asks our words, in a probe of his own, keeps no more of the answer than we do.
    kept_of = (named(request.key) or request).kept
    stdout, dropped = _cut(reply.stdout, kept_of) if kept_of else (reply.stdout, 0)
    errors, dropped_too = reply.stderr, 0
    if reply.key.startswith("shell:"):
        errors, dropped_too = _cut(reply.stderr, None)
    return replace(reply, stdout=stdout, stderr=errors), dropped + dropped_too


def _cut(output: bytes, kept_of: Kept | None) -> tuple[bytes, int]:
    """Cut down what was said; on standard error (None) to how it refuses.

    As bytes that stand for themselves: what is kept is kept as it was said. Only UTF-16, which no
    pattern would find anything in, becomes UTF-8.
    """
    if not output:
        return output, 0
    wide = b"\0" in output[:200]
    text = decode(output) if wide else output.decode("latin-1")
    kept, dropped = cut_down(text, kept_of) if kept_of else cut_down_errors(text)
    return kept.encode("utf-8" if wide else "latin-1"), dropped


def masked_again(before: Recorded, redactor: Redactor) -> Recorded:
    """Mask what was recorded, by this redactor's rules too."""
    stdout, masked = redactor.redact(before.reply.stdout)
    stderr, masked_too = redactor.redact(before.reply.stderr)
    return replace(
        before,
        reply=replace(before.reply, stdout=stdout, stderr=stderr),
        masked=before.masked + sum(masked.values()) + sum(masked_too.values()),
    )
