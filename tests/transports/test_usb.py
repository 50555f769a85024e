"""USB below every protocol: descriptors without opening, the accessory version, the boot ROM."""

from __future__ import annotations

import json
import struct

import pytest

from diagnose.discovery.usb import usb_faces
from diagnose.ladder.state import State
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel
from diagnose.requests import sahara, usb
from diagnose.simulator.appearance import APPEARANCES, ShownFaces
from diagnose.simulator.building import build_phone
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.transports.base import Manner, open_transport
from diagnose.transports.usb.bus import LibusbBus


def shown(name: str) -> ShownFaces:
    return APPEARANCES[name].show(build_phone("pixel-9"))


def ask(seen: ShownFaces, channel: Channel, *requests: object) -> list[Reply]:
    bus = LibusbBus(VirtualBackend(seen.usb))
    ((_, faces),) = usb_faces(bus)
    (face,) = [one for one in faces if one.channel is channel]
    transport = open_transport(channel, face.way, Manner(guard=lambda _request: None))
    return list(transport.perform(requests))  # type: ignore[arg-type]


def test_devices_are_listed_without_a_single_transfer_where_that_is_asked() -> None:
    seen = shown("fastboot-only")
    ((device, faces),) = usb_faces(LibusbBus(VirtualBackend(seen.usb), may_open=False))
    assert (device.path, device.descriptors.vendor, device.serial) == ("1-1", 0x18D1, "")
    assert [(face.channel, face.state) for face in faces] == [
        (Channel.USB, State.FASTBOOT), (Channel.FASTBOOT, State.FASTBOOT)
    ]  # fmt: skip
    assert seen.usb[0].log == []
    assert seen.loader
    assert seen.loader.asked == []


def test_descriptors_as_they_are_recorded() -> None:
    (reply,) = ask(shown("debugging-off"), Channel.USB, usb.DESCRIPTORS)
    found = json.loads(reply.stdout)
    assert (found["vendor"], found["speed_mbps"], found["max_power_ma"]) == ("18d1", 480.0, 500)
    assert found["interfaces"][0]["kind"] == "06/01/01"


@pytest.mark.parametrize(
    ("name", "status", "answer"),
    [
        ("debugging-off", ReplyStatus.COMPLETE, b"2"),
        ("charge-only", ReplyStatus.REFUSED, b""),
        ("fastboot-only", ReplyStatus.REFUSED, b""),
        ("fastboot-forbidden", ReplyStatus.MISSING, b""),
    ],
)
def test_the_accessory_version(name: str, status: ReplyStatus, answer: bytes) -> None:
    (reply,) = ask(shown(name), Channel.USB, usb.AOA_PROTOCOL)
    assert (reply.status, reply.stdout) == (status, answer)


def test_a_chip_tells_who_it_is_and_is_left_as_it_was() -> None:
    seen = shown("edl")
    (reply,) = ask(seen, Channel.SAHARA, sahara.IDENTITY)
    found = json.loads(reply.stdout)
    assert found["hardware_id"] == "001b80e100000000"
    assert found["serial"] == "1f2e3d4c"
    assert seen.chip
    assert seen.chip.left_as_found
    assert seen.chip.refused == []  # no loader, no reset, nothing else


def test_without_a_guard_that_allows_it_no_chip_is_spoken_to() -> None:
    seen = shown("edl")
    bus = LibusbBus(VirtualBackend(seen.usb))
    ((_, faces),) = usb_faces(bus)
    way = faces[-1].way
    for manner in (Manner(), Manner(guard=lambda _request: "no")):
        (reply,) = open_transport(Channel.SAHARA, way, manner).perform([sahara.IDENTITY])
        assert reply.status is ReplyStatus.FORBIDDEN
    assert seen.chip
    assert seen.chip.left_as_found


def test_a_chip_that_was_spoken_to_before_is_silent_and_told_so() -> None:
    (reply,) = ask(shown("edl-mute"), Channel.SAHARA, sahara.IDENTITY)
    assert reply.status is ReplyStatus.REFUSED
    assert "power key" in reply.detail


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\0" * 48, struct.pack("<2I", 1, 8), struct.pack("<12I", 7, 48, *[0] * 10),
        struct.pack("<12I", 1, 48, 2, 1, 1024, 0, *[0] * 6) + b"extra", b"\xff" * 4096,
    ],
)  # fmt: skip
def test_a_strange_chip_is_told_and_breaks_nothing(answer: bytes) -> None:
    seen = shown("edl-mute")
    seen.usb[0].send(0x81, answer)
    (reply,) = ask(seen, Channel.SAHARA, sahara.IDENTITY)
    assert reply.status in (ReplyStatus.REFUSED, ReplyStatus.LOST)
    assert reply.detail
