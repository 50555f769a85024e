"""The camera service's dump: counts, ways, errors; with what breaks a naive reader."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.camera.cameras import parse_cameras

HEAD = """== Service global info: ==

Number of camera devices: {count}
Number of normal camera devices: {normal}
Active Camera Clients:
[]

== Camera service events log (most recent at top): ==
{log}
"""
PROVIDER = "== Camera Provider HAL internal/0 (v2.6, remote) static info: {count} devices: ==\n"
DEVICE = """== Camera HAL device device@3.5/internal/0/{id} (v3.5) static information: ==
  Resource cost: 50
{facing}  API2 camera characteristics:
      android.lens.facing (80005): byte[1]
        [{lens} ]
"""


def device(number: int, way: str, *, hidden: bool = False) -> str:
    """One device's section; a hidden one has no API1 part."""
    facing = "" if hidden else f"  API1 info:\n    Facing: {way.title()}\n"
    return DEVICE.format(id=number, facing=facing, lens=way.upper())


def dump(*devices: str, log: str = "", normal: int = 2) -> str:
    """A whole dump of these devices."""
    head = HEAD.format(count=len(devices), normal=normal, log=log)
    end = "\n== Camera error traces (0): ==\n  No camera traces collected.\n"
    return head + PROVIDER.format(count=len(devices)) + "".join(devices) + end


NINE = dump(
    device(0, "back"),
    device(1, "front"),
    *(device(number, "back", hidden=True) for number in range(2, 9)),
)


def test_nine_devices_of_which_two_are_normal() -> None:
    cameras = parse_cameras(NINE)
    assert (cameras.count, cameras.normal_count, cameras.trace_count) == (9, 2, 0)
    assert cameras.providers == (("internal/0", 9),)
    assert [c.facing for c in cameras.devices].count("back") == 8
    assert cameras.facing("front") is True


def test_none_with_a_living_provider() -> None:
    cameras = parse_cameras(dump(normal=0))
    assert (cameras.count, cameras.providers) == (0, (("internal/0", 0),))
    assert cameras.facing("back") is False


def test_a_way_is_unknown_while_a_camera_is_not_described() -> None:
    text = dump(device(0, "back"), device(1, "front"))
    cut = text[: text.index("API1 info:\n    Facing: Front")]
    assert parse_cameras(cut).facing("front") is None
    assert parse_cameras(cut).facing("back") is True


def test_errors_deaths_and_lost_cameras_are_told_apart() -> None:
    log = (
        "  01-08 15:29:49 : ADD device 1, reason: (Device added)\n"
        "  01-08 15:29:48 : REMOVE device 0, reason: (Device status changed from 1 to 0)\n"
        "  01-08 15:29:47 : SERVICE ERROR: provider died : -32 (Broken pipe)\n"
        "  01-08 15:29:46 : SERVICE ERROR: invalid id : -22 (Invalid argument)\n"
        "  01-08 15:29:45 : REMOVE device 1, reason: (Device status changed from 1 to 0)\n"
        "  01-08 15:29:44 : CONNECT device 0 client for package com.owner.secret (PID 12)\n"
        "  01-08 15:29:44 : DIED client(s) with PID 12, reason: (Binder died unexpectedly)\n"
        "  01-08 15:29:43 : ADD device 0, reason: (Device added)"
    )
    cameras = parse_cameras(dump(device(0, "back"), device(1, "front"), log=log))
    assert cameras.removed == ("0",)
    assert [event.is_error for event in cameras.events].count(True) == 2
    assert [event.is_death for event in cameras.events].count(True) == 3
    assert not any("com.owner.secret" in event.text for event in cameras.events)


@pytest.mark.parametrize(
    ("words", "is_configuration"),
    [
        ("SERVICE ERROR: x : -38 (Function not implemented)", True),
        ("SERVICE ERROR: x : -22 (Invalid argument)", False),
        ("SERVICE ERROR: x : -380 (Unknown error -380)", False),
        ("SERVICE ERROR: x-38 : -22 (Invalid argument)", False),
        ("SERVICE ERROR: x for package com.a-38 : -1 (Operation not permitted)", False),
        ("CONNECT device 0 client (PID -38)", False),
    ],
)
def test_an_error_of_the_configuration(words: str, is_configuration: bool) -> None:
    [event] = parse_cameras(dump(log=f"  01-08 15:29:47 : {words}\n")).events
    assert event.is_configuration is is_configuration


def test_android_2_3_counts_no_cameras_and_has_not_none() -> None:
    cameras = parse_cameras("No camera client yet.\n")
    assert (cameras.count, cameras.facing("back"), cameras.events) == (None, None, ())


@pytest.mark.parametrize("text", ["", "Number of camera devices: x"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_cameras(text)


@given(st.one_of(st.text(max_size=400), mutated((NINE, dump(normal=0)))))
def test_only_parse_errors(text: str) -> None:
    with contextlib.suppress(ParseError):
        parse_cameras(text).facing("back")


def test_a_hostile_dump_takes_linear_time() -> None:
    started = time.perf_counter()
    parse_cameras(NINE + "== Camera " * 300_000 + "\n  01-08 " * 100_000)
    assert time.perf_counter() - started < 10
