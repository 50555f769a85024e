"""`dumpsys fingerprint`, `dumpsys face`, and the list of motors."""

from __future__ import annotations

import json

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.biometric import Biometric, Reader
from diagnose.simulator.state.features import SimulatedFeatures
from diagnose.simulator.state.haptic import Haptic
from diagnose.simulator.state.identity import SimulatedIdentity

_LISTS_SENSORS = 31  # Android 12 names each reader; before, there was one service for one reader
_HAS_MOTOR_LIST = 31
_FIRST_WITH_AIDL = 33  # phones sold before keep the HIDL services of their vendor partition


@answers("dumpsys fingerprint")
def fingerprint(phone: Phone, _words: Words) -> Output:
    """The counters of the fingerprint service."""
    if not phone[SimulatedFeatures].has("android.hardware.fingerprint"):
        return refuse("Can't find service: fingerprint\n", exit_code=0)
    return _dump(phone, phone[Biometric].fingerprint, "Fingerprint")


@answers("dumpsys face")
def face(phone: Phone, _words: Words) -> Output:
    """The counters of the face service; only image with face unlock start it."""
    if not phone[SimulatedFeatures].has("android.hardware.biometrics.face"):
        return refuse("Can't find service: face\n", exit_code=0)
    return _dump(phone, phone[Biometric].face, "Face")


def _dump(phone: Phone, reader: Reader | None, name: str) -> Output:
    if phone[SimulatedIdentity].sdk >= _LISTS_SENSORS:
        if reader is None:
            return Output()
        head = f"Dumping for sensorId: 0, provider: {name}Provider/default\n"
        tail = f"HAL deaths since last reboot: {reader.deaths}\n---Scheduler---\n\n"
        return say(head + _counters(reader, f"{name}Provider/default") + tail)
    # Before Android 12 the service counts whether a reader answers or not: its HAL keeps dying.
    reader = reader or Reader(enrolled=0, accepted=0, rejected=0, deaths=37)
    return say(_counters(reader, f"{name} Manager") + f"HAL Deaths: {reader.deaths}\n")


def _counters(reader: Reader, service: str) -> str:
    entry = {
        "id": 0,
        "count": reader.enrolled,
        "accept": reader.accepted,
        "reject": reader.rejected,
        "acquire": 3 * (reader.accepted + reader.rejected),
        "lockout": reader.lockouts,
        "permanentLockout": 0,
        "acceptCrypto": 0,
        "rejectCrypto": 0,
        "acquireCrypto": 0,
        "lockoutCrypto": 0,
        "permanentLockoutCrypto": 0,
    }
    return json.dumps({"service": service, "prints": [entry]}, separators=(",", ":")) + "\n"


def reader_services(phone: Phone) -> list[str]:
    """The readers' lines in `service list`; a dead reader's process does not stay."""
    if phone[SimulatedIdentity].first_sdk < _FIRST_WITH_AIDL:
        return []
    package = "android.hardware.biometrics"
    names = [f"{package}.{kind}.I{kind.title()}" for kind in _answering(phone)]
    return [f"{name}/default: [{name}]" for name in names]


def reader_interfaces(phone: Phone) -> list[str]:
    """The readers' HIDL interfaces in `lshal`."""
    if phone[SimulatedIdentity].first_sdk >= _FIRST_WITH_AIDL:
        return []
    names = {
        "fingerprint": "android.hardware.biometrics.fingerprint@2.1::IBiometricsFingerprint",
        "face": "android.hardware.biometrics.face@1.0::IBiometricsFace",
    }
    return [f"{names[kind]}/default" for kind in _answering(phone)]


def _answering(phone: Phone) -> list[str]:
    readers = phone[Biometric]
    kinds = {"face": readers.face, "fingerprint": readers.fingerprint}
    return [kind for kind, reader in kinds.items() if reader is not None]


@answers("cmd vibrator_manager list")
def motors(phone: Phone, _words: Words) -> Output:
    """The ids, one a line; Android 11 and older have no such service."""
    if phone[SimulatedIdentity].sdk < _HAS_MOTOR_LIST:
        return refuse("cmd: Can't find service: vibrator_manager\n", exit_code=20)
    ids = phone[Haptic].motors
    return say("".join(f"{number}\n" for number in ids) if ids else "No vibrator found\n")
