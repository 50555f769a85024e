"""What is tested inside the guest, with Linux's own USB core, cdc_acm and qcserial.

Run by `tests/guest/run`; by hand as root where `vhci_hcd` is loaded and nothing depends on it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.adbserver import AdbServer
from tests.guest.adb_phone import adb_phone
from tests.guest.vhci import VhciPort

from diagnose.discovery.faces import Device
from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.model.requests import Channel
from diagnose.requests import fastboot, sahara, serial, usb
from diagnose.simulator.appearance import APPEARANCES, ShownFaces
from diagnose.simulator.building import build_phone
from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification
from diagnose.simulator.usb.model import VirtualUsb
from diagnose.transports.base import Manner, open_transport
from diagnose.transports.serial.ports import SystemPorts
from diagnose.transports.usb.bus import SystemBus

MANNER = Manner(guard=lambda _request: None)
FIGURES: dict[str, float] = {}
PLUGGED: list[VhciPort] = []


def listed() -> tuple[Device, ...]:
    return join((), list(usb_faces(SystemBus())), SystemPorts().ports())


def plug(device: VirtualUsb) -> VhciPort:
    PLUGGED.append(VhciPort(device))
    return PLUGGED[-1]


def plugged(shown: ShownFaces, faces: int) -> tuple[VhciPort, Device]:
    """Plug it in and wait until the kernel shows all of it."""
    port, began = plug(shown.usb[0]), time.monotonic()
    while time.monotonic() - began < 30:
        found = listed()
        if found and len(found[0].faces) >= faces:
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


@contextmanager
def diagnose(*words: str | Path) -> Iterator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    """Run it beside Google's adb server; what it says on standard output, line by line."""
    server = AdbServer()
    server.start()
    process = subprocess.Popen(
        [sys.executable, "-m", "diagnose", *map(str, words)],
        env=server.environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()
    stream = process.stdout
    assert stream

    def read() -> None:
        for line in stream:
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()
        server.stop()


STATES = (
    "fastboot-only", "edl", "ramdump", "brom", "preloader", "kirin-vcom", "tensor-rom",
    "samsung-download", "exynos-eub", "unisoc-download", "apple-dfu", "hdc", "debugging-off",
    "charge-only",
)  # fmt: skip
"""One way to appear for each state that hangs something on the bus."""
GOAL_S = 10.0
EMULATED = 5  # loading and judging take fifteen times as long on the guest's emulated processor


def test_every_state_is_told_within_ten_seconds_of_the_plug() -> None:
    """By `devices --watch`, and once by adb itself."""
    with diagnose("devices", "--watch", "--json") as (_, lines):
        for name in (STATES[0], *STATES):  # the first time it is still starting
            shown = APPEARANCES[name].show(build_phone("galaxy-s23"))
            _told(name, shown.usb[0], lines)
        phone = parse_specification("pixel-9")
        with serve(phone, scale=0) as daemon:
            _told("its system (adb)", adb_phone(daemon, "GUEST0001"), lines, state="device")
    late = {name: took for name, took in FIGURES.items() if "devices" in name and took > GOAL_S}
    assert not late, late


def _told(name: str, device: VirtualUsb, lines: queue.Queue[str], *, state: str = "") -> None:
    port, began = plug(device), time.monotonic()
    while True:
        event = json.loads(lines.get(timeout=30))
        if event["event"] != "left" and state in ("", event["device"]["state"]):
            break
    FIGURES[f"plug to `devices`: {name}: {event['device']['state']}"] = time.monotonic() - began
    port.unplug()
    while json.loads(lines.get(timeout=30))["event"] != "left":
        pass


def test_a_phone_that_is_waited_for_has_its_report() -> None:
    """By `run --wait`; where REPORTS is set: an emulated processor takes long to load and judge."""
    if not os.environ.get("REPORTS"):
        print("skipped: REPORTS is not set")
        return
    with diagnose("run", "--simulated", "pixel-9+edl", "--out", tempfile.mkdtemp()) as (once, _):
        once.wait(100)  # the guest has read our files once, as a computer at a counter has
    for name in STATES:
        shown = APPEARANCES[name].show(build_phone("galaxy-s23"))
        with tempfile.TemporaryDirectory() as out:
            words = ("run", "--wait", "--json", "--out", Path(out) / "x")
            with diagnose(*words) as (process, lines):
                time.sleep(4)  # it waits by then
                assert process.poll() is None
                port, began = plug(shown.usb[0]), time.monotonic()
                process.wait(60)
                took = time.monotonic() - began
                port.unplug()
                report = json.loads("".join(iter(lambda: lines.get(timeout=5), "}\n")) + "}")
        state = report["device"]["attachments"][0]["state"]
        FIGURES[f"plug to report: {name}: {state}, exit {process.returncode}"] = took
        print(f"plug to report: {name} {took:.2f} s", flush=True)
        assert took < EMULATED * GOAL_S, f"{name}: {took:.1f} s"


def test_a_run_follows_its_phone_from_the_bootloader_to_its_system_over_adb() -> None:
    """Google's adb server finds it over USB while the run goes on."""
    serial = "GUEST0001"
    shown = APPEARANCES["slot-unbootable"].show(build_phone("pixel-9"))
    shown.usb[0].strings = ("Google", "Android", serial)
    asked = shown.loader.asked if shown.loader else []
    first = plug(shown.usb[0])
    few = [f"--probe={area}.*" for area in ("startup", "usb", "identity")]
    out = Path(tempfile.mkdtemp()) / "x"
    words: list[str | Path] = ["run", *few, "--follow", "150", "--json", "--out", out]
    with (
        serve(parse_specification("pixel-9"), scale=0) as daemon,
        diagnose(*words) as (
            process,
            lines,
        ),
    ):
        end = time.monotonic() + 60
        while "getvar:all" not in asked:
            assert time.monotonic() < end, "it asks nothing"
            assert process.poll() is None, "it has ended"
            time.sleep(0.1)
        time.sleep(1)
        first.unplug()
        time.sleep(2)  # it starts
        began = time.monotonic()
        second = plug(adb_phone(daemon, serial))
        process.wait(150)
        FIGURES["follow: from the second plug to the report"] = time.monotonic() - began
        report = json.loads("".join(iter(lambda: lines.get(timeout=5), "}\n")) + "}")
        second.unplug()
    faces = [(one["channel"], one["state"]) for one in report["device"]["attachments"]]
    assert ("fastboot", "fastboot") in faces, faces
    assert ("adb", "device") in faces, faces
    found = {m["id"]: m["value"] for r in report["results"] for m in r["measurements"]}
    assert found["startup.bootloader.unbootable"] is True
    assert found["usb.reconnects.states"] == ["fastboot", "nothing", "device"], found[
        "usb.reconnects.states"
    ]
    assert found["identity.device.model"] == "Pixel 9"
    assert report["summary"]["ended"] == "complete", report["summary"]


def _unplug_all() -> None:
    """What a failed test left plugged in must not be taken for the next one's phone."""
    while PLUGGED:
        with suppress(OSError):  # it may be out already
            PLUGGED.pop().unplug()


def main() -> int:
    failed = 0
    only = os.environ.get("ONLY", "")
    for name, test in sorted(globals().items()):
        if name.startswith("test_") and only in name:
            began = time.monotonic()
            try:
                test()
                print(f"passed {name} {time.monotonic() - began:.1f} s", flush=True)
            except Exception as problem:  # noqa: BLE001 - told, and the others still run
                failed += 1
                print(f"FAILED {name}: {type(problem).__name__}: {problem}", flush=True)
                traceback.print_exc()
            finally:
                _unplug_all()
    for name, seconds in FIGURES.items():
        print(f"figure {name} {seconds:.2f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
