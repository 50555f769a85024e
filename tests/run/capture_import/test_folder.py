"""A folder of captured outputs becomes a capture, and nothing of it is lost in silence."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commandline import diagnose_here

from diagnose.errors import CaptureInvalid, NoSuchFile
from diagnose.knowledge.plans import plan_names, read_plan
from diagnose.model.requests import Shell
from diagnose.run.capture import Clock
from diagnose.run.capture_import import Import, Use, count_visits, import_folder, key_of
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

NOW = datetime(2026, 11, 26, tzinfo=UTC)
REQUESTS = {
    request.key: request
    for name in plan_names()
    for request in make_plan(read_plan(name), bundled_probes()).requests
    if isinstance(request, Shell)
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=lambda one: one.command[:60])
def test_every_request_is_understood_in_its_own_words(request_: Shell) -> None:
    assert key_of(request_.command) == request_.key


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=lambda one: one.command[:60])
@pytest.mark.parametrize("way", ["adb shell {}", "adb -s X shell -T {}", "$ {}", "{} > out.txt"])
def test_every_request_is_understood_as_people_send_it(request_: Shell, way: str) -> None:
    assert key_of(way.format(request_.command)) == request_.key


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("getprop", "shell:getprop"),
        ("getprop / cat /system/build.prop", "shell:getprop"),
        ("SYSTEM PROPERTIES", "shell:getprop"),
        ("/proc/meminfo", "shell:cat /proc/meminfo"),
        ("/data/system/x.txt: 1980-01-06 01:09:20", None),
        ("cat /proc/cpuinfo", "shell:cat /proc/cpuinfo"),
        ("/system/bin/dumpsys -T 30000 batterystats -c", "shell:dumpsys batterystats -c"),
        ("dumpsys media.camera (static metadata part)", "shell:dumpsys media.camera"),
        ("adb -s X shell dumpsys battery", "shell:dumpsys battery"),
        ("adb -d shell dumpsys battery", "shell:dumpsys battery"),
        ("adb -e -P 5038 exec-out -T dumpsys battery", "shell:dumpsys battery"),
        ('adb shell "dumpsys battery"', "shell:dumpsys battery"),
        ("adb shell su -c 'dumpsys battery'", "shell:dumpsys battery"),
        ("su root lshal", "shell:lshal"),
        ("timeout 20 dumpsys nfc", "shell:dumpsys nfc"),
        ("shell@ab:/ $ dumpsys nfc", "shell:dumpsys nfc"),
        ("dumpsys battery 2>/dev/null", "shell:dumpsys battery"),
        ("adb shell getprop | tr -d '\\r'", "shell:getprop"),
        ("cmd package list features", "shell:pm list features"),
        ('grep "" /sys/a/b /sys/c/d', "shell:grep '' /sys/a/b /sys/c/d"),
        ("getprop | grep ro.boot", None),
        ("mount | grep exfat", None),
        ("wm density; cat /proc/cpuinfo", None),
        ("hdc shell hidumper --mem", None),
        ("AT: AT+CREG?", None),
        ("fastboot getvar all", None),
        ("", None),
    ],
)
def test_loosely_named_commands_find_their_request(command: str, key: str | None) -> None:
    found = key_of(command)
    assert found == key or (key is None and found not in REQUESTS)


@given(st.text(max_size=120))
def test_any_words_are_a_command_or_none(command: str) -> None:
    found = key_of(command)
    assert found is None or found.startswith("shell:")


def captured(folder: Path, *captures: tuple[str, str], **more: str) -> Path:
    """A folder with these commands and what each printed."""
    folder.mkdir(exist_ok=True)
    entries = []
    for number, (command, output) in enumerate(captures):
        (folder / f"{number}.txt").write_text(output)
        entries.append({"command": command, "file": f"{number}.txt"})
    (folder / "index.json").write_text(json.dumps({"captures": entries, **more}))
    return folder


def imported(folder: Path, *requests: Shell, visit: int = 1) -> Import:
    return import_folder(folder, salt=b"salt", probes=(), requests=requests, visit=visit, now=NOW)


def texts_in(made: Import) -> dict[str, bytes]:
    return {one.reply.key: one.reply.stdout for one in made.recorded}


def test_an_import_masks_and_accounts_for_every_file(tmp_path: Path) -> None:
    folder = captured(
        tmp_path,
        ("getprop", "[ro.serialno]: [R5CW00AAAAA]\n[ro.product.model]: [X]\n"),
        ("AT: ATI", "OK\n"),
        ("dumpsys activity", "private\n"),
    )
    (folder / "stray.txt").write_text("?")
    index = json.loads((folder / "index.json").read_text("utf-8"))
    index["captures"].append({"command": "df", "file": "../../etc/passwd"})
    (folder / "index.json").write_text(json.dumps(index))
    made = imported(folder, Shell("getprop"), Shell("df"))
    assert list(texts_in(made)) == ["shell:getprop"]
    assert b"R5CW00AAAAA" not in made.recorded[0].reply.stdout
    assert {(one.where, one.use) for one in made.account} == {
        ("0.txt (getprop)", Use.USED),
        ("1.txt (AT: ATI)", Use.UNKNOWN),
        ("2.txt (dumpsys activity)", Use.UNASKED),
        ("passwd (df)", Use.UNKNOWN),
        ("stray.txt", Use.UNKNOWN),
    }


def test_without_requests_every_known_output_is_kept(tmp_path: Path) -> None:
    folder = captured(tmp_path, ("getprop", "[a]: [b]\n"), ("fastboot getvar all", "x: y\n"))
    assert list(texts_in(imported(folder))) == ["shell:getprop"]


def test_a_command_captured_twice_belongs_to_two_visits(tmp_path: Path) -> None:
    folder = captured(
        tmp_path,
        ("dumpsys battery", "  level: 1"),
        ("cat /proc/uptime", "3.0 4.0"),
        ("dumpsys battery", "  level: 2"),
    )
    assert count_visits(folder) == 2
    for visit, words in ((1, b"  level: 1"), (2, b"  level: 2")):
        made = imported(folder, visit=visit)
        assert texts_in(made) == {
            "shell:dumpsys battery": words,
            "shell:cat /proc/uptime": b"3.0 4.0",
        }
        [again] = made.told(Use.UNASKED)
        assert "again" in again.why


def test_a_folder_without_a_command_tells_of_no_visit(tmp_path: Path) -> None:
    assert count_visits(captured(tmp_path)) == 0


def test_a_whole_file_answers_a_search_in_it(tmp_path: Path) -> None:
    """People capture `cat /proc/cpuinfo`; a probe greps it, to leave the serial number there."""
    words = "processor\t: 0\nBogoMIPS\t: 38.40\nHardware\t: Kirin\nSerial\t: 00001b2c3d4e5f60\n"
    folder = captured(tmp_path, ("cat /proc/cpuinfo", words))
    search = Shell("grep", "-E", "^(processor|Hardware)", "/proc/cpuinfo")
    made = imported(folder, search, Shell("getprop"))
    assert texts_in(made) == {search.key: b"processor\t: 0\nHardware\t: Kirin\n"}


def test_what_says_it_is_a_part_is_not_read_as_the_whole(tmp_path: Path) -> None:
    folder = captured(tmp_path, ("dumpsys media.camera (static metadata part)", "x\n"))
    made = imported(folder, Shell("dumpsys", "media.camera"))
    assert not made.recorded
    [told] = made.account
    assert (told.use, told.why) == (Use.UNASKED, "not the whole answer, as it says")


def test_patience_does_not_decide_the_answer(tmp_path: Path) -> None:
    folder = captured(
        tmp_path, ("/system/bin/dumpsys -t 60 diskstats", "Latency: 1ms [512B Data Write]\n")
    )
    both = Shell("dumpsys", "diskstats"), Shell("dumpsys", "-t", "10", "diskstats")
    assert set(texts_in(imported(folder, *both)).values()) == {b"Latency: 1ms [512B Data Write]\n"}


SUPPLY = Shell(
    "grep", "", "/sys/class/power_supply/*/uevent", "/sys/class/power_supply/*/cycle_count"
)
UEVENT, CYCLES = (
    "/sys/class/power_supply/battery/uevent",
    "/sys/class/power_supply/battery/cycle_count",
)
POWER = "POWER_SUPPLY_NAME=battery\nPOWER_SUPPLY_ONLINE=1\n"
LINES = f"{UEVENT}:POWER_SUPPLY_NAME=battery\n{UEVENT}:POWER_SUPPLY_ONLINE=1\n{CYCLES}:77\n"
GROUPED = {
    f"grep . {UEVENT} {CYCLES}": LINES,
    f"head -n 50 {UEVENT} {CYCLES}": f"==> {UEVENT} <==\n{POWER}\n==> {CYCLES} <==\n77\n",
    "for f in /sys/class/power_supply/*/*; do echo $f; cat $f; done": (
        f"{UEVENT}\n{POWER}{CYCLES}\n77\n"
    ),
    "grep -r '' /sys/devices/platform/soc/power_supply/": LINES.replace(
        "/class/", "/devices/platform/soc/"
    ),
}


@pytest.mark.parametrize("command", GROUPED)
def test_files_in_one_answer_are_taken_apart(tmp_path: Path, command: str) -> None:
    folder = captured(tmp_path, (command, GROUPED[command]))
    assert texts_in(imported(folder, SUPPLY)) == {SUPPLY.key: LINES.encode()}


def test_plain_cat_is_taken_apart_where_each_part_tells_itself(tmp_path: Path) -> None:
    folder = captured(
        tmp_path / "a",
        (
            "cat /sys/class/power_supply/*/uevent",
            "POWER_SUPPLY_NAME=usb\nPOWER_SUPPLY_NAME=battery\n",
        ),
    )
    supplies = Shell("grep", "", "/sys/class/power_supply/*/uevent", "/sys/class/power_supply/*/x")
    assert (
        texts_in(imported(folder, supplies))[supplies.key].count(b"power_supply/usb/uevent:") == 1
    )
    cores = Shell("grep", "", "/sys/devices/system/cpu/possible", "/sys/devices/system/cpu/online")
    folder = captured(
        tmp_path / "b",
        ("cat /sys/devices/system/cpu/possible /sys/devices/system/cpu/online", "0-7\n0-3\n"),
    )
    assert b"online:0-3\n" in texts_in(imported(folder, cores))[cores.key]


def test_what_cannot_be_taken_apart_is_told(tmp_path: Path) -> None:
    folder = captured(tmp_path, (f"cat {UEVENT} {CYCLES}", "a\nb\nc\n"))
    made = imported(folder, SUPPLY)
    assert not made.recorded
    assert [one.use for one in made.account] == [Use.UNASKED]


def test_zones_that_a_loop_printed_are_understood(tmp_path: Path) -> None:
    zones = Shell("grep", "", "/sys/class/thermal/thermal_zone*/type", "/sys/class/thermal/*/temp")
    folder = captured(
        tmp_path,
        ("for z in …: name type temp", "thermal_zone0 skin 31000\nthermal_zone1 cpu 40000\n"),
    )
    assert b"thermal_zone1/temp:40000\n" in texts_in(imported(folder, zones))[zones.key]


def test_a_whole_dump_in_a_folder_is_read_section_by_section(tmp_path: Path) -> None:
    words = (
        "DUMP OF SERVICE battery:\n  level: 5\n" + "-" * 79 + "\nDUMP OF SERVICE nfc:\nmState=on\n"
    )
    folder = captured(tmp_path, ("adb shell dumpsys", words))
    found = texts_in(imported(folder, Shell("dumpsys", "battery"), Shell("dumpsys", "nfc")))
    assert found == {"shell:dumpsys battery": b"  level: 5\n", "shell:dumpsys nfc": b"mState=on\n"}


@pytest.mark.parametrize("text", ["", "[]", '{"captures": 3}', '{"captures": ["x"]}'])
def test_an_index_that_is_none_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(CaptureInvalid):
        imported(tmp_path)


START = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())
HISTORY = f"reboot,userrequested,{START}\nkernel_panic,{START - 90_000}"
BUILT = int(datetime(2024, 12, 1, tzinfo=UTC).timestamp())
PROPERTIES = f"[ro.build.date.utc]: [{BUILT}]\n[persist.sys.boot.reason.history]: [{HISTORY}]\n"


@pytest.mark.parametrize(
    ("properties", "dropbox", "clock", "day"),
    [
        (PROPERTIES, "", Clock.EVIDENCE, "2025-03-01"),
        (
            PROPERTIES,
            "2025-04-02 10:00:00 data_app_crash (text, 1 bytes)\n",
            Clock.EVIDENCE,
            "2025-04-02",
        ),
        # A clock that ran before the system was built, or ahead of ours, tells nothing.
        (
            f"[ro.build.date.utc]: [{BUILT}]\n",
            "1980-01-06 01:00:00 SYSTEM_BOOT (text)\n",
            Clock.NONE,
            "2026-11-26",
        ),
        (PROPERTIES, "2031-01-01 01:00:00 SYSTEM_BOOT (text)\n", Clock.EVIDENCE, "2025-03-01"),
        ("[ro.product.model]: [X]\n", "", Clock.NONE, "2026-11-26"),
        (PROPERTIES, "2025-02-31 10:00:00 data_app_crash (text)\n", Clock.EVIDENCE, "2025-03-01"),
    ],
)
def test_an_undated_folder_is_dated_by_its_own_newest_record(
    tmp_path: Path, properties: str, dropbox: str, clock: Clock, day: str
) -> None:
    folder = captured(tmp_path, ("getprop", properties), ("dumpsys dropbox", dropbox))
    header = imported(folder).header
    assert (header.clock, header.started_at[:10]) == (clock, day)
    assert (header.captured_at is None) == (clock is Clock.NONE)


def test_a_folder_may_say_when_it_was_captured(tmp_path: Path) -> None:
    folder = captured(tmp_path, ("getprop", PROPERTIES), captured_at="2025-06-07")
    header = imported(folder).header
    assert (header.clock, header.started_at[:10]) == (Clock.STATION, "2025-06-07")
    with pytest.raises(CaptureInvalid, match="captured_at"):
        imported(captured(tmp_path, ("getprop", PROPERTIES), captured_at="in spring"))


def replayed(folder: Path, out: Path) -> dict[str, dict[str, object]]:
    diagnose_here("capture", "import", folder, "--out", out)
    report = diagnose_here("replay", out, "--json").json
    return {m["id"]: m for result in report["results"] for m in result["measurements"]}


def test_without_a_clock_no_age_is_told(tmp_path: Path) -> None:
    folder = captured(
        tmp_path / "f",
        ("getprop", "[ro.product.model]: [X]\n[ro.build.version.security_patch]: [2019-05-01]\n"),
    )
    found = replayed(folder, tmp_path / "out")
    assert found["system.patch_age.level"]["value"] == "2019-05-01"
    assert found["system.patch_age.age"]["outcome"] == "not_run"


def test_crashes_before_the_newest_record_are_not_forgotten(tmp_path: Path) -> None:
    bad = "".join(f"\nkernel_panic,{START - 90_000 * number}" for number in (1, 2, 3))
    folder = captured(
        tmp_path / "f",
        ("getprop", f"[persist.sys.boot.reason.history]: [reboot,userrequested,{START}{bad}]\n"),
    )
    found = replayed(folder, tmp_path / "out")
    assert found["stability.boot_history.crash_starts"]["value"] == 3


CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[3].parent / "shared/corpus"))


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_every_file_of_the_corpus_is_accounted_for() -> None:
    asked = tuple(REQUESTS.values())
    for index in sorted(CORPUS.glob("*/index.json")):
        made = imported(index.parent, *asked)
        files = {one.where.partition(" (")[0] for one in made.account}
        named = {Path(one["file"]).name for one in json.loads(index.read_text("utf-8"))["captures"]}
        assert named <= files | {one.where for one in made.account}, index.parent.name


def test_an_index_without_end_is_refused_in_one_line(tmp_path: Path) -> None:
    entries = [{"command": f"cat /x{number}", "file": "f"} for number in range(20_000)]
    (tmp_path / "f").write_text("x")
    (tmp_path / "index.json").write_text(json.dumps({"captures": entries}))
    ended = diagnose_here("capture", "import", tmp_path)
    assert ended.status == 3
    assert "names more than 10000 captures" in ended.err
    assert ended.err.count("\n") <= 2


@pytest.mark.parametrize("output", ["0001-01-01", "9999-12-31T23:59:59-12:00", "²", [], "1e9"])
def test_a_folder_of_a_year_nobody_can_mean_is_refused(tmp_path: Path, output: object) -> None:
    (tmp_path / "index.json").write_text(json.dumps({"captures": [], "captured_at": output}))
    ended = diagnose_here("capture", "import", tmp_path)
    assert (ended.status, "captured_at is no date" in ended.err) == (3, True)


@pytest.mark.parametrize("name", ["getprop.txt", "index.json"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    folder = captured(tmp_path / "folder", ("getprop", "[ro.product.model]: [M]\n"))
    within = folder / json.loads((folder / "index.json").read_text())["captures"][0]["file"]
    there = within if name == "getprop.txt" else folder / name
    there.rename(tmp_path / "elsewhere")
    there.symlink_to(tmp_path / "elsewhere")
    if name == "index.json":
        with pytest.raises(NoSuchFile):
            imported(folder)
    else:
        assert not texts_in(imported(folder))
