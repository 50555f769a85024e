"""NFC: whether its controller answers."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.radio.nfc import parse_nfc_state
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.parsers.system.image import is_makers_image
from diagnose.requests import adb

_FEATURE = "android.hardware.nfc"
_DECLARED = sdk.Source(
    text=sdk.Text(
        "the image declares NFC; its service should run", "系统声明了 NFC，其服务应在运行"
    ),
    basis=sdk.Basis.GUESS,
)
_SETTLED = sdk.Source(
    text=sdk.Text("AOSP NfcService: switching takes seconds", "AOSP NfcService：开关只需数秒"),
    basis=sdk.Basis.GUESS,
)
_RUNS = sdk.OneOf(good=(True,), attention=(False,), source=_DECLARED)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    try:
        state = answers.parse(adb.NFC, parse_nfc_state)
    except sdk.Declined as no:
        if not no.is_absent or features is None:
            raise
        if lacks_feature(features, _FEATURE):
            raise sdk.NotApplicable("the phone declares no NFC") from None
        criterion = _RUNS if is_makers_image(answers.properties, features) else None
        yield answers.measure("runs", False, adb.NFC, adb.FEATURES, criterion=criterion)
        return
    yield answers.measure("runs", True, adb.NFC, raw=state.raw, criterion=_RUNS)
    yield answers.measure("state", state.value, adb.NFC, raw=state.raw)


PROBE = sdk.Probe(
    id="radio.nfc",
    title=sdk.Text("NFC", "NFC"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the NFC service runs and its controller has settled.",
            "NFC 服务是否运行、控制器是否就绪。",
        ),
        meaning=sdk.Text(
            "NFC that is switched off is no fault; one that never finishes starting has lost its"
            " controller.",
            "关闭 NFC 不是故障；一直无法启动则说明控制器失联。",
        ),
        consequence=sdk.Text(
            "Paying, access cards and tags do not work.", "无法刷卡支付、开门禁和读标签。"
        ),
        action=sdk.Text(
            "Switch NFC off and on; check the aerial's contacts on the back cover.",
            "关闭后重新开启；检查后盖上的天线触点。",
        ),
    ),
    requests=(adb.NFC, adb.FEATURES, adb.GETPROP),
    measures={
        "runs": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("NFC service runs", "NFC 服务运行"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone declares NFC, but its service does not run.",
                    "系统声明有 NFC，但服务未运行。",
                )
            },
            advice=sdk.Text(
                "Restart; then the NFC controller is examined.", "重启；仍无效再检查 NFC 芯片。"
            ),
            words=sdk.RUNS,
        ),
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("state", "状态"),
            criterion=sdk.OneOf(
                good=("on",), attention=("turning on", "turning off"), source=_SETTLED
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "NFC does not finish switching ({value}): its controller may not answer.",
                    "NFC 状态停留在“{value}”，控制器可能无响应。",
                )
            },
            advice=sdk.Text(
                "Ask again after a minute; then the NFC controller is examined.",
                "一分钟后复查；仍如此再检查 NFC 芯片。",
            ),
            words={
                "on": sdk.Text("on", "打开"),
                "off": sdk.Text("off", "关闭"),
                "turning on": sdk.Text("turning on", "正在打开"),
                "turning off": sdk.Text("turning off", "正在关闭"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("nfc",),
)
