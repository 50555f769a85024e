"""Who the phone says it is: brand, model, name of sale, build."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of, word
from diagnose.parsers.serial.at import parse_at, parse_devconinfo, value_of
from diagnose.parsers.system.product import product
from diagnose.parsers.tradein.report import TradeIn, parse_tradein, product_properties
from diagnose.requests import adb, fastboot, serial

STATED = {
    "manufacturer": "ro.product.manufacturer",
    "device": "ro.product.device",
    "build": "ro.build.display.id",
    "fingerprint": "ro.build.fingerprint",
    "hardware": "ro.hardware",
    "soc": "ro.soc.model",
}


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    report = (
        answers.parse_or_none(adb.TRADE_IN, parse_tradein)
        if answers.declined(adb.GETPROP)
        else None
    )
    if report and report.product:
        yield from _of_reset_phone(answers, report)
        return
    if answers.no_answer(adb.GETPROP) and (outside := list(_from_outside(answers))):
        yield from outside
        return
    answers.text(adb.GETPROP)
    properties = answers.properties
    names = product(properties)
    for name, value, source in (
        ("brand", names.brand, "ro.product.brand"),
        ("model", names.model, "ro.product.model"),
        ("marketing_name", names.marketing_name, ""),
    ):
        if value:
            raw = line_of(properties, source) if properties.get(source) == value else value
            yield answers.measure(name, value[:100], adb.GETPROP, raw=raw)
        elif name != "marketing_name":
            yield answers.unread(name, adb.GETPROP)
    for name, source in STATED.items():
        if stated := word(properties, source, 200):
            yield answers.measure(name, stated, adb.GETPROP, raw=line_of(properties, source))
    hardware = line_of(properties, "ro.hardware")
    yield answers.measure("emulator", names.emulator, adb.GETPROP, raw=hardware)
    if names.emulator:
        yield sdk.Remark("emulated", EMULATED, because=("emulator",))


def _from_outside(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    """Without a system the modem, the bootloader and USB each say it in their own words."""
    info = parse_devconinfo(parse_at("AT+DEVCONINFO", _text(answers, serial.SAMSUNG_INFO)))
    modem = parse_at("AT+CGMM", _text(answers, serial.MODEL))
    models = [
        sdk.Candidate(value[:100], request, raw=value, trust=trust)
        for value, request, trust in (
            (info.get("MN", ""), serial.SAMSUNG_INFO, 80),
            (value_of("AT+CGMM", modem) if modem.ok else "", serial.MODEL, 60),
            (_text(answers, fastboot.PRODUCT).strip(), fastboot.PRODUCT, 40),
        )
        if value
    ]
    if models:
        yield answers.compare("model", models)


def _text(answers: sdk.Answers, request: sdk.Request) -> str:
    return answers.text_or_none(request) or ""


def _of_reset_phone(answers: sdk.Answers, report: TradeIn) -> Iterator[sdk.Draft]:
    """In trade-in mode the report alone names the product, under the names of its properties."""
    for name in ("brand", "model", "manufacturer", "device"):
        if (printed := report.product.get(name)) and printed.value.strip():
            yield answers.measure(name, printed.value.strip()[:100], adb.TRADE_IN, raw=printed.raw)
    if " " in (name := product(product_properties(report)).marketing_name):
        yield answers.measure("marketing_name", name[:100], adb.TRADE_IN, raw=name)


EMULATED = sdk.Text(
    "This is an emulator, not a phone: its values say nothing about any hardware.",
    "这是模拟器而非真实手机：其数值不代表任何硬件状况。",
)

PROBE = sdk.Probe(
    id="identity.device",
    title=sdk.Text("Which phone this is", "设备型号"),
    about=sdk.About(
        tested=sdk.Text(
            "The brand, model and build the phone states.", "手机自报的品牌、型号和系统版本号。"
        ),
        meaning=sdk.Text(
            "These names decide which profile, parts and prices apply. Compare them with the "
            "label and the invoice.",
            "型号决定适用的资料、配件与价格。请与机身标签和购机凭证核对。",
        ),
        consequence=sdk.Text(
            "A wrong model means wrong limits and wrong parts.",
            "型号错误会导致判断标准和配件都不对。",
        ),
        action=sdk.Text(
            "Check that model and label agree before anything is ordered.",
            "订购配件前，请先核对型号与标签是否一致。",
        ),
    ),
    requests=(
        *(adb.GETPROP, adb.TRADE_IN),
        *(serial.SAMSUNG_INFO, serial.MODEL, fastboot.PRODUCT),
    ),
    measures={
        "model": sdk.Spec(sdk.Unit.NONE, sdk.Text("Model", "型号"), essential=True),
        "brand": sdk.Spec(sdk.Unit.NONE, sdk.Text("Brand", "品牌")),
        "marketing_name": sdk.Spec(sdk.Unit.NONE, sdk.Text("Marketing name", "商品名称")),
        "manufacturer": sdk.Spec(sdk.Unit.NONE, sdk.Text("Manufacturer", "制造商")),
        "device": sdk.Spec(sdk.Unit.NONE, sdk.Text("Code name", "设备代号")),
        "build": sdk.Spec(sdk.Unit.NONE, sdk.Text("Build", "版本号")),
        "fingerprint": sdk.Spec(sdk.Unit.NONE, sdk.Text("Build fingerprint", "版本指纹")),
        "hardware": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Hardware platform", "硬件平台"),
            sign=sdk.Sign(
                "mainboard", sdk.Proves.DIFFERENCE, of_phone=sdk.Text("board", "主板平台")
            ),
        ),
        "soc": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Processor", "处理器"),
            sign=sdk.Sign(
                "mainboard", sdk.Proves.DIFFERENCE, of_phone=sdk.Text("processor", "处理器")
            ),
        ),
        "emulator": sdk.Spec(sdk.Unit.NONE, sdk.Text("Is an emulator", "是否为模拟器")),
    },
    interpret=interpret,
)
