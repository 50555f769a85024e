"""Headings and small words that both renderings put on the page."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.report.phrase import Phrase, Speaker

_LABELS: dict[str, Text] = {
    "report": Text("Phone diagnosis report", "手机检测报告"),
    "number": Text("Report", "报告编号"),
    "coverage": Text("What was tested", "检测范围"),
    "verdict": Text("Result", "检测结论"),
    "glance": Text("At a glance", "手机概况"),
    "reproduced": Text("Was it found again?", "问题是否复现"),
    "cause": Text("cause", "原因"),
    "suspected": Text("Also possible", "其他可能的原因"),
    "limits": Text("What was not and cannot be tested", "未检测与无法检测的项目"),
    "untestable": Text("What only a person can test", "只能人工试用的项目"),
    "untestable_means": Text(
        "No answer of a phone tells about these: try them by hand, together with the customer.",
        "以下项目无法从手机读取，请与客户一起人工试用。",
    ),
    "annex": Text("Technical annex: all evidence", "技术附件：全部检测依据"),
    "digest": Text("Report, SHA-256", "报告校验码 SHA-256"),
    "numbers": Text(
        "A value stands with its limit in brackets, the source of the limit (S…) and where it was "
        "read: request (R…) and line. What bears no mark is normal, or has no limit.",
        "数值后方括号内为限值及其来源编号（S…），其后为读取位置：命令编号（R…）与行号。未标记的项目为正常或无限值。",
    ),
    "sources": Text("Sources of the limits", "限值来源"),
    "number_of": Text("No.", "编号"),
    "findings": Text("What was found", "检测发现"),
    "meaning": Text("What it means", "含义"),
    "to_do": Text("What to do", "建议处理"),
    "if_nothing": Text("If nothing is done", "如不处理"),
    "limit": Text("limit", "限值"),
    "causes": Text("Why: the causes", "原因分析"),
    "confidence": Text("How sure", "把握程度"),
    "because": Text("Why we think so", "判断理由"),
    "evidence": Text("What speaks for it", "支持的证据"),
    "against": Text("What speaks against it", "不支持的证据"),
    "innocent": Text("What else it may be, without a fault", "非故障的可能原因"),
    "next_test": Text("What would settle it", "可进一步确认的检测"),
    "ruled_out": Text("Looked at and ruled out", "已排除的原因"),
    "plan": Text("What the repair would be", "维修方案与报价"),
    "item": Text("Item", "项目"),
    "quantity": Text("Qty", "数量"),
    "unit_price": Text("Unit price", "单价"),
    "tax": Text("Tax", "税额"),
    "total": Text("Total", "金额"),
    "data": Text("Your data", "您的数据"),
    "ways": Text("Your choices", "可选方案"),
    "terms": Text("Terms", "说明"),
    "app": Text("Can the app run on this phone", "应用能否在此手机上运行"),
    "advice": Text("Care for this phone", "使用建议"),
    "untested": Text("What could not be tested", "未能检测的项目"),
    "untested_means": Text(
        "Untested says nothing: neither that it works nor that it is broken.",
        "未检测不代表正常，也不代表有故障。",
    ),
    "point": Text("Point", "项目"),
    "why": Text("Why", "原因"),
    "battery_facts": Text("The battery's own record", "电池信息"),
    "technical": Text("Every measurement", "全部测量值"),
    "measurement": Text("Measurement", "测量项"),
    "value": Text("Value", "数值"),
    "limit_and_source": Text("Limit and its source", "限值及来源"),
    "read_from": Text("Read from", "读取依据"),
    "line": Text("line", "行"),
    "privacy": Text("Privacy receipt", "隐私清单"),
    "touched": Text("What the commands touch", "涉及的数据类别"),
    "command": Text("Command", "命令"),
    "data_class": Text("Class", "类别"),
    "status": Text("Answer", "应答"),
    "kept": Text("Kept", "保留"),
    "masked": Text("Masked", "已隐藏"),
    "provenance": Text("Where this report comes from", "报告来源"),
    "before": Text("Before", "维修前"),
    "after": Text("After", "维修后"),
    "page": Text("Page", "页"),
    "phone": Text("The phone", "手机信息"),
    "complaint": Text("The complaint", "送修情况"),
    "attached": Text(
        "The complete report is attached to this file as report.json.",
        "完整的检测数据（report.json）已附在本文件中。",
    ),
}


def labels(say: Speaker) -> dict[str, Phrase]:
    """All of them in the page's languages."""
    return {name: say(text) for name, text in _LABELS.items()}
