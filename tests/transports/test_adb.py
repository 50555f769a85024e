"""The transport against a scripted adb server: what goes wrong on the wire, one case each."""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adbserver import wait_until
from tests.transports.fake_adb_server import FakeServer, Line, Stream, fail, okay, packet

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request, Shell
from diagnose.transports.adb import loop as adb_loop
from diagnose.transports.adb.exchange import AdbEndpoint, Exchange, ShellDialog
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.transport import AdbTransport
from diagnose.transports.adb.wire import ALWAYS_KEPT
from diagnose.transports.base import Transport

EXIT_0 = packet(3, b"\0")


def transport(server: FakeServer, **options: object) -> AdbTransport:
    return AdbTransport("S1", address=server.address, **options)  # type: ignore[arg-type]


def perform(server: FakeServer, *requests: Request, **options: object) -> list[Reply]:
    return list(transport(server, **options).perform(requests))


def one(server: FakeServer, request: Request | None = None) -> Reply:
    [reply] = perform(server, request or Shell("getprop", timeout_s=20))
    return reply


def says(*pieces: bytes) -> Stream:
    return lambda line, _service: line.send(b"OKAY", *pieces)


def test_a_reply_is_complete_with_the_exit_packet() -> None:
    script = says(packet(1, b"out"), packet(2, b"err"), packet(1, b"put"), packet(3, b"\x05"))
    with FakeServer(script) as server:
        reply = one(server)
    assert reply.status is ReplyStatus.COMPLETE
    assert (reply.stdout, reply.stderr, reply.exit_code) == (b"output", b"err", 5)
    assert reply.key == "shell:getprop"
    assert server.services == ["shell,v2,raw:getprop"]


def test_everything_one_byte_at_a_time() -> None:
    def script(line: Line, service: str) -> None:
        line.trickle(b"OKAY" + packet(1, b"hello") + EXIT_0)

    with FakeServer(script) as server:
        reply = one(server)
    assert (reply.status, reply.stdout) == (ReplyStatus.COMPLETE, b"hello")


def test_standard_input_is_closed_so_that_no_command_waits_for_it() -> None:
    heard: list[bytes] = []

    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        heard.append(line.read(5))
        line.send(EXIT_0)

    with FakeServer(script) as server:
        assert one(server).status is ReplyStatus.COMPLETE
    assert heard == [b"\x04\0\0\0\0"]


def test_the_service_waits_for_the_answer_to_the_transport() -> None:
    """A server drops a request that is sent before it answered the first."""
    early: list[bytes] = []

    def raw(line: Line) -> None:
        request = line.request()
        if not request.startswith("host:transport"):
            line.send(okay("shell_v2"))
            return
        line._sock.settimeout(0.2)
        try:
            early.append(line.read(1))
        except TimeoutError:
            early.append(b"")
        line._sock.settimeout(20)
        line.send(b"OKAY")
        line.request()
        line.send(b"OKAY", EXIT_0)

    with FakeServer(raw=raw) as server:
        assert one(server).status is ReplyStatus.COMPLETE
    assert early == [b""]


def test_end_of_stream_before_the_exit_packet_is_truncated() -> None:
    with FakeServer(says(packet(1, b"half"))) as server:
        reply = one(server)
    assert (reply.status, reply.stdout, reply.exit_code) == (ReplyStatus.TRUNCATED, b"half", None)
    assert "exit packet" in reply.detail


def test_a_packet_cut_in_two_is_truncated() -> None:
    with FakeServer(says(packet(1, b"x" * 100)[:50])) as server:
        reply = one(server)
    assert (reply.status, len(reply.stdout)) == (ReplyStatus.TRUNCATED, 45)


def test_a_stream_that_is_not_shell_v2_is_never_a_success() -> None:
    with FakeServer(says(packet(1, b"good"), b"<html>no</html>", EXIT_0)) as server:
        reply = one(server)
    assert (reply.status, reply.stdout) == (ReplyStatus.TRUNCATED, b"good")
    assert "protocol" in reply.detail


def test_a_reset_connection_is_truncated() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY", packet(1, b"half"))
        line.reset()

    with FakeServer(script) as server:
        assert one(server).status is ReplyStatus.TRUNCATED


def test_a_service_the_phone_does_not_open_is_refused() -> None:
    with FakeServer(lambda line, _service: line.send(fail("closed"))) as server:
        reply = one(server)
    assert (reply.status, reply.detail) == (ReplyStatus.REFUSED, "closed")


