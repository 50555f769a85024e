"""Of every answer only what its request declares is kept: canaries die, and no verdict changes."""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.commandline import diagnose
from tests.scriptedphone import ScriptedPhone
from tests.thinning import one_in

from diagnose.judging.examination import examine
from diagnose.knowledge.probes import load_probes
from diagnose.model.communities import COMMUNITY_NAMES
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.model.requests.kept import Entries, KeptWords, cut_down, cut_down_errors
from diagnose.parsers.camera.cameras import parse_cameras
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.sensor.sensors import parse_sensors
from diagnose.parsers.system.operating_system import community_lines
from diagnose.privacy.redactor import Redactor
from diagnose.requests import adb, dumps
from diagnose.requests.properties import FORMS, PROPERTIES
from diagnose.run.capture import read_capture
from diagnose.run.recording import recorded
from diagnose.simulator.output import Output
from diagnose.simulator.wire.daemon import Daemon

ROOT = Path(__file__).parent.parent.parent
CAPTURES = ROOT / "tests" / "captures"
PHONES = sorted(path.name for path in CAPTURES.iterdir() if path.is_dir())
DECLARED = [one for one in adb._all() if one.kept and not one.is_watched]

# What phones were seen to say beside what is asked for; `{}` is the private word.
OUTPUTS = (
    *("[gsm.operator.alpha]: [{}]", "[persist.radio.imsi]: [{}]", "[ril.iccid.sim1]: [{}]"),
    *("[wifi.mac]: [{}]", "[ro.ril.svdo]: [{}]", "[dhcp.wlan0.domain]: [{}]", "[net.dns1]: [{}]"),
    *("[persist.sys.device_name]: [{}]", "[ro.boot.cpuid]: [{}]", "[ro.boot.emmcid]: [{}]"),
    *("[ro.boot.uniqueno]: [{}]", "[persist.camera.id]: [{}]", "[persist.sys.install_id]: [{}]"),
    *("  mCallIncomingNumber={}", "  caller: {}", "    title={} artist=x", "  Song: {}"),
    *("  name: {}", "  Alias: {}", "  apn=internet user=x password={}", "  Window #3: {}"),
    *("  mCurrentFocus=Window{{1 u0 {}}}", "  url=https://x.test/?token={}", '  SSID: "{}", id'),
    *("  mWifiInfo SSID: {}, BSSID: 02", "  host={}", "  Location[gps {}]", "  account={}"),
    *("  Account {{name={}, type=x}}", "  MotionEvent(x={}, y=1)", "  KeyEvent(keyCode={})"),
    *("  RecentQueue: length=1 {}", "    package:{}", "  Layer {}", '  "{}"', "{}: {}", "{}"),
    *("  Wake lock '{}'", '  App Names: ["{}"]', "  Uid u0a1: 1.0 ( {}=1 )", "user={},name=x"),
)


