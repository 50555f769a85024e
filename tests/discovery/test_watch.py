"""Hot-plug: one event for each real change, whatever the wires do in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.adbserver import AdbServer, wait_until
from tests.transports.scripted import Scripted

from diagnose.discovery.faces import Device
from diagnose.discovery.phones import Sources
from diagnose.discovery.watch import SETTLE_S, Change, changes
from diagnose.ladder.state import State
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.building import build_phone
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.simulator.usb.model import VirtualUsb
from diagnose.simulator.wire.daemon import Daemon
from diagnose.transports.adb.host import Address
from diagnose.transports.serial.ports import SerialPort
from diagnose.transports.usb.bus import LibusbBus


def phone(port: str, state: State = State.DEVICE, serial: str = "") -> Device:
    return Device(serial=serial or f"usb:{port}", state=state, usb_path=port)


class Desk:
    """What hangs on the desk, changed by a script: at each moment the list that is then seen."""

    def __init__(self, *moments: tuple[float, tuple[Device, ...]]) -> None:
        self._began = time.monotonic()
        self._moments = moments

    def __call__(self) -> tuple[Device, ...]:
        now = time.monotonic() - self._began
        return [devices for at, devices in self._moments if at <= now][-1]

    def ended(self) -> bool:
        return time.monotonic() - self._began > self._moments[-1][0] + 3 * SETTLE_S + 0.5


def told(*moments: tuple[float, tuple[Device, ...]]) -> list[tuple[str, str, str]]:
    desk = Desk(*moments)
    found = changes(listing=desk, stop=desk.ended)
    return [(one.kind, one.device.usb_path, one.device.state.value) for one in found]


ONE, BOOTING = phone("1-1"), phone("1-1", State.FASTBOOT)


def test_a_plug_a_restart_into_the_bootloader_and_an_unplug() -> None:
    assert told((0, ()), (1, (ONE,)), (2, (BOOTING,)), (3, ())) == [
        ("arrived", "1-1", "device"), ("changed", "1-1", "fastboot"), ("left", "1-1", "fastboot")
    ]  # fmt: skip


@pytest.mark.slow
def test_a_phone_that_adb_is_about_to_list_is_told_once() -> None:
    unseen = phone("1-1", State.ADB_UNSEEN)
    assert told((0, ()), (1, (unseen,)), (2, (ONE,))) == [("arrived", "1-1", "device")]
    assert told((0, ()), (1, (unseen,)), (4, (unseen,))) == [("arrived", "1-1", "adb_unseen")]


def test_what_became_of_a_phone_that_was_seen_before() -> None:
    gone = Desk((0, ()))
    found = list(changes(listing=gone, stop=gone.ended, seen_before=(BOOTING,)))
    assert found == [Change("left", BOOTING)]
    there = Desk((0, (ONE,)))
    found = list(changes(listing=there, stop=there.ended, seen_before=(ONE,)))
    assert found == []


@pytest.mark.slow
def test_what_does_not_last_is_not_told() -> None:
    flaps = [(0.05 * n, (ONE,) if n % 2 else ()) for n in range(1, 8)]
    assert told((0, ()), *flaps, (0.5, (ONE,))) == [("arrived", "1-1", "device")]


@pytest.mark.slow
def test_a_hub_with_twenty_phones_gives_one_event_a_phone() -> None:
    hub = tuple(phone(f"1-2.{n}") for n in range(1, 21))
    growing = [(0.1 + 0.01 * n, hub[:n]) for n in range(1, 21)]
    found = told((0, ()), *growing)
    assert sorted(found) == sorted(("arrived", one.usb_path, "device") for one in hub)


def test_two_phones_with_one_serial_and_two_with_none() -> None:
    same = (phone("1-1", serial="0123456789ABCDEF"), phone("1-2", serial="0123456789ABCDEF"))
    none = (phone("1-3"), phone("1-4"))
    found = told((0, (*same, *none)), (1, (same[1], none[0])))
    assert found[:4] == [("arrived", f"1-{n}", "device") for n in (1, 2, 3, 4)]
    assert sorted(found[4:]) == [("left", "1-1", "device"), ("left", "1-4", "device")]


@pytest.mark.slow
def test_another_phone_on_the_same_port_is_another_phone() -> None:
    first, second = phone("1-1", serial="AAAA1111"), phone("1-1", serial="BBBB2222")
    found = told((0, (first,)), (1, (second,)))
    assert [kind for kind, _, _ in found] == ["arrived", "left", "arrived"]


# --- the real adb server beside a virtual bus ---


class NoPorts:
    def ports(self) -> tuple[SerialPort, ...]:
        return ()


def until(found: Iterator[Change], wanted: Callable[[Change], bool]) -> list[Change]:
    def look() -> list[Change]:
        seen = []
        for change in found:
            seen.append(change)
            if wanted(change):
                break
        return seen

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(look).result(60)


@pytest.fixture
def own_server() -> Iterator[AdbServer]:
    server = AdbServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.mark.slow
def test_usb_and_adb_are_watched_together_and_outlive_a_restarted_server(
    own_server: AdbServer,
) -> None:
    devices: list[VirtualUsb] = []
    sources = Sources(LibusbBus(VirtualBackend(devices)), NoPorts())
    found = changes(Address("127.0.0.1", own_server.port), sources)
    shown = APPEARANCES["fastboot-only"].show(build_phone("pixel-9")).usb
    devices.extend(shown)
    first = until(found, lambda _change: True)
    assert [(c.kind, c.device.state) for c in first] == [("arrived", State.FASTBOOT)]
    with Daemon(Scripted()) as daemon, own_server.attached(daemon) as serial:
        (arrived,) = until(found, lambda _change: True)
        assert (arrived.kind, arrived.device.serial) == ("arrived", serial)
        own_server.kill()
        own_server.start()
        left = until(found, lambda change: change.device.serial == serial)
        assert [c.kind for c in left] == ["left"]  # a new server does not know it any more
    shown[0].unplug()
    (gone,) = until(found, lambda _change: True)
    assert (gone.kind, gone.device.usb_path) == ("left", "1-1")
    found.close()  # type: ignore[attr-defined]


def test_a_watch_that_was_left_follows_no_server_and_starts_none(own_server: AdbServer) -> None:
    sources = Sources(LibusbBus(VirtualBackend([])), NoPorts())
    found = changes(Address("127.0.0.1", own_server.port), sources)
    with Daemon(Scripted()) as daemon, own_server.attached(daemon):
        next(found)
        found.close()  # type: ignore[attr-defined]
    wait_until(lambda: not _followers(), 5, "it still follows")


def _followers() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "adb-list"]
