"""What a reply may keep after redaction, and what it may not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thinning import examples

from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.privacy.patterns import is_luhn
from diagnose.privacy.redactor import Redactor
from diagnose.privacy.serials import hash_serial, mask_serial
from diagnose.simulator.building import build_phone
from diagnose.simulator.services.tradein import getstatus

KEY = b"a key of sixteen"
MARKER = re.compile(r"<([a-z]+):[0-9a-f]{4}>")

# Numbers with a right check digit that belong to nobody: the body 35-0000-00 is not assigned.
IMEI = "350000001234562"
ICCID = "8986000012345678905"


def redact(text: str, *known: str) -> str:
    data, _ = Redactor(known, key=KEY).redact(text.encode())
    return data.decode()


def kinds(text: str, *known: str) -> set[str]:
    return set(MARKER.findall(redact(text, *known)))


def test_the_sample_numbers_have_their_check_digit() -> None:
    assert is_luhn(IMEI.encode())
    assert is_luhn(ICCID.encode())


CUT_IMEI = """\
Result: Parcel(
  0x00000000: 00000000 0000000f 00350033 00300030 '........3.5.0.0.'
  0x00000010: 00300030 00310030 00330032 00350034 '0.0.0.1.2.3.4.5.'"""
MEID = """\
Result: Parcel(
  0x00000000: 00000000 0000000e 00300041 00300030 '........A.0.0.0.'
  0x00000010: 00300030 00310030 00410032 00430042 '0.0.0.1.2.A.B.C.'
  0x00000020: 00450044 00000046                   'D.E.F...        ')
"""


@pytest.mark.parametrize(
    ("answer", "secret", "kind"),
    [
        (f"[ro.ril.oem.imei1]: [{IMEI}]\n", IMEI, "imei"),
        (f"[ril.gsm.imei]: [{IMEI},350000007654328]\n", "350000007654328", "imei"),
        (f'{{"IMEIs": ["{IMEI}", "350000007654328"]}}', "350000007654328", "imei"),
        (f"Device ID = {IMEI}\n", IMEI, "imei"),
        (f"[vendor.oem.cache]: [{IMEI}]\n", IMEI, "imei"),
        ("[ro.ril.oem.meid]: [99000000123456]\n", "99000000123456", "meid"),
        ("[ro.ril.oem.meid]: [A100000012345B]\n", "A100000012345B", "meid"),
        ("[ril.imsi]: [460001234567890]\n", "460001234567890", "imsi"),
        (f"[gsm.sim.iccid]: [{ICCID}]\n", ICCID, "iccid"),
        (f"id={ICCID}F card", ICCID, "iccid"),
        ("[ro.serialno]: [R5CW00AAAAA]\n", "R5CW00AAAAA", "serial"),
        ("[ro.boot.serialno]: [ab12cd34]\n", "ab12cd34", "serial"),
        ("[ril.serialnumber]: [R5CW00AAAAA]\n", "R5CW00AAAAA", "serial"),
        ("[ro.ril.oem.psno]: [12345/A1BC00001]\n", "12345/A1BC00001", "serial"),
        ('{"serial": "4A171AAAA0001"}', "4A171AAAA0001", "serial"),
        ("Serial\t\t: 00001b2c3d4e5f60\n", "00001b2c3d4e5f60", "serial"),
        ("  serial_number=ABC1234567\n", "ABC1234567", "serial"),
        (CUT_IMEI, "2.3.4.5.", "imei"),
        (MEID, "2.A.B.C.", "imei"),
        ("[SS][BattInfo]QrData efsValue:GH43-00000A+X1\n", "GH43-00000A+X1", "serial"),
        ("  address: 3C:5A:B4:01:02:03\n", "3C:5A:B4:01:02:03", "mac"),
        ("name:buds addr:3C:5A:B4:01:02:03 codec: 0", "3C:5A:B4:01:02:03", "mac"),
        ("{AUDIO_DEVICE_OUT_BLUETOOTH_A2DP, @:3C:5A:B4:01:02:03}", "3C:5A:B4:01:02:03", "mac"),
        ("BSSID: 3c-5a-b4-01-02-03,", "3c-5a-b4-01-02-03", "mac"),
        ("[ro.boot.wifimacaddr]: [3C5AB4010203]\n", "3C5AB4010203", "mac"),
        ("wakelock gmail-ls/com.google/jane.doe@example.com x", "jane.doe@example.com", "email"),
        ("job zhang@163.com done", "zhang@163.com", "email"),
        ("[gsm.msisdn]: [13800138000]\n", "13800138000", "phone"),
        ("mCallIncomingNumber=13800138000\n", "13800138000", "phone"),
        ("call tel:10086-1234 ended", "10086-1234", "phone"),
        ("x +8613800138000 y", "+8613800138000", "phone"),
        ('mWifiInfo SSID: "Home of Jane", BSSID', "Home of Jane", "ssid"),
        ("mWifiInfo SSID: HomeOfJane, BSSID: null", "HomeOfJane", "ssid"),
        ('Wifi is connected to "家里的网"\n', "家里的网", "ssid"),
        ('ssid="x; rm"', "x; rm", "ssid"),
        ("Account {name=jane, type=com.google}", "jane", "name"),
        ("\tUserInfo{0:Jane Doe:c13} running\n", "Jane Doe", "name"),
        ("[persist.sys.device_name]: [Jane的手机]\n", "Jane的手机", "name"),
        ("[net.hostname]: [Janes-Phone]\n", "Janes-Phone", "host"),
        ("[dhcp.wlan0.ipaddress]: [10.0.0.17]\n", "10.0.0.17", "ip"),
        ("[net.dns1]: [114.114.114.114]\n", "114.114.114.114", "ip"),
        ("inet addr:100.64.3.2 P-t-P", "100.64.3.2", "ip"),
        ("gw 192.168.31.1 dev wlan0", "192.168.31.1", "ip"),
        ("LinkAddresses: [ fe80::1234:5678:9abc:def0/64 ]", "fe80::1234:5678:9abc:def0", "ip"),
        ("addr 2409:8a00:1:2:3:4:5:6 x", "2409:8a00:1:2:3:4:5:6", "ip"),
        ("android_id=9774d56d682e549c\n", "9774d56d682e549c", "androidid"),
        ("fsUuid=1b2c3d4e-0000-4000-8000-123456789abc", "1b2c3d4e-0000-4000", "uuid"),
        ("last Location[gps 22.543096,114.057865 hAcc=12]", "22.543096", "place"),
        ("last Location[gps 22.543096,114.057865 hAcc=12]", "114.057865", "place"),
        ("CellIdentityLte:{ mCi=123456789 mPci=12 mTac=9876 }", "123456789", "cell"),
        ("CellIdentityLte:{ mCi=123456789 mPci=12 mTac=9876 }", "9876", "cell"),
        ("mCellLocation=Bundle[{cid=54321, lac=4321, psc=-1}]\n", "54321", "cell"),
        ('"certificates": "' + "MIICWz" * 20 + '"', "MIICWzMIICWz", "certificate"),
        ('"certificates": "SGFsbG8gV2VsdCBo"', "SGFsbG8", "certificate"),
        ('"certificates": ["' + "QUJD" * 9 + '", "' + "REVG" * 9 + '"]', "REVGREVG", "certificate"),
        ('"certificates": "\n' + "QUJD" * 19 + "\n" + "REVG" * 19 + '\n"', "REVG", "certificate"),
        ('"error": "chain MIIC' + "b1/+" * 40 + '"', "b1/+b1/+", "certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n" + "QUJD\n" * 30 + "-----END CERTIFICATE-----",
            "QUJD",
            "certificate",
        ),
        ('"challenge": "a1b2c3d4e5f60718293a"', "a1b2c3d4", "challenge"),
    ],
)
def test_private_values_are_replaced(answer: str, secret: str, kind: str) -> None:
    assert secret in answer
    assert secret not in redact(answer)
    assert kind in kinds(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "[ro.ril.oem.imei1]: []\n[ro.ril.imei]: [null]\n[x.imei]: [000000000000000]\n",
        "[ro.serialno]: [unknown]\n[ro.boot.serialno]: [0000000000]\n",
        "[ro.boot.serialconsole]: [0]\n[init.svc.serial]: [running]\n",
        "Serial\t\t: 0000000000000000\n",
        "mCallIncomingNumber=\n",
        "SSID: <unknown ssid>, BSSID: <none>\n[wifi.lge.hanglessid]: [false]\n",
        "address: 02:00:00:00:00:00 ff:ff:ff:ff:ff:ff 00:00:00:00:00:00\n",
        "UserInfo{0:Owner:c13} running\nUserInfo{10:机主:10}\nUserInfo{0:null:13}\n",
        "mCellLocation=Bundle[{cid=-1, lac=-1, psc=-1}]\n",
        "mCi=2147483647 mTac=2147483647 mNci = 9223372036854775807\n",
        "lshal debug android.hardware.health@2.1::IHealth/default\n",
        "/vendor/lib/hw/android.hardware.graphics.mapper@2.0-impl.so\n",
        "obj com.android.bluetooth.map.Observer@c86e189 soc@0.qcom,spmi\n",
        "[hw_sc.build.platform.version]: [4.2.0]\nver 10.1.0.162 and 104.2.0.130\n",
        "[ro.boottime.init]: [13800138000]\n[ro.boottime.zygote]: [863412345678]\n",
        "elapsed 358123456789012 ns\n",
        "1,358123456789012,358123456790000,358123456791111,358123456792222\n",
        "Charge counter: 3508000\ncapacity_bytes: 128000000000\nmCurrent -1234567\n",
        "timestamp=863412345678903 value=1.5\n",
        "2020-01-08T15:29:45.230 x\n01-08 15:29:45.574 y\n1578493785224\n",
        "NetworkInfo 127.0.0.1 0.0.0.0 ::1\n",
        "00:ff:ff:ff:ff:ff:ff:00:1e:6d:7b:5b edid\n",
        "UUID: 0b776dde-0590-11e5-81ba-0025b32654a0 effect\n",
        "uuid]: [0000110a-0000-1000-8000-00805f9b34fb]\n",
        "temperature: 22.543096,114.057865\n",
    ],
)
def test_facts_and_empty_values_stay(answer: str) -> None:
    assert redact(answer) == answer


def test_the_lone_imei_needs_its_check_digit() -> None:
    assert redact(f"[a.b]: [{IMEI}]") != f"[a.b]: [{IMEI}]"
    wrong = IMEI[:-1] + "3"
    assert redact(f"[a.b]: [{wrong}]") == f"[a.b]: [{wrong}]"


def test_two_lone_imeis_on_one_line_are_both_replaced() -> None:
    assert redact(f"[a.b]: [{IMEI},{IMEI}]").count("<imei:") == 2


@pytest.mark.parametrize(("count", "are_of_a_phone"), [(4, True), (5, True), (6, False)])
def test_a_row_of_more_numbers_than_a_phone_has_slots_is_a_table(
    count: int, are_of_a_phone: bool
) -> None:
    row = f"[a.b]: [{','.join([IMEI] * count)}]"
    assert redact(row).count("<imei:") == count * are_of_a_phone


def test_known_serials_go_wherever_they_stand() -> None:
    redacted = redact("path /x/R5CW00AAAAA/y and r5cw00aaaaa", "R5CW00AAAAA")
    assert "aaaaa" not in redacted.lower()
    assert len(set(MARKER.findall(redacted))) == 1
    assert redact("the usb port", "usb") == "the usb port", "too short to be a serial number"


def test_equal_values_have_equal_markers_and_the_key_decides_which() -> None:
    redacted = redact("a 3C:5A:B4:01:02:03 b 3c:5a:b4:01:02:03 c 3C:5A:B4:01:02:04")
    first, second, third = re.findall(r"<mac:[0-9a-f]{4}>", redacted)
    assert first == second != third
    other, _ = Redactor(key=b"another key 1234").redact(b"a 3C:5A:B4:01:02:03")
    assert first not in other.decode()


def test_without_a_key_two_runs_cannot_be_compared() -> None:
    markers = {Redactor().redact(b"3C:5A:B4:01:02:03")[0] for _ in range(8)}
    assert len(markers) > 1


def test_a_key_may_be_of_any_length() -> None:
    redacted, _ = Redactor(key=b"long" * 100).redact(b"3C:5A:B4:01:02:03")
    assert MARKER.fullmatch(redacted.decode())


def test_counts_are_by_kind() -> None:
    _, counts = Redactor(key=KEY).redact(b"3C:5A:B4:01:02:03 3C:5A:B4:01:02:04 a@example.com")
    assert counts == {"mac": 2, "email": 1}


def test_properties_and_json_still_parse() -> None:
    redacted = redact(f"[ro.serialno]: [R5CW00AAAAA]\n[x.imei]: [{IMEI}]\n[ro.a]: [b]\n")
    properties = parse_getprop(redacted)
    assert properties["ro.a"] == "b"
    assert properties["ro.serialno"].startswith("<serial:")
    status = json.loads(redact(json.dumps({"serial": "4A171AAAA0001", "IMEIs": [IMEI], "n": 812})))
    assert status["n"] == 812
    assert status["IMEIs"][0].startswith("<imei:")


def test_names_are_taken_from_bluetooth_dumps_only() -> None:
    dump = (
        "Bluetooth Status\n  enabled: true\n  name: Jane's phone\n\nAdapterProperties\n"
        "  Bonded devices:\n    3C:5A:B4:01:02:03 [ DUAL ] Jane's car\n"
        "    XX:XX:XX:XX:02:04 [BR/EDR] Jane's watch\n  State: ON\n"
    )
    redacted = redact(dump)
    assert "Jane" not in redacted
    assert "enabled: true" in redacted
    assert "State: ON" in redacted
    assert redact("Sensors\n  name: BMI160 accelerometer\n") == (
        "Sensors\n  name: BMI160 accelerometer\n"
    )


def test_a_number_inside_a_parcel_is_replaced() -> None:
    digits = "".join(f"{digit}." for digit in IMEI)
    parcel = (
        "Result: Parcel(\n"
        f"  0x00000000: 00000000 0000000f 00350033 00300030 '........{digits[:8]}'\n"
        f"  0x00000010: 00300030 00300030 00320031 00340033 '{digits[8:24]}'\n"
        f"  0x00000020: 00360035 00000032                   '{digits[24:]}..        ')\n"
    )
    redacted = redact(parcel)
    assert "<imei:" in redacted
    assert "00350033" not in redacted
    null = "Result: Parcel(00000000 ffffffff   '........')\n"
    assert redact(null) == null
    number = "Result: Parcel(00000000 00000001 0000015e 00000000   '........^.......')\n"
    assert redact(number) == number


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_redacted_in_its_own_encoding(encoding: str) -> None:
    bom = "\ufeff" if encoding == "utf-16-be" else ""
    data = (bom + "[ro.serialno]: [R5CW00AAAAA]\r\n[名]: [b]\r\n").encode(encoding)
    redacted, counts = Redactor(key=KEY).redact(data)
    assert counts == {"serial": 1}
    assert "R5CW" not in redacted.decode(encoding)
    assert redacted.decode(encoding).endswith("[名]: [b]\r\n")


def test_bytes_of_no_encoding_stay_as_they_are() -> None:
    junk = bytes(range(256)) * 8
    assert Redactor(key=KEY).redact(junk)[0] == junk


SAMPLE = st.sampled_from(
    [
        IMEI,
        ICCID,
        "3C:5A:B4:01:02:03",
        "imei",
        "]: [",
        "serial: ",
        "ssid=",
        "fe80::1:2",
        "192.168.1.",
        "a@b.com",
        "mCi=",
        "12",
        "/10.0.0.1/",
        "<mac:12ab>",
        "UserInfo{0:",
        ":",
        '"',
        "\n",
        "-",
        "Location[gps 1.23,4.56",
        "Parcel('3.5.0.0.0.0.0.1.2.3.')",
    ]
)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(SAMPLE | st.text(max_size=6), max_size=25), st.booleans())
def test_redaction_is_idempotent(words: list[str], wide: bool) -> None:
    redactor = Redactor(["R5CW00AAAAA"], key=KEY)
    data = "".join(words).encode("utf-16" if wide else "utf-8", "surrogatepass")
    once, _ = redactor.redact(data)
    assert redactor.redact(once) == (once, {})


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_can_be_redacted_twice(data: bytes) -> None:
    redactor = Redactor(key=KEY)
    once, _ = redactor.redact(data)
    assert redactor.redact(once) == (once, {})


@given(st.integers(0, 10**14 - 1))
def test_every_imei_behind_its_name_is_replaced(body: int) -> None:
    number = f"{body:014d}"
    digit = next(d for d in "0123456789" if is_luhn(f"{number}{d}".encode()))
    if number.strip("0"):
        assert number not in redact(f"[ril.imei]: [{number}{digit}]")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        *(b"imei", b"a:", b"ab:", b"24:", b"serial", b"1", b"35", b" ", b"@a.", b"a@", b"ssid="),
        *(b"0123456789", b"parcel(", b"imei: 1", b"350000001234562 ", b"UserInfo{0:", b"89"),
    ],
)
def test_hostile_repeats_come_to_an_end(piece: bytes) -> None:
    """2 MB of the beginning of a rule: a search that is not linear would take minutes."""
    data = piece * (2_000_000 // len(piece))
    redacted, _ = Redactor(key=KEY).redact(data)
    assert len(redacted) <= len(data) * 3


def test_serials_are_masked_and_hashed() -> None:
    assert mask_serial("R5CW00AAAAA") == "R5CW…AAA"
    assert mask_serial("a1b2c3d4") == "a1…d4"
    assert mask_serial("abc") == "…"
    assert hash_serial("R5CW00AAAAA", "salt") == hash_serial("R5CW00AAAAA", b"salt")
    assert hash_serial("R5CW00AAAAA", "salt") != hash_serial("R5CW00AAAAA", "other")


@given(st.text(min_size=1, max_size=40))
def test_a_mask_never_shows_the_whole_serial(serial: str) -> None:
    assert mask_serial(serial) != serial or serial == "…"


def test_every_number_of_a_trade_in_report_goes() -> None:
    """A MEID has letters, and a number without its check digit is a phone's all the same."""
    output = (
        b'{"imeis": [\n  "350000000000015",\n  "A1000049B1C2D3"\n ],\n "meids":["99000512345678"],'
        b'\n "serial": "4A171AAAA0001", "storage": {"capacity_bytes": "256000000000"}}'
    )
    redacted, _ = Redactor(key=b"any").redact(output)
    for private in (b"350000000000015", b"A1000049B1C2D3", b"99000512345678", b"4A171AAAA0001"):
        assert private not in redacted
    assert b'"256000000000"' in redacted
    assert Redactor(key=b"any").redact(redacted)[0] == redacted


def test_the_attestation_of_a_trade_in_report_goes_whatever_its_form() -> None:
    """As AOSP writes it: base64 in lines of 76, `\\n` and `\\/` escaped. It proves one phone."""
    phone = build_phone("pixel-9", (), now=datetime(2026, 10, 1, tzinfo=UTC))
    asked = ("tradeinmode", "getstatus", "--challenge", "a1b2c3d4")
    output = getstatus(phone, asked).stdout
    assert isinstance(output, bytes)
    (chain,) = re.findall(rb'"certificates": "([^"]*)"', output)
    assert b"\\/" in chain
    assert b"\\n" in chain
    redacted, counts = Redactor(key=KEY).redact(output)
    assert counts["certificate"] == 1
    for at in range(0, len(chain) - 12, 12):
        assert chain[at : at + 12] not in redacted
    assert parse_tradein(redacted.decode()).attested
    assert Redactor(key=KEY).redact(redacted)[0] == redacted


def test_why_no_certificate_was_made_stays() -> None:
    output = '"attestation": {"error": "Challenge too large", "certificates": "none"}'
    assert redact(output) == output


def test_the_longer_of_two_known_numbers_is_masked_whole() -> None:
    masked = redact("of R58M123ABCD and of R58M1", "R58M1", "R58M123ABCD")
    assert not re.search("r58m1|23abcd", masked, re.IGNORECASE)
    assert masked.count("<serial:") == 2


def test_some_zeros_make_no_wide_text() -> None:
    """Half of the odd places are zero: no UTF-16, so the number is looked for as it stands."""
    data = b"a\0bcd\0ef" * 8 + b" " + IMEI.encode()
    masked, _ = Redactor(key=KEY).redact(data)
    assert IMEI.encode() not in masked
    assert masked.startswith(b"a\0bcd\0ef")
