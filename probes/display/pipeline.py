"""Whether the phone still draws: a black glass over a living picture is the panel, not the board.

The picture itself (`screencap`) is private and never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.display.display import parse_compositor, parse_displays
from diagnose.requests import adb

_ASKED = (adb.FRAME_LATENCY, adb.DISPLAY_ID)
_NS_PER_S = 1_000_000_000
_ALIVE = sdk.OneOf(
    good=("answers",),
    attention=("hung", "gone"),
    source=sdk.Source(
        text=sdk.Text(
            "without its compositor Android draws nothing; it may be restarting just now",
            "没有合成服务 Android 无法显示；也可能正在重启",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
_ONE_DISPLAY = sdk.Range(
    attention_below=1,
    source=sdk.Source(
        text=sdk.Text("a phone drives at least its own panel", "手机至少会驱动自身屏幕"),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    state = _state(answers)
    if state is None:
        silent = sdk.NotRun(sdk.Reason.UNSUPPORTED, "the compositor says nothing")
        raise answers.no_answer(adb.FRAME_LATENCY) or silent
    compositors = [answers.parse_or_none(request, parse_compositor) for request in _ASKED]
    shown = tuple(one.raw for one in compositors if one)
    yield answers.measure("compositor", state, *_ASKED, raw=shown, criterion=_ALIVE)
    yield from _refresh(answers)
    displays = answers.parse_or_none(adb.DISPLAY, parse_displays)
    if displays and displays.device_count is not None:
        raw = displays.device_count_raw
        yield answers.measure("displays", displays.device_count, adb.DISPLAY, raw=raw)
    if state == "answers" and displays and displays.panel and displays.panel.state == "ON":
        yield sdk.Remark("draws", _DRAWS, ("compositor",))


_DRAWS = sdk.Text(
    "The phone is drawing with the screen switched on: if the glass stays black, suspect the"
    " panel or its cable first, not the board.",
    "手机正在亮屏绘制画面：若屏幕仍是黑的，应先怀疑屏幕或排线，而不是主板。",
)


def _state(answers: sdk.Answers) -> str | None:
    replies = [answers.parse_or_none(request, parse_compositor) for request in _ASKED]
    if any(answers.says_it_hangs(request) for request in (adb.FRAME_LATENCY, adb.DISPLAY_ID)):
        return "hung"
    unheard = [answers.no_answer(request) for request in (adb.FRAME_LATENCY, adb.DISPLAY_ID)]
    if any(no and no.reason is sdk.Reason.TIMEOUT for no in unheard):
        return None  # one of two dumps that did not end: neither "answers" nor evidence of a fault
    if any(replies):
        return "answers"
    is_gone = all(answers.lacks(request) for request in (adb.FRAME_LATENCY, adb.DISPLAY_ID))
    return "gone" if is_gone and answers.text_or_none(adb.DISPLAY) else None


def _refresh(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    reply = answers.parse_or_none(adb.FRAME_LATENCY, parse_compositor)
    period_ns = reply.refresh_period_ns if reply else None
    if period_ns:
        rate_hz = round(_NS_PER_S / period_ns, 2)
        yield answers.measure("refresh", rate_hz, adb.FRAME_LATENCY, raw=str(period_ns))


PROBE = sdk.Probe(
    id="display.pipeline",
    title=sdk.Text("Drawing of the picture", "画面绘制"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the part of Android that draws the picture answers; the picture itself is"
            " not read.",
            "系统的画面合成服务是否有响应；不读取屏幕画面本身。",
        ),
        meaning=sdk.Text(
            "If the phone draws and the glass is black, the fault lies behind the board:"
            " connector, cable or panel.",
            "若手机在绘制画面而屏幕是黑的，问题在主板之后：接口、排线或面板。",
        ),
        consequence=sdk.Text(
            "A phone that does not draw looks dead although it runs.",
            "不绘制画面的手机看起来像死机，其实仍在运行。",
        ),
        action=sdk.Text(
            "Restart; if drawing stops again, look at software first, then at the board.",
            "先重启；若再次停止绘制，先查软件，再查主板。",
        ),
    ),
    requests=(adb.FRAME_LATENCY, adb.DISPLAY_ID, adb.DISPLAY),
    measures={
        "compositor": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("compositor", "合成服务"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The service that draws the picture does not work ({value}).",
                    "画面合成服务不工作（{value}）。",
                )
            },
            advice=sdk.Text("Restart the phone and test again.", "重启手机后复测。"),
            words={
                "answers": sdk.Text("answers", "有应答"),
                "gone": sdk.Text("gone", "已消失"),
                "hung": sdk.Text("hung", "无响应"),
            },
        ),
        "refresh": sdk.Spec(sdk.Unit.HERTZ, sdk.Text("refresh rate now", "当前刷新率")),
        "displays": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("screens driven", "驱动的屏幕数"),
            criterion=_ONE_DISPLAY,
            says={sdk.Outcome.ATTENTION: sdk.Text("No screen is driven.", "没有驱动任何屏幕。")},
        ),
    },
    interpret=interpret,
    symptoms=("black-screen",),
)
