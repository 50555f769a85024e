"""What may be sent to a phone, and that nobody smuggles anything past it."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ProbeInvalid
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel, DataClass, Effect, Request, Shell
from diagnose.privacy.policy import EVERYTHING_READ, Policy, _fits, data_classes, refusal

ALLOWED = """
getprop
getprop ro.serialno
dumpsys battery
dumpsys -t 5 batterystats
dumpsys batterystats --charged
dumpsys batterystats -c
dumpsys thermalservice
dumpsys android.hardware.health.IHealth/default
dumpsys SurfaceFlinger
dumpsys SurfaceFlinger --display-id
dumpsys telephony.registry
dumpsys bluetooth_manager
dumpsys nfc
dumpsys media.camera
dumpsys meminfo -s
lshal
lshal list -i
lshal debug android.hardware.health@2.1::IHealth/default
service list
service call batteryproperties 1 i32 2
cat /proc/meminfo
cat /proc/meminfo /proc/loadavg
cat /proc/asound/cards
cat /proc/asound/card0/pcm0p/info
cat /sys/class/thermal/thermal_zone*/temp
grep "" /sys/class/power_supply/*/uevent
grep -H "" /sys/class/net/*/operstate
grep -E "a|b" /proc/mounts
cat /sys/devices/platform/soc/*/health_descriptor/life_time_estimation_a
cat /sys/devices/system/cpu/online
cat /sys/class/block/mmcblk0/device/life_time
cat /sys/fs/selinux/enforce
ls /sys/class/net
ls -l /dev
ls /dev/input
ls -l /dev/block/by-name
ls -l /sys/fs/pstore
ls -l /data/tombstones
df
df -k /data
wm size
wm density
pm list features
pm list packages -3 -i
am get-current-user
settings get global airplane_mode_on
settings get secure enabled_accessibility_services
settings get system font_scale
cmd wifi status
getevent -lp
getevent -p
tradeinmode getstatus
tradeinmode getstatus --challenge 00ff
date
date +%s
getenforce
id
uname -a
cat /system/build.prop
cat /vendor/etc/media_codecs.xml
uptime
mount
stat -f /data
""".strip().splitlines()

REFUSED = """
content query --uri content://sms
content query --uri content://contacts/phones
logcat -d
logcat -L -d
dmesg
bugreport
screencap -p
screenrecord /sdcard/x.mp4
uiautomator dump
dumpsys
dumpsys notification
dumpsys notification --noredact
dumpsys -t 5 notification
dumpsys clipboard
dumpsys account
dumpsys user
dumpsys location
dumpsys telecom
dumpsys isub
dumpsys wifi
dumpsys wifiscanner
dumpsys connectivity
dumpsys usagestats
dumpsys content
dumpsys activity
dumpsys activity top
dumpsys window
dumpsys window displays
dumpsys package com.whatsapp
dumpsys dropbox --print
dumpsys dropbox -p
dumpsys battery set level 5
dumpsys battery unplug
dumpsys battery reset
dumpsys adb
dumpsys DisplaySomething
dumpsys Battery
dumpsys battery notification
dumpsys android.hardware.gnss.IGnss/default
dumpsys android.hardware.radio.IRadio/slot1
cmd battery set level 5
cmd wifi list-networks
cmd wifi list-scan-results
cmd wifi set-wifi-enabled disabled
cmd clipboard get
cmd bluetooth_manager disable
cmd connectivity airplane-mode enable
settings put global airplane_mode_on 1
settings list secure
settings delete secure x
settings get secure android_id
settings get secure bluetooth_name
settings get secure lock_screen_owner_info
settings get global device_name
setprop a b
getprop *
input keyevent 26
am start -a android.intent.action.CALL
am broadcast -a x
svc wifi disable
reboot
reboot bootloader
rm -rf /data
mv /proc/meminfo /data
dd if=/dev/block/sda
mount -o remount,rw /system
umount /data
pm install /data/x.apk
pm uninstall com.x
pm clear com.x
pm grant com.x p
pm path com.x
run-as com.x ls
su -c id
su 0 id
sh -c id
service call iphonesubinfo 1
service call phone 1
service call batteryproperties 2 i32 2
service call statusbar 1
ps -A
top -n 1
ip addr
ifconfig
cat /sdcard/DCIM/x.jpg
ls /sdcard
ls -R /sys
ls /s*card
ls /s*
ls /*/DCIM
cat /*/emulated/0/x
cat /data/system/users/0/accounts.db
cat /data/*/x
cat /d*ta/misc/wifi/WifiConfigStore.xml
cat /proc/1/cmdline
cat /proc/*/cmdline
cat /proc/*/environ
cat /proc/self/maps
cat /proc/self/root/sdcard/x
cat /proc/*/root/sdcard/x
cat /proc/../sdcard/x
cat /sys/class/../../sdcard/x
cat /sys/./../sdcard
cat //sdcard/x
cat /proc//1/environ
cat sdcard/x
cat ~/x
cat /SDCARD/x
cat /sys/class/net/wlan0/address
cat /sys/class/net/*/address
cat /sys/class/net/wlan0/*
cat /sys/class/net/*/a*s
cat /sys/fs/pstore/console-ramoops
cat /dev/input/event0
cat /dev/block/sda
cat /storage/emulated/0/x
cat /mnt/sdcard/x
grep -r "" /proc
grep -f /sdcard/x /proc/meminfo
grep * /proc/meminfo
grep "" /proc/meminfo /sdcard/x
head -c 100 /sdcard/x
find / -exec cat {} +
find / -name x
find /sdcard -maxdepth 1
find /sys/class -maxdepth 1 -exec id
xargs cat
toybox cat /sdcard/x
toybox cat /proc/meminfo
busybox ls
env cat /proc/meminfo
timeout 5 cat /proc/meminfo
nice getprop
exec getprop
/system/bin/cat /proc/meminfo
/system/bin/sh
./x
X=1 getprop
CAT /proc/meminfo
Getprop
getevent
getevent -l
getevent -lt /dev/input/event0
getevent -lp /dev/input/*
tradeinmode evaluate
tradeinmode enter
date -s 2020
date 010100002020
wm size 100x100
wm density reset
kill 1
stop
tee /data/x
sleep *
""".strip().splitlines()


def shell(command: str, **how: object) -> Shell:
    return Shell(*shlex.split(command), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ALLOWED)
def test_reading_commands_of_the_catalogue_are_sent(command: str) -> None:
    assert refusal(shell(command)) is None


@pytest.mark.parametrize("command", REFUSED)
def test_private_or_changing_commands_are_refused(command: str) -> None:
    assert refusal(shell(command))


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("dumpsys notification", "notifications"),
        ("content query --uri content://sms", "messages"),
        ("ls /sdcard", "owner's files"),
        ("cat /data/*/x", "data of apps"),
        ("screencap -p", "screen"),
        ("settings put global x 1", "change the phone"),
        ("cat /proc/*/environ", "process"),
        ("service call iphonesubinfo 1", "identity number"),
        ("sh -c id", "another command"),
        ("dumpsys location", "where the phone is"),
        ("cmd battery set level 5", "change the phone"),
    ],
)
def test_the_refusal_names_what_would_be_read(command: str, word: str) -> None:
    assert word in (refusal(shell(command)) or "")


