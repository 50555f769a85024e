"""Whether the sound hardware registered with the kernel."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.audio.devices import parse_sound_cards
from diagnose.parsers.system.features import TELEPHONY, parse_features
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

_ONE = sdk.Range(
    attention_below=1,
    source=sdk.Source(
        text=sdk.Text("phones drive their codec as an ALSA card", "手机音频芯片以 ALSA 声卡驱动"),
        basis=sdk.Basis.GUESS,
    ),
)
_MOST = 8


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    cards = answers.parse(adb.SOUND_CARDS, parse_sound_cards)
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    is_phone = TELEPHONY in features and not is_emulator(answers.properties)
    raw = f"[{cards[0].name}" if cards else "--- no soundcards ---"
    yield answers.measure(
        "count", len(cards), adb.SOUND_CARDS, raw=raw, criterion=_ONE if is_phone else None
    )
    for card in cards[:_MOST]:
        yield answers.measure(
            f"card.{card.number}", card.description, adb.SOUND_CARDS, raw=card.description
        )


PROBE = sdk.Probe(
    id="audio.cards",
    title=sdk.Text("Sound hardware", "声卡"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the sound chip registered when the phone started.",
            "声音芯片在开机时是否成功注册。",
        ),
        meaning=sdk.Text(
            "Without a sound card there is neither loudspeaker nor microphone.",
            "没有声卡就没有扬声器和麦克风。",
        ),
        consequence=sdk.Text(
            "No sound at all, calls are silent both ways, videos may stand still.",
            "完全无声，通话双向无声，视频也可能卡住不动。",
        ),
        action=sdk.Text(
            "Restart once; if it stays, the audio chip on the board is the suspect.",
            "重启一次；若依旧，应怀疑主板上的音频芯片。",
        ),
    ),
    requests=(adb.SOUND_CARDS, adb.FEATURES, adb.GETPROP),
    measures={
        "count": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("sound cards", "声卡数量"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone found no sound hardware when it started.",
                    "手机开机时没有识别到任何声音硬件。",
                )
            },
            advice=sdk.Text(
                "Restart; if it stays, have the audio chip checked.",
                "重启；若依旧，请检修音频芯片。",
            ),
        ),
        "card": sdk.Spec(sdk.Unit.NONE, sdk.Text("sound card", "声卡")),
    },
    interpret=interpret,
    symptoms=("no-sound", "microphone"),
)
