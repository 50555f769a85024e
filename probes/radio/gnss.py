"""Satellite positioning: whether its hardware service is there; no position is read."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.parsers.system.image import is_makers_image
from diagnose.parsers.system.services import parse_lshal, parse_service_list
from diagnose.requests import adb

_FEATURE = "android.hardware.location.gps"
_AIDL = "android.hardware.gnss.IGnss/default"
_HIDL = "android.hardware.gnss@"
_DECLARED = sdk.Source(
    text=sdk.Text(
        "the image declares GPS; Android 8 and later reach it by its hardware service",
        "系统声明了 GPS；Android 8 起经硬件服务访问",
    ),
    basis=sdk.Basis.GUESS,
)
_THERE = sdk.OneOf(good=(True,), attention=(False,), source=_DECLARED)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    services = answers.parse_or_none(adb.SERVICES, parse_service_list)
    hals = answers.parse_or_none(adb.LSHAL, parse_lshal)
    if services is not None and _AIDL in services:
        yield answers.measure("service", True, adb.SERVICES, raw=_AIDL, criterion=_THERE)
        return
    if hidl := min((name for name in hals or () if name.startswith(_HIDL)), default=None):
        yield answers.measure("service", True, adb.LSHAL, raw=hidl, criterion=_THERE)
        return
    if lacks_feature(features, _FEATURE):
        raise sdk.NotApplicable("the phone declares no satellite positioning")
    # Only where both ways were readable is "neither has it" an answer.
    if services is None or hals is None or features is None:
        yield answers.unread("service", adb.SERVICES, adb.LSHAL)
        return
    criterion = _THERE if is_makers_image(answers.properties, features) else None
    yield answers.measure("service", False, adb.SERVICES, adb.LSHAL, criterion=criterion)


PROBE = sdk.Probe(
    id="radio.gnss",
    title=sdk.Text("Satellite positioning", "卫星定位"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the service of the satellite receiver runs; no position is read.",
            "卫星定位服务是否运行；不读取位置。",
        ),
        meaning=sdk.Text(
            "A service that is there does not prove reception: that is tested outdoors.",
            "服务存在不代表能收到卫星，收星需在室外测试。",
        ),
        consequence=sdk.Text(
            "Without it maps find the phone only by Wi-Fi and cells.",
            "缺失时地图只能依靠 Wi-Fi 和基站定位。",
        ),
        action=sdk.Text(
            "Restart; then test outdoors with a map before anything is opened.",
            "重启后在室外用地图测试，再决定是否拆机。",
        ),
    ),
    requests=(adb.SERVICES, adb.LSHAL, adb.FEATURES, adb.GETPROP),
    measures={
        "service": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("receiver's service runs", "定位服务运行"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone declares GPS, but the receiver's service is not there.",
                    "系统声明有 GPS，但定位服务不存在。",
                )
            },
            advice=sdk.Text(
                "Restore the maker's system; then the receiver is examined.",
                "恢复原厂系统；仍无效再检查接收芯片。",
            ),
            words=sdk.RUNS,
        )
    },
    interpret=interpret,
    symptoms=("gps",),
)
