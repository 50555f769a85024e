"""How loud the phone is set: "no sound" is often a setting."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.audio.devices import AudioSettings, parse_audio_settings
from diagnose.requests import adb

_STREAMS = {
    "ring": ("STREAM_RING", sdk.Text("ringtone volume", "铃声音量")),
    "media": ("STREAM_MUSIC", sdk.Text("media volume", "媒体音量")),
    "call": ("STREAM_VOICE_CALL", sdk.Text("call volume", "通话音量")),
    "alarm": ("STREAM_ALARM", sdk.Text("alarm volume", "闹钟音量")),
}


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    settings = answers.parse(adb.AUDIO, parse_audio_settings)
    if not settings.streams and not settings.ringer_mode:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the volumes are not said")
    if settings.ringer_mode:
        raw = f"- mode (internal) = {settings.ringer_mode}"
        yield answers.measure("ringer", settings.ringer_mode, adb.AUDIO, raw=raw)
    silent = []
    for name, (stream, _title) in _STREAMS.items():
        percent = _percent(settings, stream)
        if percent is None:
            continue
        raw = settings.streams[stream].raw
        yield answers.measure(name, percent, adb.AUDIO, raw=raw)
        if percent == 0:
            silent.append(name)
    if silent:
        yield sdk.Remark("silent", _SILENT, tuple(silent))


def _percent(settings: AudioSettings, stream: str) -> int | None:
    """The volume in percent of its greatest; None where the phone does not say."""
    volume = settings.streams.get(stream)
    if volume is None or volume.index is None or not volume.maximum:
        return None
    return 0 if volume.is_muted else min(100, round(100 * volume.index / volume.maximum))


_SILENT = sdk.Text(
    "A volume is set to nothing: turn it up before suspecting the loudspeaker.",
    "有音量被调到零：怀疑扬声器故障之前，请先把音量调高。",
)

PROBE = sdk.Probe(
    id="audio.volume",
    title=sdk.Text("Volume settings", "音量设置"),
    about=sdk.About(
        tested=sdk.Text("How loud the phone is set.", "手机的音量设置。"),
        meaning=sdk.Text(
            "A silent phone may simply be turned down.", "没有声音可能只是音量被调低。"
        ),
        consequence=sdk.Text("Calls and alarms are missed.", "可能错过来电与闹钟。"),
        action=sdk.Text(
            "Turn the volume up and try again before any repair.",
            "维修之前先调高音量再试。",
        ),
    ),
    requests=(adb.AUDIO,),
    measures={
        "ringer": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("ringer mode", "响铃模式"),
            words={
                "NORMAL": sdk.Text("rings", "响铃"),
                "SILENT": sdk.Text("muted", "静音"),
                "VIBRATE": sdk.Text("vibrates", "振动"),
            },
        ),
        **{name: sdk.Spec(sdk.Unit.PERCENT, title) for name, (_stream, title) in _STREAMS.items()},
    },
    interpret=interpret,
    symptoms=("no-sound",),
)
