"""Virtual USB devices before real libusb, pyusb and Google's fastboot, by umockdev: no root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCENE = Path(__file__).parent / "scene.py"
DEBIAN = "/usr/lib/python3/dist-packages"  # GObject's Python side comes from Debian


@cache
def missing() -> str:
    """What keeps these tests from running here; empty where nothing does."""
    if not shutil.which("umockdev-wrapper"):
        return "no umockdev here (Debian: apt-get install umockdev gir1.2-umockdev-1.0 python3-gi)"
    probe = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev"
    done = subprocess.run(
        [sys.executable, "-c", probe], env=environment(), capture_output=True, check=False
    )
    return "" if done.returncode == 0 else "GObject bindings of umockdev do not load here"


def environment() -> dict[str, str]:
    paths = [os.environ.get("PYTHONPATH", ""), DEBIAN]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def scene(name: str) -> Any:
    if why := missing():
        pytest.skip(why)
    done = subprocess.run(
        ["umockdev-wrapper", sys.executable, SCENE, name],
        env=environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def statuses(told: Any, channel: str) -> list[str]:
    return [status for _, status, _ in told[channel]]


def test_a_bootloader_over_real_libusb_and_googles_own_client() -> None:
    told = scene("fastboot-only")
    assert (told["state"], told["port"], told["serial"]) == ("fastboot", "1-1", "4A171AAAA0001")
    assert statuses(told, "fastboot") == ["complete", "complete"]
    assert told["fastboot"][0][2] == "tokay"
    assert told["asked"] == ["getvar:product", "getvar:all"]
    assert told["after"] == []
    if told["google"]:
        assert told["google"][0] == "product: tokay"


def test_an_android_system_answers_the_accessory_request() -> None:
    told = scene("debugging-off")
    assert (told["state"], told["usb"][1]) == (
        "debugging_off",
        ["usb:aoa-protocol", "complete", "2"],
    )


def test_a_chip_in_its_boot_rom() -> None:
    told = scene("edl")
    assert json.loads(told["sahara"][0][2])["hardware_id"] == "001b80e100000000"
    assert told["left_as_found"] is True


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("fastboot-claimed", "missing"),
        ("fastboot-stalled", "refused"),
        ("fastboot-unplugged", "lost"),
    ],
)
def test_what_keeps_us_from_it_reads_the_same_through_libusb(name: str, status: str) -> None:
    assert statuses(scene(name), "fastboot") == [status, status]


def test_bogus_devices_on_one_bus_leave_the_good_one_as_it_is() -> None:
    told = scene("crowd")
    assert told["listed"] == told["plugged"]
    good = f"1-{told['plugged']}"
    assert told["spoken"][good] == "complete"
    assert set(told["spoken"].values()) <= {"complete", "refused", "missing", "lost", "timeout"}
