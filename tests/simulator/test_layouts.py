"""Texts of the virtual phones that count as seen are shown, line by line, by captures."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from tests.simulator.skeleton import skeleton, skeletons

from diagnose.parsers.audio.devices import parse_audio_routes
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.layouts import Layout, Shown, layout_of, layouts, version
from diagnose.simulator.phone import Phone
from diagnose.simulator.shell import run_command
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.text import decode

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared/corpus"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
EVERY = [layout for several in layouts().values() for layout in several]
by_command = pytest.mark.parametrize("layout", EVERY, ids=lambda one: one.command)


def answer_to(phone: Phone, command: str) -> str:
    out = run_command(phone, command).stdout
    return decode(out if isinstance(out, bytes) else b"".join(out))


def covered(layout: Layout) -> list[Phone]:
    phones = [build_phone(name, now=NOW) for name in phone_names()]
    return [phone for phone in phones if layout_of(phone, layout.command) is layout]


@cache
def shapes_of(capture: str) -> frozenset[str]:
    return frozenset(skeletons(decode((CORPUS / capture).read_bytes())))


def unshown(layout: Layout, phone: Phone, text: str) -> dict[str, str]:
    """Lines of a text that no capture of the nearest versions shows, by their shape."""
    nearest = layout.nearest(version(phone[SimulatedIdentity].release))
    shown = frozenset[str]().union(*(shapes_of(one.capture) for one in nearest))
    return {shape: line for shape, line in skeletons(text).items() if shape not in shown}


@needs_corpus
@pytest.mark.corpus
@by_command
def test_every_line_of_a_seen_text_is_shown_by_a_capture_or_said_not_to_be(layout: Layout) -> None:
    phones = covered(layout)
    assert phones, f"no virtual phone is covered by {layout.command}: the entry says nothing"
    missing: dict[str, str] = {}
    for phone in phones:
        missing |= unshown(layout, phone, answer_to(phone, layout.command))
    assert set(missing) == set(layout.unseen), {k: missing.get(k) for k in missing}


@needs_corpus
@pytest.mark.corpus
@by_command
def test_captures_are_of_the_version_they_are_said_to_be(layout: Layout) -> None:
    for shown in layout.shown:
        folder, _, file = shown.capture.partition("/")
        index = json.loads((CORPUS / folder / "index.json").read_text("utf-8"))
        assert file in {one["file"] for one in index["captures"]}
        stated = index["os_version"]
        if stated and stated[0].isdigit():
            assert version(stated) == shown.android, shown.capture


@needs_corpus
@pytest.mark.corpus
def test_an_invented_line_is_noticed() -> None:
    [layout] = layouts()["dumpsys battery"]
    phone = covered(layout)[0]
    text = answer_to(phone, layout.command)
    assert not unshown(layout, phone, text)
    for invented in ("  Battery mood: good", "- level: 5", "    voltage: 4100", "level=5"):
        assert unshown(layout, phone, f"{text}{invented}\n"), invented


@pytest.mark.parametrize(
    ("android", "covers", "nearest"),
    [
        (9.0, False, ()),
        (10.0, True, ("a",)),
        (11.0, True, ("a", "b")),
        (14.0, True, ("b",)),
        (15.0, False, ()),
    ],
)
def test_a_version_is_covered_by_itself_or_from_both_sides(
    android: float, covers: bool, nearest: tuple[str, ...]
) -> None:
    layout = Layout("x", (Shown("a", 10.0), Shown("b", 14.0)))
    assert layout.covers(android, "Acme") is covers
    if covers:
        assert tuple(one.capture for one in layout.nearest(android)) == nearest


def test_a_makers_layout_is_its_own() -> None:
    layout = Layout("x", (Shown("a", 10.0), Shown("b", 14.0)), makers=("samsung",))
    assert layout.covers(12.0, "Samsung")
    assert not layout.covers(12.0, "Google")


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("  level: 75", "  level:"),
        ("- Available output devices:", "- Available output devices:"),
        ("tmpfs    1902312     536   190177   1% /dev", "W 0 /W"),
        ('   1. Port ID: 3; "Speaker"; {X}', "   0. Port ID:"),
        ("", ""),
    ],
)
def test_the_skeleton_keeps_the_form_and_drops_the_phone(line: str, shape: str) -> None:
    assert skeleton(line) == shape


@pytest.mark.parametrize("name", phone_names())
def test_sound_routes_are_read_as_each_version_prints_them(name: str) -> None:
    phone = build_phone(name, now=NOW)
    text = answer_to(phone, "dumpsys media.audio_policy")
    is_new = phone[SimulatedIdentity].sdk >= 33
    assert ("\n Available output devices (" in text) is is_new
    assert ("\n- Available output devices:\n" in text) is not is_new
    routes = parse_audio_routes(text)
    assert routes.outputs is not None
    assert "AUDIO_DEVICE_OUT_SPEAKER" in routes.outputs
