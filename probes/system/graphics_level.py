"""Levels of the graphics interfaces that apps find: OpenGL ES and Vulkan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.parsers.property_values import line_of, word
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Candidate,
    DataClass,
    Draft,
    Probe,
    Shell,
    Spec,
    Text,
    Unit,
)

FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)
GL_ES = "ro.opengles.version"
GL_ES_FEATURE = "reqGlEsVersion"
VULKAN = "android.hardware.vulkan.version"
DRIVERS = ("ro.hardware.vulkan", "ro.boot.hardware.vulkan")


def interpret(answers: Answers) -> Iterator[Draft]:
    properties = answers.properties
    features = answers.parse_or_none(FEATURES, parse_features)
    candidates = list(_gl_es(properties, features or {}))
    if candidates:
        yield answers.compare("opengl_es", candidates)
    else:
        yield answers.unread("opengl_es", GETPROP, FEATURES)
    if features is None:
        yield answers.unread("vulkan", FEATURES)
    elif VULKAN in features:
        level = vulkan_level(features[VULKAN])
        raw = f"feature:{VULKAN}={features[VULKAN]}"
        if level:
            yield answers.measure("vulkan", level, FEATURES, raw=raw)
        else:
            yield answers.unread("vulkan", FEATURES)
    else:
        yield answers.measure("vulkan", "not offered", FEATURES)
    for name in DRIVERS:
        if driver := word(properties, name):
            raw = line_of(properties, name)
            yield answers.measure("vulkan_driver", driver, GETPROP, raw=raw)
            return


def _gl_es(properties: Mapping[str, str], features: Mapping[str, str]) -> Iterator[Candidate]:
    if level := gl_es_level(properties.get(GL_ES, "")):
        yield Candidate(level, GETPROP, raw=line_of(properties, GL_ES), trust=60)
    if level := gl_es_level(features.get(GL_ES_FEATURE, "")):
        raw = f"feature:{GL_ES_FEATURE}={features[GL_ES_FEATURE]}"
        yield Candidate(level, FEATURES, raw=raw, trust=70)


PROBE = Probe(
    id="system.graphics_level",
    title=Text("Graphics interfaces", "图形接口级别"),
    about=About(
        tested=Text(
            "Which levels of OpenGL ES and Vulkan the system offers to apps.",
            "系统向应用提供的 OpenGL ES 和 Vulkan 级别。",
        ),
        meaning=Text(
            "Games and cameras ask for a minimum. The level belongs to the model, it does not "
            "wear.",
            "游戏和相机应用有最低要求；级别由机型决定，不会老化。",
        ),
        consequence=Text(
            "An app that asks for more cannot be installed here.",
            "要求更高的应用无法安装。",
        ),
        action=Text("Nothing to do.", "无需处理。"),
    ),
    requests=(GETPROP, FEATURES),
    measures={
        "opengl_es": Spec(Unit.NONE, Text("OpenGL ES", "OpenGL ES"), essential=True),
        "vulkan": Spec(Unit.NONE, Text("Vulkan", "Vulkan")),
        "vulkan_driver": Spec(Unit.NONE, Text("Vulkan driver", "Vulkan 驱动")),
    },
    interpret=interpret,
)
