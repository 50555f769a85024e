"""Words for codes: common values, and the enumerations of a report, in both languages.

Those of a case stand in `case_vocabulary`: a report is shown without loading them.
"""

from __future__ import annotations

from diagnose.model.criterion import Basis
from diagnose.model.fault import Confidence, FaultKind
from diagnose.model.quote import AlternativeKind, DataRisk, ItemKind, PartCondition
from diagnose.model.text import Text

BASES: dict[Basis, Text] = {
    Basis.STANDARD: Text("standard", "标准"),
    Basis.VENDOR: Text("maker", "厂商"),
    Basis.MEASURED: Text("measured", "实测"),
    Basis.GUESS: Text("judgement", "经验"),
}

CONFIDENCES: dict[Confidence, Text] = {
    Confidence.CERTAIN: Text("certain", "确定"),
    Confidence.LIKELY: Text("likely", "很可能"),
    Confidence.POSSIBLE: Text("possible", "有可能"),
}

FAULT_KINDS: dict[FaultKind, Text] = {
    FaultKind.SOFTWARE: Text("Software", "软件原因"),
    FaultKind.HARDWARE: Text("Hardware", "硬件原因"),
    FaultKind.UNKNOWN: Text("Software or hardware", "软件或硬件原因"),
}

ITEM_KINDS: dict[ItemKind, Text] = {
    ItemKind.LABOUR: Text("Work", "工时"),
    ItemKind.PART: Text("Part", "配件"),
    ItemKind.FEE: Text("Service", "服务"),
}

PART_CONDITIONS: dict[PartCondition, Text] = {
    PartCondition.ORIGINAL: Text("original part", "原装配件"),
    PartCondition.NEW: Text("new part of another maker", "全新第三方配件"),
    PartCondition.REFURBISHED: Text("refurbished part", "翻新配件"),
    PartCondition.USED: Text("used part", "二手配件"),
}

DATA_RISKS: dict[DataRisk, Text] = {
    DataRisk.NONE: Text("data is not touched", "不影响数据"),
    DataRisk.LOW: Text("small risk to data", "数据有少许风险"),
    DataRisk.ERASES: Text("ERASES the data", "将清除数据"),
}

WAYS: dict[AlternativeKind, Text] = {
    AlternativeKind.REPAIR: Text("Repair everything", "全部维修"),
    AlternativeKind.FIRST_STEP: Text("Only the first step", "仅进行第一步"),
    AlternativeKind.PARTIAL: Text("Repair a part", "部分维修"),
    AlternativeKind.DECLINE: Text("No repair", "不维修"),
}

DATA_CLASSES: dict[str, Text] = {
    "hardware": Text("condition of parts", "零部件状况"),
    "software": Text("versions, settings, crash counts", "系统版本、设置、崩溃次数"),
    "identity": Text("serial numbers, always masked", "序列号（一律隐藏）"),
    "network": Text("radio state, names and addresses masked", "无线状态（名称和地址已隐藏）"),
    "usage": Text("how the phone is used: counts and times only", "使用情况（仅次数和时间）"),
}

DATA_CLASS_NAMES: dict[str, Text] = {
    "hardware": Text("hardware", "硬件"),
    "software": Text("software", "系统"),
    "identity": Text("identity", "标识"),
    "network": Text("network", "网络"),
    "usage": Text("usage", "使用"),
}

STATUSES: dict[str, Text] = {
    "complete": Text("answered", "已应答"),
    "timeout": Text("no answer in time", "超时"),
    "lost": Text("connection lost", "连接中断"),
    "cancelled": Text("stopped", "已停止"),
    "forbidden": Text("not sent", "未发送"),
    "truncated": Text("cut off", "不完整"),
}
