"""Whether a vibration motor is there; whether it shakes is for a hand to feel."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.audio.devices import parse_audio_settings
from diagnose.parsers.declaration import usual_part
from diagnose.parsers.haptic.vibrator import parse_vibrators
from diagnose.parsers.system.features import parse_features
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Candidate,
    DataClass,
    Draft,
    NotRun,
    Outcome,
    Probe,
    Reason,
    Shell,
    Spec,
    Text,
    Unit,
)

# Not the dump of the vibrator: it lists which app vibrated when.
LIST = Shell("cmd", "vibrator_manager", "list", expected_ms=25)
AUDIO = Shell("dumpsys", "audio", expected_ms=70, data_class=DataClass.SOFTWARE)
FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=DataClass.SOFTWARE)


def interpret(answers: Answers) -> Iterator[Draft]:
    said = list(_candidates(answers))
    if not said:
        raise answers.refused(LIST) or NotRun(Reason.UNSUPPORTED, "no source names the motor")
    features = answers.parse_or_none(FEATURES, parse_features) or {}
    criterion = usual_part(answers.properties, features)
    yield answers.compare("present", said, criterion=criterion)


def _candidates(answers: Answers) -> Iterator[Candidate]:
    """Android 12 lists its motors; before, only the sound settings tell of one."""
    motors = answers.parse_or_none(LIST, parse_vibrators)
    if motors is not None:
        raw = str(motors[0]) if motors else ""
        yield Candidate(bool(motors), LIST, raw=raw, trust=80)
    settings = answers.parse_or_none(AUDIO, parse_audio_settings)
    if settings is not None and settings.has_vibrator is not None:
        yield Candidate(settings.has_vibrator, AUDIO, raw=settings.has_vibrator_raw, trust=60)


PROBE = Probe(
    id="haptic.vibrator",
    title=Text("Vibration motor", "振动马达"),
    about=About(
        tested=Text("Whether the phone knows a vibration motor.", "手机是否识别到振动马达。"),
        meaning=Text(
            "A known motor may still be weak; a hand on the phone settles it.",
            "识别到马达不代表振感正常；需手感确认。",
        ),
        consequence=Text("Silent calls and alarms go unnoticed.", "静音时会错过来电与闹钟。"),
        action=Text(
            "Try a vibration by hand; if nothing moves, check the motor and its contacts.",
            "实际试一次振动；若无反应，请检查马达与触点。",
        ),
    ),
    requests=(LIST, AUDIO, FEATURES, GETPROP),
    measures={
        "present": Spec(
            Unit.NONE,
            Text("vibration motor", "振动马达"),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The phone knows no vibration motor.", "手机没有识别到振动马达。"
                )
            },
            advice=Text("Check the motor and its contacts.", "检查马达与触点。"),
        )
    },
    interpret=interpret,
    symptoms=("vibration",),
)
