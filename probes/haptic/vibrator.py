"""Whether a vibration motor is there; whether it shakes is for a hand to feel."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.audio.devices import parse_audio_settings
from diagnose.parsers.haptic.vibrator import parse_vibrators
from diagnose.parsers.system.features import parse_features
from diagnose.requests import adb
from diagnose.sdk.declaration import usual_part

# Not the dump of the vibrator: it lists which app vibrated when.


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    candidates = list(_candidates(answers))
    if not candidates:
        raise answers.no_answer(adb.VIBRATORS) or sdk.NotRun(
            sdk.Reason.UNSUPPORTED, "no source names the motor"
        )
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    criterion = usual_part(answers.properties, features)
    yield answers.compare("present", candidates, criterion=criterion)


def _candidates(answers: sdk.Answers) -> Iterator[sdk.Candidate]:
    """Android 12 lists its motors; before, only the sound settings tell of one."""
    motors = answers.parse_or_none(adb.VIBRATORS, parse_vibrators)
    if motors is not None:
        raw = str(motors[0]) if motors else ""
        yield sdk.Candidate(bool(motors), adb.VIBRATORS, raw=raw, trust=80)
    settings = answers.parse_or_none(adb.AUDIO, parse_audio_settings)
    if settings is not None and settings.has_vibrator is not None:
        yield sdk.Candidate(
            settings.has_vibrator, adb.AUDIO, raw=settings.has_vibrator_raw, trust=60
        )


PROBE = sdk.Probe(
    id="haptic.vibrator",
    title=sdk.Text("Vibration motor", "振动马达"),
    about=sdk.About(
        tested=sdk.Text("Whether the phone knows a vibration motor.", "手机是否识别到振动马达。"),
        meaning=sdk.Text(
            "A known motor may still be weak; a hand on the phone settles it.",
            "识别到马达不代表振感正常；需手感确认。",
        ),
        consequence=sdk.Text("Silent calls and alarms go unnoticed.", "静音时会错过来电与闹钟。"),
        action=sdk.Text(
            "Try a vibration by hand; if nothing moves, check the motor and its contacts.",
            "实际试一次振动；若无反应，请检查马达与触点。",
        ),
    ),
    requests=(adb.VIBRATORS, adb.AUDIO, adb.FEATURES, adb.GETPROP),
    measures={
        "present": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("vibration motor", "振动马达"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone knows no vibration motor.", "手机没有识别到振动马达。"
                )
            },
            advice=sdk.Text("Check the motor and its contacts.", "检查马达与触点。"),
            words=sdk.PRESENT,
        )
    },
    interpret=interpret,
    symptoms=("vibration",),
)
