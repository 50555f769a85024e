"""The features the system declares: what apps may expect of this phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.system.features import parse_features, parse_libraries
from diagnose.requests import adb

NOTABLE = {
    "android.hardware.telephony": "telephony",
    "android.hardware.nfc": "nfc",
    "android.hardware.fingerprint": "fingerprint",
    "android.hardware.biometrics.face": "face",
    "android.hardware.uwb": "uwb",
    "android.hardware.consumerir": "infrared",
    "android.hardware.strongbox_keystore": "strongbox",
    "android.hardware.sensor.hinge_angle": "hinge",
    "android.hardware.telephony.euicc": "esim",
    "android.hardware.ram.low": "low-memory phone",
    "android.software.device_admin": "device administration",
    "android.software.managed_users": "work profile",
    "com.google.android.feature.GOOGLE_BUILD": "Google services",
}
MOST_MISSING = 20


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse(adb.FEATURES, parse_features)
    yield answers.measure("count", len(features), adb.FEATURES)
    notable = tuple(short for name, short in NOTABLE.items() if name in features)
    yield answers.measure("notable", notable, adb.FEATURES)
    yield from _libraries(answers)
    yield from _nfc(answers, features)
    yield from _expected(answers, features)


def _libraries(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    """Android refuses to install an app that needs a library which is not here."""
    libraries = answers.parse_or_none(adb.LIBRARIES, parse_libraries)
    if libraries is None:
        yield answers.unread("libraries", adb.LIBRARIES)
    else:
        yield answers.measure("libraries", len(libraries), adb.LIBRARIES)


def _nfc(answers: sdk.Answers, features: Mapping[str, str]) -> Iterator[sdk.Draft]:
    """Units of some models have NFC everywhere: one that declares none has lost it."""
    fact = answers.fact("nfc")
    if fact is not None and fact.value is True:
        criterion = sdk.OneOf(good=(True,), attention=(False,), source=fact.source)
        declared = "android.hardware.nfc" in features
        raw = "feature:android.hardware.nfc"
        yield answers.measure("nfc", declared, adb.FEATURES, raw=raw, criterion=criterion)


def _expected(answers: sdk.Answers, features: Mapping[str, str]) -> Iterator[sdk.Draft]:
    """Compare with what the profile knows units of this model to declare."""
    fact = answers.fact("declared_features")
    if fact is None or not isinstance(fact.value, tuple):
        return
    missing = tuple(name for name in fact.value if name not in features)[:MOST_MISSING]
    criterion = sdk.OneOf(good=(True,), attention=(False,), source=fact.source)
    raw = tuple(f"feature:{name}" for name in fact.value if name in features)
    yield answers.measure("complete", not missing, adb.FEATURES, raw=raw, criterion=criterion)
    if missing:
        yield answers.measure("missing", missing, adb.FEATURES)


PROBE = sdk.Probe(
    id="system.features",
    for_apps=True,
    title=sdk.Text("Declared features", "系统声明的功能"),
    about=sdk.About(
        tested=sdk.Text(
            "Which features the system declares to apps and to the app store.",
            "系统向应用和应用商店声明的功能。",
        ),
        meaning=sdk.Text(
            "Stores hide apps that need a feature which is not declared.",
            "应用商店会隐藏需要未声明功能的应用。",
        ),
        consequence=sdk.Text(
            "A feature lost after a change of the software hides apps although the part is there.",
            "更换系统后丢失的功能声明会使应用不可见，尽管硬件存在。",
        ),
        action=sdk.Text(
            "If one is missing, restore the maker's system before the part is blamed.",
            "如有缺失，请先恢复原厂系统再判断硬件。",
        ),
    ),
    requests=(adb.FEATURES, adb.LIBRARIES),
    measures={
        "count": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("Features declared", "声明的功能数"), essential=True
        ),
        "libraries": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Libraries for apps", "应用可用的系统库")),
        "notable": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Notable features", "主要功能"),
            words={
                "telephony": sdk.Text("telephony", "电话"),
                "nfc": sdk.Text("NFC", "NFC"),
                "fingerprint": sdk.Text("fingerprint", "指纹"),
                "face": sdk.Text("face", "人脸"),
                "uwb": sdk.Text("UWB", "超宽带"),
                "infrared": sdk.Text("infrared", "红外"),
                "strongbox": sdk.Text("StrongBox", "StrongBox"),
                "hinge": sdk.Text("hinge", "铰链"),
                "esim": sdk.Text("eSIM", "eSIM"),
                "low-memory phone": sdk.Text("low-memory phone", "低内存机型"),
                "device administration": sdk.Text("device administration", "设备管理"),
                "work profile": sdk.Text("work profile", "工作资料"),
                "Google services": sdk.Text("Google services", "谷歌服务"),
            },
        ),
        "complete": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("All features of this model declared", "该机型应有功能齐全"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The system does not declare features that units of this model have.",
                    "系统缺少该机型应声明的功能。",
                )
            },
        ),
        "nfc": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("NFC declared", "声明了 NFC"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Units of this model have NFC; this one does not declare it.",
                    "该机型配有 NFC，但本机系统未声明。",
                )
            },
        ),
        "missing": sdk.Spec(sdk.Unit.NONE, sdk.Text("Missing features", "缺失的功能")),
    },
    facts={
        "declared_features": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("Features units of this model declare", "该机型应声明的功能"),
            sdk.FactKind.WORDS,
        ),
        "nfc": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("NFC in every unit of the model", "该机型均配有 NFC"),
            sdk.FactKind.BOOLEAN,
        ),
    },
    interpret=interpret,
)
