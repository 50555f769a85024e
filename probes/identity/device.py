"""Who the phone says it is: brand, model, name of sale, build."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.property_values import line_of, word
from diagnose.parsers.system.product import product
from diagnose.parsers.tradein.report import TradeIn, parse_tradein, product_properties
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    DataClass,
    Draft,
    Probe,
    Remark,
    Shell,
    Spec,
    Text,
    Unit,
)

TRADE_IN = Shell("tradeinmode", "getstatus", timeout_s=20, data_class=DataClass.IDENTITY)

STATED = {
    "manufacturer": "ro.product.manufacturer",
    "device": "ro.product.device",
    "build": "ro.build.display.id",
    "fingerprint": "ro.build.fingerprint",
    "hardware": "ro.hardware",
    "soc": "ro.soc.model",
}


def interpret(answers: Answers) -> Iterator[Draft | Remark]:
    report = answers.parse_or_none(TRADE_IN, parse_tradein) if answers.refused(GETPROP) else None
    if report and report.product:
        yield from _of_reset_phone(answers, report)
        return
    answers.text(GETPROP)
    properties = answers.properties
    names = product(properties)
    for name, value, source in (
        ("brand", names.brand, "ro.product.brand"),
        ("model", names.model, "ro.product.model"),
        ("marketing_name", names.marketing_name, ""),
    ):
        if value:
            raw = line_of(properties, source) if properties.get(source) == value else value
            yield answers.measure(name, value[:100], GETPROP, raw=raw)
        elif name != "marketing_name":
            yield answers.unread(name, GETPROP)
    for name, source in STATED.items():
        if stated := word(properties, source, 200):
            yield answers.measure(name, stated, GETPROP, raw=line_of(properties, source))
    hardware = line_of(properties, "ro.hardware")
    yield answers.measure("emulator", names.emulator, GETPROP, raw=hardware)
    if names.emulator:
        yield Remark("emulated", EMULATED, because=("emulator",))


def _of_reset_phone(answers: Answers, report: TradeIn) -> Iterator[Draft]:
    """In trade-in mode the report alone names the product, under the names of its properties."""
    for name in ("brand", "model", "manufacturer", "device"):
        if (said := report.product.get(name)) and said.value.strip():
            yield answers.measure(name, said.value.strip()[:100], TRADE_IN, raw=said.raw)
    if " " in (name := product(product_properties(report)).marketing_name):
        yield answers.measure("marketing_name", name[:100], TRADE_IN, raw=name)


EMULATED = Text(
    "This is an emulator, not a phone: its values say nothing about any hardware.",
    "这是模拟器而非真实手机：其数值不代表任何硬件状况。",
)

PROBE = Probe(
    id="identity.device",
    title=Text("Which phone this is", "设备型号"),
    about=About(
        tested=Text(
            "The brand, model and build the phone states.", "手机自报的品牌、型号和系统版本号。"
        ),
        meaning=Text(
            "These names decide which profile, parts and prices apply. Compare them with the "
            "label and the invoice.",
            "型号决定适用的资料、配件与价格。请与机身标签和购机凭证核对。",
        ),
        consequence=Text(
            "A wrong model means wrong limits and wrong parts.",
            "型号错误会导致判断标准和配件都不对。",
        ),
        action=Text(
            "Check that model and label agree before anything is ordered.",
            "订购配件前，请先核对型号与标签是否一致。",
        ),
    ),
    requests=(GETPROP, TRADE_IN),
    measures={
        "model": Spec(Unit.NONE, Text("Model", "型号"), essential=True),
        "brand": Spec(Unit.NONE, Text("Brand", "品牌")),
        "marketing_name": Spec(Unit.NONE, Text("Name of sale", "商品名称")),
        "manufacturer": Spec(Unit.NONE, Text("Manufacturer", "制造商")),
        "device": Spec(Unit.NONE, Text("Code name", "设备代号")),
        "build": Spec(Unit.NONE, Text("Build", "版本号")),
        "fingerprint": Spec(Unit.NONE, Text("Build fingerprint", "版本指纹")),
        "hardware": Spec(Unit.NONE, Text("Hardware platform", "硬件平台")),
        "soc": Spec(Unit.NONE, Text("Processor", "处理器")),
        "emulator": Spec(Unit.NONE, Text("Is an emulator", "是否为模拟器")),
    },
    interpret=interpret,
)
