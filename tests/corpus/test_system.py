"""Identity, integrity and system probes over every real capture: none may call a phone faulty."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import bundled_probes, interpret_probe, measurement

CORPUS = Path(
    os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]
AREAS = ("identity", "integrity", "system")
COMMANDS = {
    "getprop": "getprop",
    "getprop / cat /system/build.prop": "getprop",
    "SYSTEM PROPERTIES": "getprop",
    "pm list features": "pm list features",
}


def captures() -> Iterator[tuple[str, dict[str, str], str, bytes]]:
    for index in sorted(CORPUS.glob("*/index.json")):
        for capture in json.loads(index.read_text("utf-8"))["captures"]:
            if command := COMMANDS.get(capture["command"]):
                output = (index.parent / capture["file"]).read_bytes()
                yield index.parent.name, capture, command, output


@pytest.mark.slow
def test_no_real_phone_is_called_faulty_and_no_probe_breaks() -> None:
    counts: Counter[str] = Counter()
    attention: dict[str, list[str]] = {}
    probes = sorted(name for name in bundled_probes() if name.split(".")[0] in AREAS)
    for device, _capture, command, output in captures():
        counts["captures"] += 1
        for probe in probes:
            result = interpret_probe(probe, {command: output})
            assert result.outcome not in (Outcome.FAIL, Outcome.ERROR), (device, probe, result)
            counts[result.outcome.value] += 1
            if result.outcome is Outcome.ATTENTION:
                attention.setdefault(probe, []).append(device)
    print(f"\n{dict(counts)}")
    for probe, devices in attention.items():
        print(f"{probe}: {len(devices)} {sorted(set(devices))}")
    assert counts["captures"] >= 140


def test_the_states_the_manifests_name_are_read() -> None:
    orange = read = 0
    for device, capture, command, output in captures():
        if command != "getprop" or "verifiedbootstate=orange" not in capture.get("notable", ""):
            continue
        orange += 1
        result = interpret_probe("integrity.verified_boot", {command: output})
        read += measurement(result, "state").value == "orange"
        locked = interpret_probe("integrity.bootloader", {command: output})
        assert measurement(locked, "locked").value is False, device
    print(f"\nverified boot: {orange} named orange, {read} read so")
    assert read == orange >= 10


def test_a_fold7_in_order_states_a_permissive_boot_setting_and_is_left_alone() -> None:
    output = [output for device, _, _, output in captures() if device == "samsung-SM-F9660-16"]
    assert output
    result = interpret_probe("integrity.selinux", {"getprop": output[0]})
    assert measurement(result, "boot_setting").value == "permissive"
    assert result.outcome is Outcome.NOT_RUN