@pytest.mark.parametrize(
    "words",
    [
        ("getprop;id",),
        ("getprop", ";", "id"),
        ("getprop", "x;id"),
        ("getprop", "`id`"),
        ("getprop", "$(id)"),
        ("cat", "/proc/meminfo", ">", "/data/x"),
        ("cat", "/proc/meminfo>x"),
        ("cat", "/proc/meminfo", "|", "sh"),
        ("cat", "/proc/meminfo", "&&", "id"),
        ("cat", "/proc/meminfo\nid"),
        ("cat", "/proc/meminfo", "\n", "id"),
        ("cat", "/proc/meminfo\x00"),
        ("cat", "／sdcard/x"),
        ("cat", "/ѕdcard/x"),
        ("cаt", "/proc/meminfo"),
        ("cat", "/sys/class/{net,power}/x"),
        ("cat", "/sys/class/?/x"),
        ("ls", "/s[d]card"),
        ("getprop", "x" * 5000),
        ("cat", *["/proc/meminfo"] * 100),
        (),
        ("",),
    ],
)
def test_anything_but_one_simple_command_is_refused(words: tuple[str, ...]) -> None:
    assert refusal(Shell(*words))


def test_a_quoted_word_of_grep_stays_one_word() -> None:
    """Metacharacters inside a quoted pattern mean nothing to the shell."""
    assert refusal(Shell("grep", "$(id);`x`|*", "/proc/meminfo")) is None


