"""Radio parsers and probes over the real captures: no healthy phone is called faulty."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from diagnose.errors import ParseError
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.radio.bluetooth import parse_bluetooth
from diagnose.parsers.radio.modem import baseband_version, sim_states
from diagnose.parsers.radio.nfc import parse_nfc_state
from diagnose.parsers.radio.telephony import parse_telephony
from diagnose.parsers.system.services import parse_service_list
from diagnose.privacy.redactor import Redactor
from diagnose.testing import interpret_probe
from diagnose.text import decode

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
]
COMMANDS = {
    "dumpsys_telephony.registry": "dumpsys telephony.registry",
    "dumpsys_bluetooth_manager": "dumpsys bluetooth_manager",
    "dumpsys_nfc": "dumpsys nfc",
    "pm_list_features": "pm list features",
    "features": "pm list features",
    "service_list": "service list",
}
PROBES = (
    *("radio.baseband", "radio.imei", "radio.modem_process", "radio.sim", "radio.service"),
    *("radio.signal", "radio.wifi", "radio.bluetooth", "radio.nfc", "radio.gnss", "radio.extras"),
)


def text_of(path: str) -> str:
    return decode((CORPUS / path).read_bytes())


def answers_of(folder: Path) -> dict[str, str | bytes | Reply]:
    """What a device said, redacted as a run would have it."""
    answers: dict[str, str | bytes | Reply] = {}
    redactor = Redactor(key=b"k")
    for path in sorted(folder.glob("*.txt")):
        command = COMMANDS.get(path.stem.split("-")[0].removesuffix("_oos_lines"))
        if path.stem.startswith(("getprop", "build.prop")):
            command = "getprop"
        if command:
            answers[command] = redactor.redact(path.read_bytes())[0]
    return answers


@pytest.mark.slow
def test_no_device_is_called_faulty() -> None:
    outcomes: Counter[str] = Counter()
    devices = [folder for folder in sorted(CORPUS.iterdir()) if folder.is_dir()]
    judged = {}
    for folder in devices:
        output = answers_of(folder)
        for probe in PROBES if output else ():
            outcome = interpret_probe(probe, output).outcome
            outcomes[outcome.value] += 1
            if outcome in (Outcome.FAIL, Outcome.ATTENTION, Outcome.ERROR):
                judged[f"{folder.name} {probe}"] = outcome.value
    print(f"{len(devices)} devices, {dict(outcomes)}, judged: {judged}")
    assert "fail" not in judged.values()
    assert "attention" not in judged.values()


def test_known_states_are_read() -> None:
    pixel = parse_telephony(text_of("google-Pixel-sailfish-10/dumpsys_telephony.registry.txt"))
    assert [(m.service, m.signal.dbm if m.signal else None) for m in pixel] == [
        ("emergency_only", -61)
    ]
    nexus = parse_telephony(text_of("htc-Nexus_One-MIUI-2.3/dumpsys_telephony.registry.txt"))
    assert nexus[0].service == "emergency_only"
    board = parse_telephony(text_of("industrial-V2_PRO/dumpsys_telephony.registry.txt"))
    assert (board[0].service, board[0].signal) == ("out_of_service", None)
    blue = parse_bluetooth(text_of("google-Pixel-sailfish-10/dumpsys_bluetooth_manager.txt"))
    assert (blue.state, blue.is_enabled, blue.crashes, blue.has_address) == ("ON", True, 0, True)
    assert parse_nfc_state(text_of("google-Pixel-sailfish-10/dumpsys_nfc.txt")).value == "on"
    services = parse_service_list(text_of("industrial-ceres-c3/service_list.txt"))
    assert {"phone", "isms", "carrier_config"} <= services


def test_modems_of_all_phones_with_properties() -> None:
    versions = slots = devices = 0
    for path in sorted(CORPUS.glob("*/getprop*.txt")):
        try:
            properties = parse_getprop(decode(path.read_bytes()))
        except ParseError:
            continue
        devices += 1
        versions += baseband_version(properties) is not None
        slots += bool(sim_states(properties))
    print(f"{devices} captures of properties: {versions} modem versions, {slots} SIM states")
    assert versions > 80
    assert slots > 80
