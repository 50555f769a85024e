"""ALSA cards, the audio policy, the audio server and the volumes."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.services.owner import focus_lines
from diagnose.simulator.state.audio import Audio
from diagnose.simulator.state.haptic import Haptic
from diagnose.simulator.state.identity import SimulatedIdentity

_STREAMS = {
    "STREAM_VOICE_CALL": (7, "earpiece"),
    "STREAM_SYSTEM": (7, "speaker"),
    "STREAM_RING": (7, "speaker"),
    "STREAM_MUSIC": (15, "speaker"),
    "STREAM_ALARM": (7, "speaker"),
    "STREAM_NOTIFICATION": (7, "speaker"),
    "STREAM_BLUETOOTH_SCO": (15, "earpiece"),
}


@files
def sound_cards(phone: Phone) -> dict[str, FileBody]:
    """The kernel's list of cards."""
    audio = phone[Audio]
    lines = [
        f"{number:2d} [{card:<15}]: {driver} - {long}\n                      {long}\n"
        for number, (card, driver, long) in enumerate(audio.cards)
    ]
    body = "".join(lines) or "--- no soundcards ---\n"
    return {"/proc/asound/cards": body if audio.cards_readable else None}


@answers("dumpsys media.audio_policy")
def audio_policy(phone: Phone, _words: Words) -> Output:
    """The policy manager's devices and modules, in the form of the Android version."""
    return say("\n".join(_policy(phone, phone[Audio])) + "\n")


def _policy(phone: Phone, audio: Audio) -> Iterator[str]:
    is_new = phone[SimulatedIdentity].sdk >= _FIRST_WITH_PORTS
    yield "AudioPolicyManager: 0xb400007a1c3e5f00"
    yield "Command Thread: 0xb400007a4c3e0110"
    yield from ("AudioCommandThread 0xb400007a4c3e0110 Dump", "- Commands:")
    yield from ("   Command Time        Wait pParam", "  Last Command", "     none", "")
    yield "AudioPolicyManager Dump: 0xb400007a1c3e5f00"
    yield " Primary Output I/O handle: 13" if is_new else " Primary Output: 13"
    yield " Phone state: AUDIO_MODE_NORMAL"
    yield from (" Force use for communications: 0", " Force use for media: 0", " Master mono: off")
    yield " Config source: /vendor/etc/audio_policy_configuration.xml"
    render = _ports if is_new else _numbered
    yield from render("output", [f"AUDIO_DEVICE_OUT_{name}" for name in audio.outputs])
    yield from render("input", [f"AUDIO_DEVICE_IN_{name}" for name in audio.inputs])
    yield ""
    yield from _NEW_MODULES if is_new else _OLD_MODULES


_FIRST_WITH_PORTS = 33
# What the module supports stands in its configuration, whatever is attached.
_DECLARED = ("EARPIECE", "SPEAKER", "WIRED_HEADSET", "WIRED_HEADPHONE", "BLUETOOTH_SCO")
_OLD_MODULES = (
    "HW Modules dump:",
    "- HW Module 1:",
    "  - name: primary",
    "  - handle: 10",
    "  - version: 3.0",
    "  - outputs:",
    "    output 0:",
    "    - name: primary output",
    *(f"      - type: AUDIO_DEVICE_OUT_{name}" for name in _DECLARED),
)
_NEW_MODULES = (
    " Hardware modules (1):",
    '  1. Handle: 10; "primary"',
    f"   - Declared devices ({len(_DECLARED)}):",
    *(
        f'      {index}. Port ID: {index + 1}; "{name.title()}"; {{AUDIO_DEVICE_OUT_{name}, @:}}'
        for index, name in enumerate(_DECLARED, 1)
    ),
)


def _ports(way: str, names: list[str]) -> Iterator[str]:
    """Devices as Android 13 and later print them; without any the section is left out."""
    if names:
        yield f" Available {way} devices ({len(names)}):"
    for index, name in enumerate(names, 1):
        title = name.rpartition("_")[2].title()
        yield f'  {index}. Port ID: {index + 1}; "{title}"; {{{name}, @:}}'
        yield "     Encapsulation modes: 0, metadata types: 0"
        yield from ("   - Profiles (1):", '      1. "profile-1"; AUDIO_FORMAT_PCM_16_BIT (0x1)')
        yield from ("         sampling rates: 48000", "         channel masks: 0x0010")


def _numbered(way: str, names: list[str]) -> Iterator[str]:
    """Devices as Android 7 to 12 print them; without any the section is left out."""
    if names:
        yield f"- Available {way} devices:"
    for index, name in enumerate(names, 1):
        yield f"  Device {index}:"
        yield f"  - id: {index + 1:2d}"
        yield f"  - type: {name:<48}"
        yield "  - Profiles:"
        yield "      Profile 0:[dynamic format][dynamic channels][dynamic rates]"


@answers("dumpsys media.audio_flinger")
def audio_flinger(phone: Phone, _words: Words) -> Output:
    """The audio server; when its lock is taken it says so and prints what it dares."""
    audio = phone[Audio]
    lines = ["AudioFlinger may be deadlocked"] if audio.deadlocked else []
    lines += ["Libraries NOT loaded:", "Libraries loaded:", " Library bundle"]
    lines += ["  path: /vendor/lib64/soundfx/libbundlewrapper.so", "Clients:", "  pid: 1497"]
    lines += [f"Hardware status: {audio.hardware_status}", "Standby Time mSec: 3000", ""]
    for index in range(audio.threads):
        lines += [
            f"Output thread 0xb4000077b77{index}0000, name AudioOut_{13 + 8 * index:X}, tid 978:",
            f"  I/O handle: {13 + 8 * index}",
            "  Standby: yes",
            "  Sample rate: 48000 Hz",
            "  HAL frame count: 192",
            "  Total writes: 159",
            "  Delayed writes: 0",
            "",
        ]
    return say("\n".join(lines) + "\n")


@answers("dumpsys audio")
def dumpsys_audio(phone: Phone, _words: Words) -> Output:
    """Volumes, ringer mode, and whether there is a motor."""
    audio = phone[Audio]
    lines = [
        "",
        "MediaFocusControl dump time: 3:31:49 PM",
        *focus_lines(phone),
        "Stream volumes (device: index)",
    ]
    for stream, (largest, device) in _STREAMS.items():
        index = audio.volumes.get(stream, largest // 2 + 1)
        lines += [
            f"- {stream}:",
            f"   Muted: {str(index == 0 and stream == 'STREAM_RING').lower()}",
            "   Min: 0",
            f"   Max: {largest}",
            f"   streamVolume:{index}",
            f"   Current: 2 (speaker): {index}, 40000000 (default): {index}",
            f"   Devices: {device}",
        ]
    lines += ["", "Ringer mode: ", f"- mode (internal) = {audio.ringer}"]
    lines += [f"- mode (external) = {audio.ringer}", "", "Other state:"]
    lines += [
        f"  mHasVibrator={str(bool(phone[Haptic].motors)).lower()}",
        "  mUseFixedVolume=false",
    ]
    return say("\n".join(lines) + "\n")
