"""Which machine code the phone runs, and the size of its memory pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import line_of, number
from diagnose.parsers.system.memory_page import (
    BOOTED,
    PAGE_SIZES,
    booted_page_size,
    parse_page_size,
)
from diagnose.requests import adb

LIST = "ro.product.cpu.abilist"
OLD = ("ro.product.cpu.abi", "ro.product.cpu.abi2")
LARGEST_PAGE = "ro.product.cpu.pagesize.max"


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    properties = answers.properties
    abis = _abis(properties)
    if abis:
        raw = line_of(properties, LIST if properties.get(LIST) else OLD[0])
        yield answers.measure("abis", abis, adb.GETPROP, raw=raw)
        yield answers.measure("widths", _widths(abis), adb.GETPROP, raw=raw)
    else:
        yield answers.unread("abis", adb.GETPROP)
    candidates = list(_page_sizes(answers, properties))
    if candidates:
        yield answers.compare("page_size", candidates)
    else:
        yield answers.unread("page_size", adb.PAGE_SIZE, adb.GETPROP)
    if (largest := number(properties, LARGEST_PAGE)) in PAGE_SIZES:
        raw = line_of(properties, LARGEST_PAGE)
        yield answers.measure("largest_page_size", int(largest or 0), adb.GETPROP, raw=raw)


def _abis(properties: Mapping[str, str]) -> tuple[str, ...]:
    listed = properties.get(LIST, "") or ",".join(properties.get(name, "") for name in OLD)
    return tuple(abi.strip()[:20] for abi in listed[:200].split(",") if abi.strip())


def _widths(abis: tuple[str, ...]) -> str:
    wide = any("64" in abi for abi in abis)
    narrow = any("64" not in abi for abi in abis)
    return "64 + 32 bit" if wide and narrow else "64 bit only" if wide else "32 bit only"


def _page_sizes(answers: sdk.Answers, properties: Mapping[str, str]) -> Iterator[sdk.Candidate]:
    if size := answers.parse_or_none(adb.PAGE_SIZE, parse_page_size):
        yield sdk.Candidate(size, adb.PAGE_SIZE, raw=str(size), trust=90)
    if booted := booted_page_size(properties):
        yield sdk.Candidate(booted, adb.GETPROP, raw=line_of(properties, BOOTED), trust=60)


PROBE = sdk.Probe(
    id="system.abi",
    for_apps=True,
    title=sdk.Text("Machine code for apps", "应用支持的指令集"),
    about=sdk.About(
        tested=sdk.Text(
            "Which kinds of machine code run here, and how large a page of memory is.",
            "支持的指令集类型以及内存页大小。",
        ),
        meaning=sdk.Text(
            "Apps with native code must be built for one of these kinds; newest phones run no "
            "32-bit code any more.",
            "含原生代码的应用须支持其中一种；最新机型已不再支持 32 位代码。",
        ),
        consequence=sdk.Text(
            "An app built for another kind cannot be installed, or ends at its start.",
            "不匹配的应用无法安装或启动即退出。",
        ),
        action=sdk.Text(
            "Nothing on the phone: look for a version of the app built for it.",
            "手机无需处理：请寻找适配该机的应用版本。",
        ),
    ),
    requests=(adb.GETPROP, adb.PAGE_SIZE),
    measures={
        "abis": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Kinds of machine code", "指令集"), essential=True
        ),
        "widths": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Width", "位宽"),
            words={
                "64 + 32 bit": sdk.Text("64 + 32 bit", "64 位 + 32 位"),
                "64 bit only": sdk.Text("64 bit only", "仅 64 位"),
                "32 bit only": sdk.Text("32 bit only", "仅 32 位"),
            },
        ),
        "page_size": sdk.Spec(sdk.Unit.BYTE, sdk.Text("Memory page", "内存页大小")),
        "largest_page_size": sdk.Spec(
            sdk.Unit.BYTE, sdk.Text("Largest page the system is built for", "系统支持的最大内存页")
        ),
    },
    interpret=interpret,
)
