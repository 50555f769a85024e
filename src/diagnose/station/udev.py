"""The udev rule that lets the person at this computer open phones: printed, installed on demand."""

from __future__ import annotations

import os
from pathlib import Path

from diagnose.errors import OutputError
from diagnose.ladder.identity import table

PLACE = Path("/etc/udev/rules.d/51-diagnose-phones.rules")
ACTIVATE = "udevadm control --reload-rules && udevadm trigger --subsystem-match=usb"

_HEAD = """\
# Phones for the person who sits at this computer (uaccess) and for the group plugdev.
# Any adb (ff4201) and fastboot (ff4203) interface, whoever made the phone:
ACTION!="remove", SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", \
ENV{ID_USB_INTERFACES}=="*:ff420[13]:*", MODE="0660", GROUP="plugdev", TAG+="uaccess"
# Boot ROMs and download modes, by their ids; ModemManager keeps its hands off them:
"""


def rules() -> str:
    """Write the rules, boot ROMs from the identity table."""
    lines = []
    for row in table().rows:
        if row.ids and row.ids[1] is not None:
            vendor, product = row.ids
            lines.append(
                f'ACTION!="remove", SUBSYSTEM=="usb", ATTR{{idVendor}}=="{vendor:04x}", '
                f'ATTR{{idProduct}}=="{product:04x}", MODE="0660", GROUP="plugdev", '
                'TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"\n'
            )
    return _HEAD + "".join(lines)


def install(place: Path = PLACE) -> Path:
    """Write the rules to their place; raises `OutputError` where that may not be."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(rules(), "utf-8")
        os.chmod(place, 0o644)  # noqa: PTH101 - as every other rule
    except OSError as problem:
        raise OutputError(
            f"{place} cannot be written: {problem.strerror}",
            hint="run as root: sudo diagnose doctor --fix --install",
        ) from problem
    return place
