"""Bug reports of every make and age become captures, and harmful ones nothing at all."""

from __future__ import annotations

import json
import os
import re
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import diagnose_here
from tests.run.capture_import.dumpstates import (
    BANNER,
    RULE,
    gzipped,
    report,
    section,
    service,
    zipped_as,
)
from tests.thinning import examples

from diagnose.errors import CaptureInvalid, DiagnoseError
from diagnose.knowledge.plans import read_plan
from diagnose.model.replies import ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.requests.adb import named
from diagnose.run.capture import Clock
from diagnose.run.capture_import import Import, Use, import_bugreport
from diagnose.run.capture_import import bugreport as opening
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

PLAN = make_plan(read_plan("full"), bundled_probes())
NOW = datetime(2026, 11, 26, tzinfo=UTC)
PROPERTIES = (
    "[ro.product.model]: [AB-100]\n[ro.product.manufacturer]: [Acme]\n"
    "[ro.serialno]: [R5CW00AAAAA]\n"
    "[ro.build.version.sdk]: [36]\n[persist.sys.timezone]: [Asia/Shanghai]\n"
)
BATTERY = "Current Battery Service state:\n  level: 75\n  scale: 100\n"
GETPROP = section("SYSTEM PROPERTIES", "getprop", PROPERTIES)
REPORT = report(services={"battery": BATTERY}, sections=[GETPROP])
OTHERS = {f"service{number}": "nothing of ours\n" for number in range(60)}


def imported(
    path: Path, data: str | bytes, requests: tuple[Request, ...] = PLAN.requests
) -> Import:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return import_bugreport(
        path, salt=b"salt", probes=tuple(PLAN.probes), requests=requests, now=NOW
    )


def answers_of(made: Import) -> dict[str, bytes]:
    return {one.reply.key.removeprefix("shell:"): one.reply.stdout for one in made.recorded}


def as_text(text: str) -> bytes:
    return text.encode()


