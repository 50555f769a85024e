"""The words for how far a case has come and what was decided, as they are said at the counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.model.case import Case, ConsentState, RecordedConsent, Stage
from diagnose.model.consent import Consent
from diagnose.model.intake import Intake
from diagnose.model.moment import day_text
from diagnose.model.text import Text
from diagnose.report.case_vocabulary import CHOICES
from diagnose.report.wording import PageWords

STAGES: dict[Stage, Text] = {
    Stage.OPENED: Text("opened", "已登记"),
    Stage.DIAGNOSED: Text("diagnosed", "已检测"),
    Stage.QUOTED: Text("quoted", "已报价"),
    Stage.AGREED: Text("agreed", "已同意"),
    Stage.REFUSED: Text("refused", "已拒绝"),
    Stage.NOTHING_TO_REPAIR: Text("nothing to repair", "无需维修"),
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


def decision_line(one: RecordedConsent, words: PageWords) -> str:
    """Say what was decided, at which price, and whether it still counts."""
    return f"{decided(one.consent, words)}{words.aside(words(CONSENT_STATES[one.state]))}"


def decided(consent: Consent, words: PageWords) -> str:
    """Say what was decided and at which price."""
    text = words(CHOICES[consent.choice])
    if not consent.accepted:
        return text
    agreed = words.money(consent.agreed_total, consent.currency)
    text += words.pick(f", {agreed}", f"，{agreed}")
    if consent.ceiling == consent.agreed_total:
        return text
    ceiling = words.money(consent.ceiling, consent.currency)
    return text + words.pick(f", at most {ceiling}", f"，最高 {ceiling}")


def closing_line(case: Case, words: PageWords) -> str:
    """Say when and by whom the shop closed the case, and why where that is still there."""
    closing = case.closing
    if closing is None:
        return ""
    why = f": {words(closing.reason)}" if closing.reason else ""
    day = day_text(closing.at, case.shop.time_zone if case.shop else "")
    return words.pick(f"{day} by {words(closing.by)}{why}", f"{day}，{words(closing.by)}{why}")


def intake_lines(intake: Intake, words: PageWords) -> Iterator[str]:
    """Say what was handed over, in which condition, and who pays, where that was noted."""
    warranty = intake.warranty
    paid_by = {
        True: words.pick("in warranty", "保修期内"),
        False: words.pick("out of warranty", "保修期外"),
        None: "",
    }[warranty.in_warranty]
    reason = words.aside(words(warranty.reason)) if warranty.reason else ""
    for title, value in (
        (words.pick("condition", "外观状况"), _listed(intake.condition, words)),
        (words.pick("accessories", "随机配件"), _listed(intake.accessories, words)),
        (words.pick("warranty", "保修"), paid_by + reason),
        (words.pick("seller", "销售者"), words(warranty.seller)),
        (words.pick("sold on", "销售日期"), str(warranty.sale_date or "")),
        (words.pick("repairs before", "此前维修次数"), _number(warranty.earlier_repairs)),
    ):
        if value:
            yield f"  {title}: {value}"


def _listed(texts: Sequence[str], words: PageWords) -> str:
    return words.pick(", ", "、").join(words(text) for text in texts)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
