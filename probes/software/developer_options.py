"""Settings that make a healthy phone behave oddly: developer options and battery saver."""

from diagnose import sdk
from diagnose.parsers.software.setting import parse_setting
from diagnose.requests import adb

MEASURES = {
    "enabled": adb.DEVELOPER_OPTIONS,
    "always_finish_activities": adb.ALWAYS_FINISH_ACTIVITIES,
    "battery_saver": adb.BATTERY_SAVER,
}


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    for name, request in MEASURES.items():
        if answers.no_answer(request) is not None:
            yield answers.unread(name, request)
            continue
        value = answers.parse(request, parse_setting)
        if value in (None, "0", "1"):
            yield answers.measure(name, value == "1", request, raw=value or "null")


PROBE = sdk.Probe(
    id="software.developer_options",
    title=sdk.Text("Special settings", "特殊设置"),
    about=sdk.About(
        tested=sdk.Text(
            "Settings that make a phone slow or close apps although no part is faulty.",
            "会让手机变慢或关闭应用、但与硬件无关的设置。",
        ),
        meaning=sdk.Text(
            "USB debugging needs the developer options, so they are on during this test.",
            "USB 调试需要开发者选项，因此检测时该选项为开启状态。",
        ),
        consequence=sdk.Text(
            "Apps start anew each time one returns to them, or the phone is held back to save "
            "battery.",
            "每次返回应用都会重新加载，或手机为省电而降速。",
        ),
        action=sdk.Text("Switch the setting off.", "请关闭该设置。"),
    ),
    requests=tuple(MEASURES.values()),
    measures={
        "enabled": sdk.Spec(sdk.Unit.NONE, sdk.Text("Developer options on", "开发者选项已开启")),
        "always_finish_activities": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Apps are closed as soon as they are left", "离开即关闭应用"),
            criterion=sdk.OneOf(
                good=(False,),
                attention=(True,),
                source=sdk.Source(
                    text=sdk.Text(
                        "AOSP: “Don't keep activities” is off unless a developer needs it",
                        "AOSP：“不保留活动”默认关闭，仅供开发使用",
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone closes every app as soon as one leaves it: a developer setting.",
                    "手机会在离开应用时立即将其关闭，这是一项开发者设置。",
                )
            },
            advice=sdk.Text(
                "Switch off “Don't keep activities” in the developer options.",
                "请在开发者选项中关闭“不保留活动”。",
            ),
        ),
        "battery_saver": sdk.Spec(sdk.Unit.NONE, sdk.Text("Battery saver on", "省电模式已开启")),
    },
    interpret=interpret,
    symptoms=("slow", "app-crashes"),
)
