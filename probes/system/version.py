"""Which system runs, in which version, and whether it fits the age of the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose.parsers.kernel import parse_kernel_version
from diagnose.parsers.operating_system import operating_system
from diagnose.parsers.property_values import line_of, number
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    FactSpec,
    Outcome,
    Probe,
    Range,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

KERNEL = Shell("cat", "/proc/version", expected_ms=3, data_class=DataClass.SOFTWARE)
RELEASE = "ro.build.version.release"
SDK = "ro.build.version.sdk"
LAUNCHED = "ro.product.first_api_level"
NOT_OLDER = Range(
    attention_below=0,
    source=Source(
        text="the phone states the API level it was sold with; it never runs on an older one "
        "unless somebody put it there",
        basis=Basis.GUESS,
    ),
)
NEWER = Text(
    "The newest system known for this model is Android {newest}.",
    "该机型已知的最新系统为 Android {newest}。",
)


def interpret(answers: Answers) -> Iterator[Draft]:
    answers.text(GETPROP)
    properties = answers.properties
    system = operating_system(properties)
    if system.version:
        name = f"{system.name} {system.version}"[:100]
        yield answers.measure("system", name, GETPROP, raw=system.version)
    else:
        yield answers.unread("system", GETPROP)
    release = re.match(r"\d{1,3}(?:\.\d{1,2})?", system.android)
    if release:
        yield _android(answers, float(release[0]), line_of(properties, RELEASE))
    sdk, launched = number(properties, SDK), number(properties, LAUNCHED)
    if sdk:
        yield answers.measure("api_level", sdk, GETPROP, raw=line_of(properties, SDK))
    if sdk and launched and 1 <= launched < 1000:
        raw = line_of(properties, LAUNCHED)
        yield answers.measure("levels_since_launch", sdk - launched, GETPROP, raw=raw)
    if kernel := answers.parse_or_none(KERNEL, parse_kernel_version):
        yield answers.measure("kernel", kernel, KERNEL, raw=kernel)
    else:
        yield answers.unread("kernel", KERNEL)


def _android(answers: Answers, release: float, raw: str) -> Draft:
    """Older than it was sold with deserves a word; that a newer one was offered is only said."""
    sold, newest = _named(answers, "launch_os"), _named(answers, "latest_android")
    fact = answers.fact("launch_os")
    criterion = Range(attention_below=sold, source=fact.source) if sold and fact else None
    note = NEWER.format(newest=f"{newest:g}") if newest and release < newest else None
    return answers.measure("android", release, GETPROP, raw=raw, criterion=criterion, note=note)


def _named(answers: Answers, name: str) -> float | None:
    """The Android version a fact of the profile names; None where it names another system."""
    fact = answers.fact(name)
    said = re.fullmatch(r"(?:Android )?(\d{1,3}(?:\.\d{1,2})?)", str(fact.value)) if fact else None
    return float(said[1]) if said else None


PROBE = Probe(
    id="system.version",
    title=Text("System version", "系统版本"),
    about=About(
        tested=Text(
            "Which system and Android version are installed.", "已安装的系统及 Android 版本。"
        ),
        meaning=Text(
            "The version decides which apps run and which faults of the software are known.",
            "版本决定可运行的应用以及已知的软件问题。",
        ),
        consequence=Text(
            "An old version may lack corrections of known faults.", "旧版本可能缺少已知问题的修复。"
        ),
        action=Text(
            "Install the maker's newest version before a software fault is looked for.",
            "排查软件问题前，请先更新至厂商最新版本。",
        ),
    ),
    requests=(GETPROP, KERNEL),
    measures={
        "system": Spec(Unit.NONE, Text("System", "系统"), essential=True),
        "android": Spec(
            Unit.NONE,
            Text("Android version", "Android 版本"),
            says={
                Outcome.ATTENTION: Text(
                    "The phone runs Android {value}; units of this model are sold with, or "
                    "offered, a newer one.",
                    "该机运行 Android {value}，而该机型出厂或可升级的版本更新。",
                )
            },
        ),
        "api_level": Spec(Unit.NONE, Text("API level", "API 级别")),
        "levels_since_launch": Spec(
            Unit.NONE,
            Text("API levels above the one it was sold with", "比出厂高出的 API 级别数"),
            NOT_OLDER,
            says={
                Outcome.ATTENTION: Text(
                    "An older system than the phone was sold with is installed.",
                    "该机所装系统比出厂时的版本更旧。",
                )
            },
        ),
        "kernel": Spec(Unit.NONE, Text("Kernel", "内核")),
    },
    facts={
        "latest_android": FactSpec(
            Unit.NONE, Text("Newest Android of this model", "该机型最新 Android 版本")
        ),
        "launch_os": FactSpec(Unit.NONE, Text("System it was sold with", "出厂系统版本")),
    },
    interpret=interpret,
)
