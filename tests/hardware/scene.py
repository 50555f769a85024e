"""One scene under umockdev, told as JSON: `umockdev-wrapper python scene.py NAME`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.hardware.bogus import NEVER_SEEN, bogus
from tests.hardware.umockdev_bus import UmockdevBus

from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.model.requests import Channel
from diagnose.requests import fastboot, sahara, usb
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.building import build_phone
from diagnose.transports.base import Manner, open_transport
from diagnose.transports.usb.bus import SystemBus

MANNER = Manner(guard=lambda _request: None)


def asked(device: Any, channel: Channel, *requests: Any) -> list[Any]:
    (face,) = [face for face in device.faces if face.channel is channel]
    transport = open_transport(channel, face.way, MANNER)
    return [
        [reply.key, reply.status.value, reply.stdout.decode("utf-8", "replace")[:200]]
        for reply in transport.perform(requests)
    ]


def scene(name: str) -> dict[str, Any]:
    bus = UmockdevBus()
    shown = APPEARANCES[name].show(build_phone("pixel-9"))
    places = [bus.plug(device) for device in shown.usb]
    (phone,) = join((), list(usb_faces(SystemBus())), ())
    told: dict[str, Any] = {
        "state": phone.state.value,
        "serial": phone.serial,
        "port": phone.usb_path,
    }
    told["usb"] = asked(phone, Channel.USB, usb.DESCRIPTORS, usb.AOA_PROTOCOL)
    if shown.loader:
        told["fastboot"] = asked(phone, Channel.FASTBOOT, fastboot.PRODUCT, fastboot.ALL)
        told["asked"] = list(shown.loader.asked)
        told["google"] = _google() if name == "fastboot-only" else []
    if shown.chip:
        told["sahara"] = asked(phone, Channel.SAHARA, sahara.IDENTITY)
        told["left_as_found"] = shown.chip.left_as_found
    for device, place in zip(shown.usb, places, strict=True):
        bus.unplug(device, place)
    told["after"] = [device.path for device, _ in usb_faces(SystemBus())]
    return told


def _google() -> list[str]:
    program = shutil.which("fastboot")
    if not program:
        return []
    ended = subprocess.run(
        [program, "getvar", "product"], capture_output=True, text=True, timeout=20, check=False
    )
    return ended.stderr.splitlines()


def crowd() -> dict[str, Any]:
    """Every bogus device that a kernel would list, beside one good phone, before real libusb."""
    bus = UmockdevBus()
    shown = [one for name, one in bogus().items() if name not in NEVER_SEEN]
    (good,) = APPEARANCES["fastboot-only"].show(build_phone("pixel-9")).usb
    for device in (*shown, good):
        bus.plug(device)
    phones = join((), list(usb_faces(SystemBus())), ())
    spoken = {
        phone.usb_path: asked(phone, Channel.FASTBOOT, fastboot.PRODUCT)[0][1]
        for phone in phones
        if phone.usb_path in (f"1-{len(shown) + 1}", "1-7")
    }
    return {"plugged": len(shown) + 1, "listed": len(phones), "spoken": spoken}


if __name__ == "__main__":
    name = sys.argv[1]
    print(json.dumps(crowd() if name == "crowd" else scene(name)))
