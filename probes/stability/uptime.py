"""How long the phone has been running since its last start."""

from diagnose.parsers.stability.uptime import parse_uptime
from diagnose.sdk import About, Answers, Interpreted, Probe, Shell, Spec, Text, Unit

UPTIME = Shell("cat", "/proc/uptime", expected_ms=3)


def interpret(answers: Answers) -> Interpreted:
    seconds = answers.parse(UPTIME, parse_uptime)
    yield answers.measure("running", round(seconds / 3600, 1), UPTIME, raw=str(seconds))


PROBE = Probe(
    id="stability.uptime",
    title=Text("Running time", "运行时间"),
    about=About(
        tested=Text("How long the phone has been running.", "手机自上次开机以来的运行时间。"),
        meaning=Text(
            "It tells whether the phone restarted shortly before, and how old the counts are.",
            "可判断手机是否刚刚重启过，以及各项计数的时间范围。",
        ),
        consequence=Text("None by itself.", "本身没有影响。"),
        action=Text("Nothing to do.", "无需处理。"),
    ),
    requests=(UPTIME,),
    measures={
        "running": Spec(Unit.HOUR, Text("Time since the last start", "开机至今"), essential=True)
    },
    interpret=interpret,
    symptoms=("restarts",),
)
