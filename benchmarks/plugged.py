"""`devices` with 16 phones in mixed states, as a ratio to one `adb devices -l` beside it.

`umockdev-wrapper python benchmarks/plugged.py` (with GObject's bindings on PYTHONPATH): virtual
devices before real programs; times are of whole processes, medians of interleaved runs.
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

PHONES = 16
ROUNDS = 7


def main() -> None:
    """Plug the phones in and print the ratio."""
    bus = UmockdevBus()
    shown = [one.show(build_phone("pixel-9")) for one in APPEARANCES.values()]
    for device in [device for one in shown for device in one.usb][:PHONES]:
        bus.plug(device)
    server = AdbServer()
    server.start()
    os.environ["ANDROID_ADB_SERVER_PORT"] = str(server.port)
    try:
        ours = [sys.executable, "-m", "diagnose", "devices", "--json"]
        theirs = [str(find_adb()), "devices", "-l"]
        pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
    finally:
        server.stop()
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"devices with {PHONES} phones / adb devices -l: {ratio:.1f}")
    print(f"  {statistics.median(one for one, _ in pairs) * 1000:.0f} ms, shared machine")


def _seconds(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
