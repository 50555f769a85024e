"""Whether the phone still knows its IMEI; the number itself never leaves the phone readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import has_identity, parse_device_id, shows_modem
from diagnose.parsers.system.features import TELEPHONY, lacks_feature, parse_features
from diagnose.parsers.system.image import is_makers_image
from diagnose.parsers.tradein.report import has_number, parse_tradein
from diagnose.requests import adb

# The list of numbers in the report of a phone that was reset (Android 16).
# In the name of the shell; only with `--allow identity`. The number is masked before it is kept.

_IDENTITY = sdk.Source(
    text=sdk.Text(
        "3GPP TS 22.016: every mobile carries its IMEI", "3GPP TS 22.016：每台手机都有 IMEI"
    ),
    basis=sdk.Basis.STANDARD,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    told = dict(_told(answers, properties))
    if not told:
        answers.text(adb.GETPROP)
        if lacks_feature(features, TELEPHONY) and not shows_modem(properties):
            raise sdk.NotApplicable("the phone has no mobile modem")
        yield answers.unread("known", adb.GETPROP, adb.IMEI)
        return
    if not any(known for known, _ in told.values()) and not _has_modem(features):
        raise sdk.NotApplicable("the phone has no mobile modem")
    # One number is enough: a property of zeros may be one that nobody filled.
    request = next((r for r, (known, _) in told.items() if known), next(iter(told)))
    is_makers = is_makers_image(properties, features or {})
    yield _known(answers, request, *told[request], is_makers=is_makers)


def _told(
    answers: sdk.Answers, properties: Mapping[str, str]
) -> Iterator[tuple[sdk.Shell, tuple[bool, str]]]:
    """Each source that tells a number (True) or zeros, and where it stands there."""
    if found := has_identity(properties):
        yield adb.GETPROP, (found[0], line_of(properties, found[1]))
    if (by_call := answers.parse_or_none(adb.IMEI, parse_device_id)) is not None:
        yield adb.IMEI, (by_call, "Parcel(")
    report = answers.parse_or_none(adb.TRADE_IN, parse_tradein)
    if report and (listed := has_number(report)) is not None:
        yield adb.TRADE_IN, (listed, '"imeis"')


def _has_modem(features: Mapping[str, str] | None) -> bool:
    return not lacks_feature(features, TELEPHONY)


def _known(
    answers: sdk.Answers, asked: sdk.Shell, told: bool, raw: str, *, is_makers: bool
) -> sdk.Draft:
    if is_makers:
        criterion = sdk.OneOf(good=(True,), fail=(False,), source=_IDENTITY)
    else:
        criterion = sdk.OneOf(good=(True,), attention=(False,), source=_IDENTITY)
    return answers.measure("known", told, asked, raw=raw, criterion=criterion)


PROBE = sdk.Probe(
    id="radio.imei",
    title=sdk.Text("Identity number (IMEI)", "识别码（IMEI）"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone still has its IMEI; the number is masked before it is kept.",
            "手机是否仍保有 IMEI；号码在保存前已打码。",
        ),
        meaning=sdk.Text(
            "Zeros instead of a number mean that the modem's calibration data is lost.",
            "全为零表示基带校准数据丢失。",
        ),
        consequence=sdk.Text(
            "Networks refuse a phone without an IMEI: no calls, no data.",
            "没有 IMEI 的手机会被网络拒绝，无法通话和上网。",
        ),
        action=sdk.Text(
            "Only the maker's service may restore it; show the number on the box or the invoice.",
            "只能由官方售后恢复；请提供包装盒或发票上的号码。",
        ),
    ),
    requests=(adb.GETPROP, adb.FEATURES, adb.TRADE_IN, adb.IMEI),
    measures={
        "known": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("has its IMEI", "保有 IMEI"),
            essential=True,
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone has lost its IMEI: it reads as zeros.", "IMEI 丢失：读数全为零。"
                ),
                sdk.Outcome.ATTENTION: sdk.Text("The IMEI reads as zeros.", "IMEI 读数全为零。"),
            },
            advice=sdk.Text(
                "Do not reset the phone; have the modem's data restored by the maker's service.",
                "不要恢复出厂设置，请由官方售后恢复基带数据。",
            ),
            words={
                True: sdk.Text("kept", "正常"),
                False: sdk.Text("lost", "丢失"),
            },
        )
    },
    interpret=interpret,
    symptoms=("no-service",),
)
