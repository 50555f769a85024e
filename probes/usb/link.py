"""How the phone and this computer got on over USB: speed, power, what is offered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from diagnose import sdk
from diagnose.requests import usb

HIGH_SPEED = sdk.Source(
    text=sdk.Text(
        "USB 2.0 high speed is 480 Mbit/s; every phone with Android or iOS offers it",
        "USB 2.0 高速为 480 Mbit/s，Android 与 iOS 手机均支持",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    seen = answers.parse(usb.DESCRIPTORS, _parse)
    ids = f"{seen.get('vendor')}:{seen.get('product')}"
    yield answers.measure("ids", ids, usb.DESCRIPTORS, raw=ids)
    for name, key in (("speed", "speed_mbps"), ("power_request", "max_power_ma")):
        value = seen.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            yield answers.measure(name, value, usb.DESCRIPTORS, raw=f"{key}: {value}")
        else:
            yield answers.unread(name, usb.DESCRIPTORS, reason=sdk.Reason.UNSUPPORTED)
    kinds = tuple(str(one.get("kind"))[:8] for one in seen["interfaces"][:20])
    yield answers.measure("interfaces", kinds, usb.DESCRIPTORS, raw=" ".join(kinds))


def _parse(text: str) -> Mapping[str, Any]:
    try:
        seen = json.loads(text)
        return {**seen, "interfaces": [dict(one) for one in seen.get("interfaces", [])]}
    except (ValueError, TypeError, AttributeError) as problem:
        raise sdk.ParseError("no descriptors") from problem


PROBE = sdk.Probe(
    id="usb.link",
    title=sdk.Text("USB connection", "USB 连接"),
    about=sdk.About(
        tested=sdk.Text(
            "Speed and power of the USB connection, and what the phone offers on it.",
            "检查 USB 连接的速度、供电以及手机提供的接口。",
        ),
        meaning=sdk.Text(
            "A worn port or a bad cable shows as a slow connection.",
            "接口磨损或数据线不良会导致连接速度下降。",
        ),
        consequence=sdk.Text(
            "Over such a connection charging and transfer fail now and then.",
            "此类连接会导致充电和传输时断时续。",
        ),
        action=sdk.Text(
            "Try another cable and port; if it stays slow, clean the phone's port.",
            "请更换数据线和接口；若仍然缓慢，请清洁手机接口。",
        ),
    ),
    requests=(usb.DESCRIPTORS,),
    measures={
        "ids": sdk.Spec(sdk.Unit.NONE, sdk.Text("USB ids", "USB 标识"), essential=True),
        "speed": sdk.Spec(
            sdk.Unit.MEGABIT_PER_SECOND,
            sdk.Text("Negotiated speed", "协商速度"),
            sdk.Range(attention_below=480, source=HIGH_SPEED),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone connects at {value} {unit}, slower than any phone has to: cable or "
                    "port.",
                    "手机仅以 {value} {unit} 连接，低于正常速度：请检查数据线或接口。",
                )
            },
        ),
        "power_request": sdk.Spec(
            sdk.Unit.MILLIAMPERE, sdk.Text("Current the phone asks for", "手机请求的电流")
        ),
        "interfaces": sdk.Spec(sdk.Unit.NONE, sdk.Text("Offered interfaces", "提供的接口")),
    },
    interpret=interpret,
    symptoms=("will-not-charge",),
)
