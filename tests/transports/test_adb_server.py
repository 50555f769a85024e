"""Where the adb server is, what counts as one, and how one is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from tests.adbserver import AdbServer, end_servers, free_port, servers_on, wait_until
from tests.transports.fake_adb_server import FakeServer, Line, fail, okay
from tests.transports.scripted import Scripted

from diagnose.errors import DeviceNotFound, ProtocolError, ServerUnavailable
from diagnose.simulator.wire.daemon import Daemon
from diagnose.transports.adb import host as adb_host
from diagnose.transports.adb.host import Address, HostRefusal
from diagnose.transports.adb.server import ensure_server, find_adb, server_address


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment that says nothing of adb, with a home of its own."""
    for name in list(os.environ):
        if name.startswith(("ADB", "ANDROID_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("ADB_MDNS", "0")
    return monkeypatch


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, Address("127.0.0.1", 5037)),
        ({"ANDROID_ADB_SERVER_PORT": "5999"}, Address("127.0.0.1", 5999)),
        ({"ANDROID_ADB_SERVER_ADDRESS": "10.0.0.7"}, Address("10.0.0.7", 5037)),
        ({"ADB_SERVER_SOCKET": "tcp:6000"}, Address("127.0.0.1", 6000)),
        ({"ADB_SERVER_SOCKET": "tcp:localhost:6000"}, Address("127.0.0.1", 6000)),
        ({"ADB_SERVER_SOCKET": "tcp:[::1]:6000"}, Address("::1", 6000)),
        (
            {"ADB_SERVER_SOCKET": "tcp:farm:1", "ANDROID_ADB_SERVER_PORT": "2"},
            Address("farm", 1),
        ),
    ],
)
def test_the_address_is_adbs_own(
    plain: pytest.MonkeyPatch, environment: dict[str, str], address: Address
) -> None:
    for name, value in environment.items():
        plain.setenv(name, value)
    assert server_address() == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADB_SERVER_SOCKET", "localfilesystem:/tmp/adb"),
        ("ADB_SERVER_SOCKET", "tcp:host:port"),
        ("ANDROID_ADB_SERVER_PORT", "0"),
        ("ANDROID_ADB_SERVER_PORT", "65536"),
        ("ANDROID_ADB_SERVER_PORT", "٥٠٣٧"),
    ],
)
def test_an_address_that_is_none_is_a_plain_error(
    plain: pytest.MonkeyPatch, name: str, value: str
) -> None:
    plain.setenv(name, value)
    with pytest.raises(ServerUnavailable) as error:
        server_address()
    assert name in error.value.message
    assert error.value.hint


def test_a_server_of_any_version_is_used_and_left_alone() -> None:
    heard: list[str] = []

    def raw(line: Line) -> None:
        heard.append(line.request())
        line.send(okay("0028"))

    with FakeServer(raw=raw) as server:
        assert ensure_server(server.address) == server.address
    assert heard == ["host:version"]


def http(line: Line) -> None:
    line.read(1)
    line.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        http,
        lambda line: line.hang(),
        lambda _line: None,
        lambda line: line.send(okay("elf")),
        lambda line: line.send(fail("no")),
        lambda line: line.send(b"OKAYzzzz"),
        lambda line: line.trickle(b"OKAY00"),
    ],
    ids=["http", "silent", "hangs up", "no version", "fail", "no length", "stops half way"],
)
def test_what_is_no_adb_server_is_named(
    plain: pytest.MonkeyPatch, raw: object, tmp_path: Path
) -> None:
    plain.setenv("ADBUTILS_ADB_PATH", str(tmp_path / "must-not-run"))
    with (
        FakeServer(raw=raw) as server,  # type: ignore[arg-type]
        pytest.raises(ServerUnavailable) as error,
    ):
        ensure_server(server.address, answer_timeout_s=0.3)
    assert str(server.address) in error.value.message
    assert error.value.hint


def test_the_deadline_is_total_and_not_per_read() -> None:
    def raw(line: Line) -> None:
        line.send(b"OKAYffff")
        while True:
            line.send(b"x")
            time.sleep(0.05)

    began = time.monotonic()
    with FakeServer(raw=raw) as server, pytest.raises(ServerUnavailable):
        adb_host.ask(server.address, "host:devices-l", timeout_s=0.5)
    assert time.monotonic() - began < 10


def test_an_answer_in_single_bytes_is_read_whole() -> None:
    def raw(line: Line) -> None:
        line.request()
        line.trickle(okay("S1 device"))

    with FakeServer(raw=raw) as server:
        assert adb_host.device_list(server.address) == "S1 device"


@pytest.fixture
def free(plain: pytest.MonkeyPatch) -> Iterator[Address]:
    """An address nobody listens on; whatever adb server appears there is ended by its pid."""
    address = Address("127.0.0.1", free_port())
    yield address
    end_servers(address.port)


def test_a_server_is_started_where_none_listens(free: Address) -> None:
    began = time.monotonic()
    assert ensure_server(free) == free
    assert adb_host.server_version(free) >= 41
    assert time.monotonic() - began < 30
    [server] = servers_on(free.port)
    assert ensure_server(free) == free
    assert [process.pid for process in servers_on(free.port)] == [server.pid]
    assert server.environ()["ADB_LIBUSB"] == "0"


