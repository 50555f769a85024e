"""Whether the touch panel reports fingers while nobody touches it."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.touch.input import parse_getevent
from diagnose.parsers.touch.input_events import TouchHeard, parse_heard
from diagnose.parsers.touch.power_state import parse_screen_on
from diagnose.requests import adb

# It ends by itself where a panel never rests: 20,000 events are 1.5 MB.

_LEAST_HEARD_S = 10.0
_HANDS_OFF = sdk.Source(
    text=sdk.Text(
        "a panel that nobody touches reports no finger; somebody may have touched it",
        "无人触碰的屏幕不应报点；也可能有人碰到",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    heard, heard_s = _heard(answers)
    if not heard.touches and not heard.still_down:
        _need_trust(answers, heard, heard_s)
    yield answers.measure("touches", len(heard.touches), adb.TOUCHES, raw=heard.raw)
    yield answers.measure("held", heard.still_down, adb.TOUCHES, raw=heard.raw)
    yield answers.measure("heard", round(heard_s, 1), adb.TOUCHES)


def _heard(answers: sdk.Answers) -> tuple[TouchHeard, float]:
    """What was heard, and for how many seconds; raises `NotRun` where no panel was heard."""
    reply = answers.reply(adb.TOUCHES)
    # One device that may not be read does not make the others silent.
    is_heard = reply.status is sdk.ReplyStatus.COMPLETE and reply.stdout
    if not is_heard and (no := answers.no_answer(adb.TOUCHES)):
        raise no
    devices = answers.parse(adb.GETEVENT, parse_getevent)
    panels = frozenset(device.path for device in devices if device.is_touch)
    if not panels:
        raise sdk.NotRun(sdk.Reason.DEPENDENCY, "no touch panel is listed")
    return parse_heard(reply.stdout.decode("utf-8", "replace"), panels), reply.duration_ms / 1000


def _need_trust(answers: sdk.Answers, heard: TouchHeard, heard_s: float) -> None:
    """Silence counts only of panels that all were heard, awake, and for long enough."""
    if heard.unheard:
        raise sdk.NotRun(
            sdk.Reason.DENIED, "the phone does not let every touch panel be listened to"
        )
    if heard_s < _LEAST_HEARD_S:
        raise sdk.NotRun(sdk.Reason.DEPENDENCY, f"listened for {heard_s:.0f} s only")
    states = [answers.parse_or_none(request, parse_screen_on) for request in adb.POWER_SAMPLES]
    if False in states:
        raise sdk.NotRun(
            sdk.Reason.DEPENDENCY, "the screen was off: a panel that sleeps reports nothing"
        )
    if None in states:
        raise sdk.NotRun(
            sdk.Reason.DEPENDENCY, "whether the screen was on all the time is not known"
        )


_ADVICE = sdk.Text(
    "Repeat it with another charger or none, the film off and the glass dry; make sure that "
    "nobody touches the screen.",
    "更换或拔掉充电器、撕掉贴膜、擦干屏幕后重测，并确保无人触碰屏幕。",
)

PROBE = sdk.Probe(
    id="touch.ghost",
    title=sdk.Text("Touches without a finger", "无触碰时的误触"),
    about=sdk.About(
        tested=sdk.Text(
            "Hands off for some seconds: whether the panel reports touches. Where is not kept.",
            "静置数秒，观察触摸屏是否自行报点；不记录位置。",
        ),
        meaning=sdk.Text(
            "A panel at rest reports nothing; a bad charger, film, moisture or damage disturb it.",
            "静置时不应有触点。劣质充电器、贴膜、水汽或损坏会造成误触。",
        ),
        consequence=sdk.Text(
            "The phone opens, types and calls by itself, and may lock its owner out.",
            "手机会自行点击、输入、拨号，甚至锁住机主。",
        ),
        action=_ADVICE,
    ),
    requests=(adb.GETEVENT, adb.TOUCHES, *adb.POWER_SAMPLES),
    interpret=interpret,
    measures={
        "touches": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("touches with hands off", "静置时的触点数"),
            criterion=sdk.Range(attention_above=0, source=_HANDS_OFF),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Touches that the panel reported although nobody was to touch it: {value}.",
                    "在无人触碰的情况下，触摸屏报告了 {value} 次触摸。",
                )
            },
            advice=_ADVICE,
        ),
        "held": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("a touch that does not end", "触点未释放"),
            criterion=sdk.OneOf(good=(False,), attention=(True,), source=_HANDS_OFF),
        ),
        "heard": sdk.Spec(sdk.Unit.SECOND, sdk.Text("listened for", "监听时长")),
    },
    symptoms=("ghost-touch",),
)
