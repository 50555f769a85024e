"""What a field of a ticket can be made of; personal data are marked, and go only where named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

from diagnose.model.case import Case
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import PageWords, verdict_of


@dataclass(frozen=True)
class Material:
    """What a ticket is made of. `report` is the page where there is a `case`."""

    report: Report
    lang: str
    delivery_id: str
    case: Case | None = None
    case_link: str = ""
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Of the attached files, by kind: `report`, `page`."""

    @property
    def words(self) -> PageWords:
        """The language of the shop."""
        return PageWords.of(self.report, self.lang)


@dataclass(frozen=True)
class FieldSource:
    """One thing that can be put into a field; `personal` data lead to the customer."""

    about: Text
    of: Callable[[Material], str]
    personal: bool = False
    values: tuple[str, ...] = ()
    """Every word it may be, where there are few."""


def risk(report: Report) -> str:
    """Give one word for a dropdown; what could not be tested is never green."""
    found = report.summary.outcome
    surely = any(fault.confidence is not Confidence.POSSIBLE for fault in report.faults)
    if found is Outcome.FAIL or surely:
        return "red"
    return "green" if found is Outcome.PASS and not report.faults else "amber"


def device_name(report: Report) -> str:
    """The phone as people call it."""
    device = report.device
    return device.marketing_name or " ".join(filter(None, (device.brand, device.model)))


def _causes(m: Material) -> str:
    named = (f"{m.words(f.title)} ({m.words(CONFIDENCES[f.confidence])})" for f in m.report.faults)
    return "; ".join(named)


def _contact(name: str) -> Callable[[Material], str]:
    return lambda m: str(getattr(m.case.contact, name)) if m.case and m.case.contact else ""


def _identifier(name: str) -> Callable[[Material], str]:
    def of(m: Material) -> str:
        found = getattr(m.case.identifiers, name) if m.case and m.case.identifiers else ""
        return ", ".join(found) if isinstance(found, tuple) else str(found)

    return of


def _quote(m: Material) -> str:
    quote = m.report.quote
    return m.words.money(quote.total, quote.currency) if quote else ""


def _coverage(m: Material) -> str:
    return f"{m.report.coverage.answered}/{m.report.coverage.asked}"


SOURCES: Final[Mapping[str, FieldSource]] = {
    "delivery_id": FieldSource(
        Text("the number of this delivery, by which it is never sent twice", "投递编号，防止重复"),
        lambda m: m.delivery_id,
    ),
    "case": FieldSource(
        Text("number of the case", "工单编号"), lambda m: m.case.case_id if m.case else ""
    ),
    "case_link": FieldSource(Text("link to the case", "工单链接"), lambda m: m.case_link),
    "report_id": FieldSource(
        Text("number of the report", "报告编号"), lambda m: m.report.report_id
    ),
    "report_digest": FieldSource(
        Text("digest a consent is bound to", "同意书所绑定的校验码"), lambda m: m.report.digest
    ),
    "report_sha256": FieldSource(
        Text("SHA-256 of the attached report.json", "所附 report.json 的 SHA-256"),
        lambda m: m.sha256.get("report", ""),
    ),
    "page_sha256": FieldSource(
        Text("SHA-256 of the attached PDF", "所附 PDF 的 SHA-256"),
        lambda m: m.sha256.get("page", ""),
    ),
    "verdict": FieldSource(
        Text("the verdict in words", "结论"), lambda m: m.words(verdict_of(m.report))
    ),
    "outcome": FieldSource(
        Text("the verdict as a code: pass, attention, fail, observed, …", "结论代码"),
        lambda m: m.report.summary.outcome.value,
    ),
    "risk": FieldSource(
        Text("red: a fault; green: no fault and everything tested; else amber", "红、黄、绿"),
        lambda m: risk(m.report),
        values=("red", "amber", "green"),
    ),
    "coverage": FieldSource(Text("tested of planned", "已检测/计划"), _coverage),
    "causes": FieldSource(Text("the causes, each with how sure", "故障原因及把握"), _causes),
    "cause_codes": FieldSource(
        Text("the causes as codes", "故障原因代码"),
        lambda m: ", ".join(fault.code for fault in m.report.faults),
    ),
    "device": FieldSource(
        Text("the phone as it is called", "机型名称"), lambda m: device_name(m.report)
    ),
    "brand": FieldSource(Text("brand", "品牌"), lambda m: m.report.device.brand),
    "model": FieldSource(Text("model", "型号"), lambda m: m.report.device.model),
    "os": FieldSource(
        Text("system and version", "系统及版本"),
        lambda m: f"{m.report.device.os} {m.report.device.os_version}".strip(),
    ),
    "build": FieldSource(Text("build", "版本号"), lambda m: m.report.device.build),
    "security_patch": FieldSource(
        Text("security patch level", "安全补丁级别"), lambda m: m.report.device.security_patch
    ),
    "serial_masked": FieldSource(
        Text("the serial number's last characters", "序列号末几位"),
        lambda m: m.report.device.serial_masked,
    ),
    "serial_hash": FieldSource(
        Text("the serial number as this station's hash", "序列号的本站哈希"),
        lambda m: m.report.device.serial_hash,
    ),
    "symptoms": FieldSource(
        Text("codes of what is complained of", "送修现象代码"),
        lambda m: ", ".join(m.report.intake.symptoms),
    ),
    "quote_total": FieldSource(Text("what the repair would cost", "报价合计"), _quote),
    "created_at": FieldSource(
        Text("when the report was made", "报告时间"), lambda m: m.report.created_at.isoformat()
    ),
    "complaint": FieldSource(
        Text("what the customer said", "客户描述"),
        lambda m: m.report.intake.complaint,
        personal=True,
    ),
    "customer_name": FieldSource(Text("name", "姓名"), _contact("name"), personal=True),
    "customer_phone": FieldSource(Text("telephone", "电话"), _contact("phone"), personal=True),
    "customer_email": FieldSource(Text("e-mail", "电子邮箱"), _contact("email"), personal=True),
    "customer_address": FieldSource(Text("address", "地址"), _contact("address"), personal=True),
    "imei": FieldSource(Text("IMEI", "IMEI"), _identifier("imei"), personal=True),
    "serial": FieldSource(Text("serial number", "序列号"), _identifier("serial"), personal=True),
    "invoice_number": FieldSource(
        Text("number of the invoice", "发票号码"), _identifier("invoice_number"), personal=True
    ),
}
