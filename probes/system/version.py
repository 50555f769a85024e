"""Which system runs, in which version, and whether it fits the age of the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of, number
from diagnose.parsers.system.kernel import parse_kernel_version
from diagnose.parsers.system.operating_system import OperatingSystem, operating_system
from diagnose.parsers.system.release import RELEASE_NAME, SystemRelease, named_release, release_of
from diagnose.requests import adb

RELEASE = "ro.build.version.release"
SDK = "ro.build.version.sdk"
LAUNCHED = "ro.product.first_api_level"
NOT_OLDER = sdk.Range(
    attention_below=0,
    source=sdk.Source(
        text=sdk.Text(
            "the phone states the API level it was sold with; it never runs on an older one "
            "unless somebody put it there",
            "手机标明出厂 API 级别；除非人为刷入，不会运行更旧的系统",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
NEWER = sdk.Text(
    "The newest system known for this model is {newest}.", "该机型已知的最新系统为 {newest}。"
)
OLDER = sdk.Text(
    "The installed system ({value}) is older than the one this model was sold with.",
    "所装系统（{value}）低于该机型的出厂版本。",
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    system = operating_system(properties)
    if system.version:
        yield _system(answers, system)
    else:
        yield answers.unread("system", adb.GETPROP)
    if release := re.match(r"\d{1,3}(?:\.\d{1,2})?", system.android):
        yield _android(answers, release[0], line_of(properties, RELEASE))
    level, launched = number(properties, SDK), number(properties, LAUNCHED)
    if level:
        yield answers.measure("api_level", level, adb.GETPROP, raw=line_of(properties, SDK))
    if level and launched and 1 <= launched < 1000:
        raw = line_of(properties, LAUNCHED)
        yield answers.measure("levels_since_launch", level - launched, adb.GETPROP, raw=raw)
    if kernel := answers.parse_or_none(adb.KERNEL, parse_kernel_version):
        yield answers.measure("kernel", kernel, adb.KERNEL, raw=kernel)
    else:
        yield answers.unread("kernel", adb.KERNEL)


def _system(answers: sdk.Answers, system: OperatingSystem) -> sdk.Draft:
    """A maker's phone is never updated to an older system of its own: somebody put it there."""
    name, runs = f"{system.name} {system.version}"[:100], release_of(system)
    if runs is None or runs.family == "Android":  # Android has a measure of its own
        return answers.measure("system", name, adb.GETPROP, raw=system.version)
    sold, fact, limit = _known(answers, runs, "launch_os"), answers.fact("launch_os"), None
    if sold and fact:
        older = (name,) if runs.is_older_than(sold) else ()
        limit = sdk.OneOf(good=() if older else (name,), attention=older, source=fact.source)
    note, raw = _newest(answers, runs), system.version
    return answers.measure("system", name, adb.GETPROP, raw=raw, criterion=limit, note=note)


def _android(answers: sdk.Answers, release: str, raw: str) -> sdk.Draft:
    """Older than it was sold with deserves a word; that a newer one was offered is only said."""
    runs, fact = named_release(release), answers.fact("launch_os")
    sold = _known(answers, runs, "launch_os")
    oldest = float("{}.{}".format(*sold.version)) if sold else None
    limit = sdk.Range(attention_below=oldest, source=fact.source) if oldest and fact else None
    note, value = _newest(answers, runs), float(release)
    return answers.measure("android", value, adb.GETPROP, raw=raw, criterion=limit, note=note)


def _newest(answers: sdk.Answers, runs: SystemRelease | None) -> sdk.Text | None:
    newest = _known(answers, runs, "latest_os") or _known(answers, runs, "latest_android")
    older = runs and newest and runs.is_older_than(newest)
    return NEWER.format(newest=newest.text) if older and newest else None


def _known(answers: sdk.Answers, runs: SystemRelease | None, name: str) -> SystemRelease | None:
    """The release a fact of the profile names; None where it names another system than runs."""
    fact = answers.fact(name)
    named = named_release(str(fact.value)) if fact else None
    return named if named and runs and named.family == runs.family else None


PROBE = sdk.Probe(
    id="system.version",
    for_apps=True,
    title=sdk.Text("System version", "系统版本"),
    about=sdk.About(
        tested=sdk.Text("Which system is installed, in which version.", "已安装的系统及其版本。"),
        meaning=sdk.Text(
            "The version decides which apps run and which faults of the software are known.",
            "版本决定可运行的应用以及已知的软件问题。",
        ),
        consequence=sdk.Text("An old version may lack corrections.", "旧版本可能缺少问题修复。"),
        action=sdk.Text(
            "Install the maker's newest version before a software fault is looked for.",
            "排查软件问题前，请先更新至厂商最新版本。",
        ),
    ),
    requests=(adb.GETPROP, adb.KERNEL),
    measures={
        "system": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("System", "系统"),
            essential=True,
            says={sdk.Outcome.ATTENTION: OLDER},
        ),
        "android": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Android version", "Android 版本"),
            says={sdk.Outcome.ATTENTION: OLDER},
        ),
        "api_level": sdk.Spec(sdk.Unit.NONE, sdk.Text("API level", "API 级别")),
        "levels_since_launch": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("API levels above the one it was sold with", "比出厂高出的 API 级别数"),
            NOT_OLDER,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "An older system than the phone was sold with is installed.",
                    "该机所装系统比出厂时的版本更旧。",
                )
            },
        ),
        "kernel": sdk.Spec(sdk.Unit.NONE, sdk.Text("Kernel", "内核")),
    },
    facts={
        name: sdk.FactSpec(
            sdk.Unit.NONE,
            title,
            sdk.FactKind.PATTERN,
            pattern=RELEASE_NAME,
            example="HarmonyOS 4.2",
        )
        for name, title in {
            "launch_os": sdk.Text("System it was sold with", "出厂系统版本"),
            "latest_os": sdk.Text("Newest system of this model", "该机型最新系统版本"),
            "latest_android": sdk.Text("Newest Android of this model", "该机型最新 Android 版本"),
        }.items()
    },
    interpret=interpret,
)
