"""Where a value begins to be private, and where it ends: the edges of the rules."""

from __future__ import annotations

import re

import pytest

from diagnose.model.requests.fastboot import getvar
from diagnose.model.requests.usb import DESCRIPTORS_KEY
from diagnose.privacy.channels import identifying
from diagnose.privacy.redactor import Redactor
from diagnose.privacy.serials import mask_serial
from diagnose.requests import adb, sahara, usb


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        *(("abc", "…"), ("abcd", "a…d"), ("abcdefg", "a…g"), ("abcdefgh", "ab…gh")),
        *(("abcdefghi", "ab…hi"), ("abcdefghij", "abcd…hij")),
    ],
)
def test_a_short_serial_number_shows_less_of_itself(serial: str, shown: str) -> None:
    assert mask_serial(serial) == shown


def test_one_variable_of_a_bootloader_is_known_by_its_own_name() -> None:
    serial, product = getvar("serialno", turn=1), getvar("product", turn=0)
    assert list(identifying(serial, b"R5CW1234AAA\n")) == [("serial", b"R5CW1234AAA")]
    assert list(identifying(product, b"panther\n")) == []


def test_of_a_descriptor_the_number_alone_is_private() -> None:
    assert usb.DESCRIPTORS.key == DESCRIPTORS_KEY
    output = b'{"serial": "R5CW1234AAA", "product": "SAMSUNG_Android"}'
    assert list(identifying(usb.DESCRIPTORS, output)) == [("serial", b"R5CW1234AAA")]


def test_what_adb_says_is_told_by_its_shape() -> None:
    assert list(identifying(adb.GETPROP, b'"serial": "R5CW1234AAA"')) == []


def test_the_whole_address_goes_with_its_user() -> None:
    for user in ("a", "wang.xiaoming", "x" * 64):
        kept, counts = Redactor(key=b"k").redact(f"to {user}@mail.example.com now".encode())
        assert re.fullmatch(rb"to <email:[0-9a-f]+> now", kept), kept
        assert counts == {"email": 1}


@pytest.mark.parametrize("size", [4, 5, 6])
def test_a_known_serial_number_goes_where_it_is_long_enough_to_mean_something(size: int) -> None:
    word = "Q7X9Z1"[:size]
    kept, _ = Redactor([word], key=b"k").redact(f"name {word} end".encode())
    assert (word.encode() in kept) == (size < 5)


def test_utf_16_is_read_from_eight_bytes_on() -> None:
    output = "imei 356938035643809".encode("utf-16-le")
    kept, counts = Redactor(key=b"k").redact(output)
    assert sum(counts.values()) == 1
    assert "356938035643809" not in kept.decode("utf-16-le")


def test_what_only_begins_like_a_marker_was_not_replaced_before() -> None:
    kept, count = Redactor(key=b"k").mark(b"name <Q7X9Z1", [("serial", b"<Q7X9Z1")])
    assert (count, b"Q7X9Z1" in kept) == (1, False)


def test_the_serial_number_of_a_chip_goes_and_the_hash_of_its_makers_key_stays() -> None:
    reply = b'{"serial": "1a2b3c4d", "pk_hash": "00ff00ff"}'
    assert list(identifying(sahara.IDENTITY, reply)) == [("serial", b"1a2b3c4d")]
