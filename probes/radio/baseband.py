"""Whether the modem answers: its firmware, the SIM slots, the registration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import (
    BASEBAND,
    CARD_READ,
    SILENT,
    SIM_STATE,
    baseband_version,
    is_airplane_mode,
    sim_states,
)
from diagnose.parsers.radio.telephony import Modem, parse_telephony
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import TELEPHONY, parse_features
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    version = baseband_version(properties)
    if version is None and _is_without_modem(properties, features):
        raise sdk.NotApplicable("the phone has no mobile modem")
    if version is not None:
        raw = line_of(properties, BASEBAND)
        yield answers.measure("version", version, adb.GETPROP, raw=raw)
    yield _alive(answers, properties, features or {})


def _is_without_modem(properties: Mapping[str, str], features: Mapping[str, str] | None) -> bool:
    declares = features is not None and TELEPHONY in features
    return not declares and (features is not None or properties.get("ro.radio.noril") == "yes")


def _alive(
    answers: sdk.Answers, properties: Mapping[str, str], features: Mapping[str, str]
) -> sdk.Draft:
    """The modem answers where it gave a firmware, the state of a slot, or a registration."""
    criterion = declared_part(properties, features)
    if baseband_version(properties):
        raw = line_of(properties, BASEBAND)
        return answers.measure("answers", True, adb.GETPROP, raw=raw, criterion=criterion)
    states = sim_states(properties)
    raw = line_of(properties, SIM_STATE)
    if CARD_READ & {*states}:
        return answers.measure("answers", True, adb.GETPROP, raw=raw, criterion=criterion)
    modems = answers.parse_or_none(adb.TELEPHONY, parse_telephony) or ()
    if alive := next((modem for modem in modems if modem.service == "in_service"), None):
        return answers.measure("answers", True, adb.TELEPHONY, raw=alive.raw, criterion=criterion)
    setting = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    has_states = bool(set(states) - SILENT)  # "no card" is said of a modem that is off as well
    proves_nothing = not (states or modems) or (has_states and not _is_searching(modems))
    if is_airplane_mode(setting, properties) is not False or proves_nothing:
        return answers.unread(
            "answers", adb.GETPROP, adb.TELEPHONY, adb.AIRPLANE_MODE, reason=sdk.Reason.DEPENDENCY
        )
    if _is_searching(modems):
        # A modem that searches for a network is alive: only its firmware is not published.
        return answers.measure(
            "answers", True, adb.TELEPHONY, raw=modems[0].raw, criterion=criterion
        )
    return answers.measure(
        "answers", False, adb.GETPROP, adb.TELEPHONY, raw=raw, criterion=criterion
    )


def _is_searching(modems: Iterable[Modem]) -> bool:
    return any(modem.service != "power_off" for modem in modems)


_BOARD = sdk.Text(
    "Restart without a SIM; if it stays, the modem or the board around it needs repair. Back up"
    " the data first.",
    "取出 SIM 卡后重启；若仍如此，需检修基带或主板相关电路，请先备份数据。",
)

PROBE = sdk.Probe(
    id="radio.baseband",
    title=sdk.Text("Mobile modem", "基带（移动网络模块）"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the modem states its firmware and answers about SIM cards and networks.",
            "基带是否报告固件版本，并响应 SIM 卡与网络查询。",
        ),
        meaning=sdk.Text(
            "Without an answer from the modem there are no calls and no mobile data.",
            "基带无响应则无法通话和使用移动数据。",
        ),
        consequence=sdk.Text(
            "A new SIM card or new settings do not bring a dead modem back.",
            "更换 SIM 卡或设置无法恢复失效的基带。",
        ),
        action=sdk.Text(
            "Rule out flight mode and an unfinished update, then have the board examined.",
            "先排除飞行模式和未完成的更新，再检测主板。",
        ),
    ),
    requests=(adb.GETPROP, adb.FEATURES, adb.TELEPHONY, adb.AIRPLANE_MODE),
    measures={
        "answers": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("modem answers", "基带有响应"),
            essential=True,
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone has a modem, flight mode is off, and the modem does not answer.",
                    "手机有基带且未开飞行模式，但基带无响应。",
                ),
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The modem does not answer; the installed system may be the cause.",
                    "基带无响应，可能由已安装的系统引起。",
                ),
            },
            advice=_BOARD,
            words=sdk.ANSWERS,
        ),
        "version": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("modem firmware", "基带版本"),
            sign=sdk.Sign("modem", sdk.Proves.DIFFERENCE, software=True),
        ),
    },
    interpret=interpret,
    symptoms=("no-service", "no-sim"),
)
