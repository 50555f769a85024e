"""The case after the diagnosis: consent, work, the check after the repair, and acceptance."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from diagnose.model.acceptance import Acceptance
from diagnose.model.closing import Closing
from diagnose.model.consent import Consent, Statement
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.model.verification import PartState, Verdict, Verification
from diagnose.model.work import Work
from diagnose.report.case_vocabulary import CHECK_VERDICTS, CHOICES, METHODS, ORIGINS, PART_STATES
from diagnose.report.comparison import compare_reports
from diagnose.report.page import billing
from diagnose.report.page.front import mark, picture
from diagnose.report.page.history import earlier_decisions
from diagnose.report.page.model import Compared, ComparisonTable, PageStep, Picture, Row, Signature
from diagnose.report.phrase import Phrase, Speaker, flat, plain
from diagnose.report.pictures import SHORT, draw_signature
from diagnose.report.record import Record
from diagnose.report.selection import TELLING

_VERDICT_TONES = {
    Verdict.SOLVED: "pass",
    Verdict.NOT_SOLVED: "fail",
    Verdict.NOT_PROVEN: "attention",
}


def steps(report: Report, record: Record, say: Speaker) -> tuple[PageStep, ...]:
    """What has happened since the diagnosis, in the order in which it happened."""
    shown = (
        earlier_decisions(report, record, say),
        _consent(record.consent, report, record, say) if record.consent else None,
        *(_work(work, say, with_total=record.bill is None) for work in record.works),
        billing.step(record.bill, say) if record.bill else None,
        _before_after(record.before, record.after or report, say) if record.before else None,
        _check(record.verification, say) if record.verification else None,
        _acceptance(record.acceptance, say) if record.acceptance else None,
        _closing(record.closing, say) if record.closing else None,
    )
    return tuple(step for step in shown if step)


def _consent(consent: Consent, report: Report, record: Record, say: Speaker) -> PageStep:
    decided = [
        Row(
            _item_title(decision.code, report, record, say),
            say.pair("agreed", "同意") if decision.accepted else say.pair("declined", "拒绝"),
            "pass" if decision.accepted else "observed",
        )
        for decision in consent.decisions
    ]
    rows = [
        *decided,
        *_agreed_amounts(consent, say),
        *_data_rows(consent, say),
        *_shown_rows(consent, say),
    ]
    return PageStep(
        title=say.pair("The customer's decision", "客户的决定"),
        headline=say(CHOICES[consent.choice]),
        texts=(say(consent.reason),) if consent.reason else (),
        rows=tuple(rows),
        signature=_signature(consent.statement, say),
    )


def _agreed_amounts(consent: Consent, say: Speaker) -> list[Row]:
    """What was agreed to cost; a ceiling is named only where it is another amount."""

    def amount(value: Decimal) -> Phrase:
        return say.each(lambda words: words.money(value, consent.currency))

    if not consent.accepted:
        return []
    most = Row(say.pair("At most", "最高金额"), amount(consent.ceiling))
    agreed = Row(say.pair("Agreed price", "同意的金额"), amount(consent.agreed_total))
    return [agreed] if consent.ceiling == consent.agreed_total else [agreed, most]


def _shown_rows(consent: Consent, say: Speaker) -> list[Row]:
    """What lay before him: the digests that his signature stands for."""
    if consent.shown is None:
        return []
    return [
        Row(say.pair("Sheet shown, SHA-256", "所示单页校验码"), plain(consent.shown.sheet)),
        Row(say.pair("Annex shown, SHA-256", "所示附件校验码"), plain(consent.shown.annex)),
    ]


def _data_rows(consent: Consent, say: Speaker) -> list[Row]:
    yes_no = {True: say.pair("yes", "是"), False: say.pair("no", "否")}
    data = consent.data
    rows = []
    if data.backup_done is not None:
        rows.append(Row(say.pair("Backup made", "已备份"), yes_no[data.backup_done]))
    if data.wipe_agreed is not None:
        rows.append(Row(say.pair("Erasing agreed", "同意清除数据"), yes_no[data.wipe_agreed]))
    if data.maintenance_mode_recommended:
        title = say.pair("Maintenance mode recommended", "已建议开启维修模式")
        rows.append(Row(title, yes_no[True]))
    return rows


def _work(work: Work, say: Speaker, *, with_total: bool) -> PageStep:
    rows = [
        Row(
            say(item.title),
            say.each(
                lambda words, item=item: " · ".join(  # type: ignore[misc]
                    part
                    for part in (
                        words.money(item.total, work.currency),
                        item.part_no and words(item.part_no),
                        item.part_serial and f"S/N {words(item.part_serial)}",
                        words.pick("old part returned", "旧件已退还")
                        if item.old_part_returned
                        else "",
                    )
                    if part
                )
            ),
        )
        for item in work.items
    ]
    if with_total:  # else the bill says it, with everything else that is charged
        total = say.each(lambda words: words.money(work.total, work.currency))
        rows.append(Row(say.pair("Total", "合计"), total, "total"))
    if work.care:
        care = say.list([care.title for care in work.care])
        rows.append(Row(say.pair("Done without charge", "免费服务"), care))
    if work.engineer:
        rows.append(Row(say.pair("Engineer", "维修人员"), plain(work.engineer)))
    rows.append(Row(say.pair("Finished", "完成时间"), say.moment(work.finished_at)))
    texts = (say(work.note),) if work.note else ()
    return PageStep(say.pair("The work done", "维修内容"), texts=texts, rows=tuple(rows))


def _before_after(before: Report, after: Report, say: Speaker) -> PageStep:
    compared = compare_reports(before, after)
    olds = {m.id: m for result in before.results for m in result.measurements}
    news = {m.id: m for result in after.results for m in result.measurements}
    judged = [c for c in compared.changes if {c.outcome_before, c.outcome_after} & set(TELLING)]
    probes = {m.id: r.title for r in (*before.results, *after.results) for m in r.measurements}
    titles = Counter(c.title.en for c in judged)
    rows = tuple(
        _change(
            _title(c.title, probes[c.id], say, alone=titles[c.title.en] == 1),
            olds.get(c.id),
            news.get(c.id),
            say,
        )
        for c in judged
    )
    texts = [] if compared.same_phone else [_other_phone(say)]
    if not rows:
        texts.append(say.pair("No judged value has changed.", "没有受评判的数值发生变化。"))
    return PageStep(
        title=say.pair("Before and after", "维修前后对比"),
        texts=tuple(texts),
        tables=(ComparisonTable((), rows),) if rows else (),
    )


def _other_phone(say: Speaker) -> Phrase:
    return say.pair(
        "The two reports are not of the same phone, or it gave no serial number.",
        "两份报告不是同一部手机，或手机未提供序列号。",
    )


def _title(title: Text, probe: Text, say: Speaker, *, alone: bool) -> Phrase:
    """Name a value; two of one name say whose they are."""
    if alone:
        return say(title)
    return say.each(lambda words: f"{words(probe)}{words.pick(': ', '：')}{words(title)}")


def _change(
    title: Phrase, old: Measurement | None, new: Measurement | None, say: Speaker
) -> Compared:
    absent = say.pair("not read", "未读取")
    return Compared(
        title=title,
        before=say.value(old) if old else absent,
        after=say.value(new) if new else absent,
        mark_before=mark(old.outcome if old else Outcome.NOT_RUN, say),
        mark_after=mark(new.outcome if new else Outcome.NOT_RUN, say),
        picture_before=picture(old, say, length=SHORT) if old else None,
        picture_after=picture(new, say, length=SHORT) if new else None,
    )


def _check(check: Verification, say: Speaker) -> PageStep:
    probes = tuple(
        Compared(
            title=say(probe.title),
            before=(),
            after=(),
            mark_before=mark(probe.before, say),
            mark_after=mark(probe.after, say),
            note=say.pair("complained of", "送修问题") if probe.own else (),
        )
        for probe in check.probes
        if probe.own or probe.before is not probe.after
    )
    parts = tuple(
        Compared(
            title=say(part.title),
            before=say.pair("agreed to be replaced", "同意更换")
            if part.agreed
            else say.pair("not to be replaced", "不更换"),
            after=say(PART_STATES[part.state]),
            note=_alarm(say) if part.state is PartState.CHANGED and not part.agreed else (),
            note_tone="fail",
        )
        for part in check.parts
    )
    tables = (
        ComparisonTable(say.pair("Tests before and after", "检测项目前后对比"), probes),
        ComparisonTable(say.pair("Parts of the phone", "手机零部件"), parts),
    )
    return PageStep(
        title=say.pair("The check after the repair", "维修后检验"),
        tone=_VERDICT_TONES[check.verdict],
        headline=say(CHECK_VERDICTS[check.verdict]),
        texts=tuple(say(reason) for reason in check.reasons),
        tables=tuple(table for table in tables if table.rows),
    )


def _alarm(say: Speaker) -> Phrase:
    return say.pair("changed without being agreed", "未经同意而更换")


def _acceptance(acceptance: Acceptance, say: Speaker) -> PageStep:
    results = {
        True: (say.pair("works", "正常"), "pass"),
        False: (say.pair("does not work", "不正常"), "fail"),
        None: (say.pair("not tried", "未试用"), "not_run"),
    }
    rows = tuple(
        Row(
            say.each(lambda words, t=test: words(t.title) + words.aside(words(ORIGINS[t.origin]))),  # type: ignore[misc]
            *results[test.passed],
        )
        for test in acceptance.tests
    )
    solved = say.pair("The customer says: it is solved", "客户确认：问题已解决")
    open_ = say.pair("The customer says: it is not solved", "客户表示：问题未解决")
    return PageStep(
        title=say.pair("Tried by the customer", "客户验收"),
        texts=tuple(text for text in _beside(acceptance, say) if text),
        tone="pass" if acceptance.solved else "attention",
        headline=solved if acceptance.solved else open_,
        rows=rows,
        signature=_signature(acceptance.statement, say),
    )


def _beside(acceptance: Acceptance, say: Speaker) -> tuple[Phrase, ...]:
    """What stands beside his word: a check that was left out or says otherwise, his remark."""
    unchecked = say.pair("The phone was not checked after the repair.", "维修后未进行复检。")
    why = say(acceptance.unchecked) if acceptance.unchecked else ()
    otherwise = say.pair(
        "He was told that the check after the repair says it is not solved.",
        "已告知客户：维修后检测的结论为未解决。",
    )
    return (
        unchecked if acceptance.verdict is None else (),
        why if acceptance.verdict is None else (),
        otherwise if acceptance.despite_check else (),
        say(acceptance.remark) if acceptance.remark else (),
    )


def _closing(closing: Closing, say: Speaker) -> PageStep:
    rows = (
        Row(say.pair("On", "日期"), say.day(closing.at)),
        Row(say.pair("By", "经办人"), plain(closing.by)),
        Row(say.pair("Reason", "原因"), say(closing.reason)),
    )
    return PageStep(
        title=say.pair("Closed by the shop", "门店结案"),
        headline=say.pair(
            "The case ended without the customer's acceptance; nothing more is repaired under it.",
            "本单未经客户验收即结案，此后不再据此维修。",
        ),
        rows=tuple(row for row in rows if row.value),
    )


def _signature(statement: Statement, say: Speaker) -> Signature:
    signer = statement.signer
    rows = [
        (say.pair("Given", "方式"), say(METHODS[statement.method])),
        (say.pair("At", "时间"), say.moment(statement.at)),
        (say.pair("Shown in", "展示语言"), _language(statement.language, say)),
        (say.pair("By", "客户"), plain(signer.person) if signer else ()),
        (say.pair("Telephone", "电话"), plain(signer.phone) if signer else ()),
        (say.pair("Receipt", "回执编号"), plain(signer.pin_receipt) if signer else ()),
        (say.pair("Taken by", "接收人"), plain(statement.receiver)),
        (say.pair("Witness", "见证人"), plain(statement.witness)),
    ]
    drawn = draw_signature(signer.strokes) if signer and signer.strokes else ""
    alt = flat(say.pair("Signature of the customer", "客户签名"))
    return Signature(
        rows=tuple(Row(label, value) for label, value in rows if value),
        picture=Picture(drawn, alt) if drawn else None,
    )


def _language(tag: str, say: Speaker) -> Phrase:
    names = {"zh-CN": say.pair("Chinese", "中文"), "en": say.pair("English", "英文")}
    return names.get(tag, plain(tag))


def _item_title(code: str, report: Report, record: Record, say: Speaker) -> Phrase:
    for shown in (record.before, report):
        item = shown.quote.item(code) if shown and shown.quote else None
        if item:
            return say(item.title)
    return plain(code)
