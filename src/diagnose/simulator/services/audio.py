"""ALSA cards, the audio policy, the audio server and the volumes."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.services.owner import focus_lines
from diagnose.simulator.state.audio import Audio
from diagnose.simulator.state.haptic import Haptic
from diagnose.simulator.state.identity import Identity

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
    yield "AudioPolicyManager: 0xb400007a1c3e5f00"
    yield "Command Thread: 0xb400007a4c3e0110"
    yield from ("AudioCommandThread 0xb400007a4c3e0110 Dump", "- Commands:")
    yield from ("   Command Time        Wait pParam", "  Last Command", "     none", "")
    yield "AudioPolicyManager Dump: 0xb400007a1c3e5f00"
    yield from (" Primary Output: 13", " Phone state: AUDIO_MODE_NORMAL")
    yield from (" Force use for communications: 0", " Force use for media: 0", " Master mono: off")
    yield " Config source: /vendor/etc/audio_policy_configuration.xml"
    yield from _devices(phone, "output", [f"AUDIO_DEVICE_OUT_{name}" for name in audio.outputs])
    yield from _devices(phone, "input", [f"AUDIO_DEVICE_IN_{name}" for name in audio.inputs])
    yield ""
    yield "HW Modules dump:" if phone[Identity].sdk < 33 else "Hardware modules (1):"
    yield from ("- HW Module 1:", "  - name: primary", "  - handle: 10", "  - version: 3.0")
    # What the module supports stands in its configuration, whatever is attached.
    yield from ("  - outputs:", "    output 0:", "    - name: primary output")
    for name in ("EARPIECE", "SPEAKER", "WIRED_HEADSET", "WIRED_HEADPHONE", "BLUETOOTH_SCO"):
        yield f"      - type: AUDIO_DEVICE_OUT_{name}"


def _devices(phone: Phone, way: str, names: list[str]) -> Iterator[str]:
    if phone[Identity].sdk >= 33:
        yield f"- Available {way} devices ({len(names)}):"
        for index, name in enumerate(names):
            yield f'   {index + 1}. Port ID: {index + 2}; "{name.rpartition("_")[2].title()}"'
            yield f"       {{{name}, @:}}"
            yield "       Audio Profiles (1):"
        return
    yield f"- Available {way} devices:"
    for index, name in enumerate(names):
        yield f"  Device {index + 1}:"
        yield f"  - id: {index + 2:2d}"
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
