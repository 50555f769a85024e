"""How long the phone has been running since its last start."""

from diagnose import sdk
from diagnose.parsers.stability.uptime import parse_uptime
from diagnose.requests import adb


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    seconds = answers.parse(adb.UPTIME, parse_uptime)
    yield answers.measure("running", round(seconds / 3600, 1), adb.UPTIME, raw=str(seconds))


PROBE = sdk.Probe(
    id="stability.uptime",
    title=sdk.Text("Running time", "运行时间"),
    about=sdk.About(
        tested=sdk.Text("How long the phone has been running.", "手机自上次开机以来的运行时间。"),
        meaning=sdk.Text(
            "It tells whether the phone restarted shortly before, and how old the counts are.",
            "可判断手机是否刚刚重启过，以及各项计数的时间范围。",
        ),
        consequence=sdk.Text("None by itself.", "本身没有影响。"),
        action=sdk.Text("Nothing to do.", "无需处理。"),
    ),
    requests=(adb.UPTIME,),
    measures={
        "running": sdk.Spec(
            sdk.Unit.HOUR, sdk.Text("Time since the last start", "开机至今"), essential=True
        )
    },
    interpret=interpret,
    symptoms=("restarts",),
)
