"""Whether one app takes most of the battery, by the phone's own power model; no names."""

from diagnose import sdk
from diagnose.parsers.software.deviceidle import parse_unrestricted_apps
from diagnose.parsers.software.power_use import parse_power_use
from diagnose.requests import adb

# All this probe and battery.health need stands under "Statistics since last charge". With
# `--charged` Android would leave out the history before it (up to 4 MB of log, with names of apps
# that redaction must find), so it is the better request; but one answer serves both probes and
# old captures hold this one: asked here alone it would be a second long answer of the phone.
LEAST_DRAIN_MAH = 100.0
ONE_APP = sdk.Range(
    attention_above=40,
    source=sdk.Source(
        text=sdk.Text(
            "workshop practice: one app with more than 40 % of the drain",
            "维修经验：单个应用耗电超过 40%",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    unrestricted = answers.parse_or_none(adb.DEVICEIDLE, parse_unrestricted_apps)
    if unrestricted is not None:
        yield answers.measure("unrestricted_apps", unrestricted, adb.DEVICEIDLE)
    use = answers.parse(adb.BATTERYSTATS, parse_power_use)
    yield answers.measure("drained", round(use.computed_mah, 1), adb.BATTERYSTATS, raw=use.raw)
    share = use.top_app_percent
    if share is not None:
        # After a few minutes on battery any app may have the lion's share.
        criterion = ONE_APP if use.computed_mah >= LEAST_DRAIN_MAH else None
        yield answers.measure(
            "top_app", round(share, 1), adb.BATTERYSTATS, raw=use.raw, criterion=criterion
        )
    for rank, (who, percent) in enumerate(use.largest_percent(), 1):
        yield answers.measure(f"largest.{who}_{rank}", percent, adb.BATTERYSTATS, raw=use.raw)


RANKS = {
    **{f"app_{n}": sdk.Text(f"{n}: an app", f"第 {n}：应用") for n in (1, 2, 3)},
    **{f"system_{n}": sdk.Text(f"{n}: the system", f"第 {n}：系统") for n in (1, 2, 3)},
}

PROBE = sdk.Probe(
    id="software.drainers",
    title=sdk.Text("Battery use by apps", "应用耗电"),
    about=sdk.About(
        tested=sdk.Text(
            "What share of the battery the three hungriest took since the last full charge: apps"
            " or parts of the system. No names are kept.",
            "上次充满后耗电最多的三项（应用或系统组件）所占比例（不保留名称）。",
        ),
        meaning=sdk.Text(
            "One app with a large share drains even a new battery.",
            "若单个应用占比过高，换新电池也会很快耗尽。",
        ),
        consequence=sdk.Text(
            "The phone gets warm and the battery is empty early.", "手机发热、电量很快耗尽。"
        ),
        action=sdk.Text(
            "Look at Settings › Battery with the owner before replacing the battery.",
            "更换电池之前，请先与机主查看“设置›电池”。",
        ),
    ),
    requests=(adb.BATTERYSTATS, adb.DEVICEIDLE),
    measures={
        "top_app": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Share of the hungriest app", "最耗电应用的占比"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "One app took {value} {unit} of the battery since the last full charge.",
                    "上次充满后，单个应用消耗了 {value}{unit} 的电量。",
                )
            },
            advice=sdk.Text(
                "See which one in Settings › Battery; update or remove it.",
                "请在“设置›电池”中查看该应用，更新或卸载它。",
            ),
        ),
        "largest": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Largest shares of the battery", "耗电占比前三"),
            places=RANKS,
        ),
        "drained": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR,
            sdk.Text("Drained since the last full charge", "上次充满后的耗电量"),
        ),
        "unrestricted_apps": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Apps that may run while the phone sleeps", "不受休眠限制的应用"),
        ),
    },
    interpret=interpret,
    symptoms=("drains-fast", "overheats"),
)
