"""Rear cameras listed against the lenses of the model, and cameras known that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.camera.cameras import parse_cameras
from diagnose.requests import adb

_SEVERAL = 2
"""One entry may stand for all lenses; a system that lists two lists those that there are."""
_KNOWN = sdk.Source(
    text="a camera that the service knows was there when the phone was made", basis=sdk.Basis.GUESS
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    cameras = answers.parse(adb.CAMERAS, parse_cameras)
    gone = cameras.not_present
    if gone:
        yield answers.measure("not_present", len(gone), adb.CAMERAS, raw=gone)
    if not cameras.devices:
        yield answers.unread("rear", adb.CAMERAS, reason=sdk.Reason.UNSUPPORTED)
        return
    rear = [device.raw for device in cameras.devices if device.facing == "back"]
    fact, limit = answers.fact("camera_lenses_rear"), None
    if fact is not None and type(fact.value) is int and len(rear) >= _SEVERAL:
        limit = sdk.Range(attention_below=fact.value, source=fact.source)
    # Which lens an entry stands for is not said: enough of them is no proof of each.
    raw = tuple(rear)
    yield answers.measure("rear", len(rear), adb.CAMERAS, raw=raw, criterion=limit, unproven=True)


_ADVICE = sdk.Text(
    "Try every lens in the camera app; then check the connector and module of the missing one.",
    "在相机中逐个试用镜头，再检查缺失镜头的排线与模组。",
)

PROBE = sdk.Probe(
    id="camera.lenses",
    title=sdk.Text("Rear lenses", "后置镜头"),
    about=sdk.About(
        tested=sdk.Text(
            "How many rear cameras the service lists, and whether one it knows is not there.",
            "相机服务列出几个后置摄像头，是否有已登记却不存在的。",
        ),
        meaning=sdk.Text(
            "A lens that is not listed cannot be used; some systems hide lenses behind one entry.",
            "未列出的镜头无法使用；部分系统会把多个镜头合并为一个条目。",
        ),
        consequence=sdk.Text(
            "Zoom, wide angle or close-ups are missing.", "变焦、广角或微距可能缺失。"
        ),
        action=sdk.Text(
            "Restart, try every lens, then look at the module.", "重启后逐个试用镜头，再检查模组。"
        ),
    ),
    requests=(adb.CAMERAS,),
    measures={
        "rear": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("rear cameras listed", "列出的后置摄像头数"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Only {value} rear cameras are listed, fewer than the model has lenses; some "
                    "systems hide one.",
                    "仅列出 {value} 个后置摄像头，少于该机型的镜头数；部分系统会隐藏镜头。",
                )
            },
            advice=_ADVICE,
        ),
        "not_present": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("cameras known but not present", "已登记但不存在的摄像头"),
            criterion=sdk.Range(attention_above=0, source=_KNOWN),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The camera service knows {value} cameras that are not present.",
                    "相机服务登记了 {value} 个实际不存在的摄像头。",
                )
            },
            advice=_ADVICE,
        ),
    },
    facts={
        "camera_lenses_rear": sdk.FactSpec(
            sdk.Unit.COUNT, sdk.Text("lenses on the back", "后置镜头数")
        )
    },
    interpret=interpret,
    symptoms=("camera",),
)
