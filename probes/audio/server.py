"""Whether Android's sound server works."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.audio.devices import parse_audio_server
from diagnose.requests import adb


def _source(text: sdk.Text) -> sdk.Source:
    return sdk.Source(text=text, basis=sdk.Basis.GUESS)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    server = answers.parse(adb.AUDIO_FLINGER, parse_audio_server)
    state = "deadlocked" if server.is_deadlocked else "works"
    yield answers.measure("state", state, adb.AUDIO_FLINGER, raw=server.state_raw)
    if server.hardware_status is not None:
        yield answers.measure(
            "hardware_status",
            server.hardware_status,
            adb.AUDIO_FLINGER,
            raw=server.hardware_status_raw,
        )
    # Not judged: the words before a thread's number differ between versions.
    yield answers.measure("outputs", server.output_threads, adb.AUDIO_FLINGER, raw="Output thread")


_ADVICE = sdk.Text("Restart the phone and test again.", "重启手机后复测。")

PROBE = sdk.Probe(
    id="audio.server",
    title=sdk.Text("Sound server", "音频服务"),
    about=sdk.About(
        tested=sdk.Text("Whether Android's sound server answers.", "系统音频服务是否有响应。"),
        meaning=sdk.Text(
            "It stands between the apps and the sound chip.", "它位于应用与声音芯片之间。"
        ),
        consequence=sdk.Text(
            "If it hangs, no app plays or records.", "若卡死，所有应用都无法播放或录音。"
        ),
        action=sdk.Text(
            "Restart; if it hangs again, look at the sound hardware.",
            "重启；若再次卡死，请检查音频硬件。",
        ),
    ),
    requests=(adb.AUDIO_FLINGER, adb.FEATURES),
    measures={
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("sound server", "音频服务"),
            criterion=sdk.OneOf(
                good=("works",),
                attention=("deadlocked",),
                source=_source(
                    sdk.Text(
                        "AudioFlinger itself says that it may be deadlocked",
                        "AudioFlinger 自身报告可能卡死",
                    )
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text("The sound server hangs.", "音频服务卡死。"),
            },
            advice=_ADVICE,
            words={
                "works": sdk.Text("works", "正常工作"),
                "deadlocked": sdk.Text("deadlocked", "卡死"),
            },
        ),
        "hardware_status": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("call in progress to the sound hardware", "正在进行的硬件调用"),
        ),
        "outputs": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("open outputs", "已打开的输出"),
        ),
    },
    service=sdk.Service(
        adb.AUDIO_FLINGER,
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
