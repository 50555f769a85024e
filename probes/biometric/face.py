"""How often face unlock fails to know its owner."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.biometric.biometrics import COUNTERS, find_hal, parse_biometrics
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.system.services import parse_lshal, parse_service_list
from diagnose.sdk import (
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    NotApplicable,
    NotRun,
    Outcome,
    ParseError,
    Probe,
    Range,
    Reason,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

SERVICE = Shell("dumpsys", "face", expected_ms=25, data_class=DataClass.USAGE)
FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)
SERVICES = Shell("service", "list", expected_ms=60, data_class=DataClass.SOFTWARE)
LSHAL = Shell("lshal", expected_ms=300, timeout_s=20, data_class=DataClass.SOFTWARE)

_FEATURE = "android.hardware.biometrics.face"
_FEWEST_TRIES = 20
"""Below this a share of misses is chance (as for fingers, probe catalogue 2.5)."""

_REJECTED = Range(
    attention_above=50,
    source=Source(text="darkness and masks cost many tries: above half", basis=Basis.GUESS),
)


def interpret(answers: Answers) -> Iterator[Draft]:
    features = answers.parse_or_none(FEATURES, parse_features)
    try:
        use = answers.parse(SERVICE, parse_biometrics)
    except (NotRun, ParseError) as no:
        if features is not None and _FEATURE not in features:
            raise NotApplicable("the phone declares no face unlock of its own") from no
        raise NotRun(_reason(no), "the face service says nothing") from no
    if not use.has_counters:
        # The service runs on every phone; without a reader it has nothing to count.
        if features is not None and _FEATURE not in features:
            raise NotApplicable("the phone declares no face unlock of its own")
        yield answers.unread("tries", SERVICE)
        yield _hardware_service(answers)
        return
    for name, count in use.counts.items():
        yield answers.measure(name, count, SERVICE, raw=use.raw)
    yield _hardware_service(answers)
    percent = use.rejected_percent
    if percent is not None:
        criterion = _REJECTED if use.tries >= _FEWEST_TRIES else None
        yield answers.measure("rejected", percent, SERVICE, raw=use.raw, criterion=criterion)


def _hardware_service(answers: Answers) -> Draft:
    """Whether the hardware's own service runs; a maker may give it a name of its own."""
    services = answers.parse_or_none(SERVICES, parse_service_list)
    name = find_hal("face", services, answers.parse_or_none(LSHAL, parse_lshal))
    if name is None:
        return answers.unread("hardware_service", SERVICES, LSHAL)
    return answers.measure("hardware_service", bool(name), SERVICES, LSHAL, raw=name)


def _reason(no: NotRun | ParseError) -> Reason:
    return no.reason if isinstance(no, NotRun) else Reason.UNSUPPORTED


PROBE = Probe(
    id="biometric.face",
    title=Text("Face unlock", "人脸解锁"),
    about=About(
        tested=Text(
            "How many tries face unlock refused; no picture and no person is read.",
            "人脸解锁失败的次数；不读取任何图像与个人信息。",
        ),
        meaning=Text(
            "Many refused tries point to a dirty front camera, a film over it, or bad light.",
            "失败过多多因前摄脏污、被贴膜遮挡或光线太差。",
        ),
        consequence=Text("The phone is unlocked by code only.", "只能用密码解锁。"),
        action=Text(
            "Clean the front camera, teach the face again in good light, then test.",
            "清洁前置镜头，在良好光线下重新录入后再测。",
        ),
    ),
    requests=(SERVICE, FEATURES, SERVICES, LSHAL),
    measures={
        **{name: Spec(Unit.COUNT, t, essential=name == "tries") for name, t in COUNTERS.items()},
        "hardware_service": Spec(Unit.NONE, Text("hardware service listed", "已列出硬件服务")),
        "enrolled": Spec(Unit.COUNT, Text("faces taught", "已录入人脸数")),
        "rejected": Spec(
            Unit.PERCENT,
            Text("tries refused", "识别失败比例"),
            says={
                Outcome.ATTENTION: Text(
                    "Face unlock refused {value} % of the tries.", "人脸解锁失败率为 {value}%。"
                )
            },
            advice=Text(
                "Clean the front camera and teach the face again.", "清洁前置镜头并重新录入人脸。"
            ),
        ),
    },
    interpret=interpret,
    symptoms=("face-unlock",),
)
