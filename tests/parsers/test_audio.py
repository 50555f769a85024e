"""Sound cards, routes, server and volumes."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.audio.devices import (
    parse_audio_routes,
    parse_audio_server,
    parse_audio_settings,
    parse_sound_cards,
)

CARDS = """ 0 [acmesndcard    ]: acme-snd-card - acme-snd-card
                      acme-snd-card
 1 [Headset        ]: USB-Audio - Acme Headset
                      Acme Headset at usb-1, full speed
"""
POLICY = """AudioPolicyManager Dump: 0x7
 Primary Output: 13
- Available output devices:
  Device 1:
  - id:  2
  - tag name: Earpiece
  - type: AUDIO_DEVICE_OUT_EARPIECE
  - Profiles:
      Profile 0:[dynamic format]
  Device 2:
  - id:  3
  - type: AUDIO_DEVICE_OUT_SPEAKER
- Available input devices:
  Device 1:
  - type: AUDIO_DEVICE_IN_BUILTIN_MIC

HW Modules dump:
- HW Module 1:
      - type: AUDIO_DEVICE_OUT_WIRED_HEADSET
"""
POLICY_13 = """AudioPolicyManager Dump: 0x7
 Primary Output I/O handle: 13
 Available output devices (2):
  1. Port ID: 2; "Earpiece"; {AUDIO_DEVICE_OUT_EARPIECE, @:}
     Encapsulation modes: 0, metadata types: 0
   - Profiles (1):
      1. "profile-1"; AUDIO_FORMAT_PCM_16_BIT (0x1)
  2. Port ID: 3; {AUDIO_DEVICE_OUT_SPEAKER, @:}
 Available input devices (1):
  1. Port ID: 9; "Built-In Mic"; {AUDIO_DEVICE_IN_BUILTIN_MIC, @:bottom}

 Hardware modules (1):
  1. Handle: 10; "primary"
   - Declared devices (1):
      1. Port ID: 5; "Headset"; {AUDIO_DEVICE_OUT_WIRED_HEADSET, @:}
"""
GINGERBREAD = """AudioPolicyManager Dump: 0xe7a8
 Hardware Output: 1
 Output devices: 00000003
 Input devices: 00040000
 Phone state: 0
"""
SERVER = "Clients:\n  pid: 1\nHardware status: 0\n\nOutput thread 0x76, name AudioOut_D, tid 9:\n"
SETTINGS = """Stream volumes (device: index)
- STREAM_RING:
   Muted: true
   Min: 0
   Max: 7
   streamVolume:5
- STREAM_MUSIC:
   Muted: false
   Max: 15
   streamVolume:3

Ringer mode:
- mode (internal) = VIBRATE
Other state:
  mHasVibrator=true
"""


def test_cards() -> None:
    assert [(card.number, card.name) for card in parse_sound_cards(CARDS)] == [
        (0, "acmesndcard"),
        (1, "Headset"),
    ]
    assert parse_sound_cards("--- no soundcards ---\n") == ()


@pytest.mark.parametrize("text", [POLICY, POLICY_13])
def test_routes_are_what_is_attached_and_not_what_could_be(text: str) -> None:
    routes = parse_audio_routes(text)
    assert routes.outputs == frozenset({"AUDIO_DEVICE_OUT_EARPIECE", "AUDIO_DEVICE_OUT_SPEAKER"})
    assert routes.inputs == frozenset({"AUDIO_DEVICE_IN_BUILTIN_MIC"})


def test_a_list_that_was_cut_off_is_unknown() -> None:
    cut = parse_audio_routes(POLICY[: POLICY.index("  Device 2:")])
    assert (cut.outputs, cut.inputs) == (None, None)
    half = parse_audio_routes(POLICY[: POLICY.index("HW Modules") - 1])
    assert half.outputs is not None
    assert half.inputs is None


def test_masks_of_android_2() -> None:
    routes = parse_audio_routes(GINGERBREAD)
    assert routes.outputs == frozenset({"AUDIO_DEVICE_OUT_EARPIECE", "AUDIO_DEVICE_OUT_SPEAKER"})
    assert routes.inputs == frozenset({"AUDIO_DEVICE_IN_BUILTIN_MIC"})


def test_the_server() -> None:
    server = parse_audio_server(SERVER)
    assert (server.hardware_status, server.output_threads, server.is_deadlocked) == (0, 1, False)
    assert parse_audio_server("AudioFlinger may be deadlocked\n" + SERVER).is_deadlocked


def test_the_volumes() -> None:
    settings = parse_audio_settings(SETTINGS)
    ring, music = settings.streams["STREAM_RING"], settings.streams["STREAM_MUSIC"]
    assert (ring.index, ring.maximum, ring.is_muted) == (5, 7, True)
    assert (music.index, music.maximum, music.is_muted) == (3, 15, False)
    assert (settings.ringer_mode, settings.has_vibrator) == ("VIBRATE", True)


def test_android_2_3_says_no_volume() -> None:
    settings = parse_audio_settings("Audio Focus stack entries:\n\nRemote Control stack entries:\n")
    assert (settings.streams, settings.ringer_mode, settings.has_vibrator) == ({}, "", None)


PARSERS = (parse_sound_cards, parse_audio_routes, parse_audio_server, parse_audio_settings)


def test_anything_else_is_refused() -> None:
    for parser in PARSERS:
        with pytest.raises(ParseError):
            parser("nothing of it\n")


@given(
    st.one_of(
        st.text(max_size=400),
        mutated((CARDS, POLICY, POLICY_13, GINGERBREAD, SERVER, SETTINGS)),
    )
)
def test_only_parse_errors(text: str) -> None:
    for parser in PARSERS:
        with contextlib.suppress(ParseError):
            parser(text)


def test_a_hostile_dump_takes_linear_time() -> None:
    started = time.perf_counter()
    for hostile in ("- Available output devices" * 100_000, "\n" * 1_000_000, " - " * 1_000_000):
        parse_audio_routes(POLICY + hostile)
        parse_audio_settings(SETTINGS + hostile)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("policy", [POLICY, POLICY_13])
def test_a_section_that_is_left_out_beside_a_whole_one_is_an_empty_list(policy: str) -> None:
    """Android prints no section where there is no device."""
    start, end = (
        policy.index("Available input"),
        policy.index("HW Modules" if policy is POLICY else " Hardware"),
    )
    dash = 2 if policy is POLICY else 1
    routes = parse_audio_routes(policy[: start - dash] + policy[end:])
    assert routes.inputs == frozenset()
    assert routes.outputs == frozenset({"AUDIO_DEVICE_OUT_EARPIECE", "AUDIO_DEVICE_OUT_SPEAKER"})


def test_fewer_devices_than_were_announced_are_a_dump_cut_short() -> None:
    routes = parse_audio_routes(POLICY_13.replace("output devices (2)", "output devices (3)"))
    assert routes.outputs is None
    assert routes.inputs == frozenset({"AUDIO_DEVICE_IN_BUILTIN_MIC"})


def test_devices_of_the_other_way_are_of_another_heading() -> None:
    """A dump whose parts stand in another order lists nothing that could be missing."""
    routes = parse_audio_routes("\n".join(reversed(POLICY.splitlines())) + "\n")
    assert (routes.outputs, routes.inputs) == (None, None)
    swapped = POLICY_13.replace("Available input", "Available x")
    swapped = swapped.replace("Available output", "Available input")
    assert not parse_audio_routes(swapped).inputs
