"""The transport over Google's adb server to virtual phones that speak the real protocol."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.adbserver import AdbServer
from tests.transports.scripted import Scripted

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Shell, sampled
from diagnose.simulator.output import Output
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.faults import WireFaults
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.transport import AdbTransport
from diagnose.transports.adb.wire import ALWAYS_KEPT

Attach = Callable[..., str]

ALL_BYTES = bytes(range(256)) * 100
OLD = frozenset({"cmd"})


def transport(adb_server: AdbServer, serial: str, concurrency: int = 40) -> AdbTransport:
    address = Address("127.0.0.1", adb_server.port)
    return AdbTransport(serial, address=address, concurrency=concurrency)


def by_key(replies: Iterator[Reply]) -> dict[str, Reply]:
    return {reply.key.removeprefix("shell:"): reply for reply in replies}


def test_streams_and_exit_codes(adb_server: AdbServer, attach: Attach) -> None:
    answers = {
        "both": Output(stdout=b"out\n", stderr=b"err\n", exit_code=3),
        "bytes": Output(stdout=ALL_BYTES),
        "nothing": Output(),
    }
    serial = attach(Daemon(Scripted(answers)))
    requests = [Shell("both"), Shell("bytes"), Shell("nothing"), Shell("missing")]
    replies = by_key(transport(adb_server, serial).perform(requests))
    assert {reply.status for reply in replies.values()} == {ReplyStatus.COMPLETE}
    both = replies["both"]
    assert (both.stdout, both.stderr, both.exit_code) == (b"out\n", b"err\n", 3)
    assert replies["bytes"].stdout == ALL_BYTES
    assert (replies["nothing"].stdout, replies["nothing"].exit_code) == (b"", 0)
    assert replies["missing"].exit_code == 127
    assert b"not found" in replies["missing"].stderr


def test_an_old_phone_gives_bytes_unchanged_and_no_exit_code(
    adb_server: AdbServer, attach: Attach
) -> None:
    phone = Scripted({"bytes": Output(stdout=ALL_BYTES, exit_code=9)}, features=OLD)
    serial = attach(Daemon(phone))
    [reply] = transport(adb_server, serial).perform([Shell("bytes")])
    assert (reply.status, reply.exit_code) == (ReplyStatus.COMPLETE, None)
    assert reply.stdout == ALL_BYTES


def test_forty_at_once_take_little_more_than_the_slowest(
    adb_server: AdbServer, attach: Attach
) -> None:
    names = [f"c{n}" for n in range(40)]
    phone = Scripted(
        {name: Output(stdout=name.encode()) for name in names},
        latencies_ms=dict.fromkeys(names, 50.0),
    )
    serial = attach(Daemon(phone))
    requests = [Shell(name) for name in names]

    def seconds(concurrency: int) -> float:
        began = time.monotonic()
        replies = by_key(transport(adb_server, serial, concurrency).perform(requests))
        assert {name: replies[name].stdout for name in names} == {n: n.encode() for n in names}
        return time.monotonic() - began

    assert seconds(1) / seconds(40) > 4


def test_a_hung_command_costs_only_its_own_deadline(adb_server: AdbServer, attach: Attach) -> None:
    names = [f"c{n}" for n in range(30)]
    phone = Scripted({name: Output(stdout=b"ok") for name in names})
    serial = attach(Daemon(phone, faults=WireFaults(hangs=("stuck*",))))
    requests = [Shell("stuck", timeout_s=1.5), *map(Shell, names)]
    replies = list(transport(adb_server, serial, 8).perform(requests))
    assert [reply.status for reply in replies[:-1]] == [ReplyStatus.COMPLETE] * 30
    assert replies[-1].status is ReplyStatus.TIMEOUT
    assert 1500 <= replies[-1].duration_ms < 6000


def test_a_stream_that_is_cut_is_truncated_and_the_rest_goes_on(
    adb_server: AdbServer, attach: Attach
) -> None:
    phone = Scripted({"cut": Output(stdout=b"x" * 5000), "fine": Output(stdout=b"ok")})
    serial = attach(Daemon(phone, faults=WireFaults(truncates=("cut",))))
    link = transport(adb_server, serial)
    replies = by_key(link.perform([Shell("cut"), Shell("fine")]))
    assert replies["cut"].status is ReplyStatus.TRUNCATED
    assert replies["fine"].status is ReplyStatus.COMPLETE
    assert not link.lost_because


@pytest.mark.parametrize("features", [frozenset({"shell_v2", "cmd"}), OLD])
def test_a_phone_that_goes_away_loses_the_rest_quickly(
    adb_server: AdbServer, attach: Attach, features: frozenset[str]
) -> None:
    names = [f"c{n}" for n in range(60)]
    phone = Scripted({name: Output(stdout=b"ok") for name in names}, features=features)
    serial = attach(Daemon(phone, faults=WireFaults(drops_after=10)))
    link = transport(adb_server, serial, 4)
    began = time.monotonic()
    replies = list(link.perform([Shell(name, timeout_s=60) for name in names]))
    took_s = time.monotonic() - began
    statuses = [reply.status for reply in replies]
    complete = statuses.count(ReplyStatus.COMPLETE)
    assert len(replies) == 60
    assert complete < 10 + 4  # four streams were open at the tenth answer
    assert statuses.count(ReplyStatus.LOST) >= 60 - 13 - 4
    assert set(statuses[complete:]) <= {ReplyStatus.LOST, ReplyStatus.TRUNCATED}
    assert serial in link.lost_because
    assert took_s < 20


def test_an_old_phone_unplugged_in_mid_answer_is_lost_not_complete(
    adb_server: AdbServer, attach: Attach
) -> None:
    """Shell v1 has no exit packet: the end of the stream alone must not pass for an answer."""
    phone = Scripted({"slow": Output(stdout=b"half", hangs=True)}, features=OLD)
    daemon = Daemon(phone)
    link = transport(adb_server, attach(daemon))

    def unplug() -> None:
        while not daemon.commands:
            time.sleep(0.01)
        daemon.unplug()

    with ThreadPoolExecutor(1) as pool:
        unplugged = pool.submit(unplug)
        [reply] = link.perform([Shell("slow", timeout_s=60)])
        unplugged.result()
    assert reply.status is ReplyStatus.LOST
    assert link.lost_because


def test_a_server_killed_by_its_pid_loses_everything() -> None:
    server = AdbServer()
    server.start()
    try:
        phone = Scripted({"slow": Output(hangs=True)})
        with Daemon(phone) as daemon, server.attached(daemon) as serial:
            link = transport(server, serial)

            def kill() -> None:
                while not daemon.commands:
                    time.sleep(0.01)
                server.kill()

            with ThreadPoolExecutor(1) as pool:
                killed = pool.submit(kill)
                replies = list(link.perform([Shell("slow", timeout_s=60) for _ in range(5)]))
                killed.result()
    finally:
        server.stop()
    assert [reply.status for reply in replies] == [ReplyStatus.LOST] * 5
    assert "adb server" in link.lost_because


@pytest.mark.parametrize("fault", ["unauthorized", "offline"])
def test_a_phone_that_lets_nobody_in_is_lost_at_once(
    adb_server: AdbServer, attach: Attach, fault: str
) -> None:
    daemon = Daemon(Scripted(), faults=WireFaults.parse([fault]))
    link = transport(adb_server, attach(daemon, fault))
    replies = list(link.perform([Shell("a"), Shell("b")]))
    assert [reply.status for reply in replies] == [ReplyStatus.LOST] * 2
    assert fault in link.lost_because


def test_a_phone_nobody_knows_is_lost_at_once(adb_server: AdbServer) -> None:
    link = transport(adb_server, "no-such-phone")
    assert [r.status for r in link.perform([Shell("a")])] == [ReplyStatus.LOST]
    assert "no-such-phone" in link.lost_because


def test_fifty_megabytes_are_cut_at_the_bound_in_bounded_memory(
    adb_server: AdbServer, attach: Attach
) -> None:
    serial = attach(Daemon(Scripted(), faults=WireFaults(floods=("flood",))))
    link = transport(adb_server, serial)
    tracemalloc.start()
    try:
        [reply] = link.perform([Shell("flood", max_bytes=2_000_000, timeout_s=60)])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (reply.status, len(reply.stdout)) == (ReplyStatus.OVERSIZE, ALWAYS_KEPT)
    assert peak < 40_000_000  # the virtual phone of this same process included


def test_fifty_megabytes_that_are_allowed_arrive_whole(
    adb_server: AdbServer, attach: Attach
) -> None:
    block = b"0123456789abcdef" * 65536
    serial = attach(Daemon(Scripted({"dump": Output(stdout=[block] * 50)})))
    [reply] = transport(adb_server, serial).perform(
        [Shell("dump", max_bytes=60_000_000, timeout_s=90)]
    )
    assert reply.status is ReplyStatus.COMPLETE
    assert reply.stdout == block * 50


def test_abort_stops_a_command_on_the_phone(adb_server: AdbServer, attach: Attach) -> None:
    daemon = Daemon(Scripted({"slow": Output(stdout=b"begun", hangs=True)}))
    link = transport(adb_server, attach(daemon))

    def stop() -> None:
        while len(daemon.commands) < 3:
            time.sleep(0.01)
        link.abort()

    stopper = threading.Thread(target=stop)
    stopper.start()
    began = time.monotonic()
    replies = list(link.perform([Shell("slow", timeout_s=90)] * 3))
    stopper.join()
    assert [reply.status for reply in replies] == [ReplyStatus.CANCELLED] * 3
    assert time.monotonic() - began < 30


def test_no_command_is_sent_twice(adb_server: AdbServer, attach: Attach) -> None:
    names = [f"c{n}" for n in range(60)]
    daemon = Daemon(Scripted({name: Output() for name in names}))
    replies = list(transport(adb_server, attach(daemon)).perform(list(map(Shell, names))))
    assert len(replies) == 60
    assert sorted(daemon.commands) == sorted(names)
    assert not daemon.write_attempts
    assert not daemon.unknown_services


LISTEN = Shell("listen", sample=1, listen_s=1.0, timeout_s=0.1)


def test_listening_ends_when_its_time_is_over_and_keeps_what_was_heard(
    adb_server: AdbServer, attach: Attach
) -> None:
    heard = Output(stdout=b"listening\n", hangs=True, later=((0.3, b"one\n"), (30, b"too late\n")))
    daemon = Daemon(Scripted({"listen": heard}))
    [reply] = transport(adb_server, attach(daemon)).perform([LISTEN])
    assert (reply.status, reply.stdout) == (ReplyStatus.COMPLETE, b"listening\none\n")
    assert reply.detail == "heard for 1 s"
    assert reply.duration_ms >= 1000
    assert _is_soon(lambda: daemon.ledger.cancelled == 1), "nothing runs on the phone any more"


def test_a_phone_that_goes_while_it_is_listened_to_is_lost(
    adb_server: AdbServer, attach: Attach
) -> None:
    heard = Output(stdout=b"listening\n", hangs=True)
    phone = Scripted({"listen": heard, "last": Output()}, latencies_ms={"last": 300})
    daemon = Daemon(phone, faults=WireFaults(drops_after=1))
    replies = by_key(transport(adb_server, attach(daemon)).perform([LISTEN, Shell("last")]))
    assert replies["listen #1"].status is ReplyStatus.LOST


def test_listening_can_be_stopped(adb_server: AdbServer, attach: Attach) -> None:
    daemon = Daemon(Scripted({"listen": Output(stdout=b"listening\n", hangs=True)}))
    link = transport(adb_server, attach(daemon))
    stopper = threading.Timer(0.3, link.abort)
    stopper.start()
    [reply] = link.perform([Shell("listen", sample=1, listen_s=60)])
    stopper.join()
    assert reply.status is ReplyStatus.CANCELLED


def test_listening_keeps_nobody_waiting(adb_server: AdbServer, attach: Attach) -> None:
    daemon = Daemon(Scripted({"listen": Output(stdout=b"x", hangs=True), "now": Output()}))
    requests = (Shell("listen", sample=1, listen_s=2), *sampled("now", times_s=(0.1, 0.2)))
    link = transport(adb_server, attach(daemon), concurrency=1)
    replies = by_key(link.perform(requests))
    assert list(replies) == ["now #1", "now #2", "listen #1"]


def test_samples_are_asked_at_their_times_and_each_is_an_answer(
    adb_server: AdbServer, attach: Attach
) -> None:
    daemon = Daemon(Scripted({"now": Output(stdout=b"1\n")}))
    requests = sampled("now", times_s=(0, 0.4, 0.8))
    replies = by_key(transport(adb_server, attach(daemon)).perform(requests))
    assert list(replies) == ["now #1", "now #2", "now #3"]
    assert daemon.commands == ["now"] * 3
    for number, due_ms in ((1, 0), (2, 400), (3, 800)):
        assert replies[f"now #{number}"].started_ms >= due_ms


def _is_soon(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 30
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    return happened()
