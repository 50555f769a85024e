"""The 22 ways to describe oneself wrongly: one bad device never hides the phone beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hardware.bogus import NAMES, NEVER_SEEN, bogus

from diagnose.discovery.adb import parse_devices
from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.ladder.state import State
from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Channel
from diagnose.requests import fastboot, usb
from diagnose.run.subject import is_a_serial
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.building import build_phone
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.simulator.usb.model import VirtualUsb
from diagnose.transports.base import Manner, open_transport
from diagnose.transports.usb import bus as system
from diagnose.transports.usb.bus import LibusbBus, SystemBus

KINDS = tuple(bogus())
MANNER = Manner(guard=lambda _request: None)
PRODUCT = replace(fastboot.PRODUCT, timeout_s=0.2)  # some of them never answer
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def good() -> VirtualUsb:
    (phone,) = APPEARANCES["fastboot-only"].show(build_phone("pixel-9")).usb
    phone.port = "1-2"
    return phone


def test_there_are_as_many_as_were_found() -> None:
    assert len(KINDS) == 22
    assert set(KINDS) > NEVER_SEEN


@pytest.mark.parametrize("kind", KINDS)
def test_through_libusb_it_is_listed_or_left_out_and_asked_without_a_crash(kind: str) -> None:
    bus = LibusbBus(VirtualBackend([bogus()[kind], good()]))
    phones = {one.usb_path: one for one in join((), list(usb_faces(bus)), ())}
    assert phones["1-2"].state is State.FASTBOOT  # its neighbour is seen whatever it does
    assert phones["1-2"].serial == "4A171AAAA0001"
    bad = phones.get("1-1")
    assert (bad is None) >= (kind in NEVER_SEEN)
    for face in bad.faces if bad else ():
        asked = {Channel.USB: usb.DESCRIPTORS, Channel.FASTBOOT: PRODUCT}[face.channel]
        (reply,) = open_transport(face.channel, face.way, MANNER).perform([asked])
        assert reply.key == asked.key
        assert not STEERING.search(reply.detail)
        if face.channel is Channel.USB:
            assert reply.status is ReplyStatus.COMPLETE
            assert not STEERING.search(reply.stdout.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_as_the_kernel_tells_it(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sysfs as it stands after enumeration; what never enumerates has no folder there."""
    for port, device in (("1-1", bogus()[kind]), ("1-2", good())):
        folder = tmp_path / port
        folder.mkdir()
        (folder / "descriptors").write_bytes(device.device + device.configuration)
        (folder / "busnum").write_text("1\n")
        (folder / "devnum").write_text(port[-1])
        names = zip(("manufacturer", "product", "serial"), device.strings, strict=True)
        for name, text in names:
            if isinstance(text, str):
                (folder / name).write_bytes(text.encode("utf-8", "surrogatepass") + b"\n")
    monkeypatch.setattr(system, "SYSFS", tmp_path)
    phones = {one.usb_path: one for one in join((), list(usb_faces(SystemBus())), ())}
    assert phones["1-2"].state is State.FASTBOOT
    if "1-1" in phones:
        (first, *_) = phones["1-1"].faces
        (reply,) = open_transport(first.channel, first.way, MANNER).perform([usb.DESCRIPTORS])
        assert reply.status is ReplyStatus.COMPLETE
        assert not STEERING.search(reply.stdout.decode())


def test_a_number_that_whole_batches_state_names_nobody() -> None:
    device = bogus()["a serial number of whole batches"]
    assert not is_a_serial(str(device.strings[2]))


def test_phones_that_state_one_serial_number_are_all_listed() -> None:
    """Whole batches do, and so does every phone of a maker that left it at its default."""
    devices = [good() for _ in range(3)]
    for number, device in enumerate(devices, 1):
        device.port = f"1-{number}"
    seen = list(usb_faces(LibusbBus(VirtualBackend(devices))))
    assert [one.usb_path for one in join((), seen, ())] == ["1-1", "1-2", "1-3"]
    one = parse_devices(f"{NAMES[2]} device usb:1-2 transport_id:7\n")
    found = join(one, seen, ())
    assert [(phone.usb_path, phone.state) for phone in found] == [
        ("1-2", State.DEVICE), ("1-1", State.FASTBOOT), ("1-3", State.FASTBOOT)
    ]  # fmt: skip
