"""What goes wrong with fingerprint reader, face unlock and vibration."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.biometric import Biometric, Reader
from diagnose.simulator.state.haptic import Haptic
from diagnose.simulator.state.identity import SimulatedIdentity

_FINGERPRINT = ("biometric.fingerprint",)


def _has_no_reader(phone: Phone) -> str | None:
    if phone[SimulatedIdentity].is_emulator:
        return "an emulator's reader is made up"
    return None if phone[Biometric].fingerprint else "it has no fingerprint reader"


@fault(
    "fingerprint-dead",
    Text("Fingerprint reader does not answer", "指纹模块无响应"),
    found_by=_FINGERPRINT,
    causes=("biometric.fingerprint-dead",),
    fits=_has_no_reader,
    masks=Masking(
        frozenset(),
        "a reader that does not answer counts nothing",
        causes=frozenset({"biometric.fingerprint-crashing", "biometric.fingerprint-rejects"}),
    ),
)
def dead(phone: Phone) -> None:
    """The image still declares it; the service knows of none, or its process keeps dying."""
    phone[Biometric].fingerprint = None


@fault(
    "fingerprint-rejects",
    Text("Fingerprint reader refuses good fingers", "指纹识别率低"),
    found_by=_FINGERPRINT,
    causes=("biometric.fingerprint-rejects",),
    fits=_has_no_reader,
)
def rejects(phone: Phone) -> None:
    """Most tries of the owner fail."""
    reader = phone[Biometric].fingerprint or Reader()
    tries = {"enrolled": 1, "accepted": 21, "rejected": 27, "lockouts": 3}
    phone[Biometric].fingerprint = reader.model_copy(update=tries)


@fault(
    "fingerprint-crashes",
    Text("Fingerprint software crashes", "指纹底层服务崩溃"),
    found_by=_FINGERPRINT,
    causes=("biometric.fingerprint-crashing",),
    fits=_has_no_reader,
)
def crashes(phone: Phone) -> None:
    """The maker's process dies again and again."""
    reader = phone[Biometric].fingerprint or Reader()
    phone[Biometric].fingerprint = reader.model_copy(update={"deaths": 14})


@fault(
    "face-rejects",
    Text("Face unlock refuses its owner", "人脸解锁识别率低"),
    found_by=("biometric.face",),
    causes=("biometric.face-rejects",),
    fits=lambda phone: None if phone[Biometric].face else "it has no face unlock of its own",
)
def face_rejects(phone: Phone) -> None:
    """Most tries fail: the front camera is dirty or covered."""
    phone[Biometric].face = Reader(enrolled=1, accepted=11, rejected=38, lockouts=5)


@fault(
    "vibrator-missing",
    Text("No vibration motor", "振动马达缺失"),
    found_by=("haptic.vibrator",),
    causes=("haptic.motor-missing",),
    fits=lambda phone: None if phone[Haptic].motors else "it has no vibration motor",
)
def vibrator_missing(phone: Phone) -> None:
    """The motor's driver did not start."""
    phone[Haptic].motors = []
