"""How often the phone left the bus and came back while a run followed it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from diagnose import sdk
from diagnose.requests import trail

RESTART = sdk.Source(
    text=sdk.Text(
        "a phone that starts once leaves the bus at most twice: its loader goes, then its system "
        "enumerates again with other interfaces",
        "手机正常开机时最多两次断开 USB：引导程序退出后，系统以其他接口重新枚举",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    count, watched_s, states = answers.parse(trail.CHANGES, _parse)
    yield answers.measure("count", count, trail.CHANGES, raw=f'"came_back": {count}')
    yield answers.measure("watched", watched_s, trail.CHANGES, raw=f'"watched_s": {watched_s}')
    yield answers.measure("states", states, trail.CHANGES, raw=tuple(f'"{s}"' for s in states[:1]))


def _parse(text: str) -> tuple[int, float, tuple[str, ...]]:
    try:
        seen = json.loads(text)
        states = tuple(str(sdk.State(name)) for name in seen["states"][:50])
        return int(seen["came_back"]), float(seen["watched_s"]), states
    except (ValueError, KeyError, TypeError, OverflowError) as problem:
        raise sdk.ParseError("no trail of the phone") from problem


PROBE = sdk.Probe(
    id="usb.reconnects",
    title=sdk.Text("Comings and goings on USB", "USB 断开重连"),
    about=sdk.About(
        tested=sdk.Text(
            "How often the phone left the USB bus and came back while it was followed.",
            "跟随期间统计手机从 USB 断开并重新连接的次数。",
        ),
        meaning=sdk.Text(
            "A phone that comes and goes restarts again and again, or its cable or port is loose.",
            "反复断开重连说明手机在反复重启，或数据线、接口接触不良。",
        ),
        consequence=sdk.Text(
            "It can neither be used nor charged reliably.", "手机无法稳定使用或充电。"
        ),
        action=sdk.Text(
            "Follow it again with another cable, and look at its screen meanwhile.",
            "请更换数据线再次跟随检测，同时观察屏幕。",
        ),
    ),
    requests=(trail.CHANGES,),
    measures={
        "count": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Times it came back", "重新连接次数"),
            sdk.Range(attention_above=2, source=RESTART),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone left the bus and came back {value} times while it was followed.",
                    "跟随期间手机断开并重新连接 {value} 次。",
                )
            },
        ),
        "watched": sdk.Spec(sdk.Unit.SECOND, sdk.Text("Followed for", "跟随时长")),
        "states": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("States it went through", "经历的状态"),
            words={state.value: sdk.words_for(state).title for state in sdk.State},
        ),
    },
    interpret=interpret,
    symptoms=("will-not-start", "restarts", "will-not-charge"),
)
