"""In which unit and with which sign the phone tells its current, learned by watching it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from diagnose import sdk
from diagnose.parsers.battery.charge_flow import Flow, learn_flow, parse_battery_value
from diagnose.parsers.battery.charge_units import Scale
from diagnose.parsers.binder_parcel import FIRST_WITH_PROPERTIES, parse_battery_property
from diagnose.requests import adb

# Since Android 15, behind a flag; BatteryService asks the HAL anew for `-f`.


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    by_call = (answers.sdk_level or FIRST_WITH_PROPERTIES) >= FIRST_WITH_PROPERTIES
    flows = [
        (
            adb.CURRENT_SAMPLES,
            _learned(answers, adb.CURRENT_SAMPLES, adb.COUNTER_SAMPLES, _property)
            if by_call
            else None,
        ),
        (
            adb.CMD_CURRENT_SAMPLES,
            _learned(
                answers, adb.CMD_CURRENT_SAMPLES, adb.CMD_COUNTER_SAMPLES, parse_battery_value
            ),
        ),
    ]
    found = [(samples, flow) for samples, flow in flows if flow is not None]
    if not found:
        yield answers.unread("unit", *adb.CURRENT_SAMPLES, *adb.CMD_CURRENT_SAMPLES)
        return
    samples, flow = max(found, key=lambda one: one[1].measured)
    yield from _flow_drafts(answers, samples, flow)


def _property(text: str) -> int | None:
    return parse_battery_property(text).value


def _learned(
    answers: sdk.Answers,
    current: Sequence[sdk.Shell],
    counter: Sequence[sdk.Shell],
    parser: Callable[[str], int | None],
) -> Flow | None:
    return learn_flow(_series(answers, current, parser), _series(answers, counter, parser))


def _series(
    answers: sdk.Answers, samples: Sequence[sdk.Shell], parser: Callable[[str], int | None]
) -> list[tuple[float, int]]:
    """The numbers with their times: the middle of each exchange, by our clock."""
    told = []
    for request in samples:
        number = answers.parse_or_none(request, parser)
        if number is not None:
            reply = answers.reply(request)
            told.append(((reply.started_ms + reply.duration_ms / 2) / 1000, number))
    return sorted(told)


def _flow_drafts(
    answers: sdk.Answers, samples: Sequence[sdk.Shell], flow: Flow
) -> Iterator[sdk.Draft]:
    trust = 80 if flow.measured else 40
    shown = (samples[0], samples[-1])  # of many samples the ends are evidence enough
    note = sdk.Text(
        f"{'Learned' if flow.measured else 'Taken from its size'}: {flow.note.en}.",
        f"{'实测得出' if flow.measured else '按数值大小推断'}：{flow.note.zh}。",
    )
    if flow.scale is None:
        yield answers.unread("unit", *shown, reason=sdk.Reason.UNSUPPORTED, note=note)
        return
    unit = "µA" if flow.scale is Scale.MICRO else "mA"
    yield answers.measure("unit", unit, *shown, trust=trust, note=note)
    yield answers.measure("learned", flow.measured, *shown, trust=trust)
    if flow.inverted is not None:
        sign = "negative" if flow.inverted else "positive"
        yield answers.measure("sign", sign, *shown, trust=trust)
    if flow.mean_ma is not None:
        mean = -flow.mean_ma if flow.inverted else flow.mean_ma
        yield answers.measure("mean", round(mean, 1), *shown, trust=trust)


PROBE = sdk.Probe(
    id="battery.charge_flow",
    # Currents in mA, where the charge counter showed it: from its size alone nobody is sure.
    teaches=sdk.Lesson(
        quirk="battery.current.unit",
        measure="unit",
        value="mA",
        shown_by="learned",
        why="measured on this unit: its charge counter showed it",
    ),
    title=sdk.Text("Current over half a minute", "半分钟电流监测"),
    about=sdk.About(
        tested=sdk.Text(
            "The current and the charge counter, again and again for half a minute.",
            "半分钟内反复读取电流与电量计数。",
        ),
        meaning=sdk.Text(
            "What flowed must be what the counter moved by: that shows the unit and the sign.",
            "流过的电量应与计数变化一致，由此得出电流的单位与方向。",
        ),
        consequence=sdk.Text(
            "Without it a small current may be read a thousand times too large.",
            "若单位不明，较小的电流可能被误读一千倍。",
        ),
        action=sdk.Text(
            "Nothing to do; a nearly full battery moves too little to learn from.",
            "无需处理；电池接近充满时变化过小，无法得出结论。",
        ),
    ),
    requests=(
        *adb.CURRENT_SAMPLES,
        *adb.COUNTER_SAMPLES,
        *adb.CMD_CURRENT_SAMPLES,
        *adb.CMD_COUNTER_SAMPLES,
        adb.GETPROP,
    ),
    interpret=interpret,
    measures={
        "unit": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("unit of its currents", "电流单位"), essential=True
        ),
        "learned": sdk.Spec(sdk.Unit.NONE, sdk.Text("shown by the counter", "由电量计数证实")),
        "sign": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("sign while charging", "充电时的符号"),
            words={
                "negative": sdk.Text("negative", "负"),
                "positive": sdk.Text("positive", "正"),
            },
        ),
        "mean": sdk.Spec(sdk.Unit.MILLIAMPERE, sdk.Text("mean current", "平均电流")),
    },
)
