"""Treble: how the system is divided from the maker's drivers, and whether a foreign one runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.system.image import (
    DYNAMIC_SYSTEM,
    SYSTEM_NAME,
    VERIFIED,
    is_generic_image,
    is_vouched,
)
from diagnose.requests import adb

AOSP = sdk.Source(
    text=sdk.Text(
        "source.android.com: generic system images and Dynamic System Updates are for tests",
        "source.android.com：通用系统镜像与动态系统更新仅供测试",
    ),
    basis=sdk.Basis.VENDOR,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if (treble := flag(properties, "ro.treble.enabled")) is not None:
        raw = line_of(properties, "ro.treble.enabled")
        yield answers.measure("divided", treble, adb.GETPROP, raw=raw)
    else:
        yield answers.unread("divided", adb.GETPROP)
    for name, source in (
        ("vndk", "ro.vndk.version"),
        ("vendor_api_level", "ro.vendor.api_level"),
        ("board_api_level", "ro.board.api_level"),
    ):
        if value := word(properties, source):
            yield answers.measure(name, value, adb.GETPROP, raw=line_of(properties, source))
    yield _generic(answers, properties)


def _generic(answers: sdk.Answers, properties: Mapping[str, str]) -> sdk.Draft:
    if SYSTEM_NAME not in properties and "ro.build.fingerprint" not in properties:
        return answers.unread("generic_image", adb.GETPROP)
    is_generic = is_generic_image(properties)
    names = (VERIFIED, DYNAMIC_SYSTEM, SYSTEM_NAME)
    raw = tuple(line_of(properties, name) for name in names)
    # That it is none of the known generic names does not pass: only the bootloader vouches.
    vouched = is_vouched(properties) and SYSTEM_NAME in properties
    return answers.measure("generic_image", is_generic, adb.GETPROP, raw=raw, unproven=not vouched)


PROBE = sdk.Probe(
    id="system.treble",
    title=sdk.Text("System and drivers", "系统与驱动的分层"),
    about=sdk.About(
        tested=sdk.Text(
            "How the system is divided from the drivers (Treble, VNDK), and whether a generic "
            "system image runs.",
            "系统与驱动的分层方式（Treble、VNDK），以及是否运行通用系统镜像。",
        ),
        meaning=sdk.Text(
            "Phones are sold with the maker's own system. A generic image is a developer's test.",
            "手机出厂搭载厂商系统；通用系统镜像仅供开发测试。",
        ),
        consequence=sdk.Text(
            "On a generic image camera, radio and sensors often misbehave without any defect.",
            "使用通用镜像时，相机、通信和传感器常出现非硬件原因的异常。",
        ),
        action=sdk.Text(
            "Restore the maker's system before any part is judged.",
            "判定配件前，请先恢复原厂系统。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "divided": sdk.Spec(sdk.Unit.NONE, sdk.Text("Treble", "Treble 架构")),
        "vndk": sdk.Spec(sdk.Unit.NONE, sdk.Text("VNDK version", "VNDK 版本")),
        "vendor_api_level": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("API level of the drivers", "驱动 API 级别")
        ),
        "board_api_level": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("API level of the board", "主板 API 级别")
        ),
        "generic_image": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Generic system image", "通用系统镜像"),
            sdk.OneOf(good=(False,), attention=(True,), source=AOSP),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A generic system image runs in place of the maker's system.",
                    "当前运行的是通用系统镜像，而非原厂系统。",
                )
            },
            words=sdk.IN_USE,
        ),
    },
    interpret=interpret,
)
