"""Widevine: whether protected films can play, and at which level where the shell may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.system.drm import parse_widevine_level, widevine_factory
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Candidate,
    DataClass,
    Draft,
    OneOf,
    Outcome,
    Probe,
    Reason,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

# Its dump may name the phone to film services: such numbers are masked before they are kept.
FACTORY = Shell(
    "dumpsys", "android.hardware.drm.IDrmFactory/widevine", data_class=DataClass.IDENTITY
)
SERVICES = Shell("service", "list", expected_ms=60, data_class=DataClass.SOFTWARE)
LSHAL = Shell("lshal", expected_ms=300, timeout_s=20, data_class=DataClass.SOFTWARE)

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
    yield _offered(answers)
    yield _level(answers, properties)


def _offered(answers: Answers) -> Draft:
    """Whether the factory is registered now; a lazy one is not while no film plays."""
    for request in (SERVICES, LSHAL):
        if said := widevine_factory(answers.text_or_none(request) or ""):
            return answers.measure("offered", True, request, raw=said.raw)
    return answers.unread("offered", SERVICES, LSHAL, reason=Reason.UNSUPPORTED)


def _service(properties: Mapping[str, str]) -> str | None:
    """The Widevine service; a lazy one is stopped while no film plays."""
    names = [name for name in properties if name.startswith("init.svc.")]
    return next((n for n in sorted(names) if "widevine" in n and "check" not in n), None)


def _level(answers: Answers, properties: Mapping[str, str]) -> Draft:
    found = []
    if said := answers.parse_or_none(FACTORY, parse_widevine_level):
        found.append(Candidate(said.value, FACTORY, raw=said.raw, trust=90))
    if (stated := word(properties, LENOVO_LEVEL, 10)) in ("L1", "L2", "L3"):
        found.append(Candidate(stated, GETPROP, line_of(properties, LENOVO_LEVEL), trust=80))
    for name, level in MEDIATEK:
        if flag(properties, name):
            found.append(Candidate(level, GETPROP, line_of(properties, name), trust=60))
    if found:
        return answers.compare("level", found)
    return answers.unread("level", FACTORY, GETPROP, reason=Reason.UNSUPPORTED, note=ONLY_APPS_KNOW)


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
    requests=(GETPROP, FACTORY, SERVICES, LSHAL),
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
        "offered": Spec(Unit.NONE, Text("Offered to apps now", "当前可供应用使用")),
        "level": Spec(Unit.NONE, Text("Security level", "安全级别")),
    },
    interpret=interpret,
)
