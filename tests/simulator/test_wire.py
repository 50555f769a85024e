"""The wire of virtual phones, seen through the real adb server: services and streams."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.adbserver import AdbRefusal, AdbServer, read_all, read_exact, wait_until
from tests.scriptedphone import (
    ANDROID_6,
    ANDROID_7,
    MODERN,
    WITHOUT_DELAYED_ACKS,
    ScriptedPhone,
)

from diagnose.simulator.output import Output
from diagnose.simulator.wire import packet as wire
from diagnose.simulator.wire.daemon import Daemon

Attach = Callable[..., str]

BOTH = {"both": Output(stdout=b"out\n", stderr=b"err\n", exit_code=3)}
LONG = bytes(range(256)) * 4000  # 1 MB, every byte value
V2_FEATURES = [MODERN, WITHOUT_DELAYED_ACKS, ANDROID_7]


@pytest.mark.parametrize("features", V2_FEATURES, ids=["delayed-acks", "classic", "android-7"])
def test_v2_splits_streams_and_tells_exit_code(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    phone = ScriptedPhone(BOTH | {"long": Output(stdout=LONG)}, features=features)
    serial = attach(Daemon(phone))
    reply = adb_server.shell(serial, "both")
    assert (reply.stdout, reply.stderr, reply.exit_code) == (b"out\n", b"err\n", 3)
    assert adb_server.shell(serial, "nope").exit_code == 127
    assert adb_server.shell(serial, "long").stdout == LONG


def test_real_adb_program_agrees(adb_server: AdbServer, attach: Attach) -> None:
    serial = attach(Daemon(ScriptedPhone(BOTH)))
    done = adb_server.adb("-s", serial, "shell", "both")
    assert (done.stdout, done.stderr, done.returncode) == ("out\n", "err\n", 3)
    assert "model:M_1" in adb_server.adb("devices", "-l").stdout
    assert set(adb_server.ask(f"host-serial:{serial}:features").split(",")) == MODERN


@pytest.mark.parametrize("features", V2_FEATURES, ids=["delayed-acks", "classic", "android-7"])
def test_v1_shell_since_android_7_is_raw(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    serial = attach(Daemon(ScriptedPhone(BOTH, features=features)))
    assert adb_server.raw(serial, "shell:both") == b"out\nerr\n"


def test_android_6_has_only_v1_with_crlf(adb_server: AdbServer, attach: Attach) -> None:
    phone = ScriptedPhone(BOTH | {"long": Output(stdout=LONG)}, features=ANDROID_6)
    serial = attach(Daemon(phone))
    assert adb_server.raw(serial, "shell:both") == b"out\r\nerr\r\n"
    assert adb_server.raw(serial, "shell:long") == LONG.replace(b"\n", b"\r\n")
    assert adb_server.raw(serial, "exec:long") == LONG
    with pytest.raises(AdbRefusal):
        adb_server.shell(serial, "both")


def test_v2_on_a_terminal_merges_with_crlf(adb_server: AdbServer, attach: Attach) -> None:
    serial = attach(Daemon(ScriptedPhone(BOTH)))
    data = adb_server.raw(serial, "shell,v2,TERM=xterm,pty:both")
    assert data == b"\1\5\0\0\0out\r\n\1\5\0\0\0err\r\n\3\1\0\0\0\3"


def test_chunked_output(adb_server: AdbServer, attach: Attach) -> None:
    chunks = [b"", b"a" * 10, b"b" * 300_000, b"", b"c"]
    serial = attach(Daemon(ScriptedPhone({"chunks": Output(stdout=chunks)})))
    assert adb_server.shell(serial, "chunks").stdout == b"".join(chunks)


def test_command_of_the_longest_form(adb_server: AdbServer, attach: Attach) -> None:
    command = "echo " + "x" * 60_000
    serial = attach(Daemon(ScriptedPhone({command: Output(stdout=b"ok")})))
    assert adb_server.shell(serial, command).stdout == b"ok"


def test_broken_responder_answers_1_and_is_recorded(adb_server: AdbServer, attach: Attach) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"start"
        raise RuntimeError("in the middle")

    class Broken(ScriptedPhone):
        def respond(self, command: str) -> Output:
            if command == "late":
                return Output(stdout=chunks())
            raise KeyError(command)

    daemon = Daemon(Broken())
    serial = attach(daemon)
    assert adb_server.shell(serial, "now").exit_code == 1
    late = adb_server.shell(serial, "late")
    assert (late.stdout, late.exit_code) == (b"start", 1)
    assert [error.split(":")[0] for error in daemon.errors] == ["now", "late"]


def test_output_that_hangs_is_sent_without_exit(adb_server: AdbServer, attach: Attach) -> None:
    serial = attach(Daemon(ScriptedPhone({"tail": Output(stdout=b"some", hangs=True)})))
    with adb_server.device(serial, "shell,v2,raw:tail", timeout_s=0.3) as sock:
        assert sock.recv(100) == b"\1\4\0\0\0some"
        with pytest.raises(TimeoutError):
            sock.recv(100)


# --- files ---


def test_sync_pulls_and_stats(adb_server: AdbServer, attach: Attach, tmp_path: Path) -> None:
    daemon = Daemon(ScriptedPhone(files={"/proc/long": LONG}))
    serial = attach(daemon)
    target = tmp_path / "long"
    assert adb_server.adb("-s", serial, "pull", "/proc/long", str(target)).returncode == 0
    assert target.read_bytes() == LONG
    missing = adb_server.adb("-s", serial, "pull", "/proc/nothing", str(tmp_path / "none"))
    assert missing.returncode == 1
    assert "No such file" in missing.stderr
    assert daemon.write_attempts == []


@pytest.mark.parametrize("features", [MODERN, ANDROID_6], ids=["modern", "android-6"])
def test_sync_over_adbutils(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    import adbutils

    serial = attach(Daemon(ScriptedPhone(files={"/proc/long": LONG}, features=features)))
    sync = adbutils.AdbClient(port=adb_server.port).device(serial).sync
    assert sync.stat("/proc/long").size == len(LONG)
    assert sync.stat("/nothing").mode == 0
    assert sync.read_bytes("/proc/long") == LONG
    assert sync.list("/proc") == []


@pytest.mark.parametrize("content", [b"", b"small", LONG], ids=["empty", "small", "long"])
def test_push_is_refused_and_recorded(
    adb_server: AdbServer, attach: Attach, tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "app.apk"
    source.write_bytes(content)
    daemon = Daemon(ScriptedPhone())
    serial = attach(daemon)
    done = adb_server.adb("-s", serial, "push", str(source), "/data/local/tmp/app.apk")
    assert done.returncode == 1
    assert "read-only" in done.stderr
    assert len(daemon.write_attempts) == 1
    assert "/data/local/tmp/app.apk" in daemon.write_attempts[0]
    assert adb_server.shell(serial, "still there").exit_code == 127


@pytest.mark.parametrize("service", ["reboot:", "root:", "tcpip:5555", "remount:", "jdwp:1"])
def test_other_services_are_refused_and_recorded(
    adb_server: AdbServer, attach: Attach, service: str
) -> None:
    daemon = Daemon(ScriptedPhone())
    serial = attach(daemon)
    with pytest.raises(AdbRefusal):
        adb_server.raw(serial, service)
    assert daemon.unknown_services == [service]
    assert daemon.commands == []


def test_sync_requests_one_after_another(adb_server: AdbServer, attach: Attach) -> None:
    serial = attach(Daemon(ScriptedPhone(files={"/a": b"1", "/b": b"22"})))
    stat_a, stat_b = sync_request(b"STAT", b"/a"), sync_request(b"STAT", b"/b")
    with adb_server.device(serial, "sync:") as sock:
        sock.sendall(stat_a + stat_b[:6])
        assert read_exact(sock, 16)[8:12] == b"\1\0\0\0"
        sock.sendall(stat_b[6:] + sync_request(b"QUIT", b""))
        assert read_exact(sock, 16)[8:12] == b"\2\0\0\0"
        assert sock.recv(1) == b""


@pytest.mark.parametrize(
    "data",
    [b"NOPE\0\0\0\0", b"STAT\xff\xff\0\0", b"\xff" * 5000],
    ids=["unknown", "long-path", "noise"],
)
def test_sync_refuses_what_it_does_not_know(
    adb_server: AdbServer, attach: Attach, data: bytes
) -> None:
    daemon = Daemon(ScriptedPhone())
    serial = attach(daemon)
    with adb_server.device(serial, "sync:") as sock:
        sock.sendall(data)
        assert read_all(sock).startswith(b"FAIL")
    assert daemon.write_attempts == []


def test_compression_is_not_promised(adb_server: AdbServer, attach: Attach) -> None:
    features = MODERN | {"sendrecv_v2_brotli", "sendrecv_v2_lz4", "sendrecv_v2_zstd"}
    serial = attach(Daemon(ScriptedPhone(features=features)))
    assert set(adb_server.ask(f"host-serial:{serial}:features").split(",")) == MODERN


def sync_request(kind: bytes, path: bytes) -> bytes:
    """A request of the sync protocol."""
    return kind + len(path).to_bytes(4, "little") + path


# --- many streams, cancelling, end ---


def test_forty_streams_take_as_long_as_the_slowest(adb_server: AdbServer, attach: Attach) -> None:
    names = [f"c{number}" for number in range(40)]
    phone = ScriptedPhone(
        {name: Output(stdout=name.encode() * 5000) for name in names},
        latencies_ms={name: 5.0 + 4 * number for number, name in enumerate(names)},
    )
    serial = attach(Daemon(phone))

    def gather(threads: int) -> float:
        begin = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            replies = list(pool.map(lambda name: adb_server.shell(serial, name), names))
        assert [r.stdout for r in replies] == [name.encode() * 5000 for name in names]
        return time.perf_counter() - begin

    together, one_by_one = gather(40), gather(1)
    assert together >= max(phone.latencies_ms.values()) / 1000
    assert together < one_by_one / 4  # the sum of latencies is twenty times the slowest


def test_closing_a_stream_cancels_its_command(adb_server: AdbServer, attach: Attach) -> None:
    daemon = Daemon(ScriptedPhone(latencies_ms={"slow": 600_000.0}))
    serial = attach(daemon)
    with adb_server.device(serial, "shell,v2,raw:slow"):
        pass
    wait_until(lambda: daemon.ledger.cancelled == 1, 5, "the command still runs")
    assert daemon.ledger.answered == 0


def test_stop_leaves_nothing_and_phones_share_one_thread() -> None:
    def phone_threads() -> int:
        return sum(thread.name == "virtual-phones" for thread in threading.enumerate())

    before = phone_threads()
    first, second = Daemon(ScriptedPhone()).start(), Daemon(ScriptedPhone()).start()
    assert phone_threads() == 1
    assert first.port != second.port
    first.stop()
    first.stop()
    assert phone_threads() == 1
    second.stop()
    assert phone_threads() == before


def test_unplug_and_replug(adb_server: AdbServer, attach: Attach) -> None:
    daemon = Daemon(ScriptedPhone(BOTH, latencies_ms={"slow": 600_000.0}))
    serial = attach(daemon)
    with adb_server.device(serial, "shell,v2,raw:slow") as sock:
        daemon.unplug()
        assert sock.recv(100) == b""
    adb_server.wait_for(serial, "offline")
    daemon.replug()
    adb_server.wait_for(serial, "device")
    assert adb_server.shell(serial, "both").exit_code == 3


def test_responder_may_pull_its_own_cable(adb_server: AdbServer, attach: Attach) -> None:
    class Leaving(ScriptedPhone):
        def respond(self, command: str) -> Output:
            assert command == "x"
            daemon.unplug()
            return Output(stdout=b"never seen")

    daemon = Daemon(Leaving())
    serial = attach(daemon)
    assert adb_server.raw(serial, "shell,v2,raw:x") == b""
    assert daemon.ledger.answered == 0


@pytest.mark.slow
def test_client_that_never_reads_is_hung_up_on() -> None:
    def encode(command: int, arg0: int, arg1: int, payload: bytes) -> bytes:
        return wire.header(command, arg0, arg1, payload, checksum=True) + payload

    daemon = Daemon(ScriptedPhone(features=MODERN))
    with daemon, socket.create_connection((daemon.host, daemon.port), timeout=20) as sock:
        sock.sendall(encode(wire.CNXN, wire.VERSION_PLAIN, wire.PAYLOAD_MAX, b"host::"))
        opens = encode(wire.OPEN, 1, 0, b"none:") * 2_000_000  # answered by 48 MB of CLSE
        with pytest.raises(ConnectionError):
            sock.sendall(opens)
    assert daemon.errors == ["connection closed: the client never reads"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_forever_ends_cleanly(number: signal.Signals) -> None:
    script = (
        "from tests.scriptedphone import ScriptedPhone\n"
        "from diagnose.simulator.wire.daemon import Daemon, serve_forever\n"
        "phones = [Daemon(ScriptedPhone()), Daemon(ScriptedPhone())]\n"
        "serve_forever(phones, lambda: print('ready', flush=True))\n"
        "print('ended')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.send_signal(number)
            assert process.communicate(timeout=10) == ("ended\n", "")
            assert process.returncode == 0
        finally:
            process.kill()
