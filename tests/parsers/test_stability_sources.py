"""Boot reasons, the drop box and uptime."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.stability.boot_reason import (
    classify_boot_reason,
    parse_boot_history,
)
from diagnose.parsers.stability.boot_words import BOOT_WORDS, BootClass
from diagnose.parsers.stability.dropbox import parse_dropbox
from diagnose.parsers.stability.uptime import parse_epoch, parse_uptime

DROPBOX = """\
Drop box contents: 4 entries
Max entries: 1000

2026-01-08 15:29:43 system_server_strictmode (text, 1316 bytes)
    Process: unknown/Build: acme/phone ...
2026-01-08 15:29:44 data_app_crash (compressed text, 853 bytes)
    Process: com.example.game/PID: 21239/UID: 1110087/Flags: 0x30c83e0 ...
2026-01-09 15:29:49 SYSTEM_BOOT (text, 394 bytes)
    isPrevious: true/Build: acme/phone ...
2026-01-09 15:29:50 data_app_crash (text, 853 bytes)
    Process: com.example.game/PID: 22915/UID: 1110087/Flags: 0x30c83e0 ...
"""


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("reboot,userrequested", BootClass.USER),
        ("reboot,deviceowner", BootClass.USER),
        ("keypad", BootClass.USER),
        ("otst3", BootClass.THERMAL),
        ("AP_S_TSENSOR0", BootClass.THERMAL),
        ("LPM3_S_GLOBALWDT", BootClass.CHIP),
        ("hungdetect", BootClass.WATCHDOG),
        ("mountfail", BootClass.STORAGE),
        ("POWER_CUT", BootClass.UNDERVOLTAGE),
        ("tft", BootClass.THERMAL),
        ("ovlo", BootClass.POWER_FAULT),
        ("gp_fault2", BootClass.POWER_FAULT),
        ("s3_reset_kpdpwr_andor_resin", BootClass.HELD_KEY),
        ("fault_pbs_watchdog", BootClass.CHIP),
        ("modem_wdt", BootClass.CHIP),
        ("hw_watchdog", BootClass.CHIP),
        ("battery_disconnected", BootClass.UNDERVOLTAGE),
        ("shutdown,lowbat", BootClass.BATTERY),
        ("shutdown,overcharge", BootClass.UNKNOWN),
        ("reboot,bpfloader-failed", BootClass.RESCUE),
        ("reboot,vold-failed", BootClass.STORAGE),
        ("hard_lockup", BootClass.WATCHDOG),
        ("reboot,shell", BootClass.USER),
        ("cold,powerkey", BootClass.USER),
        ("PowerKey", BootClass.USER),
        ("RTC_ALARM/PS_HOLD/NONE+NONE", BootClass.USER),
        ("wdt_by_pass_pwk", BootClass.UNKNOWN),  # a watchdog or an ordinary restart
        ("tool_by_pass_pwk", BootClass.USER),
        ("power_on", BootClass.USER),
        ("reboot,fship", BootClass.USER),
        ("reboot,ota", BootClass.UPDATE),
        ("reboot,update,system-update", BootClass.UPDATE),
        ("reboot,userrequested,recovery", BootClass.UPDATE),
        ("kernel_panic", BootClass.KERNEL_PANIC),
        ("kernel_panic,sysrq", BootClass.KERNEL_PANIC),
        ("watchdog", BootClass.WATCHDOG),
        ("wdt", BootClass.CHIP),
        ("reboot,uvlo,pmic,if", BootClass.UNDERVOLTAGE),
        ("reboot,smpl", BootClass.UNDERVOLTAGE),
        ("shutdown,thermal", BootClass.THERMAL),
        ("shutdown,thermal,battery", BootClass.THERMAL),
        ("shutdown,battery", BootClass.BATTERY),
        ("shutdown,charger,low-battery", BootClass.BATTERY),
        ("watchdog,apc", BootClass.CHIP),
        ("watchdog,apc,bl31,crashed", BootClass.CHIP),
        ("watchdog_sdi_apps_reset", BootClass.CHIP),
        ("srto: HWWDT reset SC", BootClass.CHIP),
        ("tz_err", BootClass.CHIP),
        ("oem_modem_failed_to_powerup", BootClass.CHIP),
        ("reboot,memory_protect,hyp", BootClass.CHIP),
        ("reboot,ocp,pmic,main", BootClass.POWER_FAULT),
        ("reboot,sys_ldo_ok,pmic,sub", BootClass.POWER_FAULT),
        ("reboot,pmic_off_fault,0x20", BootClass.POWER_FAULT),
        ("reboot,master_dc,fault_n", BootClass.POWER_FAULT),
        ("reboot,tsd,pmic,main", BootClass.THERMAL),
        ("reboot,powerloss", BootClass.UNDERVOLTAGE),
        ("reboot,rescueparty", BootClass.RESCUE),
        ("reboot,mount_userdata_failed", BootClass.STORAGE),
        ("reboot,dm-verity_device_corrupted", BootClass.STORAGE),
        ("reboot,longkey", BootClass.HELD_KEY),
        ("reboot_longkey", BootClass.HELD_KEY),
        ("reboot,longkey,master_dc", BootClass.HELD_KEY),
        ("2sec_reboot", BootClass.UNDERVOLTAGE),  # the power was gone for less than two seconds
        ("cold,rtc,2sec", BootClass.UNDERVOLTAGE),
        ("reboot,by_key", BootClass.HELD_KEY),
        ("reboot_by_key", BootClass.HELD_KEY),
        ("reboot_by_powerkey", BootClass.USER),
        ("oem_ps_hold", BootClass.UNKNOWN),  # "PS_HOLD/MSM controlled shutdown": any restart
        ("oem_unknown_reset", BootClass.UNKNOWN),
        ("pmic_watchdog", BootClass.CHIP),
        ("watchdog,apm", BootClass.CHIP),
        ("reboot,gsa,hard", BootClass.CHIP),
        ("reboot,ntc,pmic,sub", BootClass.THERMAL),
        ("reboot,telemtemp,pmic,main", BootClass.THERMAL),
        ("reboot_verity", BootClass.STORAGE),
        ("reboot,boringssl-self-check-failed", BootClass.RESCUE),
        ("reboot,pmic_off_s3rst,0x4", BootClass.HELD_KEY),
        ("cold", BootClass.UNKNOWN),
        ("hard,hw_reset", BootClass.UNKNOWN),
        ("warm", BootClass.UNKNOWN),
        ("words,nobody,knows", BootClass.UNKNOWN),
        ("reboot", BootClass.UNKNOWN),
        ("shutdown,", BootClass.UNKNOWN),
        ("HARD/PS_HOLD/NONE", BootClass.UNKNOWN),
        ("hard_rst", BootClass.UNKNOWN),
        ("", BootClass.UNKNOWN),
    ],
)
def test_reasons_as_phones_say_them(reason: str, kind: BootClass) -> None:
    assert classify_boot_reason(reason) is kind


def test_every_word_of_the_vocabulary_has_plain_words_and_a_source() -> None:
    for word in BOOT_WORDS:
        assert word.plain.en, word
        assert word.plain.zh, word
        assert word.source, word
    assert {word.kind for word in BOOT_WORDS} == set(BootClass)


def test_history_over_several_lines_newest_first() -> None:
    starts = parse_boot_history("kernel_panic,1764469750\nreboot,,1756000000\nreboot,770")
    assert [start.reason for start in starts] == ["kernel_panic", "reboot", "reboot"]
    assert starts[0].at == datetime.fromtimestamp(1764469750, UTC)


@pytest.mark.parametrize("epoch", ["253", "8039328", "1262304816", "99999999999"])
def test_a_lost_clock_gives_no_date(epoch: str) -> None:
    assert parse_boot_history(f"shutdown,battery,{epoch}")[0].at is None


@given(st.text(max_size=300))
def test_any_history_is_read(value: str) -> None:
    for start in parse_boot_history(value):
        assert start.kind in BootClass


def test_reports_by_tag_with_processes_as_numbers_only() -> None:
    box = parse_dropbox(DROPBOX)
    entries = box.entries
    assert box.is_whole
    crashes = [entry for entry in entries if entry.tag == "data_app_crash"]
    assert len(entries) == 4
    assert crashes[0].process == crashes[1].process is not None
    assert entries[2].process is None
    assert "com.example.game" not in repr(entries)


def test_an_empty_box_is_empty_and_no_box_is_an_error() -> None:
    assert parse_dropbox("Drop box contents: 0 entries\n\n(No entries found.)\n").entries == ()
    with pytest.raises(ParseError):
        parse_dropbox("Usage: dumpsys dropbox\n")


def test_a_box_that_holds_more_than_was_read_is_not_whole() -> None:
    output = DROPBOX.replace("contents: 4", "contents: 5")
    assert not parse_dropbox(output).is_whole
    assert not parse_dropbox(output.replace("5 entries", "")).is_whole


def test_a_date_no_calendar_has_is_none() -> None:
    text = "Drop box contents: 1 entries\n2026-13-45 99:99:99 SYSTEM_BOOT (text, 1 bytes)\n"
    assert parse_dropbox(text).entries[0].at is None


@pytest.mark.parametrize(("text", "seconds"), [("350735.47 234388.90\n", 350735.47), ("5 2", 5.0)])
def test_uptime(text: str, seconds: float) -> None:
    assert parse_uptime(text) == seconds


@pytest.mark.parametrize("text", ["+%s\n", "Sun Nov 22\n", "", "-5", "1e9"])
def test_no_epoch(text: str) -> None:
    with pytest.raises(ParseError):
        parse_epoch(text)


@pytest.mark.parametrize("parser", [parse_dropbox, parse_uptime, parse_epoch])
@given(text=st.text(max_size=200), head=st.sampled_from(["", "Drop box contents:\n", DROPBOX]))
def test_arbitrary_text_raises_nothing_but_parse_error(
    parser: object, text: str, head: str
) -> None:
    assert callable(parser)
    try:
        parsed = parser(head + text)
    except ParseError:
        return
    assert parsed is not None
