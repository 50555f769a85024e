"""Whether the software of the cameras stays up: one that dies takes its cameras along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.camera.cameras import parse_cameras
from diagnose.parsers.property_values import line_of
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

_PROVIDER = re.compile(r"init\.svc\.\S{0,60}camera[._-]?provider\S{0,40}")
_HIGHEST_FIXED_ID = 19
"""Cameras that are plugged in get higher numbers: those may come and go."""
_STEADY = sdk.Source(
    text=sdk.Text(
        "the camera's own software should not be started again and again",
        "相机底层软件不应反复启动",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    known = answers.properties
    if is_emulator(known):
        raise sdk.NotApplicable("the cameras of an emulator come and go as they like")
    states = {name: known[name] for name in sorted(known) if _PROVIDER.fullmatch(name)}
    if states:
        name = next((n for n, state in states.items() if state == "restarting"), next(iter(states)))
        raw = line_of(known, name)
        yield answers.measure("provider", states[name][:20], adb.GETPROP, raw=raw)
    cameras = answers.parse_or_none(adb.CAMERAS, parse_cameras)
    if cameras is None or not (cameras.log or cameras.returned):
        yield answers.unread("returned", adb.CAMERAS)
        return
    back = [c for c in cameras.returned if c.isdecimal() and int(c) <= _HIGHEST_FIXED_ID]
    times = max((back.count(camera) for camera in back), default=0)
    rows = tuple(f"REMOVE device {camera}" for camera in dict.fromkeys(back))
    raws = (*rows, *cameras.log)
    unproven = not cameras.log  # a log that was not read whole may hide more
    yield answers.measure("returned", times, adb.CAMERAS, raw=raws, unproven=unproven)


_ADVICE = sdk.Text(
    "Update or restore the maker's system; if it stays, check the connectors of the cameras.",
    "请更新或恢复原厂系统；若仍如此，请检查摄像头排线。",
)

PROBE = sdk.Probe(
    id="camera.restarts",
    title=sdk.Text("Camera software stays up", "相机底层服务稳定性"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the maker's camera software was started again, taking its cameras along.",
            "厂商相机服务是否曾重启并使摄像头暂时消失。",
        ),
        meaning=sdk.Text(
            "It dies of errors of its own, or of a module that stops answering.",
            "可能因自身错误，也可能因模组停止响应。",
        ),
        consequence=sdk.Text(
            "The camera app closes or shows black for a while.", "相机会闪退或暂时黑屏。"
        ),
        action=sdk.Text(
            "Restart, update, try each lens; then look at the connectors.",
            "重启、更新、逐个试用镜头，再检查排线。",
        ),
    ),
    requests=(adb.CAMERAS, adb.GETPROP),
    measures={
        "returned": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("times a camera went and came back", "摄像头断开又恢复的次数"),
            criterion=sdk.Range(attention_above=1, source=_STEADY),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A built-in camera went away and came back {value} times: its software was "
                    "started again, or its connector is loose.",
                    "内置摄像头断开并恢复了 {value} 次：底层服务被重启，或排线松动。",
                )
            },
            advice=_ADVICE,
        ),
        "provider": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("camera's own software", "相机底层服务"),
            criterion=sdk.OneOf(good=("running",), attention=("restarting",), source=_STEADY),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The camera's own software does not stay running.",
                    "相机底层服务无法持续运行。",
                )
            },
            advice=_ADVICE,
            words={
                "running": sdk.Text("running", "运行中"),
                "restarting": sdk.Text("restarting", "反复重启"),
                "stopped": sdk.Text("stopped", "已停止"),
                "stopping": sdk.Text("stopping", "正在停止"),
            },
        ),
    },
    interpret=interpret,
    symptoms=("camera",),
)
