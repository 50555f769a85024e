"""What a CI job relies on: no green where something was not tested; all views say the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from tests.adbserver import AdbServer
from tests.commandline import SCALE, Ended, command_line, diagnose, environment
from tests.commandline import diagnose_here as here
from tests.thinning import one_in

from diagnose.jobs.schemas import schema_of
from diagnose.simulator.building import phone_names
from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification

pytestmark = pytest.mark.usefixtures("adb_server")
RUN_SCHEMA = jsonschema.Draft202012Validator(schema_of("run"))


def run(*phones: str, plan: str = "ci", more: tuple[str | Path, ...] = ()) -> Ended:
    ordered = [word for phone in phones for word in ("--simulated", phone)]
    return here("run", *ordered, "--scale", SCALE, "--plan", plan, *more)


def junit(path: Path) -> dict[str, int]:
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    return {name: int(root.attrib[name]) for name in ("tests", "failures", "errors")}


@pytest.mark.parametrize(
    ("phone", "status", "ground"),
    [
        ("pixel-9", 0, None),
        ("pixel-9+booting", 5, "starting"),
        ("pixel-9+battery-worn", 1, "probe_failed"),
        ("pixel-9+drops-after:40", 5, "lost"),
        ("pixel-9+hostile", 5, None),
        ("pixel-9+battery-worn+drops-after:30", 5, "lost"),
    ],
)
def test_every_view_of_a_run_says_the_same(
    tmp_path: Path, phone: str, status: int, ground: str | None
) -> None:
    ended = run(phone, more=("--json", "--junit", tmp_path / "j.xml"))
    verdict = ended.json["summary"]["verdict"]
    counted = junit(tmp_path / "j.xml")
    assert ended.status == verdict["exit_status"] == status
    assert verdict["faulty"] == (counted["failures"] > 0)
    assert verdict["incomplete"] == (counted["errors"] > 0) == (status == 5)
    grounds = {reason["ground"] for reason in verdict["reasons"]}
    assert ground is None or ground in grounds, grounds


def test_a_fault_found_before_the_cable_was_pulled_is_told_as_well() -> None:
    ended = run("galaxy-s23+battery-worn+drops-after:50", plan="full", more=("--json",))
    verdict = ended.json["summary"]["verdict"]
    assert verdict["incomplete"]
    assert ended.status == 5
    failed = any(result["outcome"] == "fail" for result in ended.json["results"])
    assert verdict["faulty"] == failed


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (("--require", "biometric.*", "--probe", "biometric.*", "--probe", "battery.state"), 0),
        (("--require", "tradein.mode", "--plan", "full"), 0),
        (("--min-coverage", "100"), 5),
        (("--min-coverage", "10"), 0),
        (("--require", "nothing.*"), 2),
        (("--phones", "2"), 4),
        (("--plan", "nowhere.toml"), 3),
    ],
)
def test_what_a_job_demands(more: tuple[str, ...], status: int) -> None:
    assert run("pixel-9", more=more).status == status


def test_a_required_probe_that_cannot_be_read_makes_the_run_incomplete() -> None:
    ended = run("pixel-9+hangs:dumpsys sensorservice", more=("--deadline", "1", "--json"))
    assert ended.status == 0
    demanded = ("--deadline", "1", "--json", "--require", "sensor.census")
    ended = run("pixel-9+hangs:dumpsys sensorservice", more=demanded)
    assert ended.status == 5
    reasons = ended.json["summary"]["verdict"]["reasons"]
    assert [(r["ground"], r["about"]) for r in reasons] == [("required_unread", "sensor.census")]


def test_a_phone_that_is_starting_is_waited_for() -> None:
    assert run("pixel-9+boots-after:1", more=("--wait-boot", "60")).status == 0
    ended = run("pixel-9+booting", more=("--wait-boot", "0.1"))
    assert ended.status == 4
    assert "sys.boot_completed" in ended.err


def test_of_several_phones_every_one_is_named(tmp_path: Path) -> None:
    phones = ("pixel-9", "pixel-9", "pixel-3+unauthorized", "galaxy-s23+battery-worn")
    more = ("--json", "--junit", tmp_path / "j.xml", "--probe", "battery.*")
    ended = run(*phones, more=more)
    RUN_SCHEMA.validate(ended.json)
    labels = [phone["label"] for phone in ended.json["phones"]]
    assert labels == ["pixel-9#1", "pixel-9#2", "galaxy-s23+battery-worn", "pixel-3+unauthorized"]
    assert [phone["exit_status"] for phone in ended.json["phones"]] == [0, 0, 1, 4]
    assert ended.json["not_examined"] == ["pixel-3+unauthorized"]
    assert (ended.json["faulty"], ended.json["incomplete"]) == (True, True)
    assert ended.status == ended.json["exit_status"] == 5
    root = ET.parse(tmp_path / "j.xml").getroot()  # noqa: S314 - our own file
    cases = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(set(cases)) == len(cases)
    table = run(*phones, more=("--probe", "battery.*")).out.rpartition("All phones")[2]
    assert all(label in table for label in labels)
    assert "not examined" in table


def test_all_names_a_phone_that_is_not_ready(adb_server: AdbServer) -> None:
    with ExitStack() as stack:
        for name, state in (("pixel-9", "device"), ("pixel-3+unauthorized", "unauthorized")):
            phone = stack.enter_context(serve(parse_specification(name), scale=0.05))
            stack.enter_context(adb_server.attached(phone, state))
        ended = here("run", "--all", "--json", "--probe", "battery.*")
        assert ended.status == 5
        assert [phone["examined"] for phone in ended.json["phones"]] == [True, False]
        assert ended.json["phones"][1]["problem"]["code"] == "device_not_ready"
        assert here("run", "--all", "--phones", "2", "--probe", "battery.*").status == 4
        serial = ended.json["phones"][0]["serial"]
        chosen = here("run", "--json", "--probe", "battery.*", env={"ANDROID_SERIAL": serial})
        assert chosen.status == 0, chosen.err
        assert chosen.json["device"]["attachments"][0]["serial"] == serial


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("run", "--json"), 4, "device_not_found"),
        (("run", "--json", "--all"), 4, "device_not_found"),
        (("run", "--json", "--simulated", "pixel-0"), 2, "unknown_name"),
        (("run", "--json", "--no-such-option"), 2, "usage"),
        (("replay", "--json", "nowhere"), 2, "no_such_file"),
        (("probes", "list", "--json", "--probe-dir", "nowhere"), 3, "probe_invalid"),
    ],
)
def test_an_error_is_a_document(arguments: tuple[str, ...], status: int, code: str | None) -> None:
    ended = here(*arguments)
    assert ended.status == status, ended.err
    RUN_SCHEMA.validate(ended.json)
    assert ended.json["exit_status"] == status
    assert code is None or ended.json["error"]["code"] == code


@pytest.mark.parametrize("inside", [None, "readme.txt"])
def test_a_probe_dir_without_probes_is_an_error(tmp_path: Path, inside: str | None) -> None:
    folder = tmp_path / "probes"
    if inside:
        folder.mkdir()
        (folder / inside).write_text("none")
    ended = run("pixel-9", more=("--probe-dir", folder))
    assert ended.status == 3
    assert str(folder) in ended.err


def test_a_replay_says_which_probes_it_does_not_have(tmp_path: Path) -> None:
    """A fault that only a shop's own probe finds is not passed over in silence."""
    assert run("pixel-9", more=("--probe", "battery.state", "--out", tmp_path)).status == 0
    path = tmp_path / "capture.jsonl"
    header, *rest = path.read_text("utf-8").splitlines()
    probes = [*json.loads(header)["probes"], "shop.own"]
    path.write_text("\n".join([json.dumps(json.loads(header) | {"probes": probes}), *rest]) + "\n")
    ended = here("replay", path, "--json")
    (missing,) = (r for r in ended.json["results"] if r["probe"] == "shop.own")
    assert (missing["outcome"], missing["reason"]) == ("not_run", "dependency")
    assert ended.status == 5


