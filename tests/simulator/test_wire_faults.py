"""Faults of the connection, seen through the real adb server."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import psutil  # type: ignore[import-untyped,unused-ignore]  # types-psutil may be absent
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adbserver import AdbRefusal, AdbServer, wait_until
from tests.scriptedphone import ANDROID_6, MODERN, WITHOUT_DELAYED_ACKS, ScriptedPhone

from diagnose.simulator.output import Output
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.distortion import FLOOD_BYTES
from diagnose.simulator.wire.faults import WIRE_FAULT_NAMES, WireFaults

Attach = Callable[..., str]

ANSWERS = {
    "dumpsys battery": Output(stdout="level: 80\n温度: 25\n".encode() * 100),
    "id": Output(stdout=b"uid=2000(shell)\n"),
}


def phone_with(*faults: str, features: frozenset[str] = MODERN) -> Daemon:
    """A daemon with faults by name."""
    return Daemon(ScriptedPhone(ANSWERS, features=features), faults=WireFaults.parse(faults))


def test_hanging_command_costs_only_itself(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("hangs:dumpsys *")
    serial = attach(daemon)
    with adb_server.device(serial, "shell,v2,raw:dumpsys battery", timeout_s=0.3) as hanging:
        assert adb_server.shell(serial, "id").exit_code == 0
        with pytest.raises(TimeoutError):
            hanging.recv(1)
    assert adb_server.state(serial) == "device"
    assert daemon.commands == ["dumpsys battery", "id"]


def test_phone_drops_after_answers_and_stays_away(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("drops-after:3")
    serial = attach(daemon)
    assert [adb_server.shell(serial, "id").exit_code for _ in range(3)] == [0, 0, 0]
    wait_until(lambda: adb_server.state(serial) != "device", 5, "the phone is still there")
    with pytest.raises(AdbRefusal):
        adb_server.shell(serial, "id")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((daemon.host, daemon.port))


def test_dropped_phone_cuts_running_commands(adb_server: AdbServer, attach: Attach) -> None:
    phone = ScriptedPhone(ANSWERS, latencies_ms={"dumpsys battery": 600_000.0})
    serial = attach(Daemon(phone, faults=WireFaults.parse(["drops-after:1"])))
    with adb_server.device(serial, "shell,v2,raw:dumpsys battery") as running:
        assert adb_server.shell(serial, "id").exit_code == 0
        assert running.recv(100) == b""


def test_flapping_phone_comes_back(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("flaps:1")
    serial = attach(daemon)
    for _ in range(3):
        assert adb_server.shell(serial, "id").exit_code == 0
    wait_until(lambda: daemon.ledger.connections == 2, 20, "the server does not come back")
    adb_server.wait_for(serial, "device")
    for _ in range(7):
        assert adb_server.shell(serial, "id").exit_code == 0
    assert daemon.ledger.connections == 2


def test_unauthorized(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("unauthorized")
    serial = attach(daemon, "unauthorized")
    with pytest.raises(AdbRefusal, match="unauthorized"):
        adb_server.shell(serial, "id")
    assert daemon.commands == []


def test_offline(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("offline")
    serial = attach(daemon, "offline")
    with pytest.raises(AdbRefusal, match="offline"):
        adb_server.shell(serial, "id")
    assert daemon.ledger.connections == 1


@pytest.mark.parametrize("features", [MODERN, ANDROID_6], ids=["v2", "v1"])
def test_garbage_is_not_text_but_the_protocol_holds(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    daemon = phone_with("garbage", features=features)
    serial = attach(daemon)
    first, second = (adb_server.raw(serial, "exec:id") for _ in range(2))
    assert first == second
    with pytest.raises(UnicodeDecodeError):
        first.decode()
    if features == MODERN:
        assert adb_server.shell(serial, "id").exit_code == 0


@pytest.mark.parametrize(
    ("features", "service"),
    [
        (MODERN, "shell,v2,raw:id"),
        (WITHOUT_DELAYED_ACKS, "shell,v2,raw:id"),
        (ANDROID_6, "shell:id"),
    ],
    ids=["delayed-acks", "classic", "android-6"],
)
def test_flood_needs_no_memory(
    adb_server: AdbServer, attach: Attach, features: frozenset[str], service: str
) -> None:
    serial = attach(phone_with("floods:id", features=features))
    own = psutil.Process()
    before = peak = own.memory_info().rss
    received = 0
    with adb_server.device(serial, service) as sock:
        while chunk := sock.recv(1 << 18):
            received += len(chunk)
            peak = max(peak, own.memory_info().rss)
    assert received > FLOOD_BYTES
    assert peak - before < FLOOD_BYTES / 2


def test_reader_that_stops_reading_stops_the_flood(adb_server: AdbServer, attach: Attach) -> None:
    daemon = phone_with("floods:dumpsys *", features=WITHOUT_DELAYED_ACKS)
    serial = attach(daemon)
    with adb_server.device(serial, "shell,v2,raw:dumpsys battery"):
        wait_until(lambda: still(daemon), 10, "the flood never stops")
        assert daemon.bytes_sent < FLOOD_BYTES / 2
        assert adb_server.shell(serial, "id").exit_code == 0
    wait_until(lambda: daemon.ledger.cancelled == 1, 5, "the flood was not cancelled")


def still(daemon: Daemon) -> bool:
    """Whether nothing was sent for a moment."""
    before = daemon.bytes_sent
    time.sleep(0.1)
    return 0 < before == daemon.bytes_sent


@pytest.mark.parametrize("features", [MODERN, WITHOUT_DELAYED_ACKS], ids=["delayed", "classic"])
def test_truncated_output_has_no_exit_code(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    serial = attach(phone_with("truncates:dumpsys *", features=features))
    whole = ANSWERS["dumpsys battery"].stdout
    assert isinstance(whole, bytes)
    reply = adb_server.shell(serial, "dumpsys battery")
    assert reply.exit_code is None
    assert len(whole) / 2 <= len(reply.stdout) < len(whole)
    assert whole.startswith(reply.stdout)
    assert adb_server.shell(serial, "id").exit_code == 0


def test_slow_multiplies_latency(adb_server: AdbServer, attach: Attach) -> None:
    phone = ScriptedPhone(ANSWERS, latencies_ms={"id": 20.0})
    serial = attach(Daemon(phone, faults=WireFaults.parse(["slow:10"])))
    begin = time.perf_counter()
    assert adb_server.shell(serial, "id").exit_code == 0
    assert time.perf_counter() - begin >= 0.2


def test_encodings(adb_server: AdbServer, attach: Attach) -> None:
    whole = ANSWERS["dumpsys battery"].stdout
    assert isinstance(whole, bytes)
    utf16, crlf = attach(phone_with("utf16")), attach(phone_with("crlf"))
    data = adb_server.shell(utf16, "dumpsys battery").stdout
    assert data[:2] == b"\xff\xfe"
    assert data.decode("utf-16") == whole.decode()
    assert adb_server.shell(crlf, "dumpsys battery").stdout == whole.replace(b"\n", b"\r\n")


# --- names ---


def test_names_parse() -> None:
    names = ["hangs:dumpsys battery", "hangs:pm *", "drops-after:7", "slow:2.5", "unauthorized"]
    assert WireFaults.parse(names) == WireFaults(
        hangs=("dumpsys battery", "pm *"), drops_after=7, slow_factor=2.5, unauthorized=True
    )
    assert WireFaults.parse([]) == WireFaults()


@pytest.mark.parametrize("name", WIRE_FAULT_NAMES)
def test_every_listed_name_changes_something(name: str) -> None:
    example = {"command": ":id", "count": ":2", "factor": ":3", "seconds": ":4", None: ""}
    text = name + example[WIRE_FAULT_NAMES[name].parameter]
    assert WireFaults.parse([text]) != WireFaults()


@pytest.mark.parametrize(
    "names",
    [
        ["hangs"], ["hangs:"], ["drops-after:x"], ["drops-after:0"], ["flaps:-1"], ["slow:0"],
        ["slow:nan"], ["slow:1e9"], ["offline:1"], ["melts"], [""], ["slow:2", "slow:3"],
    ],
)  # fmt: skip
def test_wrong_names_are_refused_in_one_line(names: list[str]) -> None:
    with pytest.raises(ValueError, match="fault") as caught:
        WireFaults.parse(names)
    assert "\n" not in str(caught.value)


@given(st.sampled_from([*WIRE_FAULT_NAMES, "x"]), st.text(max_size=20))
def test_parse_raises_nothing_but_value_error(name: str, parameter: str) -> None:
    try:
        faults = WireFaults.parse([f"{name}:{parameter}"])
    except ValueError:
        return
    assert faults != WireFaults() or faults.slow_factor == 1.0
