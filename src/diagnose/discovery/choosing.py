"""Picking the phone that is meant."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.discovery.faces import Device
from diagnose.errors import DeviceNotFound, DeviceNotReady, SeveralDevices, nearest
from diagnose.ladder.state import State
from diagnose.model.text import Text
from diagnose.text import printable

NOTHING_ATTACHED = Text("no phone is attached", "未连接手机")
HOW_TO_ATTACH = Text(
    "use a cable that carries data, plug it straight into the computer, "
    "unlock the phone, switch on USB debugging in the developer options; on Huawei and Honor also "
    '"Allow ADB debugging in charge only mode"; `diagnose doctor` checks this computer',
    "请使用数据线直接连接电脑，解锁手机，在开发人员选项中打开“USB 调试”；"
    "华为/荣耀手机还需打开“‘仅充电’模式下允许 ADB 调试”；可运行 `diagnose doctor` 检查本机",
)


RUN_TELLS_MORE = Text(
    "`diagnose run` reads what it can tell in this state",
    "运行 `diagnose run` 可读取此状态下的信息",
)

UNSEEN = Device("-", State.NOTHING, connection="")
"""A phone somebody holds in his hand and this computer does not see."""

_ASKS_FOR_A_HAND = frozenset(
    {
        *(State.UNAUTHORIZED, State.AUTHORIZING, State.CONNECTING, State.OFFLINE, State.HOST),
        *(State.OTHER, State.NO_PERMISSIONS, State.ADB_UNSEEN),
    }
)
"""States in which somebody has to do something first; nothing is wrong with the phone for that."""


def may_be_examined(device: Device, *, any_state: bool = False) -> bool:
    """Whether a run can say something of it: it answers, or it shows how far it has started."""
    return device.ready or any_state or device.state not in _ASKS_FOR_A_HAND


def choose(
    devices: Sequence[Device], serial: str | None = None, *, any_state: bool = False
) -> Device:
    """Pick the phone that is meant: the one named, or the only one.

    `any_state`: also one that lets nobody in. Raises DeviceNotFound, SeveralDevices, or
    DeviceNotReady with what to do in its hint.
    """
    device = _find(devices, serial) if serial is not None else _only(devices)
    if not may_be_examined(device, any_state=any_state):
        state = printable(device.adb_state) or device.state
        message = f"the phone {printable(device.serial)} is not ready: {state}"
        raise DeviceNotReady(message, hint=device.advice.en, hint_zh=device.advice.zh)
    return device


def _find(devices: Sequence[Device], serial: str) -> Device:
    for device in devices:
        if device.serial == serial:
            return device
    message = f"no phone {printable(serial)!r} is attached"
    if not devices:
        raise DeviceNotFound(message, hint=HOW_TO_ATTACH.en, hint_zh=HOW_TO_ATTACH.zh)
    near = nearest(serial, [device.serial for device in devices])
    hint = f"did you mean {' or '.join(map(printable, near))}?" if near else _listed(devices)
    raise DeviceNotFound(message, hint=hint)


def _only(devices: Sequence[Device]) -> Device:
    if not devices:
        raise DeviceNotFound(NOTHING_ATTACHED.en, hint=HOW_TO_ATTACH.en, hint_zh=HOW_TO_ATTACH.zh)
    if len(devices) > 1:
        hint = f"name one with -s SERIAL, or take --all; {_listed(devices)}"
        raise SeveralDevices(f"{len(devices)} phones are attached", hint=hint)
    return devices[0]


def _listed(devices: Sequence[Device]) -> str:
    return "attached: " + ", ".join(f"{printable(d.serial)} ({d.state})" for d in devices)
