"""Parsers of radio sources: real forms, arbitrary text, hostile sizes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thinning import examples

from diagnose.errors import ParseError
from diagnose.parsers.radio.bluetooth import parse_bluetooth
from diagnose.parsers.radio.modem import baseband_version, has_identity, radio_services, sim_states
from diagnose.parsers.radio.nfc import parse_nfc_state
from diagnose.parsers.radio.telephony import parse_telephony
from diagnose.parsers.radio.wifi import parse_interfaces, parse_wifi_status, wifi_interfaces
from diagnose.parsers.system.services import parse_lshal, parse_service_list

PARSERS = (
    parse_bluetooth,
    parse_interfaces,
    parse_lshal,
    parse_nfc_state,
    parse_service_list,
    parse_telephony,
    parse_wifi_status,
)
EACH = pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
PIECES = [
    *("  Phone Id=0\n", "    mServiceState={mVoiceRegState=0(IN_SERVICE), mDataRegState=1("),
    *("mServiceState=9 ", "mSignalStrength=SignalStrength:{mLte=CellSignalStrengthLte: rsrp=-98"),
    *("mSignalStrength=SignalStrength: 99 0 -120 -160 -120 -1 -1 99 -95 ", "primary=Cell", "\n"),
    *("Wifi is enabled\n", "Wifi is connected to", "RSSI: -54", "  state: ON\n", "  enabled: t"),
    *("Bluetooth crashed 3 times\n", "mState=on\n", "0\tnfc: [x]\n", "a.b@1.0::IX/default", "lo"),
]


@EACH
@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=20))
def test_nothing_but_a_parse_error(parse: Callable[[str], object], words: list[str]) -> None:
    with suppress(ParseError):
        parse("".join(words))


@EACH
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [" ", "mServiceState=", "a.b.", "0\t", "Phone Id=0\n", "lo\n"])
def test_ten_megabytes_come_to_an_end(parse: Callable[[str], object], piece: str) -> None:
    with suppress(ParseError):
        parse(piece * (10_000_000 // len(piece)))


@EACH
def test_words_of_a_refusal_are_no_answer(parse: Callable[[str], object]) -> None:
    with pytest.raises(ParseError):
        parse("Permission Denial: can't dump from pid=1, uid=2000\n")


def test_two_modems_of_android_10() -> None:
    output = (
        "last known state:\n  Phone Id=0\n    mServiceState={mVoiceRegState=0(IN_SERVICE),"
        " mDataRegState=0(IN_SERVICE), mIsEmergencyOnly=false}\n  Phone Id=1\n"
        "    mServiceState={mVoiceRegState=1(OUT_OF_SERVICE), mDataRegState=1(OUT_OF_SERVICE),"
        " mIsEmergencyOnly=true}\n"
    )
    assert [(m.phone_id, m.service) for m in parse_telephony(output)] == [
        (0, "in_service"),
        (1, "emergency_only"),
    ]


@pytest.mark.parametrize(
    ("answer", "service"),
    [
        (
            "  mServiceState=1 home null null null  Unknown CSS -1EmergOnly: true\n",
            "emergency_only",
        ),
        ("  mServiceState=1 1 voice home data home null EmergOnly=false x\n", "out_of_service"),
        ("  mServiceState=0 1 voice home data home x\n", "in_service"),
    ],
)
def test_states_before_android_9(answer: str, service: str) -> None:
    assert parse_telephony(answer)[0].service == service


def test_modems_are_bounded() -> None:
    block = "  Phone Id=0\n    mServiceState=0 0 voice home x\n"
    assert len(parse_telephony(block * 1000)) == 8


def test_properties_of_the_modem() -> None:
    assert baseband_version({"gsm.version.baseband": "X1,X1"}) == "X1"
    assert baseband_version({"gsm.version.baseband": ","}) is None
    assert sim_states({}) == ()
    assert sim_states({"gsm.sim.state": "LOADED, absent"}) == ("LOADED", "ABSENT")
    assert has_identity({"ro.ril.oem.imei1": "0" * 15}) == (False, "ro.ril.oem.imei1")
    assert has_identity({"ro.miui.restrict_imei": "0" * 15}) is None
    assert set(
        radio_services({"init.svc.vendor.qcrild2": "running", "init.svc.rillogcat": "x"})
    ) == {"init.svc.vendor.qcrild2"}


@given(st.dictionaries(st.sampled_from(["gsm.sim.state", "gsm.version.baseband"]), st.text()))
def test_any_property_value_is_bounded_and_tame(properties: dict[str, str]) -> None:
    version = baseband_version(properties) or ""
    assert len(version) <= 200
    assert "Cc" not in {category(sign) for sign in version}
    assert len(sim_states(properties)) <= 4


def test_wifi_interfaces_are_those_of_wifi() -> None:
    names = parse_interfaces("dummy0\nlo\np2p0\nrmnet_data0\nwlan0\nwlan1\n")
    assert wifi_interfaces(names) == ("wlan0", "wlan1")


def test_bluetooth_of_android_2_and_of_a_phone_never_switched_on() -> None:
    assert parse_bluetooth("DUMP OF SERVICE bluetooth:\nBluetooth OFF\n").state == "OFF"
    never = parse_bluetooth("Bluetooth Status\n  enabled: false\n  state: OFF\n  address: null\n")
    assert (never.has_address, never.crashes) == (False, None)
