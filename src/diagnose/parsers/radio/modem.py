"""Properties of the modem: its firmware, the SIM slots, the identity number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.parsers.binder_parcel import parse_parcel
from diagnose.parsers.property_values import flag
from diagnose.text import printable

BASEBAND = "gsm.version.baseband"
SIM_STATE = "gsm.sim.state"
_MOST_SLOTS = 4

# Only names that hold the number itself; many others with `imei` in them are switches.
_IMEI_NAME = re.compile(
    r"(?:ro\.ril\.(?:oem|miui)\.imei\d?|persist\.radio\.imei\d?|ril\.(?:gsm\.)?imei\d?"
    r"|ro\.boot\.imei\d?|ro\.meizu\.hardware\.imei\d?|vendor\.oem\.device\.imeicache\d)"
)
_IMEI = re.compile(r"<imei:[0-9a-f]{4}>|\d{14,17}")
_IMEI_PARCEL = re.compile(r"Parcel\(<imei:[0-9a-f]{4}>")
_LONGEST_PARCEL = 4096
_RIL = re.compile(r"init\.svc\.(?:vendor\.)?(?:qc)?ril(?:-daemon(?:-mtk)?|d)\d?")

SILENT = frozenset({"UNKNOWN", "NOT_READY", ""})
"""States of a slot that say nothing: the modem has not answered about it."""
CARD_READ = frozenset(
    {"READY", "LOADED", "IMSI", "PIN_REQUIRED", "PUK_REQUIRED", "NETWORK_LOCKED"}
    | {"PERSO_LOCKED", "CARD_IO_ERROR", "CARD_RESTRICTED", "PERM_DISABLED"}
)
"""States that only a modem can know, for it spoke with the card. `ABSENT` is none: Android says
so as well of a modem that is off."""


def baseband_version(properties: Mapping[str, str]) -> str | None:
    """The modem's own firmware version (`X,X` for two slots is one); None where it gives none."""
    parts = [part.strip() for part in properties.get(BASEBAND, "").split(",")]
    return printable(next((part for part in parts if part), "")) or None


def sim_states(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The state of each SIM slot, in AOSP's words; empty where the property is not there."""
    if SIM_STATE not in properties:
        return ()
    slots = properties[SIM_STATE].split(",")[:_MOST_SLOTS]
    return tuple(printable(slot.strip().upper(), 30) for slot in slots)


def has_identity(properties: Mapping[str, str]) -> tuple[bool, str] | None:
    """Whether the phone knows an IMEI, and the property that says so; None where none tells.

    Only a number of zeros means that it is lost: an empty property is merely not filled.
    """
    zeros = ""
    for name, value in properties.items():
        if not _IMEI_NAME.fullmatch(name):
            continue
        for found in _IMEI.findall(value[:200]):
            if found.strip("0"):
                return True, name
            zeros = zeros or name
    return (False, zeros) if zeros else None


def parse_device_id(text: str) -> bool | None:
    """Read `service call iphonesubinfo 1 …`: whether it holds a number; None where it holds none.

    Redaction has put a marker in place of a number; zeros it leaves. Raises `ParseError`.
    """
    if _IMEI_PARCEL.search(text[:_LONGEST_PARCEL]):
        return True
    words = parse_parcel(text)
    data = b"".join(word.to_bytes(4, "little") for word in words[2:])
    shown = data.decode("utf-16-le", "replace").rstrip("\0")
    is_number = not words[0] and re.fullmatch(r"[0-9]{14,17}", shown)
    return bool(shown.strip("0")) if is_number else None


def is_airplane_mode(setting: str | None, properties: Mapping[str, str]) -> bool | None:
    """Whether flight mode is on, from the setting or else the property; None where unknown."""
    if setting in ("0", "1"):
        return setting == "1"
    return flag(properties, "persist.radio.airplane_mode_on")


def shows_modem(properties: Mapping[str, str]) -> bool:
    """Whether a modem has spoken: a firmware, or a card that only it can have read."""
    return baseband_version(properties) is not None or bool(CARD_READ & {*sim_states(properties)})


def is_modem_restarting(properties: Mapping[str, str]) -> bool:
    """Whether the modem or the process that speaks with it is just being started again."""
    processes = radio_services(properties).values()
    processor = properties.get("vendor.peripheral.modem.state", "").strip().upper()
    return "restarting" in processes or processor in ("OFFLINE", "OFFLINING", "CRASHED")


def radio_services(properties: Mapping[str, str]) -> Mapping[str, str]:
    """The processes that speak with the modem, and their state for `init`."""
    return {name: state for name, state in properties.items() if _RIL.fullmatch(name)}
