"""How many accessibility services are on. Which ones they are is nobody's business."""

from diagnose import sdk
from diagnose.parsers.software.setting import components_raw, count_components
from diagnose.requests import adb


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    count = answers.parse(adb.ACCESSIBILITY, count_components)
    raw = components_raw(answers.text(adb.ACCESSIBILITY))
    yield answers.measure("services", count, adb.ACCESSIBILITY, raw=raw)


PROBE = sdk.Probe(
    id="software.accessibility",
    title=sdk.Text("Accessibility services", "无障碍服务"),
    about=sdk.About(
        tested=sdk.Text(
            "How many accessibility services are switched on; only the number is kept.",
            "已开启的无障碍服务数量（仅保留数量）。",
        ),
        meaning=sdk.Text(
            "They see and steer everything on the screen; several at once slow a phone down. "
            "Many people need one or two.",
            "此类服务可读取和操作整个屏幕，多个同时开启会拖慢手机；许多用户确实需要一两个。",
        ),
        consequence=sdk.Text(
            "Slow reactions, taps that go astray, and a risk if a service is not wanted.",
            "反应迟缓、点击异常；若服务非本人开启则有安全风险。",
        ),
        action=sdk.Text(
            "Ask the owner which of them are wanted and switch off the rest.",
            "请与机主确认哪些是需要的，其余关闭。",
        ),
    ),
    requests=(adb.ACCESSIBILITY,),
    measures={
        "services": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Services switched on", "已开启的服务"),
            criterion=sdk.Range(
                attention_above=3,
                source=sdk.Source(
                    text=sdk.Text(
                        "workshop practice: more than three at once", "维修经验：同时超过三个"
                    ),
                    basis=sdk.Basis.GUESS,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "{value} accessibility services are switched on at once.",
                    "同时开启了 {value} 个无障碍服务。",
                )
            },
            advice=sdk.Text("Ask which are wanted.", "请确认哪些是需要的。"),
        )
    },
    interpret=interpret,
    symptoms=("slow", "ghost-touch"),
)
