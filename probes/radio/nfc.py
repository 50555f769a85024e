"""NFC: whether its controller answers."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.declaration import is_makers_image
from diagnose.parsers.radio.nfc import parse_nfc_state
from diagnose.parsers.system.features import parse_features
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    NotApplicable,
    NotRun,
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

FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)
SERVICE = Shell("dumpsys", "nfc", expected_ms=40)

_FEATURE = "android.hardware.nfc"
_DECLARED = Source(text="the image declares NFC; its service should run", basis=Basis.GUESS)
_SETTLED = Source(text="AOSP NfcService: switching takes seconds", basis=Basis.GUESS)
_RUNS = OneOf(good=(True,), attention=(False,), source=_DECLARED)


def interpret(answers: Answers) -> Iterator[Draft]:
    features = answers.parse_or_none(FEATURES, parse_features)
    try:
        state = answers.parse(SERVICE, parse_nfc_state)
    except NotRun as no:
        if no.reason is not Reason.UNSUPPORTED or features is None:
            raise
        if _FEATURE not in features:
            raise NotApplicable("the phone declares no NFC") from None
        criterion = _RUNS if is_makers_image(answers.properties, features) else None
        yield answers.measure("runs", False, SERVICE, FEATURES, criterion=criterion)
        return
    yield answers.measure("runs", True, SERVICE, raw=state.raw, criterion=_RUNS)
    yield answers.measure("state", state.value, SERVICE, raw=state.raw)


PROBE = Probe(
    id="radio.nfc",
    title=Text("NFC", "NFC"),
    about=About(
        tested=Text(
            "Whether the NFC service runs and its controller has settled.",
            "NFC 服务是否运行、控制器是否就绪。",
        ),
        meaning=Text(
            "NFC that is switched off is no fault; one that never finishes starting has lost its"
            " controller.",
            "关闭 NFC 不是故障；一直无法启动则说明控制器失联。",
        ),
        consequence=Text(
            "Paying, access cards and tags do not work.", "无法刷卡支付、开门禁和读标签。"
        ),
        action=Text(
            "Switch NFC off and on; check the aerial's contacts on the back cover.",
            "关闭后重新开启；检查后盖上的天线触点。",
        ),
    ),
    requests=(SERVICE, FEATURES, GETPROP),
    measures={
        "runs": Spec(
            Unit.NONE,
            Text("NFC service runs", "NFC 服务运行"),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The phone declares NFC, but its service does not run.",
                    "系统声明有 NFC，但服务未运行。",
                )
            },
            advice=Text(
                "Restart; then the NFC controller is examined.", "重启；仍无效再检查 NFC 芯片。"
            ),
        ),
        "state": Spec(
            Unit.NONE,
            Text("state", "状态"),
            criterion=OneOf(good=("on",), attention=("turning on", "turning off"), source=_SETTLED),
            says={
                Outcome.ATTENTION: Text(
                    "NFC does not finish switching ({value}): its controller may not answer.",
                    "NFC 状态停留在“{value}”，控制器可能无响应。",
                )
            },
            advice=Text(
                "Ask again after a minute; then the NFC controller is examined.",
                "一分钟后复查；仍如此再检查 NFC 芯片。",
            ),
        ),
    },
    interpret=interpret,
    symptoms=("nfc",),
)
