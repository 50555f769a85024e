"""What the bootloader knows: lock, battery, and whether it gave up on the system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.fastboot.variables import (
    first_held,
    lock_state,
    millivolts,
    parse_variables,
    slots,
    yes_or_no,
)
from diagnose.requests import fastboot

AOSP = sdk.Source(
    text=sdk.Text(
        "AOSP, A/B updates and fastboot: slot-unbootable, slot-retry-count, battery-soc-ok",
        "AOSP：A/B 更新与 fastboot 文档",
    ),
    basis=sdk.Basis.VENDOR,
)
EMPTY = sdk.Source(
    text=sdk.Text("a lithium cell below 3.4 V is as good as empty", "锂电池低于 3.4 V 即近乎耗尽"),
    basis=sdk.Basis.GUESS,
)
NAMES = {
    "product": fastboot.PRODUCT,
    "secure": fastboot.SECURE,
    "unlocked": fastboot.UNLOCKED,
    "current-slot": fastboot.CURRENT_SLOT,
    "battery-voltage": fastboot.BATTERY_VOLTAGE,
    "battery-soc-ok": fastboot.BATTERY_OK,
}


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    known = _variables(answers)
    if not known:
        raise answers.no_answer(fastboot.PRODUCT) or sdk.NotRun(
            sdk.Reason.UNSUPPORTED, "the bootloader tells nothing"
        )
    if product := first_held(known, "product"):
        yield answers.measure("product", product[:60], fastboot.PRODUCT, raw=product)
    if (locked := lock_state(known)) is not None:
        yield answers.measure("locked", locked, fastboot.UNLOCKED, raw=_raw(known, "unlocked"))
    yield from _battery(answers, known)
    yield from _slots(answers, known)


def _variables(answers: sdk.Answers) -> Mapping[str, str]:
    """What was read by name, and what only `all` tells."""
    listed = parse_variables((answers.text_or_none(fastboot.ALL) or "").splitlines())
    named = {
        name: text.strip()
        for name, request in NAMES.items()
        if (text := answers.text_or_none(request)) is not None
    }
    return {**listed, **named}


def _battery(answers: sdk.Answers, known: Mapping[str, str]) -> Iterator[sdk.Draft]:
    voltage = millivolts(known.get("battery-voltage", ""))
    if voltage is not None:
        raw = _raw(known, "battery-voltage")
        yield answers.measure("battery_voltage", voltage, fastboot.BATTERY_VOLTAGE, raw=raw)
    if (enough := yes_or_no(known.get("battery-soc-ok", ""))) is not None:
        raw = _raw(known, "battery-soc-ok")
        yield answers.measure("battery_enough", enough, fastboot.BATTERY_OK, raw=raw)


def _slots(answers: sdk.Answers, known: Mapping[str, str]) -> Iterator[sdk.Draft]:
    """The slot in use decides whether the phone starts; the other one is its spare."""
    current = known.get("current-slot", "").strip().lstrip("_").lower()
    for slot in slots(known):
        in_use = slot.name == current
        name = "unbootable" if in_use else "spare_unbootable"
        if slot.unbootable is not None and current:
            raw = _raw(known, f"slot-unbootable:{slot.name}")
            yield answers.measure(name, slot.unbootable, fastboot.ALL, raw=raw)
        if in_use and slot.tries_left is not None and not slot.successful:
            raw = _raw(known, f"slot-retry-count:{slot.name}")
            yield answers.measure("tries_left", slot.tries_left, fastboot.ALL, raw=raw)


def _raw(known: Mapping[str, str], name: str) -> str:
    return f"{name}: {known.get(name, '')}"


PROBE = sdk.Probe(
    id="startup.bootloader",
    title=sdk.Text("What the bootloader tells", "引导程序信息"),
    about=sdk.About(
        tested=sdk.Text(
            "Lock, battery and the marks the bootloader keeps of failed starts.",
            "读取引导程序中的锁定状态、电池和启动失败记录。",
        ),
        meaning=sdk.Text(
            "A bootloader that answers proves that mainboard, storage and port work at that level.",
            "引导程序有应答，说明主板、存储和接口在该层面工作正常。",
        ),
        consequence=sdk.Text(
            "A copy of the system marked unbootable is not started again.",
            "被标记为无法启动的系统分区不会再次启动。",
        ),
        action=sdk.Text(
            "Charge first, then restart; if it comes back here, the system has to be installed "
            "again.",
            "请先充电后重启；若仍回到此处，需重新安装系统。",
        ),
    ),
    requests=(*NAMES.values(), fastboot.VERSION, fastboot.SERIAL, fastboot.ALL),
    measures={
        "product": sdk.Spec(sdk.Unit.NONE, sdk.Text("Product, as the loader names it", "产品代号")),
        "locked": sdk.Spec(sdk.Unit.NONE, sdk.Text("Loader locked", "引导锁定")),
        "battery_voltage": sdk.Spec(
            sdk.Unit.MILLIVOLT,
            sdk.Text("Battery voltage in the bootloader", "引导程序读取的电池电压"),
            sdk.Range(attention_below=3400, source=EMPTY),
            says={
                sdk.Outcome.ATTENTION: sdk.Text("The battery is nearly empty.", "电池几乎耗尽。")
            },
        ),
        "battery_enough": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charge is enough for the bootloader", "电量满足引导程序要求"),
            sdk.OneOf(good=(True,), attention=(False,), source=AOSP),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The bootloader itself says that the battery is too low.",
                    "引导程序提示电池电量过低。",
                )
            },
        ),
        "unbootable": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("System in use marked unbootable", "当前系统标记为无法启动"),
            sdk.OneOf(good=(False,), fail=(True,), source=AOSP),
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The bootloader gave up starting the system: it marked it unbootable.",
                    "引导程序已放弃启动系统，并将其标记为无法启动。",
                )
            },
        ),
        "spare_unbootable": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Spare system marked unbootable", "备用系统标记为无法启动")
        ),
        "tries_left": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("Starts the loader will still try", "剩余启动尝试次数")
        ),
    },
    interpret=interpret,
    symptoms=("will-not-start", "restarts"),
)
