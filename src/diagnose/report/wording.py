"""Words of the views in both languages, and how values are written for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from diagnose.errors import Reason
from diagnose.model.complaint import Reproduced
from diagnose.model.criterion import OneOf, Range, Value
from diagnose.model.money import rounded
from diagnose.model.outcome import Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.result import NO, YES, Measurement, Reading, word_key
from diagnose.model.text import Text
from diagnose.model.unit import Unit, unit_words
from diagnose.report.vocabulary import BASES
from diagnose.text import printable

LONGEST = 4000
"""Characters of one text on a page: a complaint may be that long (`model/intake.py`)."""

REASONS: dict[Reason, Text] = {
    Reason.DEPENDENCY: Text("what it needs could not be asked", "无法读取所需信息"),
    Reason.PERMISSION: Text("not allowed in this run", "本次检测未获允许"),
    Reason.DENIED: Text("the phone refuses to say", "手机拒绝提供"),
    Reason.UNSUPPORTED: Text("this phone does not report it", "此手机不提供该信息"),
    Reason.CONSENT: Text("the customer did not agree", "客户未同意"),
    Reason.CANCELLED: Text("stopped by the operator", "经办人已停止"),
    Reason.TIMEOUT: Text("no answer in time", "超时无应答"),
    Reason.DEVICE_LOST: Text("the connection to the phone was lost", "与手机的连接中断"),
}

TOOL_ERROR = Text(
    "this tool could not read the answer; it says nothing about the phone",
    "本工具未能解析应答，与手机状况无关",
)
"""What a person reads where a probe failed; which failure it was stands in the JSON."""

VERDICTS: dict[Outcome, Text] = {
    Outcome.FAIL: Text("A fault was found", "检测到故障"),
    Outcome.ATTENTION: Text(
        "Nothing broken was found, some points need attention", "未发现故障，有需注意的项目"
    ),
    Outcome.PASS: Text(
        "No fault found, everything planned was tested", "未发现故障，计划项目全部完成检测"
    ),
    Outcome.OBSERVED: Text("No fault found in what could be tested", "在可检测的项目中未发现故障"),
    Outcome.NOT_APPLICABLE: Text("Nothing here applies to this phone", "没有适用于此手机的项目"),
    Outcome.NOT_RUN: Text("Nothing could be tested", "未能检测任何项目"),
    Outcome.ERROR: Text(
        "The tool failed; this says nothing about the phone", "工具出错，与手机状况无关"
    ),
}

ENDED: dict[Ended, Text] = {
    Ended.COMPLETE: Text("complete", "已完成"),
    Ended.LOST: Text("The connection was lost before everything was read", "读取未完成时连接中断"),
    Ended.CANCELLED: Text(
        "Stopped by the operator before everything was read", "经办人在读取完成前停止"
    ),
}

PARTIAL_ATTENTION = Text(
    "Nothing broken was found in what could be tested, some points need attention",
    "在可检测的项目中未发现故障，有需注意的项目",
)

COMPLAINT_STANDS = Text(
    "No fault was found in what could be read; the complaint is not explained by it",
    "可读取的项目未见故障，但尚未找到送修问题的原因",
)

TOO_LITTLE = Text("Too little could be tested for a verdict", "可检测的项目太少，无法得出结论")

LITTLE_AND_ATTENTION = Text(
    "Too little could be tested for a verdict, what was found needs attention",
    "可检测的项目太少，无法得出结论，已发现需注意的项目",
)

_NOTHING_FOUND = (Outcome.PASS, Outcome.OBSERVED)


def is_too_little(report: Report) -> bool:
    """Whether nothing was found only because less than half could be tested."""
    return report.summary.outcome is Outcome.OBSERVED and _is_little(report)


def _is_little(report: Report) -> bool:
    return 2 * report.coverage.answered < report.coverage.asked


def complaint_stands(report: Report) -> bool:
    """Whether something is complained of that nothing measured explains."""
    told = bool(report.intake.complaint or report.intake.symptoms)
    return told and all(answer.reproduced is not Reproduced.YES for answer in report.complaint)


def shown_outcome(report: Report) -> Outcome:
    """The outcome that gives the verdict its colour and symbol."""
    if is_too_little(report):
        return Outcome.NOT_RUN
    found = report.summary.outcome
    # A tick beside a complaint that stands would say that all is well.
    return Outcome.OBSERVED if found is Outcome.PASS and complaint_stands(report) else found


def verdict_of(report: Report) -> Text:
    """The verdict in words; of a phone that was tested only in part it says no more than that."""
    outcome = report.summary.outcome
    if is_too_little(report):
        return TOO_LITTLE
    if outcome in _NOTHING_FOUND and complaint_stands(report):
        return COMPLAINT_STANDS
    if outcome is Outcome.ATTENTION and not report.coverage.complete:
        return LITTLE_AND_ATTENTION if _is_little(report) else PARTIAL_ATTENTION
    return VERDICTS[outcome]


class PageWords:
    """Gives every text in one language; what the report itself says comes from its own table."""

    def __init__(
        self, lang: str, translations: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.lang = lang
        self._table = (translations or {}).get(lang, {})

    @classmethod
    def of(cls, report: Report, lang: str) -> PageWords:
        """The words of one report."""
        return cls(lang, report.translations)

    def __call__(self, text: Text | str) -> str:
        """Say a text in the language, cleaned of control characters."""
        english = text.en if isinstance(text, Text) else text
        own = text.zh if isinstance(text, Text) else ""
        if self.lang == "en":
            own = english
        return printable(self._table.get(english) or own or english, LONGEST)

    def pick(self, en: str, zh: str) -> str:
        """Choose between two wordings of the view itself."""
        return zh if self.lang == "zh-CN" else en

    def aside(self, text: str) -> str:
        """Put a text in brackets behind another: Chinese ones are as wide as a character."""
        return self.pick(f" ({text})", f"（{text}）")

    def listed(self, texts: Iterable[str]) -> str:
        """Write several things one after the other."""
        return self.pick(", ", "、").join(texts)

    def symptom(self, code: str) -> str:
        """Name a symptom; one the report has no name for keeps its code."""
        return printable(self._table.get(f"symptom:{code}") or code)

    def title(self, measurement: Measurement) -> str:
        """Name a measurement; one of several of a kind says which one it is."""
        where = self.aside(self(measurement.place)) if measurement.place.en else ""
        return self(measurement.title) + where

    def value(self, measurement: Measurement) -> str:
        """Write a measured value with its unit, or why there is none."""
        if measurement.value is None:
            return self(REASONS[measurement.reason]) if measurement.reason else "?"
        aside = self.aside(self(measurement.aside)) if measurement.aside else ""
        return self._one(measurement.value, measurement) + aside

    def reading(self, reading: Reading, measurement: Measurement) -> str:
        """Write what one of several sources says."""
        return self._one(reading.value, measurement)

    def _one(self, value: Value, measurement: Measurement) -> str:
        """Write a value of a measurement: the words it has for it, else the value with its unit."""
        if isinstance(value, tuple):
            return printable(self.listed(self(measurement.word(one)) for one in value), 400) or "–"
        if own := measurement.words.get(word_key(value)):
            return printable(self(own), 400)
        return self.quantity(value, measurement.unit)

    def quantity(self, value: Value, unit: Unit) -> str:
        """Write a value with its unit."""
        if unit is Unit.TENTH and isinstance(value, int | float):
            return f"{10 * value:g} %"
        return f"{self.number(value)} {self.unit(unit, value)}".rstrip()

    def unit(self, unit: Unit, value: Value | None = None) -> str:
        """Write a unit as a person reads it."""
        words = unit_words(unit, value)
        return self.pick(words.en, words.zh)

    def number(self, value: Value) -> str:
        """Write a bare value."""
        if isinstance(value, bool):
            return self(YES if value else NO)
        if isinstance(value, float):
            short = f"{value:.2f}".rstrip("0").rstrip(".")
            return "0" if short == "-0" else short
        return printable(self.listed(value) if isinstance(value, tuple) else str(value), 400)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount: the currency is always named, for ¥ alone may be yuan or yen."""
        amount = rounded(amount, currency)
        if currency == "CNY" and self.lang == "zh-CN":
            return f"{amount:,f} 元"
        return f"{currency} {amount:,f}"

    def duration(self, minutes: int) -> str:
        """Write a time of work."""
        hours, rest = divmod(minutes, 60)
        en = " ".join(part for part in (f"{hours} h" * bool(hours), f"{rest} min" * bool(rest)))
        zh = f"{hours} 小时" * bool(hours) + f" {rest} 分钟" * bool(rest)
        return self.pick(en.strip(), zh.strip()) or self.pick("0 min", "0 分钟")

    def limit(self, measurement: Measurement) -> str:
        """Write the limit a value was held against."""
        criterion = measurement.criterion
        if criterion is None:
            return ""
        if isinstance(criterion, Range):
            return self._range(criterion, measurement)
        return self._lists(criterion, measurement)

    def source(self, measurement: Measurement) -> str:
        """Write what stands behind the limit."""
        if measurement.criterion is None:
            return ""
        source = measurement.criterion.source
        return f"{printable(self(source.text), 400)} [{self(BASES[source.basis])}]"

    def _lists(self, limit: OneOf, measurement: Measurement) -> str:
        if limit.good:
            good = self._distinct(limit.good, measurement)
            return self.pick(f"should be {good}", f"应为{good}")
        lists = (
            (self.pick("attention", "注意"), limit.attention),
            (self.pick("fault", "故障"), limit.fail),
        )
        parts = (
            f"{word}{self.pick(': ', '：')}{self._distinct(values, measurement)}"
            for word, values in lists
            if values
        )
        return self.pick("; ", "；").join(parts)

    def _distinct(self, values: Iterable[Value], measurement: Measurement) -> str:
        """Words that mean the same are said once."""
        distinct = dict.fromkeys(self._one(value, measurement) for value in values)
        return self.pick(", ", "、").join(distinct)

    def _range(self, limit: Range, measurement: Measurement) -> str:
        fail, attention = self(Text("fault", "故障")), self(Text("attention", "注意"))
        parts = [
            f"{word} {sign} {self.quantity(bound, measurement.unit)}"
            for word, sign, bound in (
                (fail, "<", limit.fail_below),
                (attention, "<", limit.attention_below),
                (attention, ">", limit.attention_above),
                (fail, ">", limit.fail_above),
            )
            if bound is not None
        ]
        return self.pick(", ", "，").join(parts)
