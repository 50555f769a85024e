"""`run --wait`: the phone is plugged in after the command was given."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.adbserver import AdbServer
from tests.commandline import diagnose

from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification

Attach = Callable[..., str]


def test_a_run_waits_for_the_phone(adb_server: AdbServer, attach: Attach) -> None:
    daemon = serve(parse_specification("pixel-9"), scale=0.05)
    plug = threading.Timer(2.0, attach, (daemon,))
    plug.start()
    try:
        ended = diagnose("run", "--wait", "--plan", "quick", "--json", timeout=120)
    finally:
        plug.join()
    assert ended.json["device"]["model"] == "Pixel 9", ended.err
