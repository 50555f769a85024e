"""Whether the modem and the process that speaks with it stay up."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import radio_services, shows_modem
from diagnose.parsers.system.features import TELEPHONY, lacks_feature, parse_features
from diagnose.requests import adb

_STATES = ("running", "stopped", "stopping")
"""What init says of a service besides `restarting`; another word is nobody's."""
_PROCESSOR = "vendor.peripheral.modem.state"
_STEADY = sdk.Source(
    text=sdk.Text("the modem's process should not start again and again", "基带进程不应反复启动"),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    if lacks_feature(features, TELEPHONY) and not shows_modem(properties):
        raise sdk.NotApplicable("the phone has no mobile modem")
    services = radio_services(properties)
    if services:
        restarting = sorted(name for name, state in services.items() if state == "restarting")
        raw = tuple(line_of(properties, name) for name in restarting or sorted(services))
        if restarting or services.keys() == {n for n, s in services.items() if s in _STATES}:
            yield answers.measure("restarting", bool(restarting), adb.GETPROP, raw=raw)
        else:
            yield answers.unread("restarting", adb.GETPROP, reason=sdk.Reason.UNSUPPORTED)
    if state := properties.get(_PROCESSOR):
        printed = line_of(properties, _PROCESSOR)
        yield answers.measure("processor", state[:20].upper(), adb.GETPROP, raw=printed)


PROBE = sdk.Probe(
    id="radio.modem_process",
    title=sdk.Text("Modem process", "基带进程"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the process that speaks with the modem runs steadily.",
            "与基带通信的进程是否稳定运行。",
        ),
        meaning=sdk.Text(
            "A process that starts again and again has lost its modem, or the modem's software"
            " is damaged.",
            "进程反复重启说明基带失联或基带软件损坏。",
        ),
        consequence=sdk.Text(
            "Calls drop and the signal comes and goes.", "通话中断、信号时有时无。"
        ),
        action=sdk.Text(
            "Restart without a SIM card; restore the maker's system before the board is blamed.",
            "取出 SIM 卡后重启；先恢复原厂系统再判断主板。",
        ),
    ),
    requests=(adb.GETPROP, adb.FEATURES),
    measures={
        "restarting": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("starts again and again", "反复重启"),
            criterion=sdk.OneOf(good=(False,), attention=(True,), source=_STEADY),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The process that speaks with the modem keeps starting again.",
                    "与基带通信的进程反复重启。",
                )
            },
            advice=sdk.Text(
                "Restore the maker's system; if it stays, have the modem examined.",
                "恢复原厂系统；若仍如此，请检修基带。",
            ),
        ),
        "processor": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("modem processor", "基带处理器"),
            criterion=sdk.OneOf(good=("ONLINE",), attention=("OFFLINE",), source=_STEADY),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The modem's processor is off.", "基带处理器处于离线状态。"
                )
            },
            words={
                "ONLINE": sdk.Text("running", "运行中"),
                "OFFLINE": sdk.Text("not running", "未运行"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("no-service",),
)
