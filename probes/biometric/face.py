"""How often face unlock fails to know its owner."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.biometric.biometrics import COUNTERS, find_hal, parse_biometrics
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.parsers.system.services import parse_lshal, parse_service_list
from diagnose.requests import adb

_FEATURE = "android.hardware.biometrics.face"
_FEWEST_TRIES = 20
"""Below this a share of misses is chance (as for fingers, probe catalogue 2.5)."""

_REJECTED = sdk.Range(
    attention_above=50,
    source=sdk.Source(
        text=sdk.Text(
            "darkness and masks cost many tries: above half",
            "光线暗或戴口罩会增加失败次数：超过一半",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    try:
        use = answers.parse(adb.FACE, parse_biometrics)
    except (sdk.NotRun, sdk.ParseError) as no:
        if lacks_feature(features, _FEATURE):
            raise sdk.NotApplicable("the phone declares no face unlock of its own") from no
        raise sdk.NotRun(_reason(no), "the face service says nothing") from no
    if not use.has_counters:
        # The service runs on every phone; without a reader it has nothing to count.
        if lacks_feature(features, _FEATURE):
            raise sdk.NotApplicable("the phone declares no face unlock of its own")
        yield answers.unread("tries", adb.FACE)
        yield _hardware_service(answers)
        return
    for name, count in use.counts.items():
        yield answers.measure(name, count, adb.FACE, raw=use.raw)
    yield _hardware_service(answers)
    percent = use.rejected_percent
    if percent is not None:
        criterion = _REJECTED if use.tries >= _FEWEST_TRIES else None
        yield answers.measure("rejected", percent, adb.FACE, raw=use.raw, criterion=criterion)


def _hardware_service(answers: sdk.Answers) -> sdk.Draft:
    """Whether the hardware's own service runs; a maker may give it a name of its own."""
    services = answers.parse_or_none(adb.SERVICES, parse_service_list)
    name = find_hal("face", services, answers.parse_or_none(adb.LSHAL, parse_lshal))
    if name is None:
        return answers.unread("hardware_service", adb.SERVICES, adb.LSHAL)
    return answers.measure("hardware_service", bool(name), adb.SERVICES, adb.LSHAL, raw=name)


def _reason(no: sdk.NotRun | sdk.ParseError) -> sdk.Reason:
    return no.reason if isinstance(no, sdk.NotRun) else sdk.Reason.UNSUPPORTED


PROBE = sdk.Probe(
    id="biometric.face",
    title=sdk.Text("Face unlock", "人脸解锁"),
    about=sdk.About(
        tested=sdk.Text(
            "How many tries face unlock refused; no picture and no person is read.",
            "人脸解锁失败的次数；不读取任何图像与个人信息。",
        ),
        meaning=sdk.Text(
            "Many refused tries point to a dirty front camera, a film over it, or bad light.",
            "失败过多多因前摄脏污、被贴膜遮挡或光线太差。",
        ),
        consequence=sdk.Text("The phone is unlocked by code only.", "只能用密码解锁。"),
        action=sdk.Text(
            "Clean the front camera, teach the face again in good light, then test.",
            "清洁前置镜头，在良好光线下重新录入后再测。",
        ),
    ),
    requests=(adb.FACE, adb.FEATURES, adb.SERVICES, adb.LSHAL),
    measures={
        **{
            name: sdk.Spec(sdk.Unit.COUNT, t, essential=name == "tries")
            for name, t in COUNTERS.items()
        },
        "hardware_service": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("hardware service listed", "已列出硬件服务")
        ),
        "enrolled": sdk.Spec(sdk.Unit.COUNT, sdk.Text("faces taught", "已录入人脸数")),
        "rejected": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("tries refused", "识别失败比例"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Face unlock refused {value} % of the tries.", "人脸解锁失败率为 {value}%。"
                )
            },
            advice=sdk.Text(
                "Clean the front camera and teach the face again.", "清洁前置镜头并重新录入人脸。"
            ),
        ),
    },
    interpret=interpret,
    symptoms=("face-unlock",),
)
