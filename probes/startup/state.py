"""How far the phone has started, as it shows itself from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator

from diagnose import sdk
from diagnose.requests import fastboot, host, usb

LADDER = sdk.Source(
    text=sdk.Text(
        "what runs where a phone shows this USB device: the tools named in the identity table",
        "手机呈现该 USB 设备时所运行的程序：见识别表所列工具",
    ),
    basis=sdk.Basis.GUESS,
)
HINDRANCES = {
    "this user may not open": sdk.Text(
        "this user may not open the phone's USB device: `diagnose doctor --fix` shows the rule",
        "当前用户无权打开该手机的 USB 设备：运行 `diagnose doctor --fix` 查看 udev 规则",
    ),
    "another program holds": sdk.Text(
        "close the other program that holds the phone's interface, plug in again, run again",
        "请关闭占用该手机接口的其他程序，重新插拔后再次检测",
    ),
}
"""What kept this computer from asking, by how the reply tells it; and what to do first."""
BELOW = ("nothing", "boot_rom", "bootloader", "recovery")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    seen = answers.parse(host.FACES, _parse_faces)
    state = sdk.State(seen["state"])
    if answers.text_or_none(fastboot.IS_USERSPACE) == "yes":
        state = sdk.State.FASTBOOTD
    words = sdk.words_for(state)
    raw = f"state: {state}"
    yield answers.measure("rung", words.rung.value, host.FACES, raw=raw)
    yield answers.measure("state", state.value, host.FACES, raw=raw)
    alive = _accessory(answers)
    if alive is not None:
        version = answers.text(usb.AOA_PROTOCOL)
        yield answers.measure("android_alive", alive, usb.AOA_PROTOCOL, raw=version)
    about = ("rung", "state")
    next_step = None if state is sdk.State.DEVICE else _first(answers, words.next_step)
    yield sdk.Remark("words", _sentence(words), because=about, advice=next_step)


def _parse_faces(text: str) -> dict[str, str]:
    try:
        seen = json.loads(text)
        return {"state": str(sdk.State(seen["state"]))}
    except (ValueError, KeyError, TypeError) as problem:
        raise sdk.ParseError("no list of faces") from problem


def _first(answers: sdk.Answers, next_step: sdk.Text) -> sdk.Text:
    """What to do: what keeps us from asking goes before what the state calls for."""
    details = [answers.reply(one).detail for one in (fastboot.IS_USERSPACE, usb.AOA_PROTOCOL)]
    for why, remedy in HINDRANCES.items():
        if any(detail.startswith(why) for detail in details):
            return sdk.Text(f"{remedy.en}; {next_step.en}", f"{remedy.zh}；{next_step.zh}")
    return next_step


def _accessory(answers: sdk.Answers) -> bool | None:
    """Whether an Android system answered; that it did not says nothing."""
    version = answers.text_or_none(usb.AOA_PROTOCOL)
    return True if version is not None and version.strip() in ("1", "2") else None


def _sentence(words: sdk.StateWords) -> sdk.Text:
    parts_en, parts_zh = [words.title.en], [words.title.zh]
    if words.alive.en != "-":
        parts_en.append(f"alive: {words.alive.en}")
        parts_zh.append(f"可用：{words.alive.zh}")
    if words.not_alive.en != "-":
        parts_en.append(words.not_alive.en)
        parts_zh.append(words.not_alive.zh)
    english = "; ".join(parts_en)
    return sdk.Text(f"{english[0].upper()}{english[1:]}.", f"{'；'.join(parts_zh)}。")


PROBE = sdk.Probe(
    id="startup.state",
    title=sdk.Text("How far the phone starts", "手机启动程度"),
    about=sdk.About(
        tested=sdk.Text(
            "What of the phone answers over its cable: nothing, its first code, its bootloader, "
            "or its system.",
            "通过数据线检查手机启动到哪一步：无响应、引导 ROM、引导程序或系统。",
        ),
        meaning=sdk.Text(
            "Whatever answers is alive; the first step that does not is where the search begins.",
            "有响应的部分工作正常；从第一个无响应的环节开始排查。",
        ),
        consequence=sdk.Text(
            "Until the system starts, nothing else of the phone can be tested over the cable.",
            "系统启动前，无法通过数据线检测其他部件。",
        ),
        action=sdk.Text(
            "Restart the phone once; if it comes back to the same state by itself, it does not "
            "start.",
            "请先重启一次；若自动回到同一状态，说明手机无法正常启动。",
        ),
    ),
    requests=(host.FACES, usb.AOA_PROTOCOL, fastboot.IS_USERSPACE),
    measures={
        "rung": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Highest step that answers", "已启动到"),
            sdk.OneOf(good=("system",), attention=BELOW, source=LADDER),
            essential=True,
            words={
                "nothing": sdk.Text("nothing", "无响应"),
                "boot_rom": sdk.Text("boot ROM", "引导 ROM"),
                "bootloader": sdk.Text("bootloader", "引导程序"),
                "recovery": sdk.Text("recovery", "恢复模式"),
                "system_closed": sdk.Text(
                    "system, closed to this computer", "系统（未对本机开放）"
                ),
                "system": sdk.Text("system", "系统"),
                "unknown": sdk.Text("unknown", "未知"),
            },
        ),
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("State", "状态"),
            words={state.value: sdk.words_for(state).title for state in sdk.State},
        ),
        "android_alive": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Android answers on USB", "Android 系统对 USB 有响应"),
            says={
                sdk.Outcome.OBSERVED: sdk.Text(
                    "Android is running, whatever the screen shows.",
                    "无论屏幕显示如何，Android 系统已在运行。",
                )
            },
        ),
    },
    interpret=interpret,
    symptoms=("will-not-start", "black-screen"),
)
