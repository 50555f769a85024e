"""Who the phone is: the facts every other area renders by."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from diagnose.simulator.phone import Section


class Skin(StrEnum):
    """The vendor's Android: it decides formats, extra services and refusals."""

    PIXEL = "pixel"
    EMUI = "emui"
    HARMONY = "harmony"
    MIUI = "miui"
    HYPEROS = "hyperos"
    ONE_UI = "one_ui"
    EMULATOR = "emulator"


class SimulatedIdentity(Section):
    """Names, versions and the serial number."""

    AREA: ClassVar[str] = "identity"

    brand: str
    manufacturer: str
    model: str
    device: str
    product: str
    marketing_name: str
    skin: Skin
    skin_version: str = ""
    release: str
    sdk: int
    first_sdk: int
    build_id: str
    incremental: str
    security_patch: str
    vendor_patch: str = ""
    serial: str
    hardware: str
    platform: str
    soc_maker: str = ""
    soc_model: str = ""
    build_type: str = "user"
    build_tags: str = "release-keys"

    @property
    def fingerprint(self) -> str:
        """The build fingerprint, put together as the build system does."""
        return (
            f"{self.brand}/{self.product}/{self.device}:{self.release}/{self.build_id}/"
            f"{self.incremental}:{self.build_type}/{self.build_tags}"
        )

    @property
    def is_emulator(self) -> bool:
        """Whether it is Google's emulator rather than a phone."""
        return self.skin is Skin.EMULATOR
