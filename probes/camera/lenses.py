"""Rear cameras listed against the lenses of the model, and cameras known that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.camera.cameras import parse_cameras
from diagnose.requests import adb

_KNOWN = sdk.Source(
    text=sdk.Text(
        "a camera that the service knows was there when the phone was made",
        "相机服务已知的摄像头出厂时即存在",
    ),
    basis=sdk.Basis.GUESS,
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
    fact, limit = answers.fact("camera_listed_rear"), None
    if fact is not None and type(fact.value) is int:
        limit = sdk.Range(attention_below=fact.value, source=fact.source)
    # Which lens an entry stands for is not said: enough of them is no proof of each.
    yield answers.measure(
        "rear",
        len(rear),
        adb.CAMERAS,
        raw=tuple(rear),
        criterion=limit,
        unproven=True,
        note=_hidden(answers, len(rear)),
    )


def _hidden(answers: sdk.Answers, listed: int) -> sdk.Text | None:
    """What is said of a phone that lists fewer cameras than its maker counts lenses.

    A logical camera (Android 9) stands for several lenses, and systems hide lenses from apps: that
    is no fault, and nobody can tell from here which it is.
    """
    fact = answers.fact("camera_lenses_rear")
    if fact is None or type(fact.value) is not int or listed >= fact.value:
        return None
    return sdk.Text(
        f"The maker counts {fact.value} lenses. Most systems show apps fewer cameras than there "
        "are lenses; try every lens in the camera app.",
        f"厂商标称 {fact.value} 个镜头。多数系统向应用列出的摄像头少于镜头数，请在相机中逐个试用。",
    )


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
                    "Only {value} rear cameras are listed, fewer than on a good phone of this "
                    "model.",
                    "仅列出 {value} 个后置摄像头，少于同型号正常手机。",
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
                    "Cameras that the camera service knows and does not find: {value}.",
                    "相机服务登记了 {value} 个实际不存在的摄像头。",
                )
            },
            advice=_ADVICE,
        ),
    },
    facts={
        "camera_listed_rear": sdk.FactSpec(
            sdk.Unit.COUNT,
            sdk.Text("rear cameras a good phone lists", "正常手机列出的后置摄像头数"),
            measure="rear",
        ),
        "camera_lenses_rear": sdk.FactSpec(
            sdk.Unit.COUNT, sdk.Text("lenses on the back", "后置镜头数")
        ),
    },
    interpret=interpret,
    symptoms=("camera",),
)