@pytest.mark.parametrize("number", one_in(3, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
def test_a_cancelled_job_leaves_its_report_and_no_phone(
    tmp_path: Path, adb_server: AdbServer, number: signal.Signals
) -> None:
    phone = "pixel-9+hangs:dumpsys sensorservice"
    words = ("run", "--simulated", phone, "--scale", SCALE, "--out", tmp_path / "out", "--json")
    started = subprocess.Popen(
        command_line(*words), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    _wait_for_answers(tmp_path)
    started.send_signal(number)
    out, _ = started.communicate(timeout=60)
    assert started.returncode == 130
    assert json.loads(out)["summary"]["ended"] == "cancelled"
    assert (
        json.loads((tmp_path / "out" / "report.json").read_bytes())["summary"]["ended"]
        == "cancelled"
    )
    assert adb_server.ask("host:devices") == ""


def _wait_for_answers(folder: Path) -> None:
    """Until the capture has most answers (wherever it grows): all but the one that hangs."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(path.read_bytes().count(b"\n") > 20 for path in _captures(folder)):
            return
        time.sleep(0.05)
    raise AssertionError("the run records nothing")


def _captures(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*capture.jsonl*") if path.exists()]


def test_a_junit_file_that_cannot_be_written_is_found_out_before_the_phone_is_asked(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken").write_text("")
    for path in (tmp_path, tmp_path / "taken" / "j.xml"):
        ended = run("pixel-9", more=("--junit", path, "--out", tmp_path / "out"))
        assert ended.status == 5
        assert not (tmp_path / "out" / "report.json").exists()


def test_a_phone_is_held_by_one_run_at_a_time(tmp_path: Path, adb_server: AdbServer) -> None:
    leases = {"DIAGNOSE_LEASES": str(tmp_path / "leases")}
    with ExitStack() as stack:
        phone = serve(parse_specification("pixel-9+hangs:dumpsys sensorservice"), scale=0.05)
        stack.enter_context(phone)
        serial = stack.enter_context(adb_server.attached(phone, "device"))
        words = ("run", "-s", serial, "--out", tmp_path / "out")
        first = subprocess.Popen(
            command_line(*words), env=environment(leases), stdout=subprocess.DEVNULL
        )
        _wait_for_answers(tmp_path)
        second = here("run", "-s", serial, "--probe", "battery.*", "--json", env=leases)
        assert second.status == 4
        assert second.json["error"]["code"] == "device_busy"
        assert str(first.pid) in second.json["error"]["message"]
        first.kill()  # what a holder leaves behind holds nothing
        first.wait()
        third = here("run", "-s", serial, "--probe", "battery.*", "--wait-free", "30", env=leases)
        assert third.status == 0, third.err


def _as_nobody(
    command: list[str], temporary: Path, port: int
) -> subprocess.CompletedProcess[bytes]:
    """Run it with a user id that nobody has, and no home."""
    return subprocess.run(
        command,
        env={
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(temporary),
            "ANDROID_ADB_SERVER_PORT": str(port),
        },
        user=54321,
        group=54321,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="another user id takes root")
def test_without_a_home_and_with_any_user_id_it_works(
    tmp_path: Path, adb_server: AdbServer
) -> None:
    """Containers give neither; nothing is written where others could."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for place in (temporary, *temporary.parents[:-2]):
        place.chmod(0o777 if place == temporary else 0o755)
    words = ("run", "--simulated", "pixel-9", "--scale", SCALE, "--probe", "battery.*")
    try:
        done = _as_nobody(command_line(*words), temporary, adb_server.port)
    except PermissionError:
        pytest.skip("another user may not run this Python")
    assert done.returncode == 0, done.stderr.decode()
    (own,) = temporary.glob("diagnose-54321")
    assert own.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_twenty_runs_of_one_phone_have_the_same_outcomes() -> None:
    """The flake check: nothing depends on the order in which answers come."""
    seen = {json.dumps(_outcomes(run("pixel-9", more=("--json",)).json)) for _ in range(20)}
    assert len(seen) == 1


@pytest.mark.slow
def test_the_canary_is_green_on_every_healthy_phone() -> None:
    ended = run(*phone_names(), plan="canary", more=("--json",))
    for report in ended.json["reports"]:
        verdict = report["summary"]["verdict"]
        assert verdict["exit_status"] == 0, (report["device"]["model"], verdict["reasons"])
        assert report["coverage"]["complete"]
    assert ended.status == 0


def test_the_canary_dies_of_a_fault() -> None:
    assert run("pixel-9+battery-dead", plan="canary").status == 1


def _outcomes(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(result["probe"], result["outcome"]) for result in report["results"]]


def test_the_adb_server_of_another_place_is_asked(adb_server: AdbServer) -> None:
    with serve(parse_specification("pixel-9"), scale=0.05) as phone:
        serial = phone.serial
        with adb_server.attached(phone, "device"):
            words = ("run", "-s", serial, "--probe", "battery.*")
            nowhere = {"ADB_SERVER_SOCKET": "tcp:127.0.0.1:1"}
            there = ("--adb-server", f"127.0.0.1:{adb_server.port}")
            assert here(*words, *there, env=nowhere).status == 0
    assert here("run", "--adb-server", "127.0.0.1:x").status == 4


def test_two_phones_that_lie_about_their_serial_are_told_apart() -> None:
    ended = diagnose(
        *("run", "--simulated", "pixel-9", "--simulated", "pixel-9", "--scale", SCALE),
        *("--probe", "identity.*", "--json"),
    )
    first, second = ended.json["phones"]
    hashes = {report["device"]["serial_hash"] for report in ended.json["reports"]}
    assert len(hashes) == 1, "both state the same number"
    assert first["label"] != second["label"]