def as_windows_saves_it(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-16")


def as_android_zips_it(text: str) -> bytes:
    return zipped_as(
        {
            "version.txt": "2.0",
            "main_entry.txt": "bugreport-ab-AB1A-2026-03-04-05-06-07.txt",
            "dumpstate_log.txt": "dumpstate: 1\n" * 500,
            "bugreport-ab-AB1A-2026-03-04-05-06-07.txt": text,
            "proto/battery.proto": b"\x00\x01",
            "FS/data/anr/anr_1": "private",
        }
    )


def as_samsung_packs_it(text: str) -> bytes:
    """The report packed once more inside, beside reports of single functions."""
    inner = zipped_as({"dumpState_S911BXXU_202603040506.log": gzipped(text)})
    return zipped_as(
        {
            "log/dumpState_S911BXXU_202603040506.zip": inner,
            "log/dumpState_S911BXXU_202603040506.log.gz": gzipped(text),
            "log/act_dumpstate.txt": "ACTIVITY MANAGER\n",
            "log/dumpState_WIFI.log": "wifi only\n" * 9,
        }
    )


def as_xiaomi_packs_it(text: str) -> bytes:
    return zipped_as(
        {
            "bugreport-2026-03-04-050607.zip": as_android_zips_it(text),
            "common/com.miui.bugreport.log": "x\n",
            "offlinelog/2026-03-04.zip": zipped_as({"log.txt": "y\n"}),
        }
    )


SHAPES = [as_text, gzipped, as_windows_saves_it, as_android_zips_it, as_samsung_packs_it]


@pytest.mark.parametrize("shape", [*SHAPES, as_xiaomi_packs_it], ids=lambda s: s.__name__)
def test_the_report_is_found_however_it_is_packed(
    tmp_path: Path, shape: Callable[[str], bytes]
) -> None:
    made = imported(tmp_path / "evidence", shape(REPORT))
    found = answers_of(made)
    assert found["dumpsys battery"].replace(b"\r", b"") == BATTERY.encode()
    assert b"AB-100" in found["getprop"]
    assert b"R5CW00AAAAA" not in found["getprop"]
    assert found["cat /proc/version"].startswith(b"Linux version 6.1.99")
    assert made.header.clock is Clock.EVIDENCE
    assert made.header.started_at.startswith("2026-03-03T21:06:07")  # 05:06 in Shanghai


def test_an_unpacked_folder_is_read_as_well(tmp_path: Path) -> None:
    (tmp_path / "bugreport-x.txt").write_text(REPORT)
    (tmp_path / "main_entry.txt").write_text("bugreport-x.txt")
    made = import_bugreport(tmp_path, salt=b"s", probes=(), requests=PLAN.requests, now=NOW)
    assert "dumpsys battery" in answers_of(made)


def test_of_several_reports_the_newest_counts_and_the_others_are_told(tmp_path: Path) -> None:
    old = report(services={"battery": "  level: 9\n"}, moment=datetime(2025, 1, 1))  # noqa: DTZ001
    made = imported(
        tmp_path / "two.zip", zipped_as({"dumpstate-a.txt": old, "dumpstate-b.txt": REPORT})
    )
    assert answers_of(made)["dumpsys battery"] == BATTERY.encode()
    assert any(one.where.endswith("dumpstate-a.txt") for one in made.told(Use.UNASKED))


def test_the_name_of_the_file_is_masked_like_everything_else(tmp_path: Path) -> None:
    made = imported(tmp_path / "bugreport 490154203237518 anna@example.org.txt", REPORT)
    assert made.header.source.startswith("imported from bugreport")
    assert not re.search(r"490154203237518|anna@", made.header.source)


def test_nothing_is_stored_that_no_probe_asks_for(tmp_path: Path) -> None:
    private = {"account": "Account {name=someone@example.org}\n", "notification": "hello\n"}
    log = section("SYSTEM LOG", "logcat -v threadtime -d *:v", "12-01 secret words\n" * 50)
    text = report(services={"battery": BATTERY, **private}, sections=[GETPROP, log])
    made = imported(tmp_path / "a.txt", text)
    kept = b"".join(answers_of(made).values())
    assert not any(words in kept for words in (b"someone", b"hello", b"secret"))
    unasked = {one.where for one in made.told(Use.UNASKED)}
    assert {"dumpsys account", "dumpsys notification"} < unasked
    assert any("SYSTEM LOG" in where for where in unasked)


@pytest.mark.parametrize("host", [False, True])
def test_who_serves_a_service_is_no_word_of_its_own(tmp_path: Path, *, host: bool) -> None:
    """Android 14 prints the process, its threads and its clients before each dump."""
    text = report(services={"battery": BATTERY}, host=host)
    assert answers_of(imported(tmp_path / "a.txt", text))["dumpsys battery"] == BATTERY.encode()


def test_a_service_may_print_what_looks_like_the_head_of_a_section(tmp_path: Path) -> None:
    """Where services have a foot, such a line without a command is a word of theirs."""
    body = f"{BATTERY}------ SOMETHING ------\n  level: 12\n"
    text = report(services={"nfc": "mState=on\n", "battery": body})
    found = answers_of(imported(tmp_path / "a.txt", text))
    assert b"level: 12" in found["dumpsys battery"]
    assert found["dumpsys nfc"] == b"mState=on\n"


def test_android_6_frames_its_sections_in_another_way(tmp_path: Path) -> None:
    text = (
        f"{BANNER}\n== dumpstate: 2015-10-05 10:00:00\n{BANNER}\n\n"
        "------ MEMORY INFO (/proc/meminfo) ------\nMemTotal:        1887000 kB\n"
        "[MEMORY INFO: 0.002s elapsed]\n\n------ DUMPSYS (dumpsys) ------\n"
        f"Currently running services:\n  battery\n  nfc\n{RULE}\n"
        f"DUMP OF SERVICE battery:\n{BATTERY}{RULE}\nDUMP OF SERVICE nfc:\nmState=on\n"
        "[DUMPSYS: 4.1s elapsed]\n\n------ CHECKIN (dumpsys netstats --checkin) ------\nx\n"
    )
    found = answers_of(imported(tmp_path / "a.txt", text))
    assert found["dumpsys battery"] == BATTERY.encode()
    assert found["dumpsys nfc"] == b"mState=on\n"
    assert found["cat /proc/meminfo"] == b"MemTotal:        1887000 kB\n"


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        ("*** SERVICE 'battery' DUMP TIMEOUT (10000ms) EXPIRED ***\n", ReplyStatus.TIMEOUT),
        ("", ReplyStatus.COMPLETE),
    ],
)
def test_a_service_that_did_not_get_through_is_no_answer(
    tmp_path: Path, trouble: str, status: ReplyStatus
) -> None:
    made = imported(tmp_path / "a.txt", report(services={"battery": BATTERY + trouble}))
    [reply] = [one.reply for one in made.recorded if one.reply.key == "shell:dumpsys battery"]
    assert reply.status is status


