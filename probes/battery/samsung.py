"""What a Samsung phone recorded of its battery: extremes, charge used, dates; nothing judged."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.samsung import parse_samsung_battery
from diagnose.parsers.getprop import parse_getprop
from diagnose.requests import adb

MAKER = ("ro.product.manufacturer", "ro.product.vendor.manufacturer")
DATES = ("radio_calibrated", "made")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    known = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    makers = {known[name].strip().lower() for name in MAKER if known.get(name, "").strip()}
    is_read = all(maker.replace(" ", "").isalnum() for maker in makers)
    if makers and is_read and "samsung" not in makers:
        raise sdk.NotApplicable("no Samsung phone (ro.product.manufacturer)")
    record = answers.parse(adb.BATTERY, parse_samsung_battery)
    today = answers.now.date().isoformat() if answers.now else "9999"
    # `cmd battery set` forces none of these: they are not marked as set by hand.
    for name in PROBE.measures:
        printed = record.get(name)
        if printed is None or (name in DATES and printed.value > today):
            yield answers.unread(name, adb.BATTERY, reason=sdk.Reason.UNSUPPORTED)
        else:
            value = printed.value if name in DATES else printed.integer or 0
            yield answers.measure(name, value, adb.BATTERY, raw=printed.raw)


PROBE = sdk.Probe(
    id="battery.samsung",
    title=sdk.Text("Samsung's battery record", "三星电池记录"),
    about=sdk.About(
        tested=sdk.Text(
            "What a Samsung phone has written down about its battery.",
            "三星手机自行保存的电池历史记录。",
        ),
        meaning=sdk.Text(
            "For information only. Samsung has not published the units of the highest temperature "
            "and current, so the numbers stand as the phone prints them and are not judged.",
            "仅供参考。三星未公开最高温度和最大电流的单位，因此按手机原样显示，不作判断。",
        ),
        consequence=sdk.Text(
            "The more a battery was charged and the hotter it got, the faster it ages.",
            "充放电越多、温度越高，电池老化越快。",
        ),
        action=sdk.Text(
            "Nothing by itself; read it together with the battery's wear.",
            "无需单独处理，请结合“电池老化程度”一起看。",
        ),
    ),
    requests=(adb.BATTERY, adb.GETPROP),
    interpret=interpret,
    symptoms=("drains-fast", "overheats"),
    measures={
        "max_temperature": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text(
                "Highest temperature on record (Samsung's number)", "最高温度记录（三星原始数值）"
            ),
        ),
        "max_current": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text(
                "Highest current on record (Samsung's number)", "最大电流记录（三星原始数值）"
            ),
        ),
        "discharged": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charge used in all (100 = one full battery)", "累计放电量（100 为一次满电）"),
        ),
        "radio_calibrated": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Phone's radio calibrated in the factory", "手机出厂射频校准日期"),
        ),
        "made": sdk.Spec(sdk.Unit.NONE, sdk.Text("Phone made", "手机生产日期")),
    },
)
