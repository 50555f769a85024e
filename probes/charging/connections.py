"""How often power came and went: a worn port loses contact many times a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from diagnose import sdk
from diagnose.parsers.battery.power_events import most_within, parse_power_events
from diagnose.requests import adb

WINDOW = timedelta(seconds=60)
# A healthy Galaxy S24 in the corpus lost power five times within 20 s while being plugged in.
CONTACT = sdk.Source(
    text=sdk.Text("more than plugging in by hand brings about", "超出手动插拔所能造成的次数"),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    times = answers.parse_or_none(adb.BATTERY, parse_power_events)
    if times is None:
        reason = None if answers.no_answer(adb.BATTERY) else sdk.Reason.UNSUPPORTED
        yield answers.unread("interruptions", adb.BATTERY, reason=reason)
        return
    count = most_within(times, WINDOW)
    yield answers.measure("interruptions", count, adb.BATTERY, raw="[EventLogBuffer]")


PROBE = sdk.Probe(
    id="charging.connections",
    title=sdk.Text("Steady power connection", "充电连接稳定性"),
    about=sdk.About(
        tested=sdk.Text(
            "How often power was lost within one minute, from the phone's own short record.",
            "根据手机自身的短期记录，一分钟内断电的最多次数。",
        ),
        meaning=sdk.Text(
            "A loose port, cable or dirt in the port makes the connection come and go.",
            "接口松动、数据线不良或接口有异物会导致连接时断时续。",
        ),
        consequence=sdk.Text("Charging takes long or stops.", "充电变慢或中断。"),
        action=sdk.Text(
            "Clean the port, try another cable; have the port replaced if it goes on.",
            "请清洁接口并更换数据线；若仍存在则更换接口。",
        ),
    ),
    requests=(adb.BATTERY,),
    interpret=interpret,
    symptoms=("will-not-charge", "charges-slowly"),
    measures={
        "interruptions": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Losses of power within a minute", "一分钟内断电次数"),
            sdk.Range(attention_above=12, source=CONTACT),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Power was lost {value} times within one minute.",
                    "一分钟内断电 {value} 次。",
                )
            },
            advice=sdk.Text(
                "Clean the port and try another cable.", "请清洁充电接口并更换数据线测试。"
            ),
        )
    },
)
