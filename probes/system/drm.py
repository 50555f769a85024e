"""Widevine: whether protected films can play, and at which level where the shell may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.system.drm import parse_widevine_level, widevine_factory
from diagnose.requests import adb

# Its dump may name the phone to film services: such numbers are masked before they are kept.

INIT = sdk.Source(
    text=sdk.Text(
        "Android init: a service that is started again and again ends each time by itself",
        "Android init：反复启动的服务每次都自行退出",
    ),
    basis=sdk.Basis.GUESS,
)
LENOVO_LEVEL = "sys.lenovo.widevine_security_level"
MEDIATEK = (("ro.mtk_widevine_drm_l1_support", "L1"), ("ro.mtk_widevine_drm_l3_support", "L3"))


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    service = _service(properties)
    if service:
        raw = line_of(properties, service)
        yield answers.measure("service", properties[service][:20], adb.GETPROP, raw=raw)
    else:
        yield answers.unread("service", adb.GETPROP, reason=sdk.Reason.UNSUPPORTED)
    yield _offered(answers)
    yield _level(answers, properties)


def _offered(answers: sdk.Answers) -> sdk.Draft:
    """Whether the factory is registered now; a lazy one is not while no film plays."""
    for request in (adb.SERVICES, adb.LSHAL):
        if factory := widevine_factory(answers.text_or_none(request) or ""):
            return answers.measure("offered", True, request, raw=factory.raw)
    return answers.unread("offered", adb.SERVICES, adb.LSHAL, reason=sdk.Reason.UNSUPPORTED)


def _service(properties: Mapping[str, str]) -> str | None:
    """The Widevine service; a lazy one is stopped while no film plays."""
    names = [name for name in properties if name.startswith("init.svc.")]
    return next((n for n in sorted(names) if "widevine" in n and "check" not in n), None)


def _level(answers: sdk.Answers, properties: Mapping[str, str]) -> sdk.Draft:
    found = []
    if level_text := answers.parse_or_none(adb.DRM_FACTORY, parse_widevine_level):
        found.append(sdk.Candidate(level_text.value, adb.DRM_FACTORY, raw=level_text.raw, trust=90))
    if (stated := word(properties, LENOVO_LEVEL, 10)) in ("L1", "L2", "L3"):
        found.append(
            sdk.Candidate(stated, adb.GETPROP, line_of(properties, LENOVO_LEVEL), trust=80)
        )
    for name, level in MEDIATEK:
        if flag(properties, name):
            found.append(sdk.Candidate(level, adb.GETPROP, line_of(properties, name), trust=60))
    if found:
        return answers.compare("level", found)
    return answers.unread(
        "level", adb.DRM_FACTORY, adb.GETPROP, reason=sdk.Reason.UNSUPPORTED, note=ONLY_APPS_KNOW
    )


ONLY_APPS_KNOW = sdk.Text(
    "Most phones tell the Widevine level only to an app, not to the shell.",
    "多数手机仅向应用提供 Widevine 级别，Shell 无法读取。",
)

PROBE = sdk.Probe(
    id="system.drm",
    title=sdk.Text("Protected films (Widevine)", "受保护视频（Widevine）"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the service for protected films runs, and its level where it is stated.",
            "受保护视频服务是否运行，以及可读时的安全级别。",
        ),
        meaning=sdk.Text(
            "Level L1 plays films in full resolution, L3 only in low resolution.",
            "L1 可播放高清，L3 仅支持低清晰度。",
        ),
        consequence=sdk.Text(
            "If it fails, film services show low resolution or nothing.",
            "若异常，视频服务可能只有低清晰度或无法播放。",
        ),
        action=sdk.Text(
            "Look at the level in the film app's own settings page.",
            "可在视频应用的设置页面查看该级别。",
        ),
    ),
    requests=(adb.GETPROP, adb.DRM_FACTORY, adb.SERVICES, adb.LSHAL),
    measures={
        "service": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Widevine service", "Widevine 服务"),
            sdk.OneOf(good=("running",), attention=("restarting",), source=INIT),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The service for protected films does not stay running.",
                    "受保护视频服务无法持续运行。",
                )
            },
            words={
                "running": sdk.Text("running", "运行中"),
                "restarting": sdk.Text("restarting", "反复重启"),
                "stopped": sdk.Text("stopped", "已停止"),
            },
        ),
        "offered": sdk.Spec(sdk.Unit.NONE, sdk.Text("Offered to apps now", "当前可供应用使用")),
        "level": sdk.Spec(sdk.Unit.NONE, sdk.Text("Security level", "安全级别")),
    },
    interpret=interpret,
)