def test_an_effect_is_refused_unless_it_is_allowed_by_name() -> None:
    reset = shell("cmd vibrator vibrate 100 test", effect=Effect.WRITE)
    assert "allowed" in (refusal(reset) or "")
    allowing = Policy(frozenset({Effect.READ, Effect.WRITE}))
    assert allowing.refusal(reset) is None
    assert allowing.refusal(shell("getprop")) is None


def test_listening_is_allowed_by_name_and_only_in_its_one_form() -> None:
    listening = shell("getevent -lt -c 20000", effect=Effect.LISTEN, sample=1, listen_s=20)
    assert "--allow listen" in (refusal(listening) or "")
    assert EVERYTHING_READ.refusal(listening) is None
    for other in ("getevent -lt", "getevent -c 5", "getevent -lt -c 9 /dev/input/event0", "cat /x"):
        assert EVERYTHING_READ.refusal(shell(other, effect=Effect.LISTEN)), other
    assert EVERYTHING_READ.refusal(shell("getevent -lt -c 20000")), "it calls itself a read"


def test_a_sample_is_sent_as_the_words_that_were_looked_at() -> None:
    request = shell("getprop", sample=3)
    assert (request.key, request.command) == ("shell:getprop #3", "getprop")
    assert refusal(request) is None
    object.__setattr__(request, "sample", 4)
    assert refusal(request)


@pytest.mark.parametrize("command", ["rm -rf /data", "cmd battery set level 1", "pm clear x"])
def test_allowing_writes_allows_only_the_known_ones(command: str) -> None:
    everything = Policy(frozenset(Effect), allow_sensitive=True)
    assert everything.refusal(shell(command, effect=Effect.WRITE))
    assert everything.refusal(shell(command, effect=Effect.DISRUPT))


def test_a_write_that_calls_itself_a_read_is_refused() -> None:
    everything = Policy(frozenset(Effect))
    assert everything.refusal(shell("cmd battery reset", effect=Effect.READ))


def test_sensitive_requests_need_the_permission_and_the_mark() -> None:
    command = "service call iphonesubinfo 1"
    allowing = Policy(allow_sensitive=True)
    assert allowing.refusal(shell(command, sensitive=True)) is None
    assert allowing.refusal(shell(command))
    assert refusal(shell(command, sensitive=True))


def test_what_is_sent_must_be_what_was_looked_at() -> None:
    class Liar(Shell):
        @property
        def command(self) -> str:
            return "rm -rf /data"

    assert refusal(Liar("getprop"))
    forged = Shell("getprop")
    object.__setattr__(forged, "key", "shell:rm -rf /data")
    assert refusal(forged)
    assert refusal(Request("shell:getprop"))