@pytest.mark.parametrize(
    "message",
    [
        "device 'S1' not found",
        "device offline",
        "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set",
        "device still authorizing",
    ],
)
def test_a_phone_that_is_not_there_is_lost(message: str) -> None:
    with FakeServer(transport=fail(message), features=fail(message)) as server:
        phone = transport(server, concurrency=1)
        replies = list(phone.perform([Shell("a"), Shell("b"), Shell("c")]))
        again = list(phone.perform([Shell("d")]))
    assert [reply.status for reply in replies + again] == [ReplyStatus.LOST] * 4
    assert message.partition("\n")[0].rstrip(".") in phone.lost_because
    assert phone.lost_because.endswith(".")
    assert "\n" not in phone.lost_because


def test_a_message_of_the_server_cannot_write_to_the_terminal() -> None:
    with FakeServer(lambda line, _service: line.send(fail("\x1b[2Jclosed\n\nx" * 99))) as server:
        reply = one(server)
    assert reply.detail.isprintable()
    assert len(reply.detail) < 2000


def test_a_hung_command_costs_its_own_deadline_only() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY", packet(1, b"partial"))
        if "hang" in service:
            line.hang()
        line.send(EXIT_0)

    with FakeServer(script) as server:
        requests = [Shell("hang", timeout_s=1.0), *(Shell("ok", str(n)) for n in range(20))]
        replies = perform(server, *requests, concurrency=4)
    assert [reply.key for reply in replies if reply.status is not ReplyStatus.COMPLETE] == [
        "shell:hang"
    ]
    hung = replies[-1]
    assert (hung.status, hung.stdout) == (ReplyStatus.TIMEOUT, b"partial")
    assert 1000 <= hung.duration_ms < 5000
    assert sum(reply.duration_ms for reply in replies[:-1]) < 20 * 1000


def test_output_that_never_ends_does_not_extend_the_deadline() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        while True:
            line.send(packet(1, b"tick\n"))
            time.sleep(0.01)

    with FakeServer(script) as server:
        reply = one(server, Shell("logcat", timeout_s=0.5))
    assert reply.status is ReplyStatus.TIMEOUT
    assert reply.stdout.startswith(b"tick\n")
    assert 500 <= reply.duration_ms < 5000


def test_more_than_the_bound_is_cut_there() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        while True:
            line.send(packet(1, b"x" * 65536))

    with FakeServer(script) as server:
        reply = one(server, Shell("cat", "big", max_bytes=100_000))
    assert (reply.status, len(reply.stdout)) == (ReplyStatus.OVERSIZE, ALWAYS_KEPT)
    assert reply.exit_code is None


