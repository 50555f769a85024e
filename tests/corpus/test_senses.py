"""The senses against real captures: all parse, the stated facts come out, nobody is accused."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.simulator.senses import probe_ids

from diagnose.errors import ParseError
from diagnose.model.outcome import Outcome
from diagnose.parsers.audio.devices import (
    parse_audio_routes,
    parse_audio_server,
    parse_audio_settings,
    parse_sound_cards,
)
from diagnose.parsers.biometric.biometrics import parse_biometrics
from diagnose.parsers.camera.cameras import parse_cameras
from diagnose.parsers.display.display import parse_compositor, parse_displays
from diagnose.parsers.sensor.sensors import parse_sensors
from diagnose.parsers.system.features import parse_features
from diagnose.parsers.touch.input import parse_getevent, parse_input_service
from diagnose.testing import interpret_probe
from diagnose.text import decode

CORPUS = Path(
    os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]

Parser = Callable[[str], object]
PARSERS: dict[str, Parser] = {
    "dumpsys sensorservice": parse_sensors,
    "dumpsys media.camera": parse_cameras,
    "dumpsys display": parse_displays,
    "dumpsys SurfaceFlinger": parse_compositor,
    "dumpsys input": parse_input_service,
    "dumpsys audio": parse_audio_settings,
    "dumpsys media.audio_policy": parse_audio_routes,
    "dumpsys media.audio_flinger": parse_audio_server,
    "dumpsys fingerprint": parse_biometrics,
    "pm list features": parse_features,
}
EVERY = (*PARSERS.values(), parse_getevent, parse_sound_cards)
# What holds nothing of it.
WITHOUT = {
    ("htc-Nexus_One-MIUI-2.3", "dumpsys SurfaceFlinger"),  # says neither panel nor GLES
}


def _captures() -> Iterator[tuple[str, str, Path, str]]:
    for index in sorted(CORPUS.glob("*/index.json")):
        for capture in json.loads(index.read_text("utf-8"))["captures"]:
            notable = str(capture.get("notable", ""))
            yield index.parent.name, capture["command"], index.parent / capture["file"], notable


def test_every_capture_of_our_formats_parses() -> None:
    counts: Counter[str] = Counter()
    for device, command, path, _notable in _captures():
        parser = PARSERS.get(command)
        if parser is None:
            continue
        if (device, command) in WITHOUT:
            with pytest.raises(ParseError):
                parser(decode(path.read_bytes()))
            counts["without"] += 1
            continue
        assert parser(decode(path.read_bytes())), path
        counts[command] += 1
    print(f"senses: parsed {dict(counts)}")
    assert counts.total() >= 25


@pytest.mark.slow
def test_no_capture_at_all_breaks_a_parser() -> None:
    seen = 0
    for _device, _command, path, _notable in _captures():
        text = decode(path.read_bytes())
        for parser in EVERY:
            with contextlib.suppress(ParseError):
                parser(text)
            seen += 1
    print(f"senses: {seen} readings of captures, none broke a parser")


def _text(device: str, name: str) -> str:
    return decode((CORPUS / device / name).read_bytes())


def test_the_facts_the_manifest_states() -> None:
    rabbit = parse_cameras(_text("rabbit-R1-13", "dumpsys_media.camera.txt"))
    assert (rabbit.count, rabbit.providers) == (0, (("internal/0-0", 0),))
    sailfish = parse_cameras(_text("google-Pixel-sailfish-10", "dumpsys_media.camera.txt"))
    assert [camera.facing for camera in sailfish.devices] == ["back", "front"]
    flip = parse_sensors(_text("cat-S22_Flip-11", "dumpsys_sensorservice.txt"))
    assert flip.hardware_count == 23
    assert [s.name for s in flip.sensors].count("stk3x1x alsprx") == 2
    assert not flip.is_whole
    oneplus = parse_displays(_text("oneplus-OnePlus_8_Pro-10", "dumpsys_display_head.txt"))
    assert oneplus.panel is not None
    assert oneplus.panel.largest_px == (1440, 3168)
    galaxy = parse_displays(_text("samsung-Galaxy_S20-Exynos-10", "dumpsys_display_head.txt"))
    assert galaxy.panel is not None
    assert galaxy.panel.largest_px == (1440, 3200)
    redroid = parse_audio_settings(_text("emulator-redroid-rk-12", "dumpsys_audio.txt"))
    assert redroid.has_vibrator is False
    input_devices = parse_input_service(_text("google-Pixel-sailfish-10", "dumpsys_input.txt"))
    touch = [device for device in input_devices if device.is_touch]
    assert [(device.name, device.slot_count) for device in touch] == [("synaptics_dsxv26", 10)]


def test_no_device_without_a_known_fault_fails() -> None:
    output: dict[str, dict[str, bytes]] = {}
    known_faults: set[str] = set()
    for device, command, path, notable in _captures():
        if command in PARSERS or command in ("getprop", "wm size", "wm density"):
            output.setdefault(device, {})[command] = path.read_bytes()
        if "FAULT" in notable:
            known_faults.add(device)
    outcomes: Counter[str] = Counter()
    accused = []
    for device, answers in sorted(output.items()):
        for probe_id in probe_ids() if len(answers.keys() - {"getprop"}) else []:
            result = interpret_probe(probe_id, dict(answers))
            outcomes[result.outcome.value] += 1
            if result.outcome is Outcome.FAIL and device not in known_faults:
                accused.append((device, probe_id))
    print(f"senses: {len(output)} devices, outcomes {dict(outcomes)}, false fails {len(accused)}")
    assert accused == []
