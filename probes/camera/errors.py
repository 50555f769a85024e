"""What went wrong with the cameras since the phone was started."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.camera.cameras import CameraService, parse_cameras
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

_MOST_CITED = 10
_HIGHEST_FIXED_ID = 19
"""Cameras that are plugged in get higher numbers: those may go away."""


def _above(limit: int, text: sdk.Text) -> sdk.Range:
    return sdk.Range(attention_above=limit, source=sdk.Source(text=text, basis=sdk.Basis.GUESS))


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    cameras = answers.parse(adb.CAMERAS, parse_cameras)
    if cameras.trace_count is None and not cameras.events:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "this version keeps no log of its cameras")
    errors = [event.text for event in cameras.events if event.is_error]
    unfit = [event.text for event in cameras.events if event.is_configuration]
    deaths = [event.text for event in cameras.events if event.is_death]
    lost = [c for c in cameras.removed if c.isdecimal() and int(c) <= _HIGHEST_FIXED_ID]
    gone = [] if is_emulator(answers.properties) else lost
    yield answers.measure("errors", len(errors), adb.CAMERAS, raw=_seen(cameras, errors))
    yield answers.measure("deaths", len(deaths), adb.CAMERAS, raw=_seen(cameras, deaths))
    yield answers.measure(
        "configuration_errors", len(unfit), adb.CAMERAS, raw=_seen(cameras, unfit)
    )
    lost_raw = _seen(cameras, [f"REMOVE device {camera}" for camera in gone])
    yield answers.measure("lost", len(gone), adb.CAMERAS, raw=lost_raw)
    if cameras.trace_count is not None:
        yield answers.measure("traces", cameras.trace_count, adb.CAMERAS, raw=cameras.trace_raw)


def _seen(cameras: CameraService, rows: list[str]) -> tuple[str, ...]:
    """What shows how many there are: the rows, and that the whole log was read."""
    return (*rows[:_MOST_CITED], *cameras.log) if cameras.log else tuple(rows[:_MOST_CITED])


_ADVICE = sdk.Text(
    "Open the camera app, try every lens, and test again; if it repeats, check the module.",
    "打开相机逐个切换镜头后复测；若重复出现，请检查模组。",
)

PROBE = sdk.Probe(
    id="camera.errors",
    title=sdk.Text("Camera errors", "摄像头错误记录"),
    about=sdk.About(
        tested=sdk.Text(
            "The camera service's own log of errors since the phone was started.",
            "相机服务自开机以来的错误记录。",
        ),
        meaning=sdk.Text(
            "Repeated errors mean that a camera or its software stops while it is in use.",
            "反复出错说明摄像头或其软件在使用中停止工作。",
        ),
        consequence=sdk.Text(
            "The camera app closes, shows black or does not find a lens.",
            "相机闪退、黑屏或找不到镜头。",
        ),
        action=sdk.Text(
            "Restart, try each lens, test again; a loose connector shows here first.",
            "重启后逐个试用镜头再复测；排线松动往往先表现为此类错误。",
        ),
    ),
    requests=(adb.CAMERAS, adb.GETPROP),
    measures={
        "errors": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("service errors", "服务错误次数"),
            criterion=_above(
                5,
                sdk.Text(
                    "an app's wrong call is logged too; more than a few are not",
                    "应用误用也会记录，但不会很多",
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The camera service logged {value} errors.", "相机服务记录了 {value} 次错误。"
                )
            },
            advice=_ADVICE,
        ),
        "deaths": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("breakdowns of the camera software", "相机底层崩溃次数"),
            criterion=_above(
                0, sdk.Text("the maker's camera process should not die", "厂商相机进程不应退出")
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The camera's own software broke down {value} times.",
                    "相机底层服务崩溃 {value} 次。",
                )
            },
            advice=_ADVICE,
        ),
        "configuration_errors": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("errors of the camera's configuration", "相机配置错误次数"),
            criterion=_above(
                2,
                sdk.Text(
                    "-38 now and then is the answer to an app's wrong call",
                    "-38：应用在错误时机调用时偶尔也会出现",
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The camera's software answered {value} times that it cannot do what was"
                    " asked; its settings or drivers may not fit.",
                    "相机底层有 {value} 次回报无法执行请求，软件或驱动配置可能不匹配。",
                )
            },
            advice=sdk.Text(
                "Update or restore the maker's system first; change no part for this.",
                "请先更新或恢复原厂系统，不要为此更换部件。",
            ),
        ),
        "lost": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("cameras that went away", "中途丢失的摄像头"),
            criterion=_above(
                0,
                sdk.Text(
                    "a built-in camera does not go away while the phone runs",
                    "内置摄像头在运行中不应消失",
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "{value} cameras went away while the phone was running.",
                    "有 {value} 个摄像头在运行中丢失。",
                )
            },
            advice=_ADVICE,
        ),
        "traces": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("recorded camera faults", "错误堆栈记录数"),
            criterion=_above(
                0,
                sdk.Text(
                    "Android records a trace only when a camera reports an error",
                    "Android 仅在相机报错时记录跟踪",
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Android recorded {value} faults of a camera.",
                    "系统记录了 {value} 条摄像头故障堆栈。",
                )
            },
            advice=_ADVICE,
        ),
    },
    interpret=interpret,
    symptoms=("camera",),
)
