"""Levels of the graphics interfaces that apps find: OpenGL ES and Vulkan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import line_of, word
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level
from diagnose.requests import adb

GL_ES = "ro.opengles.version"
GL_ES_FEATURE = "reqGlEsVersion"
VULKAN = "android.hardware.vulkan.version"
DRIVERS = ("ro.hardware.vulkan", "ro.boot.hardware.vulkan")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    properties = answers.properties
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    candidates = list(_gl_es(properties, features or {}))
    if candidates:
        yield answers.compare("opengl_es", candidates)
    else:
        yield answers.unread("opengl_es", adb.GETPROP, adb.FEATURES)
    if features is None:
        yield answers.unread("vulkan", adb.FEATURES)
    elif VULKAN in features:
        level = vulkan_level(features[VULKAN])
        raw = f"feature:{VULKAN}={features[VULKAN]}"
        if level:
            yield answers.measure("vulkan", level, adb.FEATURES, raw=raw)
        else:
            yield answers.unread("vulkan", adb.FEATURES)
    else:
        yield answers.measure("vulkan", "not offered", adb.FEATURES)
    for name in DRIVERS:
        if driver := word(properties, name):
            raw = line_of(properties, name)
            yield answers.measure("vulkan_driver", driver, adb.GETPROP, raw=raw)
            return


def _gl_es(properties: Mapping[str, str], features: Mapping[str, str]) -> Iterator[sdk.Candidate]:
    if level := gl_es_level(properties.get(GL_ES, "")):
        yield sdk.Candidate(level, adb.GETPROP, raw=line_of(properties, GL_ES), trust=60)
    if level := gl_es_level(features.get(GL_ES_FEATURE, "")):
        raw = f"feature:{GL_ES_FEATURE}={features[GL_ES_FEATURE]}"
        yield sdk.Candidate(level, adb.FEATURES, raw=raw, trust=70)


PROBE = sdk.Probe(
    id="system.graphics_level",
    title=sdk.Text("Graphics interfaces", "图形接口级别"),
    about=sdk.About(
        tested=sdk.Text(
            "Which levels of OpenGL ES and Vulkan the system offers to apps.",
            "系统向应用提供的 OpenGL ES 和 Vulkan 级别。",
        ),
        meaning=sdk.Text(
            "Games and cameras ask for a minimum. The level belongs to the model, it does not "
            "wear.",
            "游戏和相机应用有最低要求；级别由机型决定，不会老化。",
        ),
        consequence=sdk.Text(
            "An app that asks for more cannot be installed here.",
            "要求更高的应用无法安装。",
        ),
        action=sdk.Text("Nothing to do.", "无需处理。"),
    ),
    requests=(adb.GETPROP, adb.FEATURES),
    measures={
        "opengl_es": sdk.Spec(sdk.Unit.NONE, sdk.Text("OpenGL ES", "OpenGL ES"), essential=True),
        "vulkan": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Vulkan", "Vulkan"),
            words={
                "not offered": sdk.Text("not offered", "不提供"),
            },
        ),
        "vulkan_driver": sdk.Spec(sdk.Unit.NONE, sdk.Text("Vulkan driver", "Vulkan 驱动")),
    },
    interpret=interpret,
)