def test_all_answers_together_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty streams that flood at once, each within its own bound, and one that does not."""
    monkeypatch.setattr(adb_loop, "MOST_BYTES", 1_000_000)

    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        if service.endswith("quiet"):
            line.send(packet(1, b"here"), EXIT_0)
        while not service.endswith("quiet"):
            line.send(packet(1, b"x" * 65536))

    floods = [Shell("flood", str(number), max_bytes=900_000) for number in range(40)]
    with FakeServer(script) as server:
        replies = perform(server, *floods, Shell("quiet"))
    kept = {reply.key: reply for reply in replies}
    assert kept["shell:quiet"].stdout == b"here"
    floods_kept = [kept[flood.key] for flood in floods]
    assert {reply.status for reply in floods_kept} == {ReplyStatus.OVERSIZE}
    assert all(len(reply.stdout) <= ALWAYS_KEPT for reply in floods_kept)
    assert any("together" in reply.detail for reply in floods_kept)


def test_a_silent_server_is_found_out() -> None:
    with FakeServer(raw=lambda line: line.hang()) as server:
        phone = transport(server)
        [reply] = phone.perform([Shell("a", timeout_s=0.3)])
    assert reply.status is ReplyStatus.LOST
    assert "adb server" in phone.lost_because


def test_the_server_is_never_met_by_more_connections_than_it_keeps_waiting() -> None:
    """Beyond its 128 the system drops them and tries again after a whole second."""
    waiting, most, turn = 0, 0, threading.Lock()

    def slow(line: Line) -> None:
        nonlocal waiting, most
        with turn:
            waiting += 1
            most = max(most, waiting)
        service = line.request()
        time.sleep(0.02)
        with turn:
            waiting -= 1
        if service.startswith("host-serial"):
            line.send(okay("shell_v2"))
            return
        line.send(b"OKAY")
        line.request()
        line.send(b"OKAY", packet(3, b"\0"))

    with FakeServer(raw=slow) as server:
        replies = perform(server, *(Shell(f"a {n}") for n in range(30)), concurrency=30)
    assert {reply.status for reply in replies} == {ReplyStatus.COMPLETE}
    assert most <= 8 + 1  # and the one that asks for the phone's features


def test_what_is_not_an_adb_server_gives_no_answer() -> None:
    def raw(line: Line) -> None:
        line.read(1)
        line.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with FakeServer(raw=raw) as server:
        phone = transport(server)
        [reply] = phone.perform([Shell("a")])
    assert reply.status is ReplyStatus.LOST
    assert "adb server" in phone.lost_because


def test_no_server_at_all_is_lost_and_not_an_exception() -> None:
    with FakeServer() as server:
        address = server.address
    phone = AdbTransport("S1", address=address)
    assert [r.status for r in phone.perform([Shell("a"), Shell("b")])] == [ReplyStatus.LOST] * 2
    assert str(address) in phone.lost_because


def test_an_address_that_cannot_be_resolved_is_lost() -> None:
    phone = AdbTransport("S1", address=Address("no-such-host.invalid", 5037))
    assert [r.status for r in phone.perform([Shell("a")])] == [ReplyStatus.LOST]


def test_a_server_that_dies_takes_everything_with_it_at_once() -> None:
    running = threading.Barrier(4)

    def script(line: Line, service: str) -> None:
        line.send(b"OKAY", packet(1, b"begun"))
        running.wait(20)
        line.hang()

    with FakeServer(script) as server:
        phone = transport(server, concurrency=3)

        def kill() -> None:
            running.wait(20)
            server.stop()

        killer = threading.Thread(target=kill)
        killer.start()
        began = time.monotonic()
        replies = list(phone.perform([Shell("c", str(n), timeout_s=60) for n in range(9)]))
        took_s = time.monotonic() - began
        killer.join()
    assert [reply.status for reply in replies] == [ReplyStatus.LOST] * 9
    assert "adb server" in phone.lost_because
    assert took_s < 30


def test_a_phone_without_shell_v2_is_read_through_exec() -> None:
    with FakeServer(says(b"line\n"), features=okay("cmd")) as server:
        reply = one(server)
    assert (reply.status, reply.stdout, reply.exit_code) == (ReplyStatus.COMPLETE, b"line\n", None)
    assert server.services == ["exec:getprop"]


@pytest.mark.parametrize("features", [okay(""), fail("unknown host service")])
def test_the_oldest_phones_are_read_through_the_terminal_shell(features: bytes) -> None:
    def script(line: Line, service: str) -> None:
        line.send(*([fail("closed")] if service.startswith("exec:") else [b"OKAY", b"old\r\n"]))

    with FakeServer(script, features=features) as server:
        replies = perform(server, Shell("a"), Shell("b"), concurrency=1)
    assert [reply.status for reply in replies] == [ReplyStatus.COMPLETE] * 2
    assert [reply.stdout for reply in replies] == [b"old\r\n"] * 2
    assert server.services[0] == "exec:a"
    assert {"shell:a", "shell:b"} <= set(server.services)


def test_end_of_stream_counts_on_old_phones_only_while_the_phone_is_there() -> None:
    with FakeServer(
        says(b"half a li"), features=okay(""), state=fail("device 'S1' not found")
    ) as server:
        phone = transport(server)
        [reply] = phone.perform([Shell("getprop")])
    assert (reply.status, reply.stdout) == (ReplyStatus.LOST, b"half a li")
    assert "S1" in phone.lost_because


def test_features_are_asked_once() -> None:
    asked: list[str] = []

    def raw(line: Line) -> None:
        request = line.request()
        asked.append(request)
        if request.endswith("features"):
            line.send(okay("shell_v2"))
        else:
            line.send(b"OKAY")
            line.request()
            line.send(b"OKAY", EXIT_0)

    with FakeServer(raw=raw) as server:
        phone = transport(server)
        for _ in range(2):
            assert all(r.exit_code == 0 for r in phone.perform([Shell("a"), Shell("b")]))
    assert sum(request.endswith("features") for request in asked) == 1


def test_requests_of_another_kind_are_refused() -> None:
    with FakeServer(says(EXIT_0)) as server:
        first, second = perform(server, Request("usb:descriptors", channel=Channel.USB), Shell("a"))
    assert (first.status, first.key) == (ReplyStatus.REFUSED, "usb:descriptors")
    assert first.detail
    assert second.status is ReplyStatus.COMPLETE


@pytest.mark.parametrize(
    "request_", [Shell("echo", "x" * 65_000), Shell(), Shell("a\0b"), Shell("a\udc80")]
)
def test_command_lines_that_cannot_travel_are_refused_unsent(request_: Shell) -> None:
    with FakeServer(says(EXIT_0)) as server:
        reply = one(server, request_)
    assert (reply.status, server.services) == (ReplyStatus.REFUSED, [])
    assert reply.detail


def test_a_long_command_line_arrives_whole() -> None:
    request = Shell("echo", "x" * 64_900)
    with FakeServer(says(EXIT_0)) as server:
        assert one(server, request).status is ReplyStatus.COMPLETE
    assert server.services == ["shell,v2,raw:" + request.command]


def test_what_the_guard_forbids_is_never_sent() -> None:
    def guard(request: Request) -> str | None:
        return "it restarts the phone" if "reboot" in request.key else None

    with FakeServer(says(EXIT_0)) as server:
        replies = perform(server, Shell("reboot"), Shell("uptime"), guard=guard)
    assert [(r.key, r.status, r.detail) for r in replies] == [
        ("shell:reboot", ReplyStatus.FORBIDDEN, "it restarts the phone"),
        ("shell:uptime", ReplyStatus.COMPLETE, ""),
    ]
    assert server.services == ["shell,v2,raw:uptime"]


def test_abort_from_another_thread_ends_everything_at_once() -> None:
    begun = threading.Barrier(3)

    def script(line: Line, service: str) -> None:
        line.send(b"OKAY", packet(1, b"begun"))
        begun.wait(20)
        line.hang()

    with FakeServer(script) as server:
        phone: Transport = transport(server, concurrency=2)

        def stop() -> None:
            begun.wait(20)
            phone.abort()

        stopper = threading.Thread(target=stop)
        stopper.start()
        replies = list(phone.perform([Shell("c", str(n), timeout_s=90) for n in range(5)]))
        stopper.join()
        late = list(phone.perform([Shell("late")]))
    assert [reply.status for reply in replies + late] == [ReplyStatus.CANCELLED] * 6


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_abort_from_a_signal_handler() -> None:
    begun = threading.Event()

    def script(line: Line, _service: str) -> None:
        line.send(b"OKAY")
        begun.set()
        line.hang()

    def interrupt() -> None:
        begun.wait(20)
        os.kill(os.getpid(), signal.SIGUSR1)

    with FakeServer(script) as server:
        phone = transport(server)
        before = signal.signal(signal.SIGUSR1, lambda _number, _frame: phone.abort())
        killer = threading.Thread(target=interrupt)
        killer.start()
        try:
            [reply] = phone.perform([Shell("a", timeout_s=90)])
        finally:
            killer.join()
            signal.signal(signal.SIGUSR1, before)
    assert reply.status is ReplyStatus.CANCELLED


def test_an_interrupt_that_is_not_caught_leaves_no_socket_behind() -> None:
    """Ctrl-C raises in the middle of the wait; ResourceWarnings are errors here."""
    begun = threading.Event()

    def script(line: Line, _service: str) -> None:
        line.send(b"OKAY")
        begun.set()
        line.hang()

    def interrupt() -> None:
        begun.wait(20)
        os.kill(os.getpid(), signal.SIGINT)

    with FakeServer(script) as server:
        before = open_files()
        killer = threading.Thread(target=interrupt)
        killer.start()
        with pytest.raises(KeyboardInterrupt):
            list(transport(server).perform([Shell("a", timeout_s=90)]))
        killer.join()
        wait_until(lambda: open_files() <= before, 20, "sockets are left")


class Scarce(Exchange[ShellDialog]):
    """Three sockets at most, as on a computer that is short of them."""

    taken = 0

    def __init__(self, dialog: ShellDialog, endpoint: AdbEndpoint) -> None:
        if Scarce.taken == 3:
            raise OSError(errno.EMFILE, "too many open files")
        Scarce.taken += 1
        super().__init__(dialog, endpoint)

    def close(self) -> None:
        Scarce.taken -= 1
        super().close()


def test_when_this_computer_runs_out_of_sockets_the_rest_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """macOS gives a program 256 files; sixteen phones at forty streams want more."""
    monkeypatch.setattr(adb_loop, "Exchange", Scarce)
    with FakeServer(says(EXIT_0)) as server:
        replies = perform(server, *(Shell("c", str(n)) for n in range(9)))
    assert [reply.status for reply in replies] == [ReplyStatus.COMPLETE] * 9
    assert Scarce.taken == 0


def test_abort_between_two_replies() -> None:
    with FakeServer(says(EXIT_0)) as server:
        phone = transport(server, concurrency=1)
        replies = phone.perform([Shell("a"), Shell("b")])
        assert next(replies).status is ReplyStatus.COMPLETE
        phone.abort()
        assert [reply.status for reply in replies] == [ReplyStatus.CANCELLED]


def test_closing_the_iterator_ends_every_stream() -> None:
    ended, opened = threading.Event(), threading.Event()

    def script(line: Line, service: str) -> None:
        if "slow" in service:
            line.send(b"OKAY")
            opened.set()
            line.hang()
            ended.set()
        else:
            opened.wait(20)  # a stream that was never opened could not end either
            line.send(b"OKAY", EXIT_0)

    with FakeServer(script) as server:
        replies = transport(server).perform([Shell("slow", timeout_s=90), Shell("quick")])
        assert next(replies).key == "shell:quick"
        replies.close()  # type: ignore[attr-defined]
        assert ended.wait(20)


def test_a_slow_reader_does_not_cost_the_phone_its_deadline() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        if "second" in service:
            time.sleep(0.1)
        line.send(EXIT_0)

    with FakeServer(script) as server:
        replies = transport(server).perform([Shell("first"), Shell("second", timeout_s=0.4)])
        next(replies)
        time.sleep(0.6)  # the reader's own work
        assert next(replies).status is ReplyStatus.COMPLETE


def test_preloading_is_done_while_the_phone_is_silent() -> None:
    """All of it before an answer that waits for it; asked first, worked afterwards."""
    asked, worked = threading.Event(), threading.Event()
    steps: list[bool] = []

    def script(line: Line, _service: str) -> None:
        asked.set()
        worked.wait(20)
        line.send(b"OKAY", packet(1, b"late"), EXIT_0)

    def preload() -> Iterator[None]:
        for _ in range(3):
            steps.append(asked.is_set())
            yield
        worked.set()

    with FakeServer(script) as server:
        transport_ = transport(server, preload=_after(asked, preload()))
        [reply] = transport_.perform([Shell("getprop", timeout_s=20)])
        [again] = transport_.perform([Shell("id", timeout_s=20)])
    assert (reply.stdout, steps) == (b"late", [True, True, True])
    assert again.status is ReplyStatus.COMPLETE, "work that is done is not done again"


def test_preloading_does_not_cost_the_phone_its_deadline() -> None:
    asked = threading.Event()

    def preload() -> Iterator[None]:
        time.sleep(0.6)  # a slow disk under an import
        yield

    def script(line: Line, _service: str) -> None:
        asked.set()
        time.sleep(0.8)
        line.send(b"OKAY", EXIT_0)

    with FakeServer(script) as server:
        [reply] = perform(server, Shell("a", timeout_s=0.5), preload=_after(asked, preload()))
    assert reply.status is ReplyStatus.COMPLETE


def _after(event: threading.Event, work: Iterator[None]) -> Iterator[None]:
    while not event.is_set():
        yield
    yield from work


def test_no_requests_no_replies() -> None:
    with FakeServer() as server:
        assert perform(server) == []


def test_times_are_told() -> None:
    def script(line: Line, service: str) -> None:
        line.send(b"OKAY")
        time.sleep(0.2)
        line.send(EXIT_0)

    with FakeServer(script) as server:
        first, second = perform(server, Shell("a"), Shell("b"), concurrency=1)
    assert first.started_ms < 200 <= first.duration_ms
    assert second.started_ms >= first.started_ms + first.duration_ms


def test_concurrency_starts_at_one() -> None:
    with pytest.raises(ValueError, match="concurrency"):
        AdbTransport("S1", concurrency=0)
