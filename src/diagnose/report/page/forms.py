"""Forms that the law asks for: the European Repair Information Form and the 三包 repair record.

The European fields and their order: Directive (EU) 2024/1799, Annex I. The Chinese ones: what the
mobile-phone rules (移动电话机商品修理更换退货责任规定) want in a repair record and voucher.
"""

from __future__ import annotations

from collections.abc import Iterable

from diagnose.model.quote import ItemKind, Quote
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report.page.front import warranty_text
from diagnose.report.page.model import Form, Row
from diagnose.report.page.plan import price, temporary_phone, time_needed
from diagnose.report.phrase import Phrase, Speaker, plain
from diagnose.report.record import Record

_EUROPEAN_UNION = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)


def forms(report: Report, record: Record, say: Speaker) -> tuple[Form, ...]:
    """The form of the shop's country, where there is a quote to fill it from."""
    quote = report.quote
    if quote is None:
        return ()
    country = record.shop.country if record.shop else quote.shop.country
    if country in _EUROPEAN_UNION:
        return (_european(report, quote, say),)
    return (_chinese(report, quote, record, say),) if country == "CN" else ()


def _european(report: Report, quote: Quote, say: Speaker) -> Form:
    shop, device = quote.shop, report.device
    fields: Iterable[tuple[str, str, Phrase]] = (
        ("Repairer", "维修商", plain(shop.name)),
        ("Registration", "注册号", plain(shop.registration)),
        ("Address", "地址", plain(shop.address)),
        ("Telephone", "电话", plain(shop.phone)),
        ("E-mail", "电子邮箱", plain(shop.email)),
        ("Other contact", "其他联系方式", plain(shop.other_contact)),
        (
            "Product to be repaired",
            "待修商品",
            plain(_product(device.marketing_name, device.model)),
        ),
        ("Defect", "缺陷描述", say(report.intake.complaint) or _or_nothing(quote.defect, say)),
        ("Type of repair suggested", "建议的维修方式", say(quote.repair) if quote.repair else ()),
        ("Price", "价格", price(quote, say)),
        (
            "Way of working it out",
            "计价方式",
            say(quote.price_method) if quote.price_method else (),
        ),
        ("Time needed", "所需时间", time_needed(quote, say)),
        ("Temporary replacement", "备用机", temporary_phone(quote, say)),
        ("Place of hand-over", "交接地点", plain(quote.place_of_handover)),
        ("Ancillary services", "附加服务", _services(quote, say)),
        ("Offer valid until", "有效期至", plain(quote.valid_until.isoformat())),
        ("Further information", "其他信息", say.list(quote.additional)),
    )
    filled = [(en, zh, value) for en, zh, value in fields if value]
    return Form(
        title=say.pair("Repair information form", "维修信息表（欧盟）"),
        intro=say.pair(
            "Fields of the European Repair Information Form, Directive (EU) 2024/1799, Annex I. "
            "The form is free; the conditions hold until the date given.",
            "按欧盟指令 2024/1799 附件一的项目填写。本表免费，所列条件在有效期内不变。",
        ),
        rows=tuple(
            Row(say.pair(f"{n}. {en}", f"{n}. {zh}"), value)
            for n, (en, zh, value) in enumerate(filled, 1)
        ),
    )


def _chinese(report: Report, quote: Quote, record: Record, say: Speaker) -> Form:
    warranty, device = report.intake.warranty, report.device
    numbers, contact = record.identifiers, record.contact
    done = [item.title for work in record.works for item in work.items]
    engineers = list(dict.fromkeys(work.engineer for work in record.works if work.engineer))
    serial = numbers.serial if numbers and numbers.serial else device.serial_masked
    fields: Iterable[tuple[str, str, Phrase]] = (
        ("Received on", "送修日期", plain(str(quote.received_on or record.opened_on or ""))),
        ("Defect as handed in", "送修故障情况", say(report.intake.complaint)),
        ("Defect found", "故障情况", say(quote.defect) if quote.defect else ()),
        ("Cause", "故障原因", say(quote.cause) if quote.cause else ()),
        ("Repair proposed", "建议处理", say(quote.repair) if quote.repair else ()),
        ("Repair done", "故障处理情况", say.list(done)),
        ("Ready on", "预计交验日期", plain(str(quote.ready_on or ""))),
        ("Handed back on", "交验日期", _handed_back(record, say)),
        ("Repaired by", "维修人员", plain(", ".join(engineers) or quote.engineer)),
        ("Model", "型号", plain(_product(device.marketing_name, device.model))),
        ("IMEI", "IMEI", plain(", ".join(numbers.imei) if numbers else "")),
        ("Serial number", "机身序列号", plain(serial)),
        (
            "Network access code",
            "进网标志扰码号",
            plain(numbers.network_access_code if numbers else ""),
        ),
        ("Seller", "销售者", plain(warranty.seller)),
        ("Sold on", "销售日期", plain(str(warranty.sale_date or ""))),
        ("Voucher shown", "三包凭证", _yes_no(warranty.has_voucher, say)),
        ("Warranty", "保修情况", warranty_text(report, say)),
        ("Repairs before this one", "此前维修次数", plain(_number(warranty.earlier_repairs))),
        ("Invoice number", "发票号码", plain(numbers.invoice_number if numbers else "")),
        ("Customer", "消费者", plain(contact.name if contact else "")),
        ("Customer's telephone", "消费者电话", plain(contact.phone if contact else "")),
        ("Repair shop", "修理者", plain(_product(quote.shop.name, quote.shop.phone))),
        ("Address", "修理者地址", plain(quote.shop.address)),
    )
    return Form(
        title=say.pair("Repair record (China)", "三包维修记录"),
        intro=say.pair(
            "Fields of the repair record under the Chinese rules for mobile phones.",
            "按《移动电话机商品修理更换退货责任规定》的项目填写。",
        ),
        rows=tuple(Row(say.pair(en, zh), value) for en, zh, value in fields if value),
        sign_lines=(
            say.pair("Repairer's signature", "维修人员签字"),
            say.pair("Customer's signature", "消费者签字"),
            say.pair("Date", "日期"),
        ),
    )


def _handed_back(record: Record, say: Speaker) -> Phrase:
    """The day on which the customer tried the phone and said how it is."""
    return say.day(record.acceptance.statement.at) if record.acceptance else ()


def _yes_no(value: bool | None, say: Speaker) -> Phrase:
    if value is None:
        return ()
    return say.pair("yes", "有") if value else say.pair("no", "无")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _or_nothing(text: Text | None, say: Speaker) -> Phrase:
    return say(text) if text else ()


def _product(name: str, detail: str) -> str:
    return name if not detail or detail == name else f"{name} ({detail})" if name else detail


def _services(quote: Quote, say: Speaker) -> Phrase:
    services = [item for item in quote.items if item.kind is ItemKind.FEE]
    return say.each(
        lambda words: "; ".join(
            f"{words(item.title)}: {words.money(item.total, quote.currency)}" for item in services
        )
    )
