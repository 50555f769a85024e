"""Whether the phone still knows its IMEI; the number itself never leaves the phone readable."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.declaration import TELEPHONY, is_makers_image
from diagnose.parsers.features import parse_features
from diagnose.parsers.modem import has_identity
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    NotApplicable,
    OneOf,
    Outcome,
    Probe,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)

_IDENTITY = Source(text="3GPP TS 22.016: every mobile carries its IMEI", basis=Basis.STANDARD)


def interpret(answers: Answers) -> Iterator[Draft]:
    answers.text(GETPROP)
    properties = answers.properties
    features = answers.parse_or_none(FEATURES, parse_features)
    found = has_identity(properties)
    if found is None:
        if features is not None and TELEPHONY not in features:
            raise NotApplicable("the phone has no mobile modem")
        yield answers.unread("known", GETPROP)
        return
    if is_makers_image(properties, features or {}):
        criterion = OneOf(good=(True,), fail=(False,), source=_IDENTITY)
    else:
        criterion = OneOf(good=(True,), attention=(False,), source=_IDENTITY)
    is_known, name = found
    yield answers.measure("known", is_known, GETPROP, raw=f"[{name}]", criterion=criterion)


PROBE = Probe(
    id="radio.imei",
    title=Text("Identity number (IMEI)", "识别码（IMEI）"),
    about=About(
        tested=Text(
            "Whether the phone still has its IMEI; the number is masked before it is kept.",
            "手机是否仍保有 IMEI；号码在保存前已打码。",
        ),
        meaning=Text(
            "Zeros instead of a number mean that the modem's calibration data is lost.",
            "全为零表示基带校准数据丢失。",
        ),
        consequence=Text(
            "Networks refuse a phone without an IMEI: no calls, no data.",
            "没有 IMEI 的手机会被网络拒绝，无法通话和上网。",
        ),
        action=Text(
            "Only the maker's service may restore it; show the number on the box or the invoice.",
            "只能由官方售后恢复；请提供包装盒或发票上的号码。",
        ),
    ),
    requests=(GETPROP, FEATURES),
    measures={
        "known": Spec(
            Unit.NONE,
            Text("has its IMEI", "保有 IMEI"),
            essential=True,
            says={
                Outcome.FAIL: Text(
                    "The phone has lost its IMEI: it reads as zeros.", "IMEI 丢失：读数全为零。"
                ),
                Outcome.ATTENTION: Text("The IMEI reads as zeros.", "IMEI 读数全为零。"),
            },
            advice=Text(
                "Do not reset the phone; have the modem's data restored by the maker's service.",
                "不要恢复出厂设置，请由官方售后恢复基带数据。",
            ),
        )
    },
    interpret=interpret,
    symptoms=("no-service",),
)
