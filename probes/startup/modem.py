"""Who the phone is and how it is, by its modem port, where USB debugging is off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.serial.at import (
    AtAnswer,
    parse_at,
    parse_devconinfo,
    signal_percent,
    value_of,
)
from diagnose.requests import serial

BATTERIES = (serial.SAMSUNG_BATTERY, serial.BATTERY)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    info = parse_devconinfo(_answer(answers, serial.SAMSUNG_INFO))
    models = [
        sdk.Candidate(value[:60], request, raw=value, trust=trust)
        for value, request, trust in (
            (info.get("MN", ""), serial.SAMSUNG_INFO, 80),
            (_value(answers, serial.MODEL), serial.MODEL, 60),
        )
        if value
    ]
    if not models:
        raise answers.no_answer(serial.MODEL) or sdk.NotRun(
            sdk.Reason.UNSUPPORTED, "the modem does not say who it is"
        )
    yield answers.compare("model", models)
    if maker := _value(answers, serial.MANUFACTURER):
        yield answers.measure("manufacturer", maker[:60], serial.MANUFACTURER, raw=maker)
    if lock := info.get("LOCK", ""):
        yield answers.measure("lock", lock[:20].lower(), serial.SAMSUNG_INFO, raw=f"LOCK({lock})")
    yield from _battery(answers)
    yield from _radio(answers)


def _answer(answers: sdk.Answers, request: sdk.Request) -> AtAnswer:
    command = request.key.removeprefix("serial:")
    return parse_at(command, answers.text_or_none(request) or "")


def _value(answers: sdk.Answers, request: sdk.Request) -> str:
    answer = _answer(answers, request)
    return value_of(request.key.removeprefix("serial:"), answer) if answer.ok else ""


def _battery(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    """`+BATGETLEVEL: 83`, `+CBC: 0,83`: the last number is the level."""
    for request in BATTERIES:
        value = _value(answers, request)
        numbers = re.findall(r"\d{1,3}", value)
        if numbers and int(numbers[-1]) <= 100:
            yield answers.measure("battery_level", int(numbers[-1]), request, raw=value)
            return


def _radio(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    if (percent := signal_percent(text := _value(answers, serial.SIGNAL))) is not None:
        yield answers.measure("signal", percent, serial.SIGNAL, raw=text)
    sim = _answer(answers, serial.SIM)
    word = value_of("AT+CPIN?", sim) if sim.ok else sim.result.partition(":")[2].strip()
    if word and not word.isdigit():
        yield answers.measure("sim", word[:40].lower(), serial.SIM, raw=word)


PROBE = sdk.Probe(
    id="startup.modem",
    title=sdk.Text("What the modem port tells", "调制解调器端口信息"),
    about=sdk.About(
        tested=sdk.Text(
            "Model, battery, signal and SIM card, as the modem states them.",
            "通过调制解调器读取机型、电池、信号和 SIM 卡状态。",
        ),
        meaning=sdk.Text(
            "A modem port that answers belongs to a running system.",
            "调制解调器端口有应答，说明系统已在运行。",
        ),
        consequence=sdk.Text(
            "With USB debugging off, little more can be read.",
            "USB 调试关闭时，可读取的信息有限。",
        ),
        action=sdk.Text(
            "Switch on USB debugging for the full check.", "请打开 USB 调试以进行全面检测。"
        ),
    ),
    requests=(
        serial.SAMSUNG_INFO,
        serial.MODEL,
        serial.MANUFACTURER,
        *BATTERIES,
        serial.SIGNAL,
        serial.SIM,
    ),
    measures={
        "model": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Model, as the modem names it", "机型（基带）"), essential=True
        ),
        "manufacturer": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Maker, as the modem names it", "厂商（基带）")
        ),
        "lock": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Lock, as the modem names it", "锁定状态（基带）"),
            words={
                "none": sdk.Text("none", "无"),
            },
        ),
        "battery_level": sdk.Spec(
            sdk.Unit.PERCENT, sdk.Text("Battery level, as the modem tells", "电池电量（基带）")
        ),
        "signal": sdk.Spec(
            sdk.Unit.PERCENT, sdk.Text("Signal, as the modem tells", "信号（基带）")
        ),
        "sim": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("SIM card, as the modem tells", "SIM 卡（基带）"),
            words={
                "ready": sdk.Text("card ready", "卡已就绪"),
                "sim pin": sdk.Text("waits for the PIN", "等待输入 PIN"),
                "sim puk": sdk.Text("waits for the PUK", "等待输入 PUK"),
            },
        ),
    },
    interpret=interpret,
)
