"""What the doctor sees of programs, ports, hubs and rules; and what it writes only when told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import diagnose_here

from diagnose.errors import OutputError
from diagnose.ladder.identity import table
from diagnose.station import udev, usb_checks
from diagnose.station.checkup import examine_computer


def process(proc: Path, number: int, name: str, *files: str) -> None:
    folder = proc / str(number)
    (folder / "fd").mkdir(parents=True)
    (folder / "comm").write_text(f"{name}\n")
    for at, file in enumerate(files):
        (folder / "fd" / str(at)).symlink_to(file)


def test_programs_that_talk_to_phones_unasked(tmp_path: Path) -> None:
    process(tmp_path, 10, "bash")
    assert list(usb_checks.check_programs(tmp_path)) == []
    process(tmp_path, 11, "fwupd")
    process(tmp_path, 12, "ModemManager")
    found = {finding.name: finding for finding in usb_checks.check_programs(tmp_path)}
    assert set(found) == {"fwupd", "ModemManager"}
    assert found["fwupd"].ok is None  # no phone in its bootloader: no harm yet
    assert all(finding.hint and finding.hint.zh for finding in found.values())


def test_who_holds_a_port_is_named_fit_to_be_shown(tmp_path: Path) -> None:
    process(tmp_path, 12, "Modem\x1b[2JManager", "/dev/ttyACM0", "/dev/null")
    (found,) = usb_checks.check_holders(["/dev/ttyACM0", "/dev/ttyUSB9"], tmp_path)
    assert found.ok is False
    assert "/dev/ttyACM0" in found.text.en
    assert "\x1b" not in found.text.en


def test_hubs_that_may_sleep(tmp_path: Path) -> None:
    for name, cls, control in (("1-1", "09", "auto"), ("1-2", "09", "on"), ("1-3", "00", "auto")):
        (tmp_path / name / "power").mkdir(parents=True)
        (tmp_path / name / "bDeviceClass").write_text(f"{cls}\n")
        (tmp_path / name / "power" / "control").write_text(f"{control}\n")
    found = usb_checks.check_hubs(tmp_path)
    assert found.ok is None
    assert "1-1" in found.text.en
    assert "1-2" not in found.text.en
    assert usb_checks.check_hubs(tmp_path / "none").ok is True


def test_adb_programs_of_two_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    versions: dict[str, int | None] = {"/a/adb": 41, "/b/adb": 40}
    monkeypatch.setattr(usb_checks, "client_versions", lambda: versions)
    assert usb_checks.check_adb_versions(41).ok is False
    versions["/b/adb"] = 41
    assert usb_checks.check_adb_versions(41).ok is True
    assert usb_checks.check_adb_versions(40).ok is False


def test_the_rules_name_every_boot_rom_and_are_written_only_when_told(tmp_path: Path) -> None:
    for row in table().rows:
        if row.ids and row.ids[1] is not None:
            assert f'ATTR{{idProduct}}=="{row.ids[1]:04x}"' in udev.rules()
    shown = diagnose_here("doctor", "--fix")
    assert (shown.status, shown.out) == (0, udev.rules())
    assert not udev.PLACE.exists()
    assert udev.install(tmp_path / "a" / "x.rules").read_text() == udev.rules()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        udev.install(tmp_path / "file" / "x.rules")


def test_the_whole_check_says_something_of_each_part() -> None:
    ended = diagnose_here("doctor", "--json", "--lang", "zh-CN")
    names = {check["name"] for check in ended.json["checks"]}
    assert {"adb", "adb server", "adb versions", "libusb", "udev", "phones", "hubs"} <= names


def test_an_adb_program_that_does_not_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADBUTILS_ADB_PATH", "/nonexistent/adb")
    adb = next(one for one in examine_computer() if one.name == "adb")
    assert adb.ok is False
    assert "does not run" in adb.text.en
