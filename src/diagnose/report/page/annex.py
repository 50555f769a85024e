"""The technical annex: everything behind the sheet, each thing once, with its evidence."""

from __future__ import annotations

from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report.page import (
    app,
    causes,
    forms,
    front,
    glance,
    happened,
    head,
    plan,
    technical,
)
from diagnose.report.page.model import Annex
from diagnose.report.phrase import Speaker
from diagnose.report.record import Record, zone_of

TITLE = Text("Technical annex", "技术附件")


def build_annex(report: Report, *, lang: str, record: Record | None = None) -> Annex:
    """Put everything of a report into words. `lang` is `zh-CN`, `en` or `both`."""
    record = record or Record()
    say = Speaker(report, lang, record.translations, zone_of(report, record))
    numbers = technical.Numbers(report)
    return Annex(
        head=head.head(report, record, TITLE, say),
        facts=front.facts(report, say),
        complaint=front.complaint_in_full(report, say),
        findings=front.findings(report, say),
        causes=causes.causes(report, say),
        ruled_out=causes.ruled_out(report, say),
        plan=plan.plan(report, say, record.consent),
        steps=happened.steps(report, record, say),
        app=app.app_fit(report, say),
        advice=head.advice(report, say),
        tiles=glance.tiles(report, say),
        untested=front.untested(report, say),
        limits=front.untestable(report, say),
        battery_facts=glance.battery_facts(report, say),
        forms=forms.forms(report, record, say),
        areas=technical.areas(report, numbers, say),
        sources=numbers.rows(say),
        receipt=technical.receipt(report, numbers, say),
        provenance=technical.provenance(report, say),
    )