def test_other_channels_have_closed_lists() -> None:
    def at(command: str) -> str | None:
        return refusal(Request(f"serial:{command}", channel=Channel.SERIAL))

    assert at("AT+CGMM") is None
    for forbidden in ("AT+FACTORST=0,0", "AT+CMGL=4", "AT+CPBR=1", "at+cgmm;+factorst", "ATD112;"):
        assert at(forbidden)
    assert refusal(Request("fastboot:getvar all", channel=Channel.FASTBOOT)) is None
    assert refusal(Request("fastboot:erase userdata", channel=Channel.FASTBOOT))
    assert refusal(Request("fastboot:oem unlock", channel=Channel.FASTBOOT))
    assert refusal(Request("fastboot:getvar all\nerase:userdata", channel=Channel.FASTBOOT))
    assert refusal(Request("ask:does it ring?", channel=Channel.OPERATOR)) is None


def test_the_reason_shows_no_control_characters() -> None:
    output = refusal(Shell("cat", "\x1b[31m/sdcard\n")) or ""
    assert output.isprintable()


@pytest.mark.parametrize("way", ["{}", "/sys/class/../..{}", "/proc/self/root{}", "/{}", "{}/"])
@given(
    place=st.sampled_from(["/sdcard", "/storage/emulated/0", "/data/data", "/data/media/0"]),
    at=st.integers(1, 6),
    program=st.sampled_from(["cat", "ls", "head -n 1", 'grep ""', "wc -l", "readlink -f"]),
)
def test_no_glob_reaches_a_private_folder(way: str, place: str, at: int, program: str) -> None:
    smuggled = way.format(place[:at] + "*" + place[at + 1 :])
    assert refusal(Shell(*shlex.split(program), smuggled))


@given(st.lists(st.text(max_size=12), max_size=5))
def test_a_command_made_of_anything_never_passes_with_a_metacharacter(words: list[str]) -> None:
    if refusal(Shell("getprop", *words)) is None:
        assert not set("".join(words)) & set(";|&<>$`\\\n\r\0(){}'\"*?[]~# ")


@given(st.text(alphabet=" ;|&<>$`\\\n(){}'\"*?[]~#/.asdcr", max_size=20))
def test_no_path_passes_that_leaves_the_readable_places(path: str) -> None:
    if refusal(Shell("cat", f"/proc/{path}")) is None:
        assert ".." not in path.split("/")
        assert not set(path) & set(";|&<>$`\\\n(){}'\"?[]~# ")


def test_data_classes_name_each_kind_once_in_two_languages() -> None:
    kinds = data_classes(
        [Shell("getprop", data_class=DataClass.SOFTWARE), Shell("dumpsys", "battery")]
    )
    assert list(kinds) == [DataClass.HARDWARE, DataClass.SOFTWARE]
    assert all(title.en and title.zh for title in data_classes(map(_of_class, DataClass)).values())
    assert len(data_classes(map(_of_class, DataClass))) == len(DataClass)


def _of_class(kind: DataClass) -> Request:
    return Shell("getprop", data_class=kind)


def test_every_read_request_of_the_catalogue_may_be_sent() -> None:
    try:
        probes = load_probes()
    except ProbeInvalid:
        pytest.skip("the catalogue cannot be loaded yet")
    refused = {
        request.key: output
        for loaded in probes.values()
        for request in loaded.probe.requests
        if request.effect is Effect.READ
        and not request.sensitive
        and (output := refusal(request)) is not None
    }
    assert refused == {}


def test_a_refusal_shows_the_whole_command_it_refuses() -> None:
    refused = EVERYTHING_READ.refusal_text(Shell("rm", "-rf", "/sdcard/x"))
    assert refused is not None
    assert refused.en.startswith("“rm -rf /sdcard/x” is not sent: ")
    assert refused.zh.startswith("不发送“rm -rf /sdcard/x”：")


@pytest.mark.parametrize(
    "command",
    ["pm list packages", "pm list packages -s -d", "cat /proc/version /proc/uptime"],
)
def test_several_of_a_kind_fit_a_shape_that_repeats(command: str) -> None:
    words = command.split()
    shapes = [shape.split() for shape in ("cat {file}+", "pm list packages {package_flags}*")]
    assert any(_fits(shape, words) for shape in shapes)
