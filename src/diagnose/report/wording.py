"""Words of the views in both languages, and how values are written for a person."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.errors import Reason
from diagnose.model.criterion import Range, Value
from diagnose.model.outcome import Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.parsers.text import printable

REASONS: dict[Reason, Text] = {
    Reason.DEPENDENCY: Text("the evidence it needs was not recorded", "缺少所需的记录"),
    Reason.PERMISSION: Text("our own rules do not allow asking", "按规则不允许读取"),
    Reason.DENIED: Text("the phone refuses to say", "手机拒绝提供"),
    Reason.UNSUPPORTED: Text("this phone does not report it", "此手机不提供该信息"),
    Reason.CONSENT: Text("the customer did not agree", "客户未同意"),
    Reason.CANCELLED: Text("stopped by the operator", "操作员已停止"),
    Reason.TIMEOUT: Text("no answer in time", "超时无应答"),
    Reason.DEVICE_LOST: Text("the connection to the phone was lost", "与手机的连接中断"),
}

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
        "Stopped by the operator before everything was read", "操作员在读取完成前停止"
    ),
}

AREAS: dict[str, Text] = {
    "identity": Text("Identity", "机型信息"),
    "integrity": Text("Integrity", "系统完整性"),
    "system": Text("System", "系统兼容性"),
    "battery": Text("Battery", "电池"),
    "charging": Text("Charging", "充电"),
    "usb": Text("USB port", "USB 接口"),
    "thermal": Text("Temperature", "温度"),
    "storage": Text("Storage", "存储"),
    "memory": Text("Memory", "内存"),
    "cpu": Text("Processor", "处理器"),
    "stability": Text("Stability", "稳定性"),
    "software": Text("Software causes", "软件原因"),
    "sensor": Text("Sensors", "传感器"),
    "camera": Text("Cameras", "摄像头"),
    "display": Text("Display", "显示屏"),
    "touch": Text("Touch and keys", "触摸与按键"),
    "audio": Text("Sound", "声音"),
    "biometric": Text("Fingerprint and face", "指纹与人脸"),
    "haptic": Text("Vibration", "振动"),
    "radio": Text("Radio", "无线通信"),
    "tradein": Text("Trade-in mode", "以旧换新模式"),
}

_YES_NO = {True: Text("yes", "是"), False: Text("no", "否")}


class Words:
    """Gives every text in one language; what the report itself says comes from its own table."""

    def __init__(
        self, lang: str, translations: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.lang = lang
        self._table = (translations or {}).get(lang, {})

    @classmethod
    def of(cls, report: Report, lang: str) -> Words:
        """The words of one report."""
        return cls(lang, report.translations)

    def __call__(self, text: Text | str) -> str:
        """Say a text in the language, cleaned of control characters."""
        english = text.en if isinstance(text, Text) else text
        own = text.zh if isinstance(text, Text) else ""
        said = (self._table.get(english) or own or english) if self.lang != "en" else english
        return printable(said, 2000)

    def pick(self, en: str, zh: str) -> str:
        """Choose between two wordings of the view itself."""
        return zh if self.lang == "zh-CN" else en

    def area(self, area: str) -> str:
        """Name an area; one we do not know keeps its own name."""
        return self(AREAS.get(area, Text(area)))

    def value(self, measurement: Measurement) -> str:
        """Write a measured value with its unit, or why there is none."""
        if measurement.value is None:
            return self(REASONS[measurement.reason]) if measurement.reason else "?"
        return f"{self.number(measurement.value)} {measurement.unit.value}".rstrip()

    def number(self, value: Value) -> str:
        """Write a bare value."""
        if isinstance(value, bool):
            return self(_YES_NO[value])
        if isinstance(value, float):
            rounded = f"{value:.2f}".rstrip("0").rstrip(".")
            return "0" if rounded == "-0" else rounded
        if isinstance(value, tuple):
            return printable(", ".join(value), 400) or "–"
        return printable(str(value), 400)

    def limit(self, measurement: Measurement) -> str:
        """Write the limit a value was held against, with the source it comes from."""
        criterion = measurement.criterion
        if criterion is None:
            return ""
        source = f"[{criterion.source.basis.value}] {criterion.source.text}"
        if isinstance(criterion, Range):
            return f"{self._range(criterion, measurement.unit)}; {source}"
        good = ", ".join(map(str, criterion.good))
        return f"{self.pick('good', '正常')}: {good}; {source}" if good else source

    def _range(self, limit: Range, unit: Unit) -> str:
        fail, attention = self(Text("fault", "故障")), self(Text("attention", "注意"))
        parts = [
            f"{word} {sign} {self.number(bound)} {unit.value}".rstrip()
            for word, sign, bound in (
                (fail, "<", limit.fail_below),
                (attention, "<", limit.attention_below),
                (attention, ">", limit.attention_above),
                (fail, ">", limit.fail_above),
            )
            if bound is not None
        ]
        return ", ".join(parts)
