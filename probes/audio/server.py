"""Whether Android's sound server works."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.audio.devices import parse_audio_server
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

SERVER = Shell("dumpsys", "media.audio_flinger", expected_ms=60, timeout_s=15)


def _source(text: str) -> Source:
    return Source(text=text, basis=Basis.GUESS)


def interpret(answers: Answers) -> Iterator[Draft]:
    server = answers.parse(SERVER, parse_audio_server)
    state = "deadlocked" if server.is_deadlocked else "works"
    yield answers.measure("state", state, SERVER, raw="deadlocked" if server.is_deadlocked else "")
    if server.hardware_status is not None:
        yield answers.measure(
            "hardware_status", server.hardware_status, SERVER, raw=server.hardware_status_raw
        )
    # Not judged: the words before a thread's number differ between versions.
    yield answers.measure("outputs", server.output_threads, SERVER, raw="Output thread")


_ADVICE = Text("Restart the phone and test again.", "重启手机后复测。")

PROBE = Probe(
    id="audio.server",
    title=Text("Sound server", "音频服务"),
    about=About(
        tested=Text("Whether Android's sound server answers.", "系统音频服务是否有响应。"),
        meaning=Text(
            "It stands between the apps and the sound chip.", "它位于应用与声音芯片之间。"
        ),
        consequence=Text(
            "If it hangs, no app plays or records.", "若卡死，所有应用都无法播放或录音。"
        ),
        action=Text(
            "Restart; if it hangs again, look at the sound hardware.",
            "重启；若再次卡死，请检查音频硬件。",
        ),
    ),
    requests=(SERVER,),
    measures={
        "state": Spec(
            Unit.NONE,
            Text("sound server", "音频服务"),
            criterion=OneOf(
                good=("works",),
                attention=("deadlocked",),
                source=_source("AudioFlinger itself says that it may be deadlocked"),
            ),
            essential=True,
            says={
                Outcome.ATTENTION: Text("The sound server hangs.", "音频服务卡死。"),
            },
            advice=_ADVICE,
        ),
        "hardware_status": Spec(
            Unit.NONE,
            Text("call in progress to the sound hardware", "正在进行的硬件调用"),
        ),
        "outputs": Spec(
            Unit.COUNT,
            Text("open outputs", "已打开的输出"),
        ),
    },
    interpret=interpret,
    symptoms=("no-sound", "microphone"),
)
