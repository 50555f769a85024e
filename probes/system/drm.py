"""Widevine: whether protected films can play, as far as the shell may know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.parsers.property_values import flag, line_of, word
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Draft,
    OneOf,
    Outcome,
    Probe,
    Reason,
    Source,
    Spec,
    Text,
    Unit,
)

INIT = Source(
    text="Android init: a service that is started again and again ends each time by itself",
    basis=Basis.GUESS,
)
LENOVO_LEVEL = "sys.lenovo.widevine_security_level"
MEDIATEK = (("ro.mtk_widevine_drm_l1_support", "L1"), ("ro.mtk_widevine_drm_l3_support", "L3"))


def interpret(answers: Answers) -> Iterator[Draft]:
    answers.text(GETPROP)
    properties = answers.properties
    service = _service(properties)
    if service:
        raw = line_of(properties, service)
        yield answers.measure("service", properties[service][:20], GETPROP, raw=raw)
    else:
        yield answers.unread("service", GETPROP, reason=Reason.UNSUPPORTED)
    yield _level(answers, properties)


def _service(properties: Mapping[str, str]) -> str | None:
    """The Widevine service; a lazy one is stopped while no film plays."""
    names = [name for name in properties if name.startswith("init.svc.")]
    return next((n for n in sorted(names) if "widevine" in n and "check" not in n), None)


def _level(answers: Answers, properties: Mapping[str, str]) -> Draft:
    if level := word(properties, LENOVO_LEVEL, 10):
        return answers.measure("level", level, GETPROP, raw=line_of(properties, LENOVO_LEVEL))
    for name, level in MEDIATEK:
        if flag(properties, name):
            return answers.measure("level", level, GETPROP, raw=line_of(properties, name))
    return answers.unread("level", GETPROP, reason=Reason.UNSUPPORTED, note=ONLY_APPS_KNOW)


ONLY_APPS_KNOW = Text(
    "Most phones tell the Widevine level only to an app, not to the shell.",
    "多数手机仅向应用提供 Widevine 级别，Shell 无法读取。",
)

PROBE = Probe(
    id="system.drm",
    title=Text("Protected films (Widevine)", "受保护视频（Widevine）"),
    about=About(
        tested=Text(
            "Whether the service for protected films runs, and its level where it is stated.",
            "受保护视频服务是否运行，以及可读时的安全级别。",
        ),
        meaning=Text(
            "Level L1 plays films in full resolution, L3 only in low resolution.",
            "L1 可播放高清，L3 仅支持低清晰度。",
        ),
        consequence=Text(
            "If it fails, film services show low resolution or nothing.",
            "若异常，视频服务可能只有低清晰度或无法播放。",
        ),
        action=Text(
            "Look at the level in the film app's own settings page.",
            "可在视频应用的设置页面查看该级别。",
        ),
    ),
    requests=(GETPROP,),
    measures={
        "service": Spec(
            Unit.NONE,
            Text("Widevine service", "Widevine 服务"),
            OneOf(good=("running",), attention=("restarting",), source=INIT),
            says={
                Outcome.ATTENTION: Text(
                    "The service for protected films does not stay running.",
                    "受保护视频服务无法持续运行。",
                )
            },
        ),
        "level": Spec(Unit.NONE, Text("Security level", "安全级别")),
    },
    interpret=interpret,
)
