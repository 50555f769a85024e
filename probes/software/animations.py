"""Animation speed: a setting of the developer options that makes a phone seem slow."""

from diagnose import sdk
from diagnose.parsers.software.setting import parse_number_setting
from diagnose.requests import adb

DEFAULT = 1.0  # never set: AOSP's default


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    scales = []
    for request in adb.ANIMATION_SCALES:
        if answers.no_answer(request) is None:
            scale = answers.parse(request, parse_number_setting)
            scales.append((DEFAULT if scale is None else scale, request))
    if not scales:
        yield answers.unread("slowest", *adb.ANIMATION_SCALES)
        return
    slowest, request = max(scales, key=lambda one: one[0])
    if slowest < 0:
        raise sdk.ParseError("an animation scale below zero")
    if slowest <= DEFAULT and len(scales) < len(adb.ANIMATION_SCALES):
        yield answers.unread("slowest", *adb.ANIMATION_SCALES)  # the slow one may be the unread one
        return
    asked = [scale for _, scale in scales] if slowest <= DEFAULT else [request]
    raw = tuple(answers.text(one).strip() for one in asked)
    yield answers.measure("slowest", slowest, *asked, raw=raw)


PROBE = sdk.Probe(
    id="software.animations",
    title=sdk.Text("Animation speed", "动画速度"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether animations were slowed down in the developer options.",
            "开发者选项中的动画是否被调慢。",
        ),
        meaning=sdk.Text(
            "1 is normal; 2 and more makes everything take longer although the phone is fast.",
            "1 为正常；2 及以上会让所有操作显得迟缓，而手机本身并不慢。",
        ),
        consequence=sdk.Text("The phone seems slow.", "手机显得很慢。"),
        action=sdk.Text(
            "Set the three animation scales back to 1.", "请将三个动画缩放都调回 1 倍。"
        ),
    ),
    requests=adb.ANIMATION_SCALES,
    measures={
        "slowest": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Longest animation scale", "最大动画缩放"),
            criterion=sdk.Range(
                attention_above=1.0,
                source=sdk.Source(
                    text=sdk.Text(
                        "AOSP: animation scales default to 1.0", "AOSP：动画缩放默认为 1.0"
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Animations run {value} times as long as normal: the phone seems slow.",
                    "动画时长为正常的 {value} 倍，手机会显得很慢。",
                )
            },
            advice=sdk.Text("Set the animation scales back to 1.", "请将动画缩放调回 1 倍。"),
        )
    },
    interpret=interpret,
    symptoms=("slow",),
)
