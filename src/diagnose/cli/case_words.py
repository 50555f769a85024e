"""The words for how far a case has come and what was decided, as they are said at the counter."""

from __future__ import annotations

from diagnose.model.case import Case, ConsentState, RecordedConsent, Stage
from diagnose.model.text import Text
from diagnose.report.vocabulary import CHOICES
from diagnose.report.wording import Words

STAGES: dict[Stage, Text] = {
    Stage.OPENED: Text("opened", "已登记"),
    Stage.DIAGNOSED: Text("diagnosed", "已检测"),
    Stage.QUOTED: Text("quoted", "已报价"),
    Stage.AGREED: Text("agreed", "已同意"),
    Stage.REFUSED: Text("refused", "已拒绝"),
    Stage.CONSENT_NEEDED: Text("a new consent is needed", "需重新同意"),
    Stage.WORKED: Text("worked on", "已维修"),
    Stage.VERIFIED: Text("checked after the repair", "已复检"),
    Stage.CLOSED: Text("accepted and closed", "已验收"),
    Stage.CLOSED_BY_SHOP: Text("closed by the shop", "门店结案"),
}

CONSENT_STATES: dict[ConsentState, Text] = {
    ConsentState.STANDS: Text("stands", "有效"),
    ConsentState.SUPERSEDED: Text("a later one counts", "已被新的决定取代"),
    ConsentState.VOIDED: Text("void: what was shown has changed", "已失效：所示内容有变化"),
    ConsentState.WITHDRAWN: Text("withdrawn", "已撤回"),
}


def decision_line(one: RecordedConsent, words: Words) -> str:
    """Say what was decided, at which price, and whether it still counts."""
    consent = one.consent
    said = words(CHOICES[consent.choice])
    if consent.accepted:
        agreed = words.money(consent.agreed_total, consent.currency)
        ceiling = words.money(consent.ceiling, consent.currency)
        said += words.pick(f", {agreed}, at most {ceiling}", f"，{agreed}，最高 {ceiling}")
    return f"{said} ({words(CONSENT_STATES[one.state])})"


def closing_line(case: Case, words: Words) -> str:
    """Say when and by whom the shop closed the case, and why where that is still there."""
    closing = case.closing
    if closing is None:
        return ""
    why = f": {words(closing.reason)}" if closing.reason else ""
    return words.pick(
        f"{closing.at:%Y-%m-%d} by {words(closing.by)}{why}",
        f"{closing.at:%Y-%m-%d}，{words(closing.by)}{why}",
    )
