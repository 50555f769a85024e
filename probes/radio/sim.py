"""The SIM slots: whether a card that is in the phone can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.declaration import TELEPHONY
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import SIM_STATE, is_airplane_mode, sim_states
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import parse_features
from diagnose.requests import adb

_STATES = sdk.Source(
    text="AOSP IccCardConstants: states of a card (card or slot may be the cause)",
    basis=sdk.Basis.VENDOR,
)
_GOOD = ("READY", "LOADED", "IMSI")
_ERRORS = ("CARD_IO_ERROR", "PERM_DISABLED", "CARD_RESTRICTED")
_READ = sdk.OneOf(good=_GOOD, attention=_ERRORS, source=_STATES)
_READ_WITH_RADIO_ON = sdk.OneOf(good=_GOOD, attention=(*_ERRORS, "NOT_READY"), source=_STATES)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    states = sim_states(properties)
    if not any(states):
        features = answers.parse_or_none(adb.FEATURES, parse_features)
        if _has_no_slot(properties, features):
            raise sdk.NotApplicable("the phone takes no SIM card")
        yield answers.unread("cards", adb.GETPROP)
        return
    raw = line_of(properties, SIM_STATE)
    yield answers.measure("cards", sum(state in _GOOD for state in states), adb.GETPROP, raw=raw)
    setting = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    is_on = is_airplane_mode(setting, properties) is False
    criterion = _READ_WITH_RADIO_ON if is_on else _READ
    for slot, state in enumerate(states, 1):
        if state:
            yield answers.measure(f"slot.{slot}", state, adb.GETPROP, raw=raw, criterion=criterion)


def _has_no_slot(properties: Mapping[str, str], features: Mapping[str, str] | None) -> bool:
    if features is not None:
        return TELEPHONY not in features
    return properties.get("ro.radio.noril") == "yes"


PROBE = sdk.Probe(
    id="radio.sim",
    title=sdk.Text("SIM card slots", "SIM 卡槽"),
    about=sdk.About(
        tested=sdk.Text(
            "The state of each slot as the modem tells it; no number or name is read.",
            "基带报告的各卡槽状态；不读取号码和姓名。",
        ),
        meaning=sdk.Text(
            "An empty slot is no fault. An error means that a card is in but cannot be read.",
            "空卡槽不是故障；报错表示有卡但无法读取。",
        ),
        consequence=sdk.Text(
            "A card that cannot be read gives no calls and no data.", "无法读卡则不能通话和上网。"
        ),
        action=sdk.Text(
            "Try another card in the slot and this card in another phone, then clean the tray.",
            "用另一张卡交叉验证，再清洁卡托和触点。",
        ),
    ),
    requests=(adb.GETPROP, adb.FEATURES, adb.AIRPLANE_MODE),
    measures={
        "cards": sdk.Spec(sdk.Unit.COUNT, sdk.Text("cards read", "可读取的卡数"), essential=True),
        "slot": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("state of the slot", "卡槽状态"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A SIM slot reports {value}: the card or the slot does not work.",
                    "SIM 卡槽状态为 {value}：卡或卡槽异常。",
                )
            },
            advice=sdk.Text(
                "Try another card first; then check the tray and the contacts of the reader.",
                "先换卡测试，再检查卡托与卡座触点。",
            ),
        ),
    },
    interpret=interpret,
    symptoms=("no-sim",),
)