def test_a_text_that_ends_inside_a_service_is_cut_off(tmp_path: Path) -> None:
    cut = REPORT[: REPORT.index("  scale")]
    made = imported(tmp_path / "a.txt", cut)
    [reply] = [one.reply for one in made.recorded if one.reply.key == "shell:dumpsys battery"]
    assert reply.status is ReplyStatus.TRUNCATED


def test_what_dumpstate_could_not_read_is_a_refusal_and_no_answer(tmp_path: Path) -> None:
    sections = [
        section("FREE SPACE", "df", "*** command 'df' failed: exit code 1\n"),
        section("MEMORY INFO", "/proc/meminfo", "*** /proc/meminfo: Permission denied\n"),
    ]
    made = imported(tmp_path / "a.txt", report(services={"battery": BATTERY}, sections=sections))
    replies = {one.reply.key: one.reply for one in made.recorded}
    assert replies["shell:df"].exit_code == 1
    assert b"Permission denied" in replies["shell:cat /proc/meminfo"].stderr
    assert replies["shell:df"].stdout == b"", "the words are dumpstate's own"


def test_a_service_that_has_no_head_where_all_have_one_is_not_running(tmp_path: Path) -> None:
    whole = report(services={"battery": BATTERY, **OTHERS})
    replies = {one.reply.key: one.reply for one in imported(tmp_path / "a", whole).recorded}
    assert b"Can't find service" in replies["shell:dumpsys media.camera"].stderr
    assert b"\tbattery: [" in replies["shell:service list"].stdout
    # dumpstate stops there: it gives its services so long.
    for seconds, says_so in ((89.9, True), (90.0, False)):
        slow = report(services={"battery": BATTERY, **OTHERS}, seconds=seconds)
        found = answers_of(imported(tmp_path / "b", slow))
        assert ("dumpsys media.camera" in found) is says_so
    few = report(services={"battery": BATTERY})
    assert "dumpsys media.camera" not in answers_of(imported(tmp_path / "c", few))


@pytest.mark.parametrize(
    ("critical_s", "high_s", "says_so"),
    [(4.9, 89.9, True), (5.0, 89.9, False), (4.9, 90.0, False)],
)
def test_every_priority_must_have_got_through(
    tmp_path: Path, critical_s: float, high_s: float, *, says_so: bool
) -> None:
    """Since Android 9 the services are asked in three turns, each with a time of its own."""
    text = report(
        services={"battery": BATTERY, **OTHERS},
        sections=[
            section("DUMPSYS CRITICAL", "/system/bin/dumpsys", "", seconds=critical_s),
            section("DUMPSYS HIGH", "/system/bin/dumpsys", "", seconds=high_s),
        ],
    )
    assert ("dumpsys media.camera" in answers_of(imported(tmp_path / "a", text))) is says_so


def test_the_owners_settings_and_the_declared_features_stand_in_other_dumps(tmp_path: Path) -> None:
    services = {
        "settings": "CONFIG SETTINGS (user 0)\n_id:1 name:a/airplane_mode_on pkg:x value:9\n"
        "GLOBAL SETTINGS (user 0)\n_id:26 name:airplane_mode_on pkg:android value:1 default:0"
        " defaultSystemSet:true\n_id:7 name:wifi_on pkg:android value:2\n\n"
        "SECURE SETTINGS (user 0)\n_id:3 name:bluetooth_name value:Anna's phone\n",
        "package": "Database versions:\n\nFeatures:\n  android.hardware.camera\n"
        "  android.hardware.vulkan.version version=4198400\n\n"
        "Activity Resolver Table:\n  com.bank.app\n",
    }
    found = answers_of(imported(tmp_path / "a", report(services=services)))
    assert found["settings get global airplane_mode_on"] == b"1\n"
    assert found["settings get global wifi_on"] == b"2\n"
    assert found["pm list features"] == (
        b"feature:android.hardware.camera\nfeature:android.hardware.vulkan.version=4198400\n"
    )
    assert not any(b"Anna" in data or b"com.bank" in data for data in found.values())


