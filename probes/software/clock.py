"""The phone's clock against the station's."""

from datetime import timedelta

from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.stability.uptime import parse_epoch
from diagnose.sdk import (
    About,
    Answers,
    Basis,
    DataClass,
    Interpreted,
    Outcome,
    Probe,
    Range,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

DATE = Shell("date", "+%s", expected_ms=10, data_class=DataClass.SOFTWARE)
AUTO_TIME = Shell(
    "settings", "get", "global", "auto_time", expected_ms=40, data_class=DataClass.SOFTWARE
)
MOST_MINUTES = 5.0


def interpret(answers: Answers) -> Interpreted:
    epoch = answers.parse(DATE, parse_epoch)
    reply = answers.reply(DATE)
    asked = answers.now + timedelta(milliseconds=reply.started_ms + reply.duration_ms / 2)
    minutes = round((epoch - asked.timestamp()) / 60, 1) + 0.0  # never "-0"
    yield answers.measure("offset_minutes", minutes, DATE, raw=str(epoch))
    auto = answers.parse_or_none(AUTO_TIME, parse_setting)
    if auto in ("0", "1"):
        yield answers.measure("automatic", auto == "1", AUTO_TIME, raw=auto)


PROBE = Probe(
    id="software.clock",
    title=Text("Clock", "系统时间"),
    about=About(
        tested=Text(
            "The phone's clock against the clock of this computer.",
            "手机时间与本机时间的差别。",
        ),
        meaning=Text(
            "A clock that is minutes or years off breaks secure connections and sign-in.",
            "时间相差过大会导致安全连接和登录失败。",
        ),
        consequence=Text(
            "Apps say there is no network or the certificate is invalid.",
            "应用会提示没有网络或证书无效。",
        ),
        action=Text(
            "Turn on automatic date and time; if the clock is lost again, check the battery.",
            "请打开自动设置日期和时间；若再次丢失时间，请检查电池。",
        ),
    ),
    requests=(DATE, AUTO_TIME),
    measures={
        "offset_minutes": Spec(
            Unit.NONE,
            Text("Ahead (+) or behind (-), minutes", "快（+）或慢（-）的分钟数"),
            criterion=Range(
                attention_below=-MOST_MINUTES,
                attention_above=MOST_MINUTES,
                source=Source(
                    text="RFC 4120: five minutes of skew is the usual tolerance of sign-in",
                    basis=Basis.STANDARD,
                ),
            ),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The clock is wrong by {value} minutes: network and sign-in errors follow.",
                    "手机时间相差 {value} 分钟，会引起网络和登录错误。",
                )
            },
            advice=Text("Turn on automatic date and time.", "请打开自动设置日期和时间。"),
        ),
        "automatic": Spec(Unit.NONE, Text("Set automatically", "自动设置时间")),
    },
    interpret=interpret,
    symptoms=("wifi", "app-crashes"),
)
