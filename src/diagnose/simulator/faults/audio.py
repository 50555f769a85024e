"""What goes wrong with sound."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.audio import Audio
from diagnose.simulator.state.identity import SimulatedIdentity


def _is_no_phone(phone: Phone) -> str | None:
    return "an emulator's sound is made up" if phone[SimulatedIdentity].is_emulator else None


def _hides_cards(phone: Phone) -> str | None:
    if not phone[Audio].cards_readable:
        return "it does not let its list of sound cards be read"
    return _is_no_phone(phone)


@fault(
    "audio-card-missing",
    Text("Sound chip not found", "声音芯片未识别"),
    found_by=("audio.cards", "audio.policy"),
    causes=("audio.chip-missing",),
    fits=_hides_cards,
)
def card_missing(phone: Phone) -> None:
    """Without the card the audio HAL starts with nothing to offer."""
    audio = phone[Audio]
    audio.cards, audio.threads = [], 0
    audio.outputs, audio.inputs = ["REMOTE_SUBMIX"], ["REMOTE_SUBMIX"]


@fault(
    "speaker-route-missing",
    Text("No loudspeaker to route to", "扬声器通路缺失"),
    found_by=("audio.policy",),
    causes=("audio.speaker-missing",),
    fits=_is_no_phone,
)
def speaker_missing(phone: Phone) -> None:
    """The HAL did not attach it: its amplifier does not answer."""
    phone[Audio].outputs = [name for name in phone[Audio].outputs if name != "SPEAKER"]


@fault(
    "earpiece-route-missing",
    Text("No earpiece to route to", "听筒通路缺失"),
    found_by=("audio.policy",),
    causes=("audio.earpiece-missing",),
    fits=_is_no_phone,
)
def earpiece_missing(phone: Phone) -> None:
    """The HAL did not attach it."""
    phone[Audio].outputs = [name for name in phone[Audio].outputs if name != "EARPIECE"]


@fault(
    "microphone-missing",
    Text("No microphone", "麦克风缺失"),
    found_by=("audio.policy",),
    causes=("audio.microphone-missing",),
)
def microphone_missing(phone: Phone) -> None:
    """No microphone is attached, neither at the bottom nor on the back."""
    gone = ("BUILTIN_MIC", "BACK_MIC")
    phone[Audio].inputs = [name for name in phone[Audio].inputs if name not in gone]


@fault(
    "audio-server-hangs",
    Text("Sound server hangs", "音频服务卡死"),
    found_by=("audio.server",),
    causes=("audio.server-hangs",),
)
def server_hangs(phone: Phone) -> None:
    """It waits for the hardware and says so."""
    phone[Audio].deadlocked = True
    phone[Audio].hardware_status = 9