def test_the_server_outlives_the_program_that_started_it(free: Address) -> None:
    code = (
        "from diagnose.transports.adb.server import ensure_server\n"
        "from diagnose.transports.adb.host import Address\n"
        f"ensure_server(Address('127.0.0.1', {free.port}))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)
    assert adb_host.server_version(free) >= 41
    [server] = servers_on(free.port)
    assert os.getsid(server.pid) != os.getsid(0)


def test_programs_that_start_it_in_the_same_moment_share_one(free: Address) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ensure_server, [free] * 6)) == {free}
    assert len(servers_on(free.port)) == 1


def test_what_the_user_set_for_libusb_is_kept(
    free: Address, plain: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    adb = program(tmp_path, 'echo "ADB_LIBUSB=$ADB_LIBUSB $*" >&2; exit 1')
    plain.setenv("ADBUTILS_ADB_PATH", str(adb))
    plain.setenv("ADB_LIBUSB", "1")
    with pytest.raises(ServerUnavailable, match=f"ADB_LIBUSB=1 -P {free.port} start-server"):
        ensure_server(free)


def program(folder: Path, script: str) -> Path:
    path = folder / "adb"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_an_adb_that_fails_is_quoted(
    free: Address, plain: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    adb = program(tmp_path, r"printf 'cannot bind\033[2J\n'; exit 1")
    plain.setenv("ADBUTILS_ADB_PATH", str(adb))
    with pytest.raises(ServerUnavailable, match="cannot bind") as error:
        ensure_server(free)
    assert error.value.message.isprintable()
    assert str(adb) in error.value.hint


def test_an_adb_that_hangs_is_ended(
    free: Address, plain: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    adb = program(tmp_path, f"echo $$ > {pid_file}; exec sleep 60")
    plain.setenv("ADBUTILS_ADB_PATH", str(adb))
    with pytest.raises(ServerUnavailable, match="did not start"):
        ensure_server(free, start_timeout_s=1.0)
    assert not psutil.pid_exists(int(pid_file.read_text()))


def test_an_adb_that_lies_is_found_out(
    free: Address, plain: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain.setenv("ADBUTILS_ADB_PATH", str(program(tmp_path, "exit 0")))
    with pytest.raises(ServerUnavailable, match="no adb server listens"):
        ensure_server(free, start_timeout_s=0.3)


def test_a_server_on_another_computer_is_never_started(plain: pytest.MonkeyPatch) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.2", 0))  # bound and not listening: refused
        address = Address("127.0.0.2", sock.getsockname()[1])
        with pytest.raises(ServerUnavailable) as error:
            ensure_server(address)
    assert "on that computer" in error.value.hint
    assert not servers_on(address.port)


def test_adb_is_found_by_variable_then_path_then_wheel(
    plain: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain.setenv("PATH", str(tmp_path))
    assert find_adb().parts[-3:-1] == ("adbutils", "binaries")
    on_path = program(tmp_path, "exit 0")
    assert find_adb() == on_path
    plain.setenv("ADBUTILS_ADB_PATH", "/opt/adb")
    assert find_adb() == Path("/opt/adb")


def test_finding_and_talking_to_adb_imports_nothing_heavy() -> None:
    code = (
        "import sys, diagnose.discovery.adb, diagnose.transports.adb.transport, "
        "diagnose.transports.adb.server as s; s.find_adb(); "
        "print([m for m in ('adbutils', 'pydantic', 'asyncio', 'requests') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_questions_to_the_real_server(adb_server: AdbServer) -> None:
    address = Address("127.0.0.1", adb_server.port)
    with Daemon(Scripted()) as phone, adb_server.attached(phone) as serial:
        assert adb_host.device_state(address, serial) == "device"
        assert serial in adb_host.device_list(address)
    with pytest.raises(HostRefusal, match="not found"):
        adb_host.device_state(address, "nobody")
    with pytest.raises(ProtocolError):
        adb_host.ask(address, "host:" + "x" * 70_000)


def test_connect_and_disconnect(adb_server: AdbServer) -> None:
    address = Address("127.0.0.1", adb_server.port)
    with Daemon(Scripted()) as phone:
        adb_host.connect(address, phone.serial)
        adb_host.connect(address, phone.serial)
        wait_until(lambda: adb_server.state(phone.serial) == "device", 15, "never a device")
        adb_host.disconnect(address, phone.serial)
        assert adb_server.state(phone.serial) == "absent"
        adb_host.disconnect(address, phone.serial)


def test_connecting_to_nobody_says_so(adb_server: AdbServer) -> None:
    address = Address("127.0.0.1", adb_server.port)
    with pytest.raises(DeviceNotFound) as error:
        adb_host.connect(address, f"127.0.0.1:{free_port()}")
    assert error.value.hint


def test_a_phone_that_came_back_is_connected_anew(adb_server: AdbServer) -> None:
    """The server says "already connected" of a phone it knows to be offline."""
    address = Address("127.0.0.1", adb_server.port)
    with Daemon(Scripted()) as phone, adb_server.attached(phone) as serial:
        phone.unplug()
        adb_server.wait_for(serial, "offline")
        phone.replug()
        adb_host.connect(address, serial)
        adb_server.wait_for(serial, "device")
