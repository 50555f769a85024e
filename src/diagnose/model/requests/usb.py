"""Requests over USB itself, below every protocol of the phone's system."""

from __future__ import annotations

from diagnose.model.requests.base import Channel, DataClass, Effect, Request

DESCRIPTORS_KEY = "usb:descriptors"
AOA_KEY = "usb:aoa-protocol"
SAHARA_KEY = "usb:sahara-identity"


class Usb(Request):
    """One of the three things asked: see the constants of this module."""

    def __init__(
        self, key: str, *, effect: Effect = Effect.READ, data_class: DataClass = DataClass.HARDWARE
    ) -> None:
        super().__init__(
            key=key,
            channel=Channel.USB,
            effect=effect,
            timeout_s=12.0,
            expected_ms=20,
            max_bytes=64 * 1024,
            data_class=data_class,
        )


DESCRIPTORS = Usb(DESCRIPTORS_KEY)
"""What the device says it is, and how the computer got on with it: JSON, nothing is opened."""

AOA_PROTOCOL = Usb(AOA_KEY)
"""The Android Open Accessory version (control request 51): an Android system answers it, also
behind a black screen; a bootloader does not."""

SAHARA_IDENTITY = Usb(SAHARA_KEY, effect=Effect.BOOTROM, data_class=DataClass.IDENTITY)
"""The identity words of a Qualcomm chip in emergency download: only where allowed by name."""
