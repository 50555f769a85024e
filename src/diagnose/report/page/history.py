"""What the customer had decided before, and why it no longer counts."""

from __future__ import annotations

from diagnose.model.case import ConsentState, RecordedConsent
from diagnose.model.consent import Voiding, Withdrawal
from diagnose.model.report import Report
from diagnose.report.case_vocabulary import CHOICES
from diagnose.report.changes import change_lines
from diagnose.report.page.model import PageStep
from diagnose.report.phrase import Phrase, Speaker, flat
from diagnose.report.record import Record
from diagnose.report.wording import PageWords


def earlier_decisions(report: Report, record: Record, say: Speaker) -> PageStep | None:
    """The decisions that were replaced, withdrawn or voided, the oldest first."""
    texts = tuple(_earlier_consent(one, report, record, say) for one in record.earlier)
    return (
        PageStep(title=say.pair("Earlier decisions", "此前的决定"), texts=texts) if texts else None
    )


def _earlier_consent(one: RecordedConsent, report: Report, record: Record, say: Speaker) -> Phrase:
    at = flat(say.moment(one.consent.statement.at))

    withdrawal = next((w for w in record.withdrawals if w.consent == one.seq), None)
    withdrawn = flat(say.day(withdrawal.statement.at)) if withdrawal else ""

    def in_words(words: PageWords) -> str:
        consent = one.consent
        decided = f"{at} {words(CHOICES[consent.choice])}"
        amount = words.aside(words.money(consent.agreed_total, consent.currency))
        why = (
            _withdrawn(withdrawal, withdrawn, words)
            if one.state is ConsentState.WITHDRAWN
            else _why(one, report, record, words)
        )
        return f"{decided}{amount if consent.accepted else ''}{words.pick(': ', '：')}{why}"

    return say.each(in_words)


def _why(one: RecordedConsent, report: Report, record: Record, words: PageWords) -> str:
    voiding = next((v for v in record.voidings if v.consent == one.seq), None)
    if one.state is ConsentState.VOIDED and voiding:
        return _voided(voiding, report, words)
    return words.pick("replaced by a later decision", "已被之后的决定取代")


def _voided(voiding: Voiding, report: Report, words: PageWords) -> str:
    changes = words.pick("; ", "；").join(change_lines(voiding, report.quote, words))
    return words.pick(
        f"no longer holds, for what was shown has changed: {changes}",
        f"因所示内容有变化而失效：{changes}",
    )


def _withdrawn(withdrawal: Withdrawal | None, day: str, words: PageWords) -> str:
    if withdrawal is None:
        return words.pick("withdrawn", "已撤回")
    reason = f": {words(withdrawal.reason)}" if withdrawal.reason else ""
    return words.pick(f"withdrawn on {day}", f"已于 {day} 撤回") + reason
