"""Virtual phones for a run on this computer: served, connected to the adb server, taken away."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from diagnose.errors import DiagnoseError
from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification
from diagnose.transports.adb.host import Address, HostRefusal, connect, device_state, disconnect
from diagnose.transports.adb.server import ensure_server

_SETTLE_S = 3.0


@contextmanager
def connected(texts: Sequence[str], *, scale: float = 1.0) -> Iterator[list[str]]:
    """Serve `PHONE+FAULT…` and give their adb serials; nothing of them is left behind."""
    orders = [parse_specification(text) for text in texts]
    address = ensure_server()
    with ExitStack() as stack:
        serials = []
        for order in orders:
            daemon = stack.enter_context(serve(order, scale=scale))
            stack.enter_context(_connecting(address, daemon.serial))
            _wait_until_settled(address, daemon.serial)
            serials.append(daemon.serial)
        yield serials


@contextmanager
def _connecting(address: Address, serial: str) -> Iterator[None]:
    """Connect beside the run: for a phone that stays offline the server answers after 10 s."""

    def work() -> None:
        with suppress(DiagnoseError):  # how it ended is told by the phone's state
            connect(address, serial)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        disconnect(address, serial)
        worker.join()


def _wait_until_settled(address: Address, serial: str) -> None:
    """A new phone is `offline` for some milliseconds; one that stays so is left as it is."""
    deadline = time.monotonic() + _SETTLE_S
    while time.monotonic() < deadline:
        try:
            if device_state(address, serial) in ("device", "unauthorized"):
                return
        except HostRefusal:
            pass  # "device offline" comes as a refusal
        time.sleep(0.005)
