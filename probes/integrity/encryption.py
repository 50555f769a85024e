"""Whether the owner's data is encrypted on the storage."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of, number, word
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

CDD = sdk.OneOf(
    good=("encrypted",),
    attention=("unencrypted",),
    source=sdk.Source(
        text=sdk.Text(
            "Android Compatibility Definition, 9.9 Data storage encryption: required of devices "
            "that launched with Android 10 or later",
            "Android 兼容性定义 9.9 数据加密：出厂为 Android 10 及以上的设备必须加密",
        ),
        basis=sdk.Basis.STANDARD,
    ),
)
ENCRYPTED_IS_GOOD = sdk.OneOf(good=("encrypted",), source=CDD.source)
LAUNCHED = "ro.product.first_api_level"
ANDROID_10 = 29


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise sdk.NotApplicable("an emulator holds no owner's data")
    launched = number(properties, LAUNCHED) or 0
    criterion = CDD if launched >= ANDROID_10 else ENCRYPTED_IS_GOOD
    if state := word(properties, "ro.crypto.state"):
        raw = line_of(properties, "ro.crypto.state")
        yield answers.measure("state", state, adb.GETPROP, raw=raw, criterion=criterion)
    else:
        yield answers.unread("state", adb.GETPROP)
    if kind := word(properties, "ro.crypto.type"):
        yield answers.measure("kind", kind, adb.GETPROP, raw=line_of(properties, "ro.crypto.type"))


PROBE = sdk.Probe(
    id="integrity.encryption",
    title=sdk.Text("Encryption of data", "数据加密"),
    about=sdk.About(
        tested=sdk.Text("Whether the phone's storage is encrypted.", "手机存储是否加密。"),
        meaning=sdk.Text(
            "On an encrypted phone nobody reads the data without the screen lock.",
            "加密后，没有锁屏密码便无法读取数据。",
        ),
        consequence=sdk.Text(
            "Without it the data can be read from a lost or broken phone.",
            "未加密时，丢失或损坏的手机中的数据可能被读取。",
        ),
        action=sdk.Text(
            "Back up, restore the maker's system and set a screen lock.",
            "请备份数据、恢复原厂系统并设置锁屏密码。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Storage", "存储"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The data on this phone is not encrypted, as phones of its age must be.",
                    "该机数据未加密，而同期机型必须加密。",
                )
            },
            words={
                "encrypted": sdk.Text("encrypted", "已加密"),
                "unencrypted": sdk.Text("unencrypted", "未加密"),
            },
        ),
        "kind": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Kind of encryption", "加密方式"),
            words={
                "file": sdk.Text("each file on its own", "按文件加密"),
                "block": sdk.Text("the whole volume", "整个分区加密"),
                "metadata": sdk.Text("metadata", "元数据加密"),
            },
        ),
    },
    interpret=interpret,
)
