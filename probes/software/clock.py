"""The phone's clock against the station's."""

from datetime import timedelta

from diagnose import sdk
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.stability.uptime import parse_epoch
from diagnose.requests import adb

MOST_MINUTES = 5.0


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    epoch = answers.parse(adb.DATE, parse_epoch)
    if answers.now is None:
        raise sdk.NotRun(sdk.Reason.DEPENDENCY, "nothing tells when the phone was read")
    reply = answers.reply(adb.DATE)
    asked = answers.now + timedelta(milliseconds=reply.started_ms + reply.duration_ms / 2)
    minutes = round((epoch - asked.timestamp()) / 60, 1) + 0.0  # never "-0"
    yield answers.measure("offset_minutes", minutes, adb.DATE, raw=str(epoch))
    auto = answers.parse_or_none(adb.AUTO_TIME, parse_setting)
    if auto in ("0", "1"):
        yield answers.measure("automatic", auto == "1", adb.AUTO_TIME, raw=auto)


PROBE = sdk.Probe(
    id="software.clock",
    title=sdk.Text("Clock", "系统时间"),
    about=sdk.About(
        tested=sdk.Text(
            "The phone's clock against the clock of this computer.",
            "手机时间与本机时间的差别。",
        ),
        meaning=sdk.Text(
            "A clock that is minutes or years off breaks secure connections and sign-in.",
            "时间相差过大会导致安全连接和登录失败。",
        ),
        consequence=sdk.Text(
            "Apps say there is no network or the certificate is invalid.",
            "应用会提示没有网络或证书无效。",
        ),
        action=sdk.Text(
            "Turn on automatic date and time; if the clock is lost again, check the battery.",
            "请打开自动设置日期和时间；若再次丢失时间，请检查电池。",
        ),
    ),
    requests=(adb.DATE, adb.AUTO_TIME),
    measures={
        "offset_minutes": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Ahead (+) or behind (-), minutes", "快（+）或慢（-）的分钟数"),
            criterion=sdk.Range(
                attention_below=-MOST_MINUTES,
                attention_above=MOST_MINUTES,
                source=sdk.Source(
                    text=sdk.Text(
                        "RFC 4120: five minutes of skew is the usual tolerance of sign-in",
                        "RFC 4120：登录通常允许五分钟时间误差",
                    ),
                    basis=sdk.Basis.STANDARD,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The clock is wrong by {value} minutes: network and sign-in errors follow.",
                    "手机时间相差 {value} 分钟，会引起网络和登录错误。",
                )
            },
            advice=sdk.Text("Turn on automatic date and time.", "请打开自动设置日期和时间。"),
        ),
        "automatic": sdk.Spec(sdk.Unit.NONE, sdk.Text("Set automatically", "自动设置时间")),
    },
    interpret=interpret,
    symptoms=("wifi", "app-crashes"),
)
