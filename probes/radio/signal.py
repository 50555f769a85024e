"""Received level of the mobile network: read, not judged, for it depends on the place."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.radio.telephony import parse_telephony
from diagnose.parsers.system.features import TELEPHONY, lacks_feature, parse_features
from diagnose.requests import adb


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    if lacks_feature(features, TELEPHONY) and not answers.parse_or_none(
        adb.TELEPHONY, parse_telephony
    ):
        raise sdk.NotApplicable("the phone has no mobile modem")
    for modem in answers.parse(adb.TELEPHONY, parse_telephony):
        if modem.signal is not None:
            name = modem.phone_id + 1
            raw = modem.signal.raw
            yield answers.measure(f"level.{name}", modem.signal.dbm, adb.TELEPHONY, raw=raw)
            yield answers.measure(f"network.{name}", modem.signal.network, adb.TELEPHONY, raw=raw)


PROBE = sdk.Probe(
    id="radio.signal",
    title=sdk.Text("Mobile signal", "移动信号强度"),
    about=sdk.About(
        tested=sdk.Text("The level the modem receives, per SIM slot.", "各卡接收到的信号强度。"),
        meaning=sdk.Text(
            "The level depends on the place: only a comparison at the same spot says something.",
            "信号强度取决于位置：只有同一地点的对比才有意义。",
        ),
        consequence=sdk.Text(
            "A level far below that of another phone means dropped calls and a drained battery.",
            "若明显低于对比机，会掉线、发热并更耗电。",
        ),
        action=sdk.Text(
            "Hold a reference phone to the same spot; 10 dB less points to the aerial.",
            "在同一位置与参考机对比；低 10 dB 以上多为天线问题。",
        ),
    ),
    requests=(adb.TELEPHONY, adb.FEATURES),
    measures={
        "level": sdk.Spec(
            sdk.Unit.DBM,
            sdk.Text("received level", "接收强度"),
            essential=True,
            places=sdk.SIM_SLOTS,
        ),
        "network": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("network generation", "网络制式"),
            words={
                "NR": sdk.Text("5G (NR)", ""),
                "LTE": sdk.Text("4G (LTE)", ""),
            },
            places=sdk.SIM_SLOTS,
        ),
    },
    interpret=interpret,
    symptoms=("no-service",),
)
