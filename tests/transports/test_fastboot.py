"""Fastboot over TCP and USB: difficult loaders, dead links, and Google's own client as witness."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import usb.core

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request
from diagnose.model.requests.fastboot import getvar
from diagnose.simulator.appearance import APPEARANCES, ShownFaces
from diagnose.simulator.building import build_phone
from diagnose.simulator.fastboot.loader import Loader
from diagnose.simulator.fastboot.tcp import FastbootServer
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.transports.fastboot.link import TcpLink, UsbLink
from diagnose.transports.fastboot.transport import FastbootTransport
from diagnose.transports.usb.pipe import Pipe

PRODUCT, SECURE, ODD, ALL = getvar("product"), getvar("secure"), getvar("odd-name"), getvar("all")
QUICK = getvar("battery-soc-ok", timeout_s=0.3)


def shown(name: str) -> ShownFaces:
    return APPEARANCES[name].show(build_phone("pixel-9"))


def over_usb(seen: ShownFaces) -> FastbootTransport:
    device = usb.core.find(backend=VirtualBackend(seen.usb))
    return FastbootTransport(lambda: UsbLink(Pipe(device, 0, (0x81, 0x02))))


def asked(transport: FastbootTransport, *requests: Request) -> list[Reply]:
    return list(transport.perform(requests))


def test_variables_over_usb() -> None:
    seen = shown("fastboot-only")
    product, odd, all_of_them = asked(over_usb(seen), PRODUCT, ODD, ALL)
    assert (product.stdout, product.exit_code) == (b"tokay", 0)
    assert (odd.status, odd.exit_code) == (ReplyStatus.COMPLETE, 1)
    assert b"slot-retry-count:a:3" in all_of_them.stdout
    assert seen.loader
    assert all(command.startswith("getvar:") for command in seen.loader.asked)


def test_a_name_that_hangs_costs_itself_only() -> None:
    product, hung, secure = asked(over_usb(shown("fastboot-hangs")), PRODUCT, QUICK, SECURE)
    assert (hung.status, hung.stdout) == (ReplyStatus.TIMEOUT, b"")
    assert (product.stdout, secure.stdout) == (b"tokay", b"yes")


def test_a_late_answer_is_never_taken_for_the_next_one() -> None:
    late = getvar("secure", timeout_s=0.3)
    _, first, second = asked(over_usb(shown("fastboot-late")), PRODUCT, late, getvar("unlocked"))
    assert first.status is ReplyStatus.TIMEOUT
    assert second.stdout == b"no"


def test_a_loader_that_hangs_at_once_ends_the_run_of_it() -> None:
    seen = shown("fastboot-only")
    assert seen.loader
    seen.loader.hangs_on = frozenset({"product", "secure"})
    first, second = asked(over_usb(seen), getvar("product", timeout_s=0.2), SECURE)
    assert first.status is ReplyStatus.TIMEOUT
    assert second.status in (ReplyStatus.LOST, ReplyStatus.REFUSED)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("fastboot-forbidden", ReplyStatus.MISSING),
        ("fastboot-claimed", ReplyStatus.MISSING),
        ("fastboot-stalled", ReplyStatus.REFUSED),
        ("fastboot-unplugged", ReplyStatus.LOST),
    ],
)
def test_what_keeps_us_from_the_loader_is_told_and_asked_once(
    name: str, status: ReplyStatus
) -> None:
    replies = asked(over_usb(shown(name)), PRODUCT, SECURE, ALL)
    assert {reply.status for reply in replies} == {status}
    assert all(reply.detail for reply in replies)


@pytest.mark.parametrize(
    "key",
    [
        "fastboot:erase userdata", "fastboot:flashing unlock", "fastboot:oem unlock",
        "fastboot:reboot",
        "fastboot:getvar product\nerase:userdata", "fastboot:getvar", "fastboot:getvar PRODUCT;x",
        "fastboot:set_active a", "fastboot:flash boot", "fastboot:getvar " + "a" * 80,
        "shell:getprop",
    ],
)  # fmt: skip
def test_nothing_but_a_variable_is_ever_sent(key: str) -> None:
    seen = shown("fastboot-only")
    (reply,) = asked(over_usb(seen), Request(key, channel=Channel.FASTBOOT))
    assert reply.status is ReplyStatus.FORBIDDEN
    assert seen.loader
    assert seen.loader.asked == []


def test_stopping_ends_a_question_that_hangs() -> None:
    transport = over_usb(shown("fastboot-hangs"))
    slow = getvar("battery-soc-ok", timeout_s=60)
    threading.Timer(0.5, transport.abort).start()
    replies = asked(transport, PRODUCT, slow, SECURE)
    assert [reply.status for reply in replies[1:]] == [ReplyStatus.CANCELLED] * 2


# --- over TCP ---


@contextmanager
def served(loader: Loader) -> Iterator[FastbootServer]:
    with FastbootServer(loader) as server:
        yield server


def test_google_reads_the_same_from_the_virtual_bootloader() -> None:
    if not (program := shutil.which("fastboot")):
        pytest.skip("Google's fastboot is not here (Debian: apt-get install fastboot)")
    loader = shown("slot-unbootable").loader
    assert loader
    with served(loader) as server:
        ours = asked(FastbootTransport(lambda: TcpLink(server.host, server.port)), ALL, PRODUCT)
        theirs = subprocess.run(
            [program, "-s", server.address, "getvar", "all"],
            capture_output=True, text=True, timeout=30, check=True,
        )  # fmt: skip
    output = [
        line.removeprefix("(bootloader) ")
        for line in theirs.stderr.splitlines()
        if line.startswith("(bootloader)")
    ]
    assert ours[0].stdout.decode().splitlines() == output
    assert len(output) > 20


def other_side(answer: Callable[[socket.socket], None]) -> tuple[str, int]:
    """A TCP server that says what it is told to one client."""
    listening = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        with listening, listening.accept()[0] as client, client:
            client.settimeout(10)
            client.recv(4)
            answer(client)

    threading.Thread(target=work, daemon=True).start()
    host, port = listening.getsockname()
    return str(host), int(port)


def packet(data: bytes, length: int | None = None) -> bytes:
    return (len(data) if length is None else length).to_bytes(8, "big") + data


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP", b"", b"FB01" + packet(b"WHAT?"), b"FB01" + packet(b"OKAYx", 2**40),
        b"FB01" + packet(b"OKAY", 100), b"FB01" + packet(b"DATA00001000"), b"FB01" + packet(b""),
    ],
)  # fmt: skip
def test_what_speaks_no_fastboot_is_told(answer: bytes) -> None:
    host, port = other_side(lambda client: client.sendall(answer))
    (reply,) = asked(FastbootTransport(lambda: TcpLink(host, port)), getvar("product", timeout_s=2))
    assert reply.status in (ReplyStatus.LOST, ReplyStatus.REFUSED)
    assert reply.detail


def test_a_flood_of_lines_is_cut() -> None:
    def flood(client: socket.socket) -> None:
        client.recv(64)
        client.sendall(packet(b"INFO" + b"x" * 900) * 5000 + packet(b"OKAY"))

    def greeting_then_flood(client: socket.socket) -> None:
        client.sendall(b"FB01")
        flood(client)

    host, port = other_side(greeting_then_flood)
    (reply,) = asked(FastbootTransport(lambda: TcpLink(host, port)), ALL)
    assert reply.status is ReplyStatus.OVERSIZE
    assert len(reply.stdout) <= ALL.max_bytes
