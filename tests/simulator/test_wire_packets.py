"""Packets: what is read back, and what a client that speaks no ADB meets."""

from __future__ import annotations

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adbserver import parse_v2, read_exact
from tests.scriptedphone import ANDROID_6, ScriptedPhone

from diagnose.simulator.output import Output
from diagnose.simulator.wire import packet as wire
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.framing import Framing, frame, frame_cut, gather
from diagnose.simulator.wire.packet import Packet, PacketReader, WireError

WORD = st.integers(0, 2**32 - 1)
PACKETS = st.builds(
    Packet, st.sampled_from(sorted(wire.COMMANDS)), WORD, WORD, st.binary(max_size=200)
)


def encode(packet: Packet) -> bytes:
    command, arg0, arg1, payload = packet
    return wire.header(command, arg0, arg1, payload, checksum=True) + payload


@given(st.lists(PACKETS, max_size=6), st.integers(1, 60))
def test_packets_survive_any_cutting(packets: list[Packet], step: int) -> None:
    data = b"".join(map(encode, packets))
    reader = PacketReader()
    reader.checksums = True
    cut = (data[at : at + step] for at in range(0, len(data), step))
    assert [packet for piece in cut for packet in reader.feed(piece)] == packets


@given(st.lists(st.binary(max_size=100), max_size=6), st.booleans())
def test_any_bytes_raise_nothing_but_wire_error(chunks: list[bytes], checksums: bool) -> None:
    reader = PacketReader(limit=64)
    reader.checksums = checksums
    try:
        packets = [packet for chunk in chunks for packet in reader.feed(chunk)]
    except WireError:
        return
    assert all(len(packet.payload) <= 64 for packet in packets)


@given(PACKETS, st.integers(0, 200), st.integers(1, 255))
def test_a_changed_byte_never_passes_for_another_payload(
    packet: Packet, at: int, change: int
) -> None:
    data = bytearray(encode(packet))
    at = 12 + at % (len(data) - 12)  # not the two arguments, which nothing guards
    data[at] ^= change
    reader = PacketReader()
    reader.checksums = True
    try:
        assert list(reader.feed(bytes(data))) == []  # longer than before: waits for the rest
    except WireError:
        return
    assert at < 16


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n",
        struct.pack("<6I", wire.CNXN, 0, 0, 0, 0, 0),
        struct.pack("<6I", wire.CNXN, 0, 0, 2**32 - 1, 0, wire.CNXN ^ 0xFFFFFFFF),
        wire.header(wire.CNXN, wire.VERSION_CHECKSUMS, 4096, b"host::", checksum=True)
        + b"host::"
        + wire.header(wire.OPEN, 1, 0, b"exec:id\0", checksum=False)
        + b"exec:id\0",
    ],
    ids=["http", "magic", "length", "checksum"],
)
def test_daemon_hangs_up_on_what_is_not_adb(data: bytes) -> None:
    with Daemon(ScriptedPhone(features=ANDROID_6)) as daemon:
        with socket.create_connection((daemon.host, daemon.port), timeout=10) as sock:
            sock.sendall(data)
            with pytest.raises(ConnectionError):
                read_exact(sock, 1 << 20)
        assert len(daemon.errors) == 1
        assert daemon.commands == []


def test_payload_is_never_longer_than_the_client_takes() -> None:
    phone = ScriptedPhone({"long": Output(stdout=b"x" * 100_000)})
    with (
        Daemon(phone) as daemon,
        socket.create_connection((daemon.host, daemon.port), timeout=10) as sock,
    ):
        sock.sendall(encode(Packet(wire.CNXN, wire.VERSION_PLAIN, 5000, b"host::")))
        sock.sendall(encode(Packet(wire.OPEN, 7, 0, b"exec:long\0")))
        received = 0
        while received < 100_000:
            head = read_exact(sock, 24)
            command, ours, _, length, total, _ = struct.unpack("<6I", head)
            assert length <= 5000
            read_exact(sock, length)
            if command == wire.WRTE:
                assert total == 0
                received += length
                sock.sendall(encode(Packet(wire.OKAY, 7, ours, b"")))


# --- framing ---


@given(st.lists(st.binary(max_size=300), max_size=5), st.binary(max_size=50), st.integers(1, 400))
def test_gathered_pieces_keep_every_byte(chunks: list[bytes], stderr: bytes, limit: int) -> None:
    output = Output(stdout=chunks, stderr=stderr, exit_code=7)
    whole = b"".join(frame(output, Framing.V2))
    pieces = list(gather(frame(output, Framing.V2), limit))
    assert b"".join(pieces) == whole
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert all(len(piece) == limit for piece in pieces[:-1])
    assert whole.endswith(b"\3\1\0\0\0\7")


@given(st.binary(max_size=300), st.sampled_from(Framing))
def test_cut_answer_is_a_start_without_an_end(stdout: bytes, framing: Framing) -> None:
    cut = b"".join(frame_cut(Output(stdout=stdout), framing))
    whole = b"".join(frame(Output(stdout=stdout), framing))
    assert len(cut) < len(whole) or not stdout
    if framing.has_packets:
        reply = parse_v2(cut)
        assert reply.exit_code is None
        assert stdout.startswith(reply.stdout)
