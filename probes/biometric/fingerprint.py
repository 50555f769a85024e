"""Whether the fingerprint reader answers, and how often it fails to know a finger."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.biometric.biometrics import COUNTERS, BiometricUse, find_hal, parse_biometrics
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.parsers.system.image import is_makers_image
from diagnose.parsers.system.services import parse_lshal, parse_service_list
from diagnose.requests import adb

_FEATURE = "android.hardware.fingerprint"
_FEWEST_TRIES = 20  # below this a share of misses is chance (probe catalogue 2.5)
_REJECTED = sdk.Range(
    attention_above=30,
    source=sdk.Source(
        text=sdk.Text(
            "probe catalogue 2.5: over 30 % of 20 or more tries",
            "检测目录 2.5：20 次以上尝试中超过 30% 失败",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
_DEATHS = sdk.Range(
    attention_above=2,
    source=sdk.Source(
        text=sdk.Text("the maker's process should not die repeatedly", "厂商进程不应反复退出"),
        basis=sdk.Basis.GUESS,
    ),
)
_ANSWERS = sdk.OneOf(
    good=(True,),
    attention=(False,),
    source=sdk.Source(
        text=sdk.Text(
            "the image declares a fingerprint reader; makers may serve it in their own way",
            "系统声明了指纹识别；厂商实现方式可能不同",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    use = _use(answers)
    if use is None:
        features = answers.parse(adb.FEATURES, parse_features)
        if lacks_feature(features, _FEATURE):
            raise sdk.NotApplicable("the phone declares no fingerprint reader")
        criterion = _ANSWERS if is_makers_image(answers.properties, features) else None
        yield answers.measure("answers", False, adb.FINGERPRINT, adb.FEATURES, criterion=criterion)
    else:
        yield answers.measure("answers", True, adb.FINGERPRINT, raw=use.raw, criterion=_ANSWERS)
        yield from _counts(answers, use)
    yield _hardware_service(answers)


def _hardware_service(answers: sdk.Answers) -> sdk.Draft:
    """Whether the hardware's own service runs; a maker may give it a name of its own."""
    services = answers.parse_or_none(adb.SERVICES, parse_service_list)
    name = find_hal("fingerprint", services, answers.parse_or_none(adb.LSHAL, parse_lshal))
    if name is None:
        return answers.unread("hardware_service", adb.SERVICES, adb.LSHAL)
    return answers.measure("hardware_service", bool(name), adb.SERVICES, adb.LSHAL, raw=name)


def _use(answers: sdk.Answers) -> BiometricUse | None:
    """What the service says; None where it knows of no reader or was not even started."""
    try:
        return answers.parse(adb.FINGERPRINT, parse_biometrics)
    except sdk.ParseError:
        return None
    except sdk.Declined as no:
        if no.reason is sdk.Reason.UNSUPPORTED:
            return None
        raise


def _counts(answers: sdk.Answers, use: BiometricUse) -> Iterator[sdk.Draft]:
    if use.has_counters:
        for name, count in use.counts.items():
            yield answers.measure(name, count, adb.FINGERPRINT, raw=use.raw)
    percent = use.rejected_percent
    if percent is not None:
        criterion = _REJECTED if use.tries >= _FEWEST_TRIES else None
        yield answers.measure(
            "rejected", percent, adb.FINGERPRINT, raw=use.raw, criterion=criterion
        )
    if use.hal_deaths is not None:
        yield answers.measure("deaths", use.hal_deaths, adb.FINGERPRINT, raw="HAL ")


_GONE = sdk.Text("A reader is declared, but none answers.", "系统声明有指纹模块，但没有响应。")
_REFUSED = sdk.Text("The reader refused {value} % of the tries.", "指纹识别失败率为 {value}%。")
_DIED = sdk.Text(
    "The reader's software broke down {value} times since the start.",
    "指纹底层服务自开机以来崩溃 {value} 次。",
)

PROBE = sdk.Probe(
    id="biometric.fingerprint",
    title=sdk.Text("Fingerprint reader", "指纹识别"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the reader answers, and how many tries it refused; not whose fingers.",
            "指纹模块是否响应、识别失败的次数；不读取指纹归属。",
        ),
        meaning=sdk.Text(
            "Many refused tries point to a dirty, scratched or badly fitted reader or its film.",
            "失败过多多因指纹区脏污、划伤、装配不良或贴膜不合适。",
        ),
        consequence=sdk.Text("The phone is unlocked by code only.", "只能用密码解锁。"),
        action=sdk.Text(
            "Clean the reader, take the film off, teach the finger again, then test.",
            "清洁指纹区、撕掉贴膜、重新录入后再测。",
        ),
    ),
    requests=(adb.FINGERPRINT, adb.FEATURES, adb.GETPROP, adb.SERVICES, adb.LSHAL),
    measures={
        "answers": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("reader answers", "模块有响应"),
            essential=True,
            says={sdk.Outcome.ATTENTION: _GONE},
            advice=sdk.Text(
                "Restart; then check the reader's cable or the screen it sits under.",
                "重启；再检查指纹排线或屏下指纹所在屏幕。",
            ),
            words=sdk.ANSWERS,
        ),
        **{name: sdk.Spec(sdk.Unit.COUNT, title) for name, title in COUNTERS.items()},
        "enrolled": sdk.Spec(sdk.Unit.COUNT, sdk.Text("fingers taught", "已录入指纹数")),
        "hardware_service": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("hardware service listed", "已列出硬件服务")
        ),
        "rejected": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("tries refused", "识别失败比例"),
            says={sdk.Outcome.ATTENTION: _REFUSED},
            advice=sdk.Text("Clean it and teach the finger again.", "清洁指纹区并重新录入指纹。"),
        ),
        "deaths": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("breakdowns of the reader's software", "指纹底层崩溃次数"),
            criterion=_DEATHS,
            says={sdk.Outcome.ATTENTION: _DIED},
        ),
    },
    interpret=interpret,
    symptoms=("fingerprint",),
)