def _planted(request: Request, text: str) -> tuple[str, list[str]]:
    """The answer with a private word in lines of every kind, at its begin, middle and end."""
    words, lines = [], text.split("\n")
    for place in (len(lines) - 1, len(lines) // 2, 0):
        for number, output in enumerate(OUTPUTS):
            word = f"canary{abs(hash((request.key, place, number))) % 10**12:012d}"
            words.append(word)
            lines.insert(place, output.replace("{{", "{").replace("}}", "}").replace("{}", word))
    return "\n".join(lines), words


def _answers() -> dict[str, tuple[str, list[str]]]:
    answers = read_capture(CAPTURES / "pixel-9").replies
    return {
        request.key: _planted(request, answers[request.key].stdout.decode())
        for request in DECLARED
        if request.key in answers
    }


def _artefacts(out: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(out.iterdir()):
        yield path.name, path.read_bytes().decode("utf-8", "replace")
    pages = PdfReader(out / "report.pdf").pages
    yield "text of the PDF", "".join(page.extract_text() for page in pages)
    for name, attached in PdfReader(out / "report.pdf").attachments.items():
        yield f"{name} in the PDF", b"".join(attached).decode("utf-8", "replace")


def test_no_canary_survives_in_any_artefact(
    attach: object, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    answers = _answers()
    output = read_capture(CAPTURES / "pixel-9").replies
    script = {
        key.removeprefix("shell:"): Output(
            stdout=(answers[key][0] if key in answers else reply.stdout.decode()).encode(),
            stderr=b"canary-on-stderr: can't open /home/canary-on-stderr\n",
            exit_code=reply.exit_code or 0,
        )
        for key, reply in output.items()
        if key.startswith("shell:")
    }
    planted = [word for _, words in answers.values() for word in words]
    planted += ["canary-on-stderr"]
    assert len(planted) >= 200
    assert callable(attach)
    serial = attach(Daemon(ScriptedPhone(answers=script)))
    out = tmp_path / "out"
    words = ("--out", out, "--pdf", "--junit", out / "junit.xml")
    ended = diagnose("run", "-s", serial, *words)
    assert ended.status in (0, 1, 5), ended.err
    artefacts = [("output", ended.out), ("errors", ended.err), *_artefacts(out)]
    survived = {(name, word) for name, text in artefacts for word in planted if word in text}
    record_property("figures", f"canaries: {len(planted)} planted, {len(survived)} survived")
    assert survived == set()
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["device"]["model"] == "Pixel 9", "what is declared is still read"


@pytest.mark.parametrize("phone", one_in(4, PHONES))
def test_what_is_dropped_changes_no_verdict(phone: str) -> None:
    capture = read_capture(CAPTURES / phone)
    redactor = Redactor(key=b"x" * 32)
    asked = {request.key: request for request in adb._all()}
    cut = tuple(
        recorded(one.reply, asked[one.reply.key], redactor) if one.reply.key in asked else one
        for one in capture.recorded
    )
    probes = load_probes()
    before = examine(capture, probes)
    after = examine(replace(capture, recorded=cut), probes)
    assert _verdicts(after) == _verdicts(before)
    assert (after.device, after.profile, after.faults) == (
        before.device,
        before.profile,
        before.faults,
    )


def _verdicts(report: object) -> dict[str, object]:
    return {
        m.id: (m.value, m.outcome)
        for result in report.results  # type: ignore[attr-defined]
        for m in result.measurements
    }


_ENDLESS = ("a", "A", "a_", "A ", "a,", "a=a,", "0", " ", "0 ", ".a", "/a", ":", "[", "a:a ")
_KEPT = {id(one.kept): one for one in DECLARED}


@pytest.mark.parametrize("request_", one_in(4, _KEPT.values()), ids=lambda one: one.key[:60])
def test_a_phone_cannot_make_what_is_kept_take_long(request_: Request) -> None:
    """Lines as this answer has them, each gone on without end: no pattern may try every split."""
    output = [
        reply.stdout.decode()
        for phone in ("pixel-9", "galaxy-s23", "p30-pro")
        if (reply := read_capture(CAPTURES / phone).replies.get(request_.key))
    ]
    begins = {re.sub(r"\d+", "0", line)[:12]: line for text in output for line in text.split("\n")}
    assert request_.kept is not None
    for line in list(begins.values())[:25]:
        for more in _ENDLESS:
            began = time.process_time()
            cut_down(f"{line[: len(line) // 2]}{more * 300}!\n{line}{more * 300}!", request_.kept)
            assert time.process_time() - began < 0.5, (line, more)


_OF_FORMS = sorted(set(re.findall(r"[a-z]+(?:\\\.[a-z_-]+)+", FORMS)))


@pytest.mark.parametrize("pattern", _OF_FORMS)
def test_a_value_cannot_make_its_form_take_long(pattern: str) -> None:
    """Each property that has a form of its own, filled up with all that repeats in a form."""
    name = pattern.replace("\\", "")
    for more in _ENDLESS:
        for value in (
            more * 300,
            f"a{more * 300}!",
            f"reboot,a{more * 300}!",
            f"READY,{more * 300}!",
        ):
            began = time.process_time()
            cut_down(f"[{name}]: [{value}]\n[{name}.last]: [{value}]\n", PROPERTIES)
            assert time.process_time() - began < 0.5, (name, more)


_PIECES = ("[", "]", ":", " ", "\n", "=", "ro.build.type", "user", "{", "}", '"', ",", "|", "0x1) ")


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_nothing_a_phone_says_makes_it_fail(answer: str) -> None:
    for request in _KEPT.values():
        assert request.kept is not None
        cut_down(answer, request.kept)


@pytest.mark.parametrize("colon", [": ", ":", " : ", "\n:\n"])
def test_a_value_stays_however_its_colon_is_set(colon: str) -> None:
    output = f"[ro.build.type]{colon}[user]\n[ro.build.host]{colon}[weis-pc]\n"
    kept, _ = cut_down(output, PROPERTIES)
    assert parse_getprop(kept) == {"ro.build.type": "user", "ro.build.host": "<dropped:1>"}


@pytest.mark.parametrize("name", COMMUNITY_NAMES.split("|"))
@pytest.mark.parametrize("place", ["ro.build.host", "ro.build.user"])
def test_who_builds_for_others_is_named_and_no_person(place: str, name: str) -> None:
    """A community that signs there is evidence of its system; whose computer it was is not."""
    name = re.sub(r"(?:\\|_|-|s|\.)\?", "", name).replace("\\", "")
    kept, _ = cut_down(f"[{place}]: [wei@{name}-pc]\n", PROPERTIES)
    assert "wei" not in kept
    assert community_lines(parse_getprop(kept)) == (place,)


def test_every_property_that_is_read_is_kept() -> None:
    """By a profile, or by any line of code that names one in full."""
    read = set()
    for path in (ROOT / "profiles" / "devices").rglob("*.toml"):
        match = tomllib.loads(path.read_text("utf-8")).get("match", {})
        read |= set(match)
    for path in (*(ROOT / "src/diagnose").rglob("*.py"), *(ROOT / "probes").rglob("*.py")):
        if "simulator" not in path.parts:
            output = path.read_text("utf-8")
            read |= set(re.findall(r'properties(?:\.get\(|\[)"([a-z_]+\.[\w.]+)"', output))
    assert len(read) > 30
    assert {name for name in read if not PROPERTIES.keeps(name)} == set()


def test_a_value_of_several_lines_goes_with_its_name() -> None:
    output = "[a.b]: [1\nsecret]\n[ro.x]: [y]\n[c]: [z\n"
    assert Entries(r"ro\.x").of(output) == ("[ro.x]: [y]\n", 2)


def test_of_a_line_only_the_words_that_were_declared_stay() -> None:
    kept = KeptWords(r"\bRSSI: -?\d+", r"^Wifi is \w+", until="^End")
    output = 'Wifi is enabled\r\nSSID: "home", RSSI: -55, ip 10.0.0.7\n\n\nx\nEnd of it\nRSSI: -1\n'
    assert kept.of(output) == ("Wifi is enabled\nRSSI: -55\n\nEnd\n", 2)


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Permission Denial: can't dump x from pid=1, uid=2000 (canary)\n", "Permission Denial\n"),
        ("Can't find service: canary\n", "Can't find service\n"),
        ("canary\n", "<dropped:1>\n"),
        ("", ""),
        (
            "canary\n*** SERVICE 'nfc' DUMP TIMEOUT (10000ms) EXPIRED ***\n",
            "*** SERVICE 'nfc' DUMP TIMEOUT\n",
        ),
        (
            "canary\n*** SERVICE 'media.camera' DUMP TIMEOUT (10000ms) EXPIRED ***\n",
            "*** SERVICE 'media.camera' DUMP TIMEOUT\n",
        ),
    ],
)
def test_a_refusal_stays_a_refusal_and_speech_never_becomes_silence(answer: str, kept: str) -> None:
    assert cut_down(answer, KeptWords("^nothing$"))[0] == kept


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("sh: canary: not found\n", ": not found\n"),
        ("ls: /system/bin/su: No such file or directory\n", "/system/bin/su: No such file or"),
        ("could not open /dev/input/event1, Permission denied\n", "could not open /dev/input/ev"),
        ("canary\n", "<dropped:1>\n"),
        ("", ""),
    ],
)
def test_of_standard_error_only_how_it_refuses_is_kept(answer: str, kept: str) -> None:
    assert cut_down_errors(answer)[0].startswith(kept)


