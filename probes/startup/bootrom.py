"""Which chip sits in its boot ROM, by its own identity words. Asked only with `--allow bootrom`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from diagnose import sdk
from diagnose.requests import sahara


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    words = answers.parse(sahara.IDENTITY, _parse)
    found = False
    for name in ("hardware_id", "key_hash"):
        if text := words.get(name, ""):
            found = True
            yield answers.measure(name, text, sahara.IDENTITY, raw=f"{name}: {text}")
    if key := words.get("key_hash", ""):
        own = bool(key.strip("0"))
        yield answers.measure("maker_key", own, sahara.IDENTITY, raw=f"key_hash: {key}")
    if not found:
        yield answers.unread("hardware_id", sahara.IDENTITY, reason=sdk.Reason.UNSUPPORTED)


def _parse(text: str) -> dict[str, str]:
    try:
        words = json.loads(text)
        return {str(name): str(value)[:200] for name, value in words.items()}
    except (ValueError, AttributeError) as problem:
        raise sdk.ParseError("no identity words") from problem


PROBE = sdk.Probe(
    id="startup.bootrom",
    title=sdk.Text("Chip in its boot ROM", "芯片引导 ROM 信息"),
    about=sdk.About(
        tested=sdk.Text(
            "Which chip answers, and whose key it trusts.", "读取芯片型号及其信任的密钥。"
        ),
        meaning=sdk.Text(
            "A chip that answers is alive; what it was to start is not.",
            "芯片有应答说明其工作正常，但未能启动后续程序。",
        ),
        consequence=sdk.Text(
            "Without a bootloader in its storage the phone cannot start.",
            "存储中没有可用的引导程序，手机无法启动。",
        ),
        action=sdk.Text(
            "Only the maker's service can write the storage again; data are likely lost.",
            "只能由厂商售后重写存储，数据很可能丢失。",
        ),
    ),
    requests=(sahara.IDENTITY,),
    measures={
        "hardware_id": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Hardware id of the chip", "芯片硬件标识"), essential=True
        ),
        "key_hash": sdk.Spec(sdk.Unit.NONE, sdk.Text("Hash of the maker's key", "厂商密钥哈希")),
        "maker_key": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Starts only what its maker signed", "仅启动厂商签名的程序")
        ),
    },
    interpret=interpret,
    symptoms=("will-not-start",),
)
