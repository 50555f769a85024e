"""Registration with a mobile network, where a card is in."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.radio.modem import is_airplane_mode, shows_modem, sim_states
from diagnose.parsers.radio.telephony import parse_telephony
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import TELEPHONY, lacks_feature, parse_features
from diagnose.requests import adb

_USABLE = ("READY", "LOADED")
_REGISTERED = sdk.OneOf(
    good=("in_service",),
    attention=("out_of_service", "emergency_only", "power_off"),
    source=sdk.Source(
        text=sdk.Text(
            "a readable card and flight mode off; the place may lack coverage",
            "卡可读且未开飞行模式；所在地可能无信号",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    known = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    if lacks_feature(features, TELEPHONY) and not shows_modem(known):
        raise sdk.NotApplicable("the phone has no mobile modem")
    modems = answers.parse(adb.TELEPHONY, parse_telephony)
    states = sim_states(answers.properties)
    setting = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    is_on = is_airplane_mode(setting, answers.properties) is False
    for modem in modems:
        slot = modem.phone_id
        is_due = is_on and slot < len(states) and states[slot] in _USABLE
        yield answers.measure(
            f"state.{slot + 1}",
            modem.service,
            adb.TELEPHONY,
            raw=modem.raw,
            criterion=_REGISTERED if is_due else None,
        )


PROBE = sdk.Probe(
    id="radio.service",
    title=sdk.Text("Mobile network", "移动网络注册"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether each SIM slot is registered with a network; neither place nor number is read.",
            "各卡是否注册到网络；不读取位置和号码。",
        ),
        meaning=sdk.Text(
            "A good card that finds no network points to the aerial, the modem, the contract or"
            " missing coverage.",
            "卡正常却无网络，可能是天线、基带、套餐停机或无覆盖。",
        ),
        consequence=sdk.Text("No calls and no mobile data.", "无法通话和使用移动数据。"),
        action=sdk.Text(
            "Compare with another phone at the same place before anything is opened.",
            "拆机前先在同一位置与另一部手机对比。",
        ),
    ),
    requests=(adb.TELEPHONY, adb.GETPROP, adb.FEATURES, adb.AIRPLANE_MODE),
    measures={
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("registration", "注册状态"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A card is ready, but the phone is not registered with its network ({value}).",
                    "SIM 卡正常，但未注册到网络（{value}）。",
                )
            },
            advice=sdk.Text(
                "Try this card in another phone here; if that works, check aerial and modem.",
                "在此处把卡插到另一部手机测试；若正常，再检查天线与基带。",
            ),
            words={
                "in_service": sdk.Text("in service", "有服务"),
                "out_of_service": sdk.Text("no service", "无服务"),
                "emergency_only": sdk.Text("emergency calls only", "仅限紧急呼叫"),
                "power_off": sdk.Text("switched off (flight mode)", "已关闭（飞行模式）"),
            },
            places=sdk.SIM_SLOTS,
        )
    },
    service=sdk.Service(
        adb.TELEPHONY, sdk.Text("mobile telephony", "移动通信"), ("android.hardware.telephony",)
    ),
    interpret=interpret,
    symptoms=("no-service",),
)