@pytest.mark.parametrize("row", ["0x00000009; ICM | x", "?x00000009) canary", "canary"])
def test_an_unreadable_row_of_a_list_still_spoils_it(row: str) -> None:
    output = read_capture(CAPTURES / "pixel-9").replies[adb.SENSORS.key].stdout.decode()
    kept, _ = cut_down(output, dumps.SENSORS)
    census, whole = parse_sensors(kept), parse_sensors(output)
    assert census.recent == whole.recent
    assert [replace(one, raw="") for one in census.sensors] == [
        replace(one, raw="") for one in whole.sensors
    ]
    assert parse_sensors(kept).is_whole
    spoilt, _ = cut_down(output.replace("Sensor List:\n", f"Sensor List:\n{row}\n"), dumps.SENSORS)
    assert not parse_sensors(spoilt).is_whole
    assert "canary" not in spoilt


@pytest.mark.parametrize("row", ["    11-22 12:00:00 : X", "  canary", "canary 11-22"])
def test_an_unreadable_row_of_the_camera_log_still_spoils_it(row: str) -> None:
    output = read_capture(CAPTURES / "pixel-9").replies[adb.CAMERAS.key].stdout.decode()
    kept, _ = cut_down(output, dumps.CAMERAS)
    assert parse_cameras(kept).log
    head = "== Camera service events log (most recent at top): ==\n"
    spoilt, _ = cut_down(output.replace(head, f"{head}{row}\n"), dumps.CAMERAS)
    assert parse_cameras(spoilt).log == ()
    assert "canary" not in spoilt


@given(st.text(alphabet="[]: \n\rabcxyz.\x85\u00e9", max_size=200))
def test_keeping_keeps_lines_and_invents_none(answer: str) -> None:
    kept, dropped = KeptWords(r"^a.*", r"x+").of(answer)
    assert dropped >= 0
    assert all(word in answer for line in kept.split("\n") for word in line.split(" "))


def test_a_reply_in_utf_16_is_cut_down_too() -> None:
    output = "[ro.product.model]: [M 1]\r\n[secret.name]: [canary]\r\n".encode("utf-16-le")
    made = recorded(
        Reply(adb.GETPROP.key, ReplyStatus.COMPLETE, output), adb.GETPROP, Redactor(key=b"x" * 32)
    )
    assert b"canary" not in made.reply.stdout
    assert b"[ro.product.model]: [M 1]" in made.reply.stdout
    assert made.dropped == 1
