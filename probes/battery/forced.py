"""Whether the battery's values were set by hand: then they say nothing of the battery."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.requests import adb

SERVICE = sdk.Source(
    text=sdk.Text(
        "Android BatteryService: prints 'UPDATES STOPPED' after 'cmd battery set'",
        "Android BatteryService：执行 cmd battery set 后输出 UPDATES STOPPED",
    ),
    basis=sdk.Basis.VENDOR,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse(adb.BATTERY, parse_battery)
    yield answers.measure(
        "forced", dump.forced is not None, adb.BATTERY, raw=dump.forced or dump.live
    )


PROBE = sdk.Probe(
    id="battery.forced",
    title=sdk.Text("Battery values not tampered with", "电池数值未被篡改"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the battery values on this phone were set by a command.",
            "本机的电池数值是否由命令设定。",
        ),
        meaning=sdk.Text(
            "Android can show invented battery values for tests; a seller can use that as well.",
            "Android 可显示虚拟电池数值用于测试，卖家也可能借此造假。",
        ),
        consequence=sdk.Text(
            "As long as the values are set, nothing can be said of the battery.",
            "数值被设定期间，无法判断电池状况。",
        ),
        action=sdk.Text(
            "Run 'cmd battery reset' with the owner's consent, or restart the phone; test again.",
            "经机主同意后执行“cmd battery reset”或重启手机，然后复测。",
        ),
    ),
    requests=(adb.BATTERY,),
    interpret=interpret,
    measures={
        "forced": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Values set by hand", "数值被人为设定"),
            sdk.OneOf(good=(False,), attention=(True,), source=SERVICE),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The battery values shown were set by a command and are not real.",
                    "显示的电池数值由命令设定，并非真实数据。",
                )
            },
            advice=sdk.Text(
                "Reset the values ('cmd battery reset') and test again.",
                "请重置数值（cmd battery reset）后复测。",
            ),
        )
    },
)
