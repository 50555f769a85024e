"""`devices` with 16 phones in 16 states, as a ratio to one `adb devices -l` beside it.

`umockdev-wrapper python benchmarks/plugged.py` (with GObject's bindings on PYTHONPATH): virtual
devices before real programs; times are of whole processes, medians of interleaved runs. What the
interpreter takes with click and nothing of ours is measured beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.adbserver import AdbServer
from tests.hardware.umockdev_bus import UmockdevBus

from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.building import build_phone
from diagnose.transports.adb.server import find_adb

STATES = (
    "fastboot-only", "slot-unbootable", "fastboot-flat", "edl", "ramdump", "brom", "preloader",
    "kirin-vcom", "tensor-rom", "samsung-download", "exynos-eub", "unisoc-download", "apple-dfu",
    "hdc", "debugging-off", "charge-only",
)  # fmt: skip
ROUNDS = 21


def main() -> None:
    """Plug the phones in and print the ratio."""
    bus = UmockdevBus()
    phone = build_phone("pixel-9")
    for state in STATES:
        for device in APPEARANCES[state].show(phone).usb:
            bus.plug(device)
    server = AdbServer()
    server.start()
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    try:
        ours = [sys.executable, "-m", "diagnose", "devices", "--json"]
        theirs = [str(find_adb()), "devices", "-l"]
        bare = [sys.executable, "-c", "import click, os; os._exit(0)"]
        rounds = [[_seconds(one) for one in (ours, theirs, bare)] for _ in range(ROUNDS)]
    finally:
        server.stop()
    of_us, of_adb, of_python = zip(*rounds, strict=True)
    _print(f"devices with {len(STATES)} phones / adb devices -l", of_us, of_adb)
    _print("devices / python that loads click only", of_us, of_python)
    for name, times in (("devices", of_us), ("adb", of_adb), ("python + click", of_python)):
        print(f"  {name}: {statistics.median(times) * 1000:.0f} ms, shared machine")


def _print(what: str, one: tuple[float, ...], other: tuple[float, ...]) -> None:
    ratios = [a / b for a, b in zip(one, other, strict=True)]
    print(f"{what}: {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})")


def _seconds(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
