"""Whether Android has a loudspeaker, an earpiece and a microphone to route sound to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.audio.devices import AudioRoutes, parse_audio_routes
from diagnose.parsers.system.features import parse_features
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part, usual_part

_MICROPHONE_FEATURE = "android.hardware.microphone"
_SPEAKERS = ("AUDIO_DEVICE_OUT_SPEAKER", "AUDIO_DEVICE_OUT_SPEAKER_SAFE")
_EARPIECES = ("AUDIO_DEVICE_OUT_EARPIECE",)
_MICROPHONES = ("AUDIO_DEVICE_IN_BUILTIN_MIC", "AUDIO_DEVICE_IN_BACK_MIC")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    routes = answers.parse(adb.AUDIO_POLICY, parse_audio_routes)
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    usual = usual_part(answers.properties, features)
    yield _route(answers, "speaker", routes.outputs, _SPEAKERS, usual)
    yield _route(answers, "earpiece", routes.outputs, _EARPIECES, usual)
    yield _route(answers, "microphone", routes.inputs, _MICROPHONES, _microphone(answers, features))
    yield from _number(answers, routes)


def _route(
    answers: sdk.Answers,
    name: str,
    known: frozenset[str] | None,
    wanted: tuple[str, ...],
    criterion: sdk.OneOf | None,
) -> sdk.Draft:
    if known is None:
        return answers.unread(name, adb.AUDIO_POLICY)
    found = [route for route in wanted if route in known]
    raw = found[0] if found else ""
    return answers.measure(name, bool(found), adb.AUDIO_POLICY, raw=raw, criterion=criterion)


def _microphone(answers: sdk.Answers, features: Mapping[str, str]) -> sdk.OneOf | None:
    if _MICROPHONE_FEATURE not in features:
        return None
    return declared_part(answers.properties, features)


def _number(answers: sdk.Answers, routes: AudioRoutes) -> Iterator[sdk.Draft]:
    for name, known in (("outputs", routes.outputs), ("inputs", routes.inputs)):
        if known is not None:
            yield answers.measure(name, len(known), adb.AUDIO_POLICY)


def _missing(en: str, zh: str) -> dict[sdk.Outcome, sdk.Text]:
    text = sdk.Text(f"Android knows no {en} to use.", f"系统没有可用的{zh}。")
    return {sdk.Outcome.FAIL: text, sdk.Outcome.ATTENTION: text}


_ADVICE = sdk.Text(
    "Restart and play a sound; if it stays, check the sound hardware and its software.",
    "重启并播放声音；若依旧，请检查音频硬件与驱动。",
)

PROBE = sdk.Probe(
    id="audio.policy",
    title=sdk.Text("Sound routes", "声音通路"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether Android has a loudspeaker, an earpiece and a microphone to use.",
            "系统是否有可用的扬声器、听筒与麦克风通路。",
        ),
        meaning=sdk.Text(
            "A route that is there proves the software side; how it sounds is tested by ear.",
            "通路存在说明软件侧正常；音质需人耳测试。",
        ),
        consequence=sdk.Text(
            "Without a route no app can play or record there.",
            "缺少通路时任何应用都无法播放或录音。",
        ),
        action=sdk.Text(
            "Restart; then test by playing and recording.", "重启后，用播放与录音实际测试。"
        ),
    ),
    requests=(adb.AUDIO_POLICY, adb.FEATURES, adb.GETPROP),
    measures={
        "speaker": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("loudspeaker", "扬声器"),
            essential=True,
            says=_missing("loudspeaker", "扬声器"),
            advice=_ADVICE,
            words=sdk.PRESENT,
        ),
        "earpiece": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("earpiece", "听筒"),
            says=_missing("earpiece", "听筒"),
            advice=_ADVICE,
            words=sdk.PRESENT,
        ),
        "microphone": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("microphone", "麦克风"),
            essential=True,
            says=_missing("microphone", "麦克风"),
            advice=_ADVICE,
            words=sdk.PRESENT,
        ),
        "outputs": sdk.Spec(sdk.Unit.COUNT, sdk.Text("ways out for sound", "输出设备数")),
        "inputs": sdk.Spec(sdk.Unit.COUNT, sdk.Text("ways in for sound", "输入设备数")),
    },
    service=sdk.Service(
        adb.AUDIO_POLICY,
        sdk.Text("sound", "音频"),
        (
            "android.hardware.audio.output",
            "android.hardware.microphone",
            "android.hardware.telephony",
        ),
    ),
    interpret=interpret,
    symptoms=("no-sound", "microphone"),
)
