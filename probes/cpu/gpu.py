"""Graphics unit: whether one draws the screen or the processor does it instead."""

from diagnose import sdk
from diagnose.parsers.cpu.gles import parse_gles
from diagnose.parsers.getprop import parse_getprop
from diagnose.requests import adb

ON_A_PHONE = sdk.OneOf(
    good=("hardware",),
    attention=("software",),
    source=sdk.Source(
        text=sdk.Text(
            "SwiftShader and llvmpipe draw on the processor; phones ship with a graphics unit",
            "SwiftShader 和 llvmpipe 由处理器绘图；手机均配有图形芯片",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    answers.text(adb.SURFACEFLINGER)
    graphics = answers.parse_or_none(adb.SURFACEFLINGER, parse_gles)
    if graphics is None:  # Android before 4.1 does not name it (Nexus One)
        yield answers.unread("drawn_by", adb.SURFACEFLINGER)
        return
    kind = "software" if graphics.is_software else "hardware" if graphics.is_known else "unknown"
    yield answers.measure(
        "drawn_by",
        kind,
        adb.SURFACEFLINGER,
        raw=graphics.raw,
        criterion=ON_A_PHONE if _is_no_emulator(answers) else None,
    )
    yield answers.measure("renderer", graphics.renderer, adb.SURFACEFLINGER, raw=graphics.raw)
    if graphics.version:
        yield answers.measure(
            "gles_version", graphics.version, adb.SURFACEFLINGER, raw=graphics.raw
        )


def _is_no_emulator(answers: sdk.Answers) -> bool:
    """Emulators draw in software by design; what cannot be told is not judged."""
    properties = answers.parse_or_none(adb.GETPROP, parse_getprop)
    return properties is not None and "1" not in (
        properties.get("ro.kernel.qemu"),
        properties.get("ro.boot.qemu"),
    )


PROBE = sdk.Probe(
    id="cpu.gpu",
    title=sdk.Text("Graphics unit", "图形处理器"),
    about=sdk.About(
        tested=sdk.Text("Which graphics unit draws the screen.", "由哪个图形处理器绘制画面。"),
        meaning=sdk.Text(
            "On a phone the graphics chip draws; if the processor does it, the chip or its driver "
            "did not start.",
            "手机画面应由图形处理器绘制；若由处理器代劳，说明图形处理器或其驱动未启动。",
        ),
        consequence=sdk.Text(
            "Everything on the screen is slow, games and video do not run.",
            "画面迟缓，游戏和视频无法正常运行。",
        ),
        action=sdk.Text(
            "Reinstall the maker's system first; if that does not help, the board.",
            "先重装官方系统；无效再检修主板。",
        ),
    ),
    requests=(adb.SURFACEFLINGER, adb.GETPROP),
    measures={
        "drawn_by": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Screen is drawn by", "画面绘制方式"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The processor draws the screen: the graphics unit is not in use.",
                    "画面由处理器绘制，图形处理器没有工作。",
                )
            },
            advice=sdk.Text("Reinstall the maker's system first.", "请先重装官方系统。"),
            words={
                "hardware": sdk.Text("hardware", "图形芯片"),
                "software": sdk.Text("software", "处理器（软件）"),
            },
        ),
        "renderer": sdk.Spec(sdk.Unit.NONE, sdk.Text("Graphics unit", "图形处理器")),
        "gles_version": sdk.Spec(sdk.Unit.NONE, sdk.Text("OpenGL ES level", "OpenGL ES 版本")),
    },
    interpret=interpret,
    symptoms=("slow", "lines-or-spots"),
)
