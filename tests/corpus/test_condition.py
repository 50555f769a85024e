"""Storage, memory, processor, stability and software against every real capture of theirs."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from diagnose.errors import ParseError
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.parsers.cpu.cores import parse_cpuinfo
from diagnose.parsers.cpu.gles import parse_gles
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.memory.meminfo import parse_meminfo
from diagnose.parsers.software.deviceidle import parse_unrestricted_apps
from diagnose.parsers.software.power_use import parse_power_use
from diagnose.parsers.stability.boot_reason import parse_boot_history
from diagnose.parsers.stability.dropbox import parse_dropbox
from diagnose.parsers.storage.df import parse_df
from diagnose.parsers.storage.diskstats import parse_diskstats
from diagnose.parsers.storage.mounts import parse_mounts
from diagnose.testing import NOW, interpret_probe, measurement
from diagnose.text import decode

CORPUS = Path(
    os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]

PARSERS: dict[str, Callable[[str], object]] = {
    "cat /proc/cpuinfo": parse_cpuinfo,
    "df": parse_df,
    "df -h": parse_df,
    "mount": parse_mounts,
    "cat /proc/meminfo": parse_meminfo,
    "/proc/meminfo": parse_meminfo,
    "dumpsys diskstats": parse_diskstats,
    "dumpsys dropbox": parse_dropbox,
    "dumpsys SurfaceFlinger": parse_gles,
    "dumpsys batterystats": parse_power_use,
    "dumpsys deviceidle": parse_unrestricted_apps,
}
PROBES = {
    "df": "storage.space",
    "dumpsys diskstats": "storage.space",
    "mount": "storage.filesystem",
    "cat /proc/meminfo": "memory.ram",
    "/proc/meminfo": "memory.ram",
    "dumpsys SurfaceFlinger": "cpu.gpu",
    "dumpsys dropbox": "stability.crashes",
    "dumpsys batterystats": "software.drainers",
    "getprop": "stability.boot_history",
}
# Nexus One, Android 2.3: its compositor does not name the graphics unit.
WITHOUT_THE_VALUE = {("htc-Nexus_One-MIUI-2.3", "dumpsys SurfaceFlinger")}
# Healthy as far as anybody knows, and the attention is right all the same.
RIGHTLY_NOTICED = {
    ("htc-Nexus_One-MIUI-2.3", "stability.crashes"): "its system server crashed 19 times",
    ("google-Pixel-sailfish-10", "stability.crashes"): "its system UI alone crashed five times",
}


@dataclass(frozen=True)
class Capture:
    device: str
    command: str
    notable: str
    text: str

    @property
    def is_faulty(self) -> bool:
        return "FAULT" in self.notable


def captures() -> Iterator[Capture]:
    for index in sorted(CORPUS.glob("*/index.json")):
        for one in json.loads(index.read_text("utf-8"))["captures"]:
            if one["command"] in PARSERS or one["command"] in PROBES:
                text = decode((index.parent / one["file"]).read_bytes())
                yield Capture(index.parent.name, one["command"], one["notable"], text)


def test_every_capture_parses() -> None:
    counts: Counter[str] = Counter()
    for capture in captures():
        if parser := PARSERS.get(capture.command):
            if (capture.device, capture.command) in WITHOUT_THE_VALUE:
                with pytest.raises(ParseError):
                    parser(capture.text)
                continue
            assert parser(capture.text) is not None, capture
            counts[capture.command] += 1
    print(f"parsed: {dict(counts)}")
    assert counts["cat /proc/cpuinfo"] >= 60
    assert counts["df"] >= 7


def test_no_device_fails_and_attention_is_explained() -> None:
    outcomes: Counter[str] = Counter()
    noticed: set[tuple[str, str]] = set()
    for capture in captures():
        if capture.command not in PROBES:
            continue
        result = judged(capture)
        outcomes[f"{result.probe} {result.outcome}"] += 1
        assert result.outcome is not Outcome.FAIL, capture.device
        assert result.outcome is not Outcome.ERROR, (capture.device, result.error)
        if result.outcome is Outcome.ATTENTION and not capture.is_faulty:
            noticed.add((capture.device, result.probe))
    print(f"outcomes: {dict(sorted(outcomes.items()))}")
    assert noticed == set(RIGHTLY_NOTICED)


def judged(capture: Capture) -> ProbeResult:
    """Judge the probe as on the day of the phone's newest start, when all its history counts."""
    command = capture.command if " " in capture.command else capture.command.strip()
    answers = {"cat /proc/meminfo" if command == "/proc/meminfo" else command: capture.text}
    now = NOW
    if capture.command == "getprop":
        now = newest_start(capture.text) + timedelta(hours=1)
    elif capture.device.startswith("emulator"):
        answers["getprop"] = "[ro.kernel.qemu]: [1]\n"
    else:
        answers.setdefault("getprop", "[ro.hardware]: [phone]\n")
    return interpret_probe(PROBES[capture.command], answers, now=now)


def newest_start(text: str) -> datetime:
    history = parse_getprop(text).get("persist.sys.boot.reason.history", "")
    return max((start.at for start in parse_boot_history(history) if start.at), default=NOW)


def test_the_phone_with_the_failing_supply_is_noticed() -> None:
    (capture,) = (c for c in captures() if c.device == "google-Pixel_6-15")
    assert capture.is_faulty
    result = judged(capture)
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "last_start").value == "undervoltage"


def test_stated_facts_are_extracted() -> None:
    checked = 0
    for capture in captures():
        if capture.command != "cat /proc/cpuinfo":
            continue
        info = parse_cpuinfo(capture.text)
        listed = re.findall(r"^processor\s*: ?\d", capture.text, re.MULTILINE)
        assert len(info.online) == max(1, len(listed)), capture.device
        assert ('no "Hardware" line' in capture.notable) == (not info.hardware), capture.device
        assert not re.search(r"\b[0-9a-f]{16}\b", repr(info)), "a serial number was taken along"
        checked += 2
    print(f"checked: {checked} values of /proc/cpuinfo")
    assert checked >= 120
