"""Whether the phone still states its serial number. The number itself stays masked."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.requests import adb

SOURCES = ("ro.serialno", "ro.boot.serialno")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    report = (
        answers.parse_or_none(adb.TRADE_IN, parse_tradein)
        if answers.declined(adb.GETPROP)
        else None
    )
    if report and (printed := report.whole.get("serial")):
        yield answers.measure("stated", bool(printed.value.strip()), adb.TRADE_IN, raw=printed.raw)
        return
    answers.text(adb.GETPROP)
    properties = answers.properties
    stated = [name for name in SOURCES if properties.get(name, "").strip()]
    if not stated:
        # Since Android 10 some makers hide both from the shell: no statement about the board.
        yield answers.unread("stated", adb.GETPROP)
        return
    raw = line_of(properties, stated[0])
    yield answers.measure("stated", True, adb.GETPROP, raw=raw)
    lengths = {len(properties[name].strip()) for name in stated}
    if len(stated) == 2:
        yield answers.measure("forms_agree", len(lengths) == 1, adb.GETPROP, raw=raw, note=MASKED)


MASKED = sdk.Text(
    "Serial numbers are masked before they are kept, so only their form is compared.",
    "序列号在保存前已打码，因此只比较其形式是否一致。",
)

PROBE = sdk.Probe(
    id="identity.serial",
    title=sdk.Text("Serial number", "序列号"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone states its serial number, in the system and from the bootloader.",
            "手机是否能给出序列号（系统和引导程序两处）。",
        ),
        meaning=sdk.Text(
            "A phone that states none may hide it, or its board has lost its identity data.",
            "未给出序列号，可能是系统隐藏，也可能是主板身份数据丢失。",
        ),
        consequence=sdk.Text(
            "Without a serial number the report cannot be tied to one phone.",
            "没有序列号，报告就无法与具体手机对应。",
        ),
        action=sdk.Text(
            "Compare the number in Settings with the label of the phone and the box.",
            "请将“设置”中的序列号与机身标签、包装盒核对。",
        ),
    ),
    requests=(adb.GETPROP, adb.TRADE_IN),
    measures={
        "stated": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Serial number stated", "已给出序列号"), essential=True
        ),
        "forms_agree": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Both places state the same form", "两处序列号形式一致")
        ),
    },
    interpret=interpret,
)
