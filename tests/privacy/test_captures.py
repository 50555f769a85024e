"""No committed capture, report or other recorded file names a person, a phone or an app."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diagnose.privacy.app_namespaces import STORES, is_system_name
from diagnose.privacy.patterns import is_luhn
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.owner import Owner
from diagnose.simulator.state.radio import Radio

ROOT = Path(__file__).parents[2]
RECORDED = (".json", ".jsonl", ".html", ".txt", ".xml", ".csv")
PLACES = ("tests", "docs", "probes", "profiles", "schemas", "benchmarks")

# Addresses that Android shows in place of the true one, and one that no maker may give.
NO_ADDRESS = ("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "02:00:00:00:00:00")
# Files of JSON that are named in a report look like names of packages.
NO_PACKAGE = re.compile(r"\.(?:json|jsonl|html|toml|py|xml|so|apk|css|js|md|pdf)$")


def recorded_files() -> list[Path]:
    folders = (ROOT / place for place in PLACES)
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in RECORDED and path.is_file()
    )


def imeis(text: str) -> Iterator[str]:
    for number in re.findall(r"(?<![\d.])(?:35|86|01|99|91)\d{13}(?![\d.])", text):
        if is_luhn(number.encode()):
            yield number


def addresses(text: str) -> Iterator[str]:
    pair = "[0-9A-Fa-f]{2}"
    for found in re.findall(rf"(?<![0-9A-Fa-f:-])(?:{pair}[:-]){{5}}{pair}(?![0-9A-Fa-f:-])", text):
        if found.lower().replace("-", ":") not in NO_ADDRESS:
            yield found


def mails(text: str) -> Iterator[str]:
    for found in re.findall(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,6}\b", text):
        if not found.endswith((".example", ".invalid", "@example.com", "@example.org", ".so")):
            yield found


def phone_numbers(text: str) -> Iterator[str]:
    # `App Size: 14899382476` is a number of bytes
    yield from re.findall(r"(?<![\w.])(?<!Size: )(?:\+?86[ -]?)?1[3-9]\d{9}(?![\w.])", text)
    yield from re.findall(r"tel:\+?[0-9-]{5,}", text)


def serials(text: str) -> Iterator[str]:
    yield from re.findall(r"ro\.(?:boot\.)?serialno\]: \[(?!<serial:|\]|unknown)[^\]]*", text)
    known = {build_phone(name)[SimulatedIdentity].serial for name in phone_names()}
    yield from (serial for serial in known if len(serial) > 5 and serial in text)


def app_names(text: str) -> Iterator[str]:
    for name in re.findall(r"(?<![\w.$@/-])(?:com|cn|org|net)(?:\.[A-Za-z_]\w*){2,}", text):
        known = is_system_name(name.lower()) or name in STORES
        if not known and not NO_PACKAGE.search(name) and not name.startswith("net."):
            yield name


def words_of_owners(text: str) -> Iterator[str]:
    for name in phone_names():
        phone = build_phone(name)
        owner, radio = phone[Owner], phone[Radio]
        told = (*owner.apps, owner.device_name, owner.screen_name, owner.headset_name)
        for word in (*told, owner.host_name, radio.ssid, radio.bluetooth_name, *radio.imeis):
            if word in text:
                yield word


KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "IMEI": imeis,
    "address": addresses,
    "e-mail": mails,
    "phone number": phone_numbers,
    "serial": serials,
    "app": app_names,
    "word of an owner": words_of_owners,
}


def places(kind: str, path: Path) -> list[str]:
    """Where a file says it: path, line, and the value."""
    text = path.read_text("utf-8", "replace")
    return [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, text.index(value)) + 1}: {kind} {value}"
        for value in dict.fromkeys(KINDS[kind](text))
    ]


def test_there_is_something_to_scan() -> None:
    files = recorded_files()
    assert sum(path.name == "capture.jsonl" for path in files) >= 8
    assert any("golden" in path.parts for path in files)


@pytest.mark.parametrize("kind", KINDS)
def test_no_recorded_file_holds_anything_private(kind: str) -> None:
    found = [place for path in recorded_files() for place in places(kind, path)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("IMEI", '{"stdout": "[ril.imei]: [350000001234562]"}'),
        ("address", "BSSID: 3c:5a:b4:01:02:03,"),
        ("e-mail", "account jane.doe@gmail.com"),
        ("phone number", "call from 13800138000 ended"),
        ("serial", "[ro.serialno]: [R5CW00AAAAA]"),
        ("app", "Process: com.whatsapp.push/PID: 1"),
        ("word of an owner", "zhaocai.pay"),
    ],
)
def test_the_scan_sees_what_it_looks_for(kind: str, answer: str) -> None:
    assert list(KINDS[kind](answer))


@pytest.mark.parametrize(
    "answer",
    [
        "<imei:12ab> <mac:34cd> <app:5e6f>",
        "Process: com.android.settings/PID: 1",
        "lshal android.hardware.health@2.1::IHealth/default",
        "address: 02:00:00:00:00:00",
        "[ro.serialno]: [<serial:12ab>]",
        "[ro.boottime.init]: [358123456789012.5]",
    ],
)
def test_the_scan_lets_markers_and_facts_pass(answer: str) -> None:
    assert [value for look in KINDS.values() for value in look(answer)] == []
