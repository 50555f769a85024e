"""Whose system runs: the maker's release, a generic image, or somebody else's build."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.parsers.integrity.bootloader import lock_statements
from diagnose.parsers.property_values import flag
from diagnose.parsers.system.features import TELEPHONY
from diagnose.parsers.system.operating_system import operating_system
from diagnose.parsers.system.product import is_emulator

DYNAMIC_SYSTEM = "ro.gsid.image_running"
VERIFIED = "ro.boot.verifiedbootstate"
SYSTEM_NAME = "ro.product.system.name"
# Only the system partition counts: Xiaomi's own boot image is called gsi_arm64 on sold phones.
_GENERIC = ("gsi_", "aosp_arm", "aosp_x86", "phh_", "lineage_arm64_")
# Green: the maker's key. Yellow: another's. Orange: unlocked, nobody looks. Red: it does not fit.
_NOT_VERIFIED = ("yellow", "orange", "red")


def is_generic_image(properties: Mapping[str, str]) -> bool:
    """Whether a generic system image (GSI) or a Dynamic System Update runs."""
    is_dynamic = flag(properties, DYNAMIC_SYSTEM) is True
    return is_dynamic or properties.get(SYSTEM_NAME, "").startswith(_GENERIC)


def is_vouched(properties: Mapping[str, str]) -> bool:
    """Whether the phone's bootloader vouches for the system: verified with the maker's key, locked.

    Then the maker signed it, whatever he called the keys: seven makers sold such phones with
    `dev-keys` or `test-keys`. Any word against the lock is believed.
    """
    locks = lock_statements(properties)
    is_green = properties.get(VERIFIED, "").strip().lower() == "green"
    return is_green and all(statement.locked for statement in locks)


def is_signed_by_maker(properties: Mapping[str, str]) -> bool:
    """Whether the keys are called the maker's, or the bootloader vouches for them as his."""
    return properties.get("ro.build.tags") == "release-keys" or (
        is_vouched(properties) and len(lock_statements(properties)) > 1
    )


def is_makers_system(properties: Mapping[str, str]) -> bool:
    """Whether the maker's own release runs, as far as the phone tells.

    Only then is a part that does not answer the part's fault: a foreign system may have no driver
    for it. An unlocked phone counts as foreign, because nothing vouches for what it runs.
    """
    return (
        properties.get("ro.build.type") == "user"
        and is_signed_by_maker(properties)
        and properties.get(VERIFIED, "") not in _NOT_VERIFIED
        and not is_emulator(properties)
        and not is_generic_image(properties)
        and not operating_system(properties).custom
    )


def is_makers_image(properties: Mapping[str, str], features: Mapping[str, str]) -> bool:
    """Whether a phone maker's signed release speaks: what it declares was tested.

    Boards and boxes are sold with release keys too and borrow a tablet's declarations (an A133
    board declares a proximity sensor it lacks): only what has a modem counts.
    """
    return TELEPHONY in features and is_makers_system(properties)
