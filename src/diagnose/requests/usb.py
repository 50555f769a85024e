"""What is asked over USB itself, below every protocol of the phone's system."""

from __future__ import annotations

from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY, usb
from diagnose.requests import values

DESCRIPTORS = usb(DESCRIPTORS_KEY, kept=values.DESCRIPTORS)
"""What the device says it is, and how the computer got on with it: JSON, nothing is opened."""

AOA_PROTOCOL = usb(AOA_KEY, kept=values.NUMBER)
"""The Android Open Accessory version (control request 51): an Android system answers it, also
behind a black screen; a bootloader does not."""