def test_what_the_archive_holds_beside_the_text_is_used(tmp_path: Path) -> None:
    hal = Shell("lshal", "debug", "android.hardware.health@2.1::IHealth/default")
    zone = Shell("grep", "", "/sys/class/thermal/thermal_zone*/type", "/sys/class/thermal/*/temp")
    made = imported(
        tmp_path / "a.zip",
        zipped_as(
            {
                "bugreport-x.txt": REPORT,
                "lshal-debug/android.hardware.health@2.1::IHealth_default.txt": "Full charge: 1\n",
                "FS/sys/class/thermal/thermal_zone0/type": "battery\n",
                "FS/sys/devices/virtual/thermal/thermal_zone0/temp": "31000\n",
            }
        ),
        (hal, zone),
    )
    found = answers_of(made)
    assert found[hal.key.removeprefix("shell:")] == b"Full charge: 1\n"
    place = b"/sys/class/thermal/thermal_zone0"
    assert (
        found[zone.key.removeprefix("shell:")]
        == place + b"/type:battery\n" + place + b"/temp:31000\n"
    )


def bomb() -> bytes:
    return zipped_as({"bugreport-x.txt": b"0" * (80 * 1024 * 1024)})


def claimed_ratio(ratio: int) -> bytes:
    """A report whose archive says that it unpacks to so many times its size.

    What is packed is there (padding behind the end of its stream): later releases of Python look.
    """
    packed = 300_000
    data = zipped_as({"bugreport-x.txt": REPORT})
    directory = data.index(b"PK\x01\x02")
    padding = bytes(packed - int.from_bytes(data[directory + 20 : directory + 24], "little"))
    made = bytearray(data[:directory] + padding + data[directory:])
    at = directory + len(padding)
    made[at + 20 : at + 28] = struct.pack("<II", packed, packed * ratio)
    end = made.index(b"PK\x05\x06", at)
    made[end + 16 : end + 20] = struct.pack("<I", at)
    return bytes(made)


@pytest.mark.parametrize("ratio", [299, 300])
def test_a_large_text_packed_as_tightly_as_a_phone_may_write_it_is_read(
    tmp_path: Path, ratio: int
) -> None:
    assert imported(tmp_path / "a.zip", claimed_ratio(ratio)).recorded


def test_a_large_text_packed_tighter_than_a_phone_writes_is_a_bomb(tmp_path: Path) -> None:
    with pytest.raises(CaptureInvalid, match="zip bomb"):
        imported(tmp_path / "a.zip", claimed_ratio(301))


def locked() -> bytes:
    data = bytearray(zipped_as({"bugreport-x.txt": REPORT}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + flags
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(zipped_as({"bugreport-x.txt": REPORT * 40}))
    data[300:340] = b"\xff" * 40
    return bytes(data)


def nested_too_deep() -> bytes:
    data = zipped_as({"bugreport-x.txt": REPORT})
    for _ in range(4):
        data = zipped_as({"inner.zip": data})
    return data


HARMFUL = [bomb, locked, damaged, nested_too_deep]


@pytest.mark.parametrize("make", HARMFUL, ids=lambda make: make.__name__)
def test_harmful_and_broken_archives_are_refused_in_one_line(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    with pytest.raises(CaptureInvalid) as refused:
        imported(tmp_path / "a.zip", make())
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04", b"\x1f\x8b\x08nothing", b"hello\n", zipped_as({"a.txt": "x"})],
)
def test_what_is_no_report_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DiagnoseError):
        imported(tmp_path / "a", data)


def test_a_text_that_grows_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGEST_TEXT", 100_000)
    with pytest.raises(CaptureInvalid, match="more than"):
        imported(tmp_path / "a.gz", gzipped(REPORT + "0123456789\n" * 20_000))


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                REPORT,
                GETPROP,
                service("nfc", "mState=on\n"),
                "------ X ------\n",
                "junk\n",
                "=" * 56 + "\n",
            ]
        )
        | st.text(max_size=80),
        max_size=8,
    )
)
def test_any_text_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    try:
        made = imported(path, "".join(parts).encode("utf-8", "surrogatepass"))
    except DiagnoseError:
        return
    assert all(one.use in Use for one in made.account)


