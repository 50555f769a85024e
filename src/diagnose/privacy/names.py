"""Names that people gave to their phone and to what they use with it."""

from __future__ import annotations

import re
from typing import Final

from diagnose.model.communities import COMMUNITY_NAMES
from diagnose.privacy.patterns import Rule

# How a phone calls itself in its settings; `ro.` properties were set at the factory.
_OWN_NAME = (
    rb"(?:persist|net|sys|dhcp|wlan|bluetooth|bt|user|debug)"
    rb"\.[a-z0-9_.]{0,60}(?:device_?name|host_?name|bdname|p2p_?name|ap_?name|user_?name)"
)


def _in_property(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\[" + name + rb"\]: \[(?P<v>[^\]\n]{1,200})")


def _is_no_factory_name(data: bytes, start: int, end: int) -> bool:
    """What Android calls its own displays, by the word that names the kind."""
    return data[start:end].strip() not in (b"built-in screen", b"hdmi screen")


_MACHINES = re.compile(
    rb"root|jenkins?|jslave|(?:build|compil|android|server|nubia|zte|huawei)[a-z0-9_-]{0,20}|[0-9]+"
)
_COMMUNITY = re.compile(COMMUNITY_NAMES.encode())


def _is_person(data: bytes, start: int, end: int) -> bool:
    """Who built a system at home signs with the name of his account; a community with its own."""
    name = data[start:end]
    return _MACHINES.fullmatch(name) is None and _COMMUNITY.search(name) is None


_MAC = rb"(?:[0-9a-fx]{2}[:-]){5}[0-9a-fx]{2}|<mac:[0-9a-f]{4}>"

OWNER_RULES: Final[tuple[Rule, ...]] = (
    Rule("name", _in_property(_OWN_NAME)),
    Rule(
        "name",
        re.compile(rb"\beng\.(?P<v>[a-z0-9][a-z0-9_-]{0,30})(?=\.[0-9]{8})"),
        _is_person,
    ),
    # `dumpsys display`: receivers of a screen, which bear the names of rooms and people.
    Rule("name", re.compile(rb"activedisplay=(?!null)(?P<v>[^\n{}\[\]=]{1,300}?)(?=, displays=)")),
    Rule("name", re.compile(rb"displays=\[(?P<v>[^\[\]\n{}]{1,4000}+)")),
    Rule("name", re.compile(rb"wifidisplay: (?P<v>[^\n]{1,200})")),
    Rule(
        "name",
        re.compile(
            rb"displaydeviceinfo\{\"(?P<v>[^\"\n{}]{1,80})(?=\": uniqueid=\"(?:wifi|virtual):)"
        ),
        _is_no_factory_name,
    ),
    Rule(
        "name",
        re.compile(
            rb"displayinfo\{\"(?P<v>[^\"\n{}]{1,80})(?=\", displayid [^\n{}]{1,800}?uniqueid "
            rb"\"(?:wifi|virtual):)"
        ),
        _is_no_factory_name,
    ),
    Rule(
        "name",
        re.compile(rb"uniqueid[ =]\"?virtual:[^,\"\n]{1,200},[0-9]{1,9},(?P<v>[^,\"\n]{1,80})"),
    ),
    Rule("name", re.compile(rb"devicealias[=:] ?(?!null)(?P<v>[^,\n}\]]{1,80})")),
    Rule("name", re.compile(rb"device: (?P<v>[^\n:]{1,80})(?=\n ?deviceaddress)")),
    # Sound over Bluetooth, in `dumpsys audio` and in the two dumps of the audio server.
    Rule(
        "name",
        re.compile(rb"name:(?<!<name:)(?P<v>[^:<\n]{1,80}?)(?= addr(?:ess)?: ?(?:" + _MAC + rb"))"),
    ),
    Rule(
        "name",
        re.compile(
            rb"; \"(?P<v>[^\"\n;]{1,80})(?=\"; \{audio_device_[a-z_]{0,20}(?:bluetooth|ble|remote))"
        ),
    ),
    Rule(
        "name",
        re.compile(
            rb"audio_device_(?:in|out)_(?:bluetooth|ble)[a-z0-9_]{0,40}[^\n]{0,40}\n"
            rb"(?:[ \t]{0,12}- (?!name)[^\n]{0,120}\n){0,4}"
            rb"[ \t]{0,12}- name: {0,8}(?P<v>[^\n]{1,80})"
        ),
    ),
    # What is plugged in: the number of the thing itself.
    Rule("serial", re.compile(rb"mserial(?:number)?=(?!null)(?P<v>[^,\]\n} ]{4,80})")),
    Rule("serial", re.compile(rb"serial_number=(?!null)(?P<v>[^,\]\n} ]{4,80})")),
    Rule(
        "serial",
        re.compile(
            rb"current_accessory=[^\n]{0,20}\n?(?:[ \t]{0,20}[a-z_]{1,20}=[^\n]{0,200}\n){0,8}"
            rb"[ \t]{0,20}serial=(?!null)(?P<v>[^\n]{4,80})"
        ),
    ),
    # A keyboard or a headset by Bluetooth among the input devices (bus 5).
    Rule(
        "name",
        re.compile(
            rb"\n {2,8}-?[0-9]{1,4}: (?P<v>[^\n]{1,80})"
            rb"(?=\n(?: {4,12}[a-z]{1,24}: ?[^\n]{0,200}\n){1,9} {4,12}identifier: bus=0x0005)"
        ),
    ),
    # The description a payment app gives of itself: the name of a bank.
    Rule("name", re.compile(rb"\(description: (?P<v>[^)\n]{1,120})\)")),
)
