"""Whether the battery's values were set by hand: then they say nothing of the battery."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.sdk import (
    About,
    Answers,
    Basis,
    Draft,
    OneOf,
    Outcome,
    Probe,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

BATTERY = Shell("dumpsys", "battery", expected_ms=25)
SERVICE = Source(
    text="Android BatteryService: prints 'UPDATES STOPPED' after 'cmd battery set'",
    basis=Basis.VENDOR,
)


def interpret(answers: Answers) -> Iterator[Draft]:
    dump = answers.parse(BATTERY, parse_battery)
    yield answers.measure("forced", dump.forced is not None, BATTERY, raw=dump.forced or "")


PROBE = Probe(
    id="battery.forced",
    title=Text("Battery values not tampered with", "电池数值未被篡改"),
    about=About(
        tested=Text(
            "Whether the battery values on this phone were set by a command.",
            "本机的电池数值是否由命令设定。",
        ),
        meaning=Text(
            "Android can show invented battery values for tests; a seller can use that as well.",
            "Android 可显示虚拟电池数值用于测试，卖家也可能借此造假。",
        ),
        consequence=Text(
            "As long as the values are set, nothing can be said of the battery.",
            "数值被设定期间，无法判断电池状况。",
        ),
        action=Text(
            "Run 'cmd battery reset' with the owner's consent, or restart the phone; test again.",
            "经机主同意后执行“cmd battery reset”或重启手机，然后复测。",
        ),
    ),
    requests=(BATTERY,),
    interpret=interpret,
    measures={
        "forced": Spec(
            Unit.NONE,
            Text("Values set by hand", "数值被人为设定"),
            OneOf(good=(False,), attention=(True,), source=SERVICE),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The battery values shown were set by a command and are not real.",
                    "显示的电池数值由命令设定，并非真实数据。",
                )
            },
            advice=Text(
                "Reset the values ('cmd battery reset') and test again.",
                "请重置数值（cmd battery reset）后复测。",
            ),
        )
    },
)
