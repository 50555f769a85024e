"""The main job: one command, a phone on the real adb wire, a judged report."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest
from tests.adbserver import AdbServer
from tests.commandline import (
    command_line,
    diagnose,
    environment,
    run_virtual,
    run_virtual_alone,
)
from tests.thinning import one_in

from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "report-1.json").read_text("utf-8"))
pytestmark = pytest.mark.usefixtures("adb_server")


def _result(report: dict[str, Any], probe: str) -> dict[str, Any]:
    return next(result for result in report["results"] if result["probe"] == probe)


def _value(report: dict[str, Any], measurement: str) -> Any:
    values = [m for r in report["results"] for m in r["measurements"] if m["id"] == measurement]
    return values[0]["value"] if values else None


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("healthy")
    ended = run_virtual_alone("pixel-9", "--out", out, "--junit", out / "junit.xml")
    assert ended.status == 0, ended.err + ended.out
    return out


def test_a_healthy_phone_has_no_fault_and_leaves_whole_files(healthy: Path) -> None:
    names = sorted(path.name for path in healthy.iterdir())
    pages = ["annex.html", "report.html"]
    assert names == sorted([*pages, "capture.jsonl", "junit.xml", "manifest.json", "report.json"])
    report = json.loads((healthy / "report.json").read_text("utf-8"))
    assert report["summary"]["counts"]["fail"] == 0
    assert report["summary"]["counts"]["error"] == 0
    assert report["device"]["marketing_name"] == "Pixel 9"
    assert report["device"]["simulated"] is True


def test_the_report_keeps_its_published_schema(healthy: Path) -> None:
    report = json.loads((healthy / "report.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_the_published_schema_is_the_one_the_models_make() -> None:
    assert diagnose("schema").json == SCHEMA, "run: diagnose schema > schemas/report-1.json"


def test_a_replay_gives_the_identical_report(healthy: Path, tmp_path: Path) -> None:
    ended = diagnose("replay", healthy, "--json")
    assert ended.status == 0
    assert ended.json == json.loads((healthy / "report.json").read_text("utf-8"))
    diagnose("replay", healthy / "capture.jsonl", "--out", tmp_path)
    assert (tmp_path / "report.html").read_bytes() == (healthy / "report.html").read_bytes()


def test_verify_finds_a_changed_report(healthy: Path, tmp_path: Path) -> None:
    assert diagnose("report", "verify", healthy).status == 0
    for name in ("report.json", "capture.jsonl"):
        (tmp_path / name).write_bytes((healthy / name).read_bytes())
    text = (tmp_path / "report.json").read_text("utf-8")
    (tmp_path / "report.json").write_text(text.replace('"Pixel 9"', '"Pixel 10"'), "utf-8")
    ended = diagnose("report", "verify", tmp_path)
    assert ended.status == 1
    assert "changed" in ended.out


def test_nothing_private_and_no_serial_number_is_kept(healthy: Path) -> None:
    for path in healthy.iterdir():
        assert b"4A171AAAA0001" not in path.read_bytes(), path.name


def test_a_fault_is_found_told_and_gives_status_1(tmp_path: Path) -> None:
    ended = run_virtual("galaxy-s23+battery-worn", "--lang", "zh-CN", "--out", tmp_path)
    assert ended.status == 1
    assert "检测到故障" in ended.out
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert _result(report, "battery.health")["outcome"] == "fail"
    assert 'lang="zh-CN"' in (tmp_path / "report.html").read_text("utf-8")


def test_a_hung_command_costs_its_own_probes_only() -> None:
    ended = run_virtual("pixel-9+hangs:dumpsys sensorservice", "--json", "--deadline", "2")
    assert ended.status == 0
    sensors = _result(ended.json, "sensor.census")
    assert (sensors["outcome"], sensors["reason"]) == ("not_run", "timeout")
    assert _result(ended.json, "battery.state")["outcome"] == "pass"
    assert ended.json["coverage"]["complete"] is False


def test_a_phone_unplugged_in_mid_run_keeps_what_was_read(tmp_path: Path) -> None:
    ended = run_virtual_alone("pixel-9+drops-after:12", "--out", tmp_path)
    assert ended.status == 5
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["summary"]["ended"] == "lost"
    assert report["coverage"]["answered"] > 0
    assert "device_lost" in {result["reason"] for result in report["results"]}
    assert report["summary"]["outcome"] != "pass"


def test_a_phone_lost_before_anything_was_read_is_status_4() -> None:
    ended = run_virtual("pixel-9+drops-after:1", "--probe", "battery.*", "--streams", "1")
    assert ended.status in (4, 5)
    assert "Traceback" not in ended.err


def test_an_adb_server_killed_in_mid_run_ends_the_run_in_order(
    adb_server: AdbServer, tmp_path: Path
) -> None:
    server = AdbServer()  # its own: the tests' server must live on
    server.start()
    try:
        with serve(parse_specification("pixel-9"), scale=4.0) as phone:
            server.adb("connect", phone.serial)
            server.wait_for(phone.serial, "device")
            words = command_line("run", "-s", phone.serial, "--out", tmp_path)
            env = environment({"ANDROID_ADB_SERVER_PORT": str(server.port)})
            run = subprocess.Popen(words, env=env, stderr=subprocess.PIPE, text=True)
            _wait_for(lambda: len(phone.commands) > 5)
            server.kill()
            _, output = run.communicate(timeout=30)
    finally:
        server.stop()
    assert adb_server.port != server.port
    assert run.returncode in (4, 5), output
    assert "Traceback" not in output


def test_ctrl_c_writes_what_was_read(adb_server: AdbServer, tmp_path: Path) -> None:
    phone = serve(parse_specification("pixel-9"), scale=1.5)
    with phone, adb_server.attached(phone, "device") as serial:
        words = command_line("run", "-s", serial, "--out", tmp_path)
        run = subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE, text=True)
        _wait_for(lambda: (tmp_path / "capture.jsonl.part").exists() and _lines(tmp_path) > 8)
        run.send_signal(signal.SIGINT)
        _, output = run.communicate(timeout=30)
    assert run.returncode == 130, output
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["summary"]["ended"] == "cancelled"
    assert report["coverage"]["answered"] > 0


@pytest.mark.parametrize(
    ("phone", "status", "words"),
    [
        ("pixel-9+unauthorized", 4, "unauthorized"),
        ("pixel-9+offline", 4, "offline"),
        ("pixel-90", 2, "did you mean pixel-9"),
        ("pixel-9+batery-worn", 2, "did you mean battery-worn"),
        ("pixel-9+slow:x", 2, "factor"),
    ],
)
def test_a_phone_that_cannot_be_read_is_one_line_and_a_hint(
    phone: str, status: int, words: str
) -> None:
    ended = run_virtual(phone)
    assert ended.status == status
    assert words in ended.err
    assert "→" in ended.err
    assert "Traceback" not in ended.err


def test_no_phone_and_several_phones(adb_server: AdbServer) -> None:
    none = diagnose("run")
    assert (none.status, "no phone is attached" in none.err) == (4, True)
    with ExitStack() as stack:
        for name in ("pixel-9", "p30-pro"):
            phone = stack.enter_context(serve(parse_specification(name)))
            stack.enter_context(adb_server.attached(phone, "device"))
        several = diagnose("run")
        assert (several.status, "2 phones" in several.err) == (2, True)
        both = diagnose(
            "run", "--all", "--json", "--probe", "battery.state", "--probe", "identity.*"
        )
        assert {r["device"]["model"] for r in both.json["reports"]} == {"Pixel 9", "VOG-AL00"}
        listed = diagnose("devices", "--json").json["devices"]
        assert {device["state"] for device in listed} == {"device"}


def test_the_traceback_is_shown_with_debug_only() -> None:
    assert "Traceback" in run_virtual("nothing", "--debug").err


@pytest.mark.parametrize("fault", one_in(2, ["crlf", "utf16"]))
def test_line_ends_and_encodings_change_nothing(fault: str) -> None:
    plain = run_virtual(
        "mate-40-pro", "--json", "--probe", "battery.state", "--probe", "identity.*"
    )
    odd = run_virtual(
        f"mate-40-pro+{fault}", "--json", "--probe", "battery.state", "--probe", "identity.*"
    )
    assert odd.status == plain.status
    assert _value(odd.json, "battery.state.level") == _value(plain.json, "battery.state.level")
    assert odd.json["device"]["model"] == plain.json["device"]["model"]


def test_garbage_is_never_a_verdict() -> None:
    ended = run_virtual("galaxy-s23+garbage", "--json")
    assert ended.status == 5
    assert ended.json["summary"]["counts"]["fail"] == 0
    assert ended.json["summary"]["counts"]["pass"] == 0
    codes = {r["error"]["code"] for r in ended.json["results"] if r["error"]}
    assert codes <= {"parse"}


@pytest.mark.slow
def test_fifty_megabytes_are_refused_in_bounded_memory() -> None:
    words = command_line(
        "run", "--simulated", "pixel-9+floods:dumpsys sensorservice", "--scale", "0.05", "--json"
    )
    run = subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE)
    peak = 0
    process = psutil.Process(run.pid)
    while run.poll() is None:
        try:
            peak = max(peak, process.memory_info().rss)
            run.wait(0.02)
        except (subprocess.TimeoutExpired, psutil.NoSuchProcess):
            continue
        finally:
            _drain(run)
    report = json.loads(_drained(run))
    assert _result(report, "sensor.census")["outcome"] == "not_run"
    assert peak < 250 * 2**20  # the virtual phone lives in the same process here


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.slow
def test_only_a_phone_that_gave_its_last_answer_may_go(tmp_path: Path) -> None:
    """One answer less, and the run is incomplete, however little was left to ask."""
    words = ("--plan", "quick", "--streams", "1", "--out", tmp_path)
    whole = run_virtual("pixel-9", *words)
    lines = (tmp_path / "capture.jsonl").read_text("utf-8").splitlines()
    answers = sum(json.loads(line).get("status") == "complete" for line in lines)
    assert run_virtual(f"pixel-9+drops-after:{answers - 1}", *words).status == 5
    after = run_virtual(f"pixel-9+drops-after:{answers + 20}", *words)
    assert after.status == whole.status


def test_a_hostile_phone_reaches_no_terminal_page_or_file_name(tmp_path: Path) -> None:
    ended = run_virtual("mate-40-pro+hostile", "--out", tmp_path, "--junit", tmp_path / "j.xml")
    assert ended.status in (0, 1, 5), ended.err
    for output in (ended.out, ended.err):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", output)
    page = _Elements()
    page.feed((tmp_path / "report.html").read_text("utf-8"))
    assert not page.names & {"script", "img", "iframe", "object", "textarea", "link"}
    assert not any(name.startswith("on") or name == "src" for name in page.attributes)
    names = {path.name for path in tmp_path.iterdir()}
    assert names - {"annex.html"} == {
        *("capture.jsonl", "report.html", "report.json", "j.xml", "manifest.json"),
    }
    assert not Path("/tmp/diagnose-owned").exists()  # noqa: S108 - what the attack would make


def test_a_full_disk_leaves_no_half_report(tmp_path: Path) -> None:
    words = command_line("run", "--simulated", "pixel-9", "--scale", "0.05", "--out", tmp_path)
    limited = ["bash", "-c", 'ulimit -f 40; trap "" XFSZ; exec "$@"', "bash", *words]
    ended = subprocess.run(limited, env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 5, ended.stderr
    assert "cannot write" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "report.json").exists()
    assert not (tmp_path / "capture.jsonl").exists()


def test_nothing_is_ever_written_to_a_phone(adb_server: AdbServer) -> None:
    phone = serve(parse_specification("galaxy-s23"), scale=0.05)
    with phone, adb_server.attached(phone, "device") as serial:
        diagnose("run", "-s", serial)
    assert phone.write_attempts == []
    assert phone.unknown_services == []
    assert phone.errors == []
    assert len(phone.commands) == len(set(phone.commands)), "a request was sent twice"


def test_a_dry_run_touches_nothing_and_lists_everything() -> None:
    plan = diagnose("run", "--dry-run", "--json").json
    assert len(plan["requests"]) > 15
    assert {request["effect"] for request in plan["requests"]} == {"read"}


def _wait_for(condition: Any, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def _lines(folder: Path) -> int:
    return (folder / "capture.jsonl.part").read_bytes().count(b"\n")


_OUTPUT: dict[int, bytes] = {}


def _drain(run: subprocess.Popen[bytes]) -> None:
    assert run.stdout is not None
    os.set_blocking(run.stdout.fileno(), False)
    _OUTPUT[run.pid] = _OUTPUT.get(run.pid, b"") + (run.stdout.read() or b"")


def _drained(run: subprocess.Popen[bytes]) -> bytes:
    _drain(run)
    assert run.stdout is not None
    run.stdout.close()
    return _OUTPUT.pop(run.pid)
