"""What is plugged in: the list as adb writes it, the choice, and the watch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adbserver import AdbServer
from tests.transports.fake_adb_server import FakeServer, Line, fail, okay
from tests.transports.scripted import Scripted

from diagnose.discovery.adb import list_adb, parse_devices, watch
from diagnose.discovery.choosing import choose
from diagnose.discovery.faces import Device
from diagnose.errors import DeviceNotFound, DeviceNotReady, SeveralDevices
from diagnose.ladder.state import ADB_STATES, State
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.faults import WireFaults
from diagnose.transports.adb.host import Address

Attach = Callable[..., str]

LONG = """\
AB12CD34EF             device usb:1-4.2 product:LIO-AL00 model:LIO_AL00 device:HWLIO transport_id:7
192.168.1.20:5555      device product:cheetah model:Pixel_7_Pro device:cheetah transport_id:2
emulator-5554          offline transport_id:3
0123456789             no permissions (missing udev rules? user is in the plugdev group); \
see [http://developer.android.com/tools/device.html] usb:1-1 transport_id:12
(no serial number)     unauthorized usb:2-1 transport_id:4
"""


def test_the_long_list() -> None:
    huawei, pixel, emulator, locked_out, nameless = parse_devices(LONG)
    assert huawei == Device(
        serial="AB12CD34EF",
        state=State.DEVICE,
        model="LIO_AL00",
        product="LIO-AL00",
        transport_id=7,
        usb_path="1-4.2",
        connection="usb",
        adb_state="device",
    )
    assert (pixel.connection, pixel.model, pixel.usb_path) == ("tcp", "Pixel_7_Pro", "")
    assert (emulator.connection, emulator.state) == ("emulator", State.OFFLINE)
    assert (locked_out.state, locked_out.transport_id) == (State.NO_PERMISSIONS, 12)
    assert locked_out.usb_path == "1-1"
    assert (nameless.serial, nameless.state) == ("(no serial number)", State.UNAUTHORIZED)


def test_the_short_list_with_everything_people_paste() -> None:
    text = (
        "* daemon not running; starting now at tcp:5037\r\n"
        "List of devices attached\r\n"
        "A phone\tno permissions; see [http://developer.android.com/tools/device.html]\r\n"
        "39493635        authorizing\r\n"
        "B2\trecovery\r\n"
        "C3\tdetached\r\n"
        "\r\n"
    )
    assert [(d.serial, d.state.value, d.adb_state) for d in parse_devices(text)] == [
        (
            "A phone",
            "no_permissions",
            "no permissions; see [http://developer.android.com/tools/device.html]",
        ),
        ("39493635", "authorizing", "authorizing"),
        ("B2", "recovery", "recovery"),
        ("C3", "other", "detached"),
    ]


@pytest.mark.parametrize(
    ("serial", "connection"),
    [
        ("emulator-5556", "emulator"),
        ("127.0.0.1:41234", "tcp"),
        ("[fe80::1]:5555", "tcp"),
        ("adb-AB12-x1Y2z3._adb-tls-connect._tcp", "tcp"),
        ("adb-AB12-x1Y2z3._adb-tls-connect._tcp.", "tcp"),
        ("AB12", "usb"),
    ],
)
def test_the_connection_follows_from_the_serial(serial: str, connection: str) -> None:
    [device] = parse_devices(f"{serial}\tdevice\n")
    assert device.connection == connection


SERIALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.:_-]{0,20}", fullmatch=True)
STATES = st.sampled_from(sorted(ADB_STATES))


@given(st.lists(st.tuples(SERIALS, STATES, st.integers(1, 10**6)), max_size=6))
def test_every_list_adb_writes_reads_back(rows: list[tuple[str, State, int]]) -> None:
    text = "".join(f"{serial:<22} {state} transport_id:{n}\n" for serial, state, n in rows)
    assert [(d.serial, d.state, d.transport_id) for d in parse_devices(text)] == rows


@given(st.text() | st.text(alphabet="ab \t\r\n:()*_0٣"))
def test_nothing_in_a_list_raises(text: str) -> None:
    for device in parse_devices(text):
        assert device.serial or device.adb_state
        assert device.advice.en
        assert device.advice.zh


@given(st.text(), st.integers(0, len(LONG)))
def test_a_broken_list_loses_at_most_the_broken_lines(noise: str, at: int) -> None:
    devices = parse_devices(LONG[:at] + noise + LONG[at:])
    whole = {d for d in parse_devices(LONG) if d in devices}
    assert len(whole) >= 5 - 2


def phone(serial: str, state: State = State.DEVICE) -> Device:
    return Device(serial=serial, state=state, adb_state=state.value)


def test_the_only_phone_is_the_one() -> None:
    assert choose([phone("A")]).serial == "A"
    assert choose([phone("A"), phone("B")], "B").serial == "B"


def test_no_phone_at_all() -> None:
    for serial in (None, "A"):
        with pytest.raises(DeviceNotFound) as error:
            choose([], serial)
        assert "debugging" in error.value.hint


def test_several_phones_are_listed_and_none_is_guessed() -> None:
    with pytest.raises(SeveralDevices) as error:
        choose([phone("A"), phone("B\x1b[2J", State.OFFLINE)])
    assert error.value.exit_status == 2
    assert "A (device)" in error.value.hint
    assert "(offline)" in error.value.hint
    assert error.value.hint.isprintable()


def test_a_serial_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(DeviceNotFound) as error:
        choose([phone("AB12CD34"), phone("ZZ")], "AB12CD35")
    assert "AB12CD34" in error.value.hint
    assert "ZZ" not in error.value.hint
    with pytest.raises(DeviceNotFound, match="no phone 'Q'") as error:
        choose([phone("AB12CD34"), phone("ZZ")], "Q")
    assert "AB12CD34" in error.value.hint


HANDS = (State.UNAUTHORIZED, State.AUTHORIZING, State.OFFLINE, State.NO_PERMISSIONS, State.OTHER)


@pytest.mark.parametrize("state", HANDS)
def test_a_phone_that_needs_a_hand_comes_with_advice(state: State) -> None:
    with pytest.raises(DeviceNotReady) as error:
        choose([phone("A", state)])
    assert error.value.hint == phone("A", state).advice.en
    assert "A" in error.value.message
    assert choose([phone("A", state)], any_state=True).state is state


@pytest.mark.parametrize("state", [State.RECOVERY, State.FASTBOOT, State.EDL, State.CHARGE_ONLY])
def test_a_phone_that_shows_how_far_it_started_may_be_examined(state: State) -> None:
    assert choose([phone("A", state)]).state is state


def test_unauthorized_and_offline_and_ready_on_the_real_server(
    adb_server: AdbServer, attach: Attach
) -> None:
    serials = {
        "device": attach(Daemon(Scripted())),
        "unauthorized": attach(
            Daemon(Scripted(), faults=WireFaults(unauthorized=True)), "unauthorized"
        ),
        "offline": attach(Daemon(Scripted(), faults=WireFaults(offline=True)), "offline"),
    }
    devices = list_adb(Address("127.0.0.1", adb_server.port))
    found = {device.serial: device for device in devices}
    for state, serial in serials.items():
        assert (found[serial].state, found[serial].connection) == (state, "tcp")
    assert found[serials["device"]].model == "M_1"
    assert found[serials["device"]].transport_id > 0


Lists = Iterator[tuple[Device, ...]]


def until(lists: Lists, wanted: dict[str, str], timeout_s: float = 60) -> list[dict[str, str]]:
    """Every list up to the wanted one."""
    seen: list[dict[str, str]] = []

    def look() -> None:
        for devices in lists:
            seen.append({device.serial: device.state.value for device in devices})
            if seen[-1] == wanted:
                return

    with ThreadPoolExecutor(1) as pool:
        pool.submit(look).result(timeout_s)
    return seen


@pytest.fixture
def own_server() -> Iterator[AdbServer]:
    server = AdbServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def test_the_watch_tells_of_every_change_that_lasts(own_server: AdbServer) -> None:
    lists = watch(Address("127.0.0.1", own_server.port))
    try:
        assert until(lists, {}) == [{}]
        with Daemon(Scripted()) as daemon, own_server.attached(daemon) as serial:
            assert until(lists, {serial: "device"}) == [{serial: "device"}]
            daemon.unplug()
            assert until(lists, {serial: "offline"}) == [{serial: "offline"}]
        assert until(lists, {})[-1] == {}
    finally:
        lists.close()  # type: ignore[attr-defined]


def test_the_watch_outlives_a_server_that_is_restarted(own_server: AdbServer) -> None:
    lists = watch(Address("127.0.0.1", own_server.port))
    try:
        with Daemon(Scripted()) as first, Daemon(Scripted()) as second:
            with own_server.attached(first) as serial:
                assert until(lists, {serial: "device"})
                own_server.kill()
            own_server.start()
            with own_server.attached(second) as serial:
                assert until(lists, {serial: "device"})
    finally:
        lists.close()  # type: ignore[attr-defined]


def test_a_state_that_does_not_last_is_not_told() -> None:
    def raw(line: Line) -> None:
        request = line.request()
        if request == "host:version":
            line.send(okay("0029"))
            return
        line.send(b"OKAY")
        for text in ("", "A\toffline\n", "A\tconnecting\n", "A\tdevice\n"):
            line.trickle(okay(text)[4:])
        line.hang()

    with FakeServer(raw=raw) as server:
        lists = watch(server.address)
        assert until(lists, {"A": "device"}) == [{"A": "device"}]
        lists.close()  # type: ignore[attr-defined]


def test_an_old_server_is_watched_through_the_short_list() -> None:
    def raw(line: Line) -> None:
        request = line.request()
        if request == "host:version":
            line.send(okay("0020"))
        elif request == "host:track-devices":
            line.send(okay("A\tdevice\n"))
            line.hang()
        else:
            line.send(fail("unknown host service"))

    with FakeServer(raw=raw) as server:
        lists = watch(server.address)
        assert until(lists, {"A": "device"}) == [{"A": "device"}]
        lists.close()  # type: ignore[attr-defined]


CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", "../shared/corpus"))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_the_lists_of_the_corpus() -> None:
    paths = sorted(CORPUS.glob("*/adb_devices*.txt"))
    assert paths
    states = {
        (path.parent.name, device.state.value)
        for path in paths
        for device in parse_devices(path.read_text())
    }
    assert ("samsung-SM-N910F-6.0.1", "unauthorized") in states
    assert ("samsung-SM-N910F-6.0.1", "device") in states
    assert ("huawei-devicefarm-3", "no_permissions") in states
    assert ("huawei-Watch-12d1-1c2c", "no_permissions") in states
    assert ("unknown-authorizing", "authorizing") in states
