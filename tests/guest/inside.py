"""What is tested inside the guest, with Linux's own USB core, cdc_acm and qcserial.

Run by `tests/guest/run`; by hand as root where `vhci_hcd` is loaded and nothing depends on it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.guest.vhci import VhciPort

from diagnose.discovery.faces import Device
from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.model.requests import Channel
from diagnose.requests import fastboot, sahara, serial, usb
from diagnose.simulator.appearance import APPEARANCES, ShownFaces
from diagnose.simulator.building import build_phone
from diagnose.transports.base import Manner, open_transport
from diagnose.transports.serial.ports import SystemPorts
from diagnose.transports.usb.bus import SystemBus

MANNER = Manner(guard=lambda _request: None)
FIGURES: dict[str, float] = {}
PLUGGED: list[VhciPort] = []


def listed() -> tuple[Device, ...]:
    return join((), list(usb_faces(SystemBus())), SystemPorts().ports())


def plugged(shown: ShownFaces, faces: int) -> tuple[VhciPort, Device]:
    """Plug it in and wait until the kernel shows all of it."""
    port, began = VhciPort(shown.usb[0]), time.monotonic()
    PLUGGED.append(port)
    while time.monotonic() - began < 30:
        found = listed()
        if found and len(found[0].faces) >= faces:
            FIGURES[f"plug to verdict: {found[0].state.value}"] = time.monotonic() - began
            return port, found[0]
        time.sleep(0.05)
    raise AssertionError(f"not seen: {listed()}")


def left() -> None:
    end = time.monotonic() + 20
    while listed():
        assert time.monotonic() < end, "still listed after it was unplugged"
        time.sleep(0.05)


def ask(device: Device, channel: Channel, *requests: Any) -> list[Any]:
    (face,) = [face for face in device.faces if face.channel is channel]
    return list(open_transport(channel, face.way, MANNER).perform(requests))


def test_bootloader() -> None:
    shown = APPEARANCES["fastboot-only"].show(build_phone("pixel-9"))
    port, device = plugged(shown, 2)
    assert device.state.value == "fastboot"
    product, everything = ask(device, Channel.FASTBOOT, fastboot.PRODUCT, fastboot.ALL)
    assert product.stdout == b"tokay"
    google = subprocess.run(
        ["fastboot", "getvar", "all"], capture_output=True, text=True, timeout=60, check=True
    )
    theirs = [
        line.removeprefix("(bootloader) ")
        for line in google.stderr.splitlines()
        if line.startswith("(bootloader)")
    ]
    assert everything.stdout.decode().splitlines() == theirs
    port.unplug()
    left()


def test_unplugged_at_the_first_question() -> None:
    shown = APPEARANCES["fastboot-only"].show(build_phone("pixel-9"))
    port, device = plugged(shown, 2)
    shown.usb[0].handlers[0x02] = lambda _command: port.unplug()
    replies = ask(device, Channel.FASTBOOT, fastboot.PRODUCT, fastboot.SECURE)
    assert {reply.status.value for reply in replies} == {"lost"}
    left()


def test_boot_rom_behind_the_kernels_own_driver() -> None:
    shown = APPEARANCES["edl"].show(build_phone("pixel-9"))
    port, device = plugged(shown, 2)
    (reply,) = ask(device, Channel.SAHARA, sahara.IDENTITY)
    assert json.loads(reply.stdout)["hardware_id"] == "001b80e100000000", reply
    assert shown.chip
    assert shown.chip.left_as_found
    port.unplug()
    left()


def test_modem_over_cdc_acm_and_the_accessory_request() -> None:
    shown = APPEARANCES["debugging-off"].show(build_phone("galaxy-s23"))
    modem, usb_device = shown.modem, shown.usb[0]
    assert modem
    usb_device.handlers[0x02] = lambda data: usb_device.send(0x84, modem.heard(data))
    port, device = plugged(shown, 2)
    assert device.state.value == "modem"
    (alive,) = ask(device, Channel.USB, usb.AOA_PROTOCOL)
    assert alive.stdout == b"2"
    (model,) = ask(device, Channel.SERIAL, serial.MODEL)
    assert b"SM-S9110" in model.stdout, model
    port.unplug()
    left()


def _unplug_all() -> None:
    """What a failed test left plugged in must not be taken for the next one's phone."""
    while PLUGGED:
        with suppress(OSError):
            PLUGGED.pop().unplug()


def main() -> int:
    failed = 0
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            began = time.monotonic()
            try:
                test()
                print(f"passed {name} {time.monotonic() - began:.1f} s", flush=True)
            except Exception as problem:  # noqa: BLE001 - told, and the others still run
                failed += 1
                print(f"FAILED {name}: {type(problem).__name__}: {problem}", flush=True)
            finally:
                _unplug_all()
    for name, seconds in FIGURES.items():
        print(f"figure {name} {seconds:.2f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
