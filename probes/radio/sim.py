"""The SIM slots: whether a card that is in the phone can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import (
    SIM_STATE,
    is_airplane_mode,
    is_modem_restarting,
    sim_states,
)
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import TELEPHONY, lacks_feature, parse_features
from diagnose.requests import adb

_STATES = sdk.Source(
    text=sdk.Text(
        "AOSP IccCardConstants: states of a card (card or slot may be the cause)",
        "AOSP IccCardConstants：卡状态（原因可能在卡或卡槽）",
    ),
    basis=sdk.Basis.VENDOR,
)
_GOOD = ("READY", "LOADED", "IMSI")
_ERRORS = ("CARD_IO_ERROR", "PERM_DISABLED", "CARD_RESTRICTED")
_LOCKED = "NETWORK_LOCKED"
_READ = sdk.OneOf(good=_GOOD, attention=_ERRORS, source=_STATES)
_NONE_READ = sdk.OneOf(good=_GOOD, attention=(*_ERRORS, "NOT_READY"), source=_STATES)
_UNJUDGED = sdk.OneOf(good=_GOOD, source=_STATES)
_OPERATORS = ("gsm.sim.operator.numeric", "gsm.sim.operator.iso-country")


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
    for slot, state in enumerate(states, 1):
        if state:
            limit, note = _limit(answers, states, slot)
            yield answers.measure(
                f"slot.{slot}", state, adb.GETPROP, raw=raw, criterion=limit, note=note
            )
    if _LOCKED in states:
        yield answers.measure("operator_lock", True, adb.GETPROP, raw=raw)


def _limit(
    answers: sdk.Answers, states: tuple[str, ...], slot: int
) -> tuple[sdk.OneOf, sdk.Text | None]:
    """What may be held against a slot in this state, and why it may be innocent."""
    if is_modem_restarting(answers.properties):
        return _UNJUDGED, RESTARTING
    if states[slot - 1] == "NOT_READY" and _may_be_off(answers, states, slot):
        return _READ, SWITCHED_OFF
    return _NONE_READ, None


def _may_be_off(answers: sdk.Answers, states: tuple[str, ...], slot: int) -> bool:
    """Whether a slot that is not ready is no fault: the owner switched it or the radio off.

    An empty eSIM says the same. Only where no slot has a card, the radio is on and nothing was
    ever read from this one does it deserve a word.
    """
    setting = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    if is_airplane_mode(setting, answers.properties) is not False:
        return True
    operators = [answers.properties.get(name, "").split(",") for name in _OPERATORS]
    was_read = any(len(operator) >= slot and operator[slot - 1].strip() for operator in operators)
    return was_read or any(state in _GOOD for state in states)


OPERATOR_ONLY = sdk.Text(
    "The phone is locked to an operator: the card of another one in it cannot be used.",
    "手机有运营商网络锁，其中的其他运营商 SIM 卡无法使用。",
)
OWN_OPERATOR = sdk.Text(
    "Ask the operator to unlock it, or use its card.", "请联系运营商解锁，或使用该运营商的卡。"
)
RESTARTING = sdk.Text(
    "The modem is being started again: what it says of a card now does not count.",
    "基带正在重启：此时对 SIM 卡的描述不作数。",
)
SWITCHED_OFF = sdk.Text(
    "Not ready is what a slot says that its owner switched off, or an empty eSIM.",
    "卡槽被机主关闭或 eSIM 为空时，也会显示“未就绪”。",
)


def _has_no_slot(properties: Mapping[str, str], features: Mapping[str, str] | None) -> bool:
    if features is not None:
        return lacks_feature(features, TELEPHONY)
    return properties.get("ro.radio.noril") == "yes"


CARDS = {
    "ABSENT": sdk.Text("no card", "无卡"),
    "READY": sdk.Text("card ready", "卡已就绪"),
    "IMSI": sdk.Text("card ready", "卡已就绪"),
    "LOADED": sdk.Text("card ready", "卡已就绪"),
    "NOT_READY": sdk.Text("card not ready", "卡未就绪"),
    "UNKNOWN": sdk.Text("not known", "未知"),
    "CARD_IO_ERROR": sdk.Text("card cannot be read", "无法读卡"),
    "CARD_RESTRICTED": sdk.Text("card not allowed here", "卡受限，不可用"),
    "PERM_DISABLED": sdk.Text("card blocked for good", "卡已永久锁定"),
    "PIN_REQUIRED": sdk.Text("waits for the PIN", "等待输入 PIN"),
    "PUK_REQUIRED": sdk.Text("waits for the PUK", "等待输入 PUK"),
    "NETWORK_LOCKED": sdk.Text("phone locked to another network", "手机锁定其他运营商"),
}

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
        "operator_lock": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("locked to an operator", "运营商网络锁"),
            sdk.OneOf(good=(False,), attention=(True,), source=_STATES),
            says={sdk.Outcome.ATTENTION: OPERATOR_ONLY},
            advice=OWN_OPERATOR,
        ),
        "slot": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("state of the slot", "卡槽状态"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A SIM slot reports {value}: no card can be used there now.",
                    "SIM 卡槽状态为 {value}：目前无法使用其中的卡。",
                )
            },
            advice=sdk.Text(
                "See that the slot is switched on and an eSIM holds a profile; try another card; "
                "then check the tray and the contacts of the reader.",
                "先确认卡槽已开启、eSIM 已写入号码；再换卡测试；最后检查卡托与卡座触点。",
            ),
            words=CARDS,
            places=sdk.SIM_SLOTS,
        ),
    },
    interpret=interpret,
    symptoms=("no-sim",),
)