def test_replay_takes_a_bug_report_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "bugreport.zip"
    path.write_bytes(as_android_zips_it(REPORT))
    ended = diagnose_here("replay", path, "--json")
    assert ended.json["device"]["model"] == "AB-100"
    assert ended.json["capture"]["clock"] == "evidence"
    assert "not asked for" in ended.err
    again = diagnose_here("replay", path, "--out", tmp_path / "out", "--json")
    assert diagnose_here("report", "verify", tmp_path / "out").status == 0
    assert again.json["digest"] == ended.json["digest"]
    diagnose_here("capture", "import", path, "--out", tmp_path / "capture")
    stored = diagnose_here("replay", tmp_path / "capture", "--json")
    assert stored.json["digest"] == ended.json["digest"]


def test_an_import_says_what_became_of_every_section(tmp_path: Path) -> None:
    path = tmp_path / "dumpstate.txt"
    path.write_text(REPORT)
    ended = diagnose_here("capture", "import", path, "--out", tmp_path / "c", "--json")
    assert {"dumpsys battery"} <= {one["where"] for one in ended.json["used"]}
    assert set(ended.json) == {"capture", "imported", "used", "unasked", "unknown"}


CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[3].parent / "shared/corpus"))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("device", ["google-Pixel-sailfish-10", "htc-Nexus_One-MIUI-2.3"])
def test_real_reports_put_together_again_say_what_their_parts_said(
    tmp_path: Path, device: str
) -> None:
    """The corpus keeps whole bug reports section by section, each with its own head."""
    index = json.loads((CORPUS / device / "index.json").read_text("utf-8"))
    files = [one["file"] for one in index["captures"] if not re.search(r"-\d\.txt$", one["file"])]
    head = next(name for name in files if name.startswith("bugreport-header"))
    texts = {name: (CORPUS / device / name).read_bytes().rstrip(b"\n") + b"\n" for name in files}
    rule = b"-" * 79 + b"\n"
    body = b"".join(data for name, data in texts.items() if name.startswith("br-"))
    dumps = b"".join(rule + data for name, data in texts.items() if name.startswith("dumpsys_"))
    whole = (
        texts[head] + b"\n" + body + b"------ DUMPSYS (/system/bin/dumpsys) ------\n" + dumps + rule
    )
    made = imported(tmp_path / "a.zip", zipped_as({"bugreport-x.txt": whole}))
    found = answers_of(made)
    for name, data in texts.items():
        command = f"dumpsys {name.removeprefix('dumpsys_').removesuffix('.txt')}"
        if command in found:
            inner = data.partition(b"\n")[2].partition(b"\n--------- ")[0].strip()
            if (asked := named(f"shell:{command}")) and asked.kept:
                continue  # of this one only what is declared stays
            assert len(found[command].strip()) == pytest.approx(len(inner), rel=0.05), command
    assert {"dumpsys battery", "dumpsys sensorservice", "getprop", "df"} <= set(found)
    assert not made.told(Use.UNKNOWN) or device.startswith("htc")


def test_many_files_beside_a_report_are_looked_through_once(tmp_path: Path) -> None:
    """Each held against all others, ten times as many took a hundred times as long."""
    took = []
    for count in (2_000, 20_000):
        path = tmp_path / f"bugreport-{count}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(count):
                archive.writestr(f"FS/proc/f{number}", "x")
        began = time.process_time()
        with pytest.raises(CaptureInvalid, match="no bug report"), opening.open_bugreport(path):
            pass
        took.append(time.process_time() - began)
    assert took[1] < 50 * max(took[0], 0.05)
