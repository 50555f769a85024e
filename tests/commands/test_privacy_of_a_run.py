"""A whole run over the real adb wire: nothing private of the phone reaches anything we keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.adbserver import AdbServer
from tests.commandline import diagnose_here
from tests.thinning import one_in

from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Effect, Shell
from diagnose.privacy.policy import READ_ONLY
from diagnose.run.capture import read_capture
from diagnose.simulator.phone import Phone
from diagnose.simulator.served import ServedPhone, serve
from diagnose.simulator.shell import run_command
from diagnose.simulator.specification import parse_specification
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.owner import Owner
from diagnose.simulator.state.radio import Radio
from diagnose.simulator.wire.daemon import Daemon
from diagnose.transports.adb.host import Address
from diagnose.transports.adb.transport import AdbTransport

pytestmark = pytest.mark.usefixtures("adb_server")

FORBIDDEN = (
    "content query --uri content://sms",
    "content query --uri content://contacts/phones",
    "logcat -d",
    "screencap -p",
    "dumpsys notification --noredact",
    "dumpsys clipboard",
    "dumpsys account",
    "cat /sdcard/x",
    "ls /sdcard/DCIM",
    "cmd wifi list-networks",
    "settings get secure android_id",
    "service call iphonesubinfo 1",
    "ps -A",
)
WRITES = ("cmd battery reset", "settings put global wifi_on 0", "rm -rf /sdcard")
HOSTILE_PROBE = '''
"""Asks for what no probe may ask."""
from diagnose.sdk import About, Answers, Effect, Interpreted, Probe, Shell, Spec, Text, Unit

REQUESTS = {requests}

def interpret(answers: Answers) -> Interpreted:
    for request in REQUESTS:
        yield answers.measure("stolen", answers.text(request), request)

TEXT = Text("x", "x")
PROBE = Probe(
    id="evil.{name}", title=TEXT, about=About(tested=TEXT, meaning=TEXT, consequence=TEXT,
    action=TEXT), requests=REQUESTS, measures={{"stolen": Spec(Unit.NONE, TEXT, essential=True)}},
    interpret=interpret,
)
'''


def build(name: str) -> Phone:
    return parse_specification(name).build()


def secrets_of(phone: Phone) -> dict[str, list[str]]:
    """What must not leave the phone, by kind."""
    who, owner, radio = phone[SimulatedIdentity], phone[Owner], phone[Radio]
    packages = run_command(phone, "pm list packages -3 -i").stdout
    assert isinstance(packages, bytes)
    apps = [line.split()[0].removeprefix("package:") for line in packages.decode().splitlines()]
    return {
        "serial": [who.serial],
        "imei": radio.imeis,
        "address": [radio.bssid, radio.bluetooth_address, owner.headset_address],
        "network": [radio.ssid],
        "name": [
            *(owner.device_name, owner.screen_name, owner.headset_name, owner.host_name),
            *(radio.bluetooth_name, "Yinhetong", "Wei Lan"),
        ],
        "app": [*owner.apps, *apps],
    }


@contextmanager
def attached(server: AdbServer, name: str) -> Iterator[tuple[Daemon, str]]:
    phone = serve(parse_specification(name), scale=0.02)
    with phone, server.attached(phone, "device") as serial:
        yield phone, serial


@pytest.mark.parametrize("name", one_in(2, ["mate-40-pro", "redmi-note-8-pro"]))
def test_nothing_private_reaches_the_files_or_the_terminal(
    name: str, adb_server: AdbServer, tmp_path: Path
) -> None:
    with attached(adb_server, name) as (_, serial):
        ended = diagnose_here("run", "-s", serial, "--out", tmp_path, "--junit", tmp_path / "j.xml")
    assert ended.status in (0, 1), ended.err
    kept = {path.name: path.read_text("utf-8").lower() for path in tmp_path.iterdir()}
    assert {"capture.jsonl", "report.json", "report.html", "j.xml"} <= set(kept)
    kept |= {"terminal": ended.out.lower(), "errors": ended.err.lower()}
    found = [
        f"{where}: {kind} {value}"
        for kind, values in secrets_of(build(name)).items()
        for value in values
        for where, text in kept.items()
        if value.lower() in text
    ]
    assert found == []


@pytest.mark.parametrize("name", one_in(2, ["mate-40-pro", "redmi-note-8-pro"]))
def test_the_phones_do_say_all_of_it(name: str, adb_server: AdbServer, tmp_path: Path) -> None:
    """The test above proves nothing of a value that no answer of the phone ever holds."""
    with attached(adb_server, name) as (daemon, serial):
        diagnose_here("run", "-s", serial, "--out", tmp_path)
        asked = set(daemon.commands)
    phone = build(name)
    answers = [run_command(phone, command).stdout for command in asked]
    output = b"".join(a if isinstance(a, bytes) else b"".join(a) for a in answers).decode().lower()
    not_stated = {
        kind
        for kind, values in secrets_of(phone).items()
        if not any(value.lower() in output for value in values)
    }
    assert not_stated <= ({"imei"} if not phone[Radio].imei_properties else set())
    assert all(app in output for app in phone[Owner].apps)


def test_of_apps_only_what_is_asked_for_is_kept(adb_server: AdbServer, tmp_path: Path) -> None:
    with attached(adb_server, "pixel-9") as (_, serial):
        diagnose_here("run", "-s", serial, "--out", tmp_path)
    output = {key: reply.stdout.decode() for key, reply in read_capture(tmp_path).replies.items()}
    listed = output["shell:pm list packages -3 -i"].split("package:")[1].split()[0]
    assert len(listed) == 1  # of the name of an added app its first letter, so that it is counted
    assert "app:" not in output["shell:dumpsys batterystats"] + output["shell:dumpsys deviceidle"]


@pytest.fixture
def hostile_probes(tmp_path: Path) -> Path:
    folder = tmp_path / "probes"
    (folder / "evil").mkdir(parents=True)
    wanted = {
        **{f"reads{at}": f"Shell(*{command.split()!r})" for at, command in enumerate(FORBIDDEN)},
        **{
            f"writes{at}": f"Shell(*{command.split()!r}, effect=Effect.WRITE)"
            for at, command in enumerate(WRITES)
        },
        "pretends": "Shell('cmd', 'battery', 'reset')",
    }
    for name, request in wanted.items():
        text = HOSTILE_PROBE.format(requests=f"({request},)", name=name)
        (folder / "evil" / f"{name}.py").write_text(text, "utf-8")
    return folder


def test_a_hostile_probe_is_refused_visibly_and_the_phone_never_hears_of_it(
    adb_server: AdbServer, hostile_probes: Path, tmp_path: Path
) -> None:
    with attached(adb_server, "pixel-9") as (daemon, serial):
        words = ("run", "-s", serial, "--probe", "evil.*", "--probe-dir", hostile_probes)
        ended = diagnose_here(*words, "--json")
        asked = list(daemon.commands)
    results = {r["probe"]: r for r in ended.json["results"]}
    assert len(results) == len(FORBIDDEN) + len(WRITES) + 1
    assert {(r["outcome"], r["reason"]) for r in results.values()} == {("not_run", "permission")}
    assert asked == ["getprop"]


def test_the_plan_says_what_it_refuses_and_why(hostile_probes: Path) -> None:
    words = ("run", "--dry-run", "--json", "--probe", "evil.*", "--probe-dir", hostile_probes)
    plan = diagnose_here(*words).json
    assert [request["key"] for request in plan["requests"]] == ["shell:getprop"]
    assert len(plan["refused"]) == len(FORBIDDEN) + len(WRITES)
    assert "messages" in plan["refused"]["shell:content query --uri content://sms"]
    assert all("is not sent" in why for why in plan["refused"].values())


def test_allowing_writes_still_refuses_unknown_ones(hostile_probes: Path) -> None:
    words = ("run", "--dry-run", "--json", "--probe", "evil.*", "--probe-dir", hostile_probes)
    plan = diagnose_here(*words, "--allow", "write").json
    assert "shell:rm -rf /sdcard" in plan["refused"]
    assert "shell:settings put global wifi_on 0" in plan["refused"]


@pytest.mark.parametrize("effect", [Effect.READ, Effect.WRITE])
def test_the_guard_of_the_transport_alone_stops_them(effect: Effect, adb_server: AdbServer) -> None:
    """The plan is bypassed: the requests go straight to the transport, with one that is fair."""
    requests = [Shell(*command.split(), effect=effect) for command in (*FORBIDDEN, *WRITES)]
    fair = Shell("getprop", "ro.product.model")
    with attached(adb_server, "pixel-9") as (daemon, serial):
        address = Address("127.0.0.1", adb_server.port)
        transport = AdbTransport(serial, address=address, guard=READ_ONLY.refusal)
        replies = {reply.key: reply for reply in transport.perform([*requests, fair])}
        asked = list(daemon.commands)
    assert replies.pop(fair.key).status is ReplyStatus.COMPLETE
    assert {reply.status for reply in replies.values()} == {ReplyStatus.FORBIDDEN}
    assert all(not reply.stdout and reply.detail for reply in replies.values())
    assert asked == [fair.command]
    assert daemon.write_attempts == []


def test_a_virtual_phone_would_have_heard_them(adb_server: AdbServer) -> None:
    """Without the guard the requests do arrive: the tests above do not pass by accident."""
    daemon = Daemon(ServedPhone(build("pixel-9"), scale=0))
    with daemon, adb_server.attached(daemon, "device") as serial:
        transport = AdbTransport(serial, address=Address("127.0.0.1", adb_server.port))
        list(transport.perform([Shell("logcat", "-d")]))
        assert daemon.commands == ["logcat -d"]


def test_the_imei_is_asked_for_only_where_that_was_allowed_and_then_masked(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    asking = ("--probe", "radio.imei", "--out", tmp_path)
    with attached(adb_server, "galaxy-s23") as (daemon, serial):
        without = diagnose_here("run", "-s", serial, *asking)
        assert not [command for command in daemon.commands if "iphonesubinfo" in command]
        assert "--allow identity" in without.err
        diagnose_here("run", "-s", serial, *asking, "--allow", "identity")
        assert "service call iphonesubinfo 1 s16 com.android.shell" in daemon.commands
    kept = (tmp_path / "capture.jsonl").read_text("utf-8")
    assert "Parcel(<imei:" in kept
    number = build("galaxy-s23")[Radio].imeis[0]
    assert not [
        group for group in (number, number[:8], f"{number[0]}.{number[1]}.") if group in kept
    ]
