"""Framing: any chunking gives the same, and arbitrary bytes raise nothing but ProtocolError."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ProtocolError
from diagnose.text import printable
from diagnose.transports.adb.wire import (
    ByteBudget,
    PayloadReader,
    RawReader,
    ShellPacketReader,
    StatusReader,
    frame,
)

LENGTHS = st.lists(st.integers(0, 9), max_size=40)
PACKETS = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.binary(max_size=30)),
    max_size=8,
)


def packet(kind: int, payload: bytes) -> bytes:
    return bytes([kind]) + len(payload).to_bytes(4, "little") + payload


def cut(data: bytes, lengths: list[int]) -> list[memoryview]:
    pieces = []
    for length in lengths:
        pieces.append(memoryview(data[:length]))
        data = data[length:]
    return [*pieces, memoryview(data)]


def read(data: bytes, lengths: list[int], max_bytes: int) -> tuple[object, ...]:
    reader = ShellPacketReader(max_bytes, ByteBudget(1 << 30))
    error = ""
    try:
        for piece in cut(data, lengths):
            reader.feed(piece)
    except ProtocolError as problem:
        error = problem.message
    return bytes(reader.stdout), bytes(reader.stderr), reader.exit_code, reader.overflow, error


@given(packets=PACKETS, code=st.integers(0, 255), lengths=LENGTHS)
def test_packets_read_back_from_any_chunking(
    packets: list[tuple[int, bytes]], code: int, lengths: list[int]
) -> None:
    wire = b"".join(packet(kind, data) for kind, data in packets) + packet(3, bytes([code]))
    out = b"".join(data for kind, data in packets if kind == 1)
    err = b"".join(data for kind, data in packets if kind == 2)
    assert read(wire, lengths, 1000) == (out, err, code, False, "")


@given(packets=PACKETS, tail=st.binary(max_size=20), lengths=LENGTHS, bound=st.integers(0, 60))
def test_chunking_never_matters_even_for_broken_streams(
    packets: list[tuple[int, bytes]], tail: bytes, lengths: list[int], bound: int
) -> None:
    wire = b"".join(packet(kind, data) for kind, data in packets) + tail
    once = read(wire, [], bound)
    assert read(wire, lengths, bound) == once
    assert read(wire, [1] * len(wire), bound) == once


@given(data=st.binary(max_size=200), bound=st.integers(0, 50))
def test_arbitrary_bytes_stay_within_the_bound(data: bytes, bound: int) -> None:
    out, err, _, _, _ = read(data, [], bound)
    assert isinstance(out, bytes)
    assert isinstance(err, bytes)
    assert len(out) + len(err) <= bound


def test_output_of_exactly_the_bound_is_no_overflow() -> None:
    wire = packet(1, b"abcd") + packet(2, b"ef") + packet(3, b"\0")
    assert read(wire, [], 6) == (b"abcd", b"ef", 0, False, "")
    assert read(wire, [], 5) == (b"abcd", b"e", None, True, "")


def test_what_follows_the_exit_packet_is_ignored() -> None:
    assert read(packet(3, b"\x07") + b"garbage", [], 10) == (b"", b"", 7, False, "")


@pytest.mark.parametrize("wire", [packet(9, b"x"), packet(3, b""), packet(3, b"ab"), b"hello"])
def test_a_stream_that_is_not_shell_v2_is_a_protocol_error(wire: bytes) -> None:
    assert read(packet(1, b"before") + wire, [], 100)[4]


@given(data=st.binary(max_size=100), bound=st.integers(0, 120))
def test_raw_streams_are_kept_as_they_are(data: bytes, bound: int) -> None:
    reader = RawReader(bound, ByteBudget(1 << 30))
    reader.feed(memoryview(data))
    assert bytes(reader.stdout) == data[:bound]
    assert reader.overflow == (len(data) > bound)
    assert reader.exit_code is None


@given(message=st.text(max_size=40), rest=st.binary(max_size=10), lengths=LENGTHS)
def test_fail_carries_its_message(message: str, rest: bytes, lengths: list[int]) -> None:
    body = message.encode("utf-8", "replace")
    status = StatusReader()
    left = b""
    for piece in cut(b"FAIL%04x%s%s" % (len(body), body, rest), lengths):
        left += bytes(status.feed(piece))
    assert status.okay is False
    assert status.message == printable(body.decode(), 300)
    assert left == rest


@given(payloads=st.lists(st.binary(max_size=20), max_size=5), lengths=LENGTHS)
def test_payloads_read_back_from_any_chunking(payloads: list[bytes], lengths: list[int]) -> None:
    wire = b"".join(b"%04x" % len(p) + p for p in payloads)
    reader = PayloadReader()
    assert [p for piece in cut(wire, lengths) for p in reader.feed(piece)] == payloads


@given(data=st.binary(max_size=60) | st.binary(max_size=20).map(b"FAIL0005".__add__))
def test_arbitrary_answers_raise_only_protocol_errors(data: bytes) -> None:
    status = StatusReader()
    with suppress(ProtocolError):
        PayloadReader().feed(status.feed(memoryview(data)))
    assert (status.okay is True) == data.startswith(b"OKAY")


@pytest.mark.parametrize("digits", [b"0x1f", b"+001", b"1_00", b"\xd9\xa1\xd9\xa1", b"zzzz"])
def test_a_length_is_four_hex_digits_and_nothing_else(digits: bytes) -> None:
    with pytest.raises(ProtocolError):
        PayloadReader().feed(digits + b"x" * 100)


def test_frames_count_bytes_and_refuse_what_adb_cannot_carry() -> None:
    assert frame("host:é") == "0007host:é".encode()
    with pytest.raises(ProtocolError):
        frame("x" * 65_001)
