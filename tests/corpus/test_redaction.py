"""Redaction over every real capture: nothing private stays, no fact of the hardware goes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from diagnose.privacy import redactor as redaction
from diagnose.privacy.patterns import is_luhn
from diagnose.privacy.redactor import Redactor

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
HARDWARE = re.compile(
    r"dumpsys_(battery|thermalservice|sensorservice|gfxinfo|meminfo|cpuinfo|diskstats|power|gpu"
    r"|storaged|media\.(camera|audio_flinger|audio_policy|player)|SurfaceFlinger|vibrator|audio"
    r"|usb|hardware_properties|batterystats|graphicsstats|fingerprint|biometric)[.\-_\d]*(txt)?$"
    r"|proc_meminfo|^df|time_in_state|br-memory|br-storaged|br-uptime"
)
ASKED = re.compile(
    r"dumpsys_(battery|batterystats|dropbox|sensorservice|media\.camera|SurfaceFlinger|input|audio"
    r"|display|usb|deviceidle|diskstats|nfc|webviewupdate|telephony)|^df|^mount|pm_list_pack"
)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]


def captures() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*/*") if path.suffix != ".json")


def test_facts_of_the_hardware_survive() -> None:
    redactor = Redactor(key=b"k")
    changed = {}
    files = [path for path in captures() if HARDWARE.search(path.name)]
    for path in files:
        _, counts = redactor.redact(path.read_bytes())
        counts.pop("app", None)  # names of added apps do go, wherever they stand
        if counts:
            changed[f"{path.parent.name}/{path.name}"] = counts
    print(f"{len(files)} captures of hardware, changed: {changed}")
    # What the label on the cell says: its serial number, in Samsung's log of the battery.
    assert changed == {"samsung-Galaxy_S24/dumpsys_battery.txt": {"serial": 1}}
    assert len(files) > 30


@pytest.mark.parametrize("name", [b"accuweather", b"farmerbb", b"tencent", b"testdemo"])
def test_no_capture_keeps_the_name_of_an_app(name: bytes) -> None:
    """Apps that the devices of the corpus really had, in every dump that a probe asks for."""
    redactor = Redactor(key=b"k")
    files = [path for path in captures() if ASKED.search(path.name)]
    kept = [path for path in files if name in redactor.redact(path.read_bytes())[0].lower()]
    assert kept == []


@pytest.mark.slow
def test_no_capture_keeps_a_named_identity_and_all_are_redacted_once() -> None:
    redactor = Redactor(key=b"k")
    replaced: dict[str, int] = {}
    for path in captures():
        once, counts = redactor.redact(path.read_bytes())
        assert redactor.redact(once) == (once, {}), path
        for kind, count in counts.items():
            replaced[kind] = replaced.get(kind, 0) + count
        for value in re.findall(rb"imei[0-9]?\]: \[([0-9]{15})", once):
            assert not is_luhn(value) or not value.strip(b"0"), path
    print(f"{len(captures())} captures, replaced: {replaced}")
    assert replaced["imei"] > 100
    assert replaced["serial"] > 200


@pytest.mark.slow
def test_no_mask_depends_on_the_sieve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pattern looked for in every capture masks, byte for byte, what the sieve lets mask."""
    pytest.importorskip("re2")
    redactor = Redactor(("r58m30abcde", "emulator-5554"), key=b"k")
    sifted = [redactor.redact(path.read_bytes()) for path in captures()]
    monkeypatch.setitem(redaction._SOUGHT.__dict__, "_set", None)
    for path, masked in zip(captures(), sifted, strict=True):
        assert redactor.redact(path.read_bytes()) == masked, path
