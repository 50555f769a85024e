"""Names of added apps and names that owners chose: what goes, what stays, and what still parses."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.software.packages import parse_installers
from diagnose.parsers.stability.dropbox import parse_dropbox
from diagnose.privacy.app_namespaces import STORES, SYSTEM_NAMESPACES, is_system_name
from diagnose.privacy.redactor import Redactor

KEY = b"a key of sixteen"
MARKER = re.compile(r"<([a-z]+):[0-9a-f]{4}>")


def redact(text: str) -> str:
    once, _ = Redactor(key=KEY).redact(text.encode())
    assert Redactor(key=KEY).redact(once) == (once, {}), "redacting twice must change nothing"
    return once.decode()


@pytest.mark.parametrize(
    ("answer", "secrets"),
    [
        ("package:com.bank.app  installer=com.android.vending\n", ["bank"]),
        ("package:cmb.pb  installer=null\n", ["cmb"]),
        ("package:com.bank.app  installer=com.sideloader.tool\n", ["bank", "sideloader"]),
        ("package:/data/app/~~aB3_x==/com.bank-Qw==/base.apk=com.bank\n", ["bank"]),
        ("    Process: com.bank.app/PID: 12/UID: 10123/Flags: 0x30c8be4 ...\n", ["bank"]),
        ("    Process: odd.bank:push/PID: 12/UID: 10123/Flags: 0x30 ...\n", ["bank", "push"]),
        ("    Process: com.a.b/Flags: 0x8/Package: com.bank v10 (2.1)\n", ["com.a", "bank"]),
        ('+job=u0a106:"com.bank/com.jobs.SyncService" -top=u0a1:"x.bank"', ["bank", "jobs"]),
        ('+wake_lock=u0a106:"BankVoipCall" wake_reason=0:"168:qcom,smd"', ["Bank"]),
        ("\n  Wake lock u0a106 BankVoip: 3s 88ms (1 times) realtime", ["Bank"]),
        ("\n    Wake lock *job*/cn.bank/.Job: 3s 88ms (1 times) realtime", ["bank", ".Job"]),
        ("\n    Apk odd.bank:\n      Service odd.bank.Pay:\n", ["bank"]),
        ('\n9,hsp,12,10106,"BankVoipCall"\n9,10106,l,wl,BankVoip,0,f\n', ["Bank"]),
        ("15:29:47 + 0x06 pid= 1 uid=10087 package=odd.bank.Shake samplingPeriod=1us", ["bank"]),
        ("\t odd.bank.Shake | WakeLockRefCount 0 | uid 10087\n", ["bank"]),
        ("CONNECT device 0 client for package odd.bank (PID 4021)\n", ["bank"]),
        ("ActivityRecord{5470fe5 u0 odd.bank/.MainActivity t43}", ["bank", "MainActivity"]),
        ("  Layer (com.bank/com.bank.MainActivity#0)\n", ["bank", "MainActivity"]),
        ("client: android.media.AudioManager@b57a8fcom.bank.app.Player$1@7d5c2c", ["bank"]),
        ("com.bank/com.bank.Reader:odd.bank/.Reader\n", ["bank", "Reader"]),
        ('Package Names: ["com.android.chrome","odd.bank","com.bank"]\n', ["bank"]),
        ("  Whitelist user apps:\n    odd.bank\n    com.bank,10123\n  mState=ACTIVE\n", ["bank"]),
        ("/dev/block/dm-9 /mnt/asec/odd.bank-1 ext4 ro 0 0\n", ["bank"]),
        ("[sys.top]: [com.bank]\n", ["bank"]),
        ("ComponentInfo{com.bank/com.bank.Hce} (Description: The Bank of X)", ["ank"]),
        ("[persist.sys.devicename]: [Jane's nubia]\n", ["Jane"]),
        ("[persist.sys.device_name]: [张三的手机]\n", ["张三"]),
        ("displays=[Jane's TV (3C:5A:B4:01:02:03), isAvailable true], x", ["Jane", "3C:5A"]),
        ("activeDisplay=Jane's TV (XX), alias Den, isAvailable true, displays=[]", ["Jane", "Den"]),
        ('DisplayDeviceInfo{"Jane\'s TV": uniqueId="wifi:x", 1 x 1}', ["Jane"]),
        ("type:0x80 (bt_a2dp) name:Jane's buds addr:3C:5A:B4:01:02:03 codec", ["Jane", "3C:5A"]),
        ('1. Port ID: 12; "Jane\'s buds"; {AUDIO_DEVICE_OUT_BLUETOOTH_A2DP, @:XX}', ["Jane"]),
        ("UsbDevice[mName=/dev/bus/usb/001/002,mSerialNumber=JBL-A1B2C3,mVersion=1]", ["A1B2C3"]),
        ("\n    5: Jane's Keys\n      Path: /dev/x\n      Identifier: bus=0x0005, v\n", ["Jane"]),
    ],
)
def test_names_are_replaced(answer: str, secrets: list[str]) -> None:
    kept = redact(answer)
    assert MARKER.search(kept)
    assert [secret for secret in secrets if secret in kept] == []


@pytest.mark.parametrize(
    "answer",
    [
        "package:com.miui.notes  installer=com.xiaomi.mipicks\n",
        *(f"installer={store}\n" for store in sorted(STORES)),
        "feature:com.unknownmaker.hardware.pen\nfeature:com.samsung.feature.samsung_experience\n",
        "12\tvendor.perf: [com.unknownmaker.IPerf]\n",
        "0x05) Temp | Bosch | ver: 1 | type: com.unknownmaker.sensor.temp(65536) | perm: n/a\n",
        "      org.codeaurora.qcamera3.crop.count (80020001): byte[1]\n",
        "with type 1 (int32) defined in section com.unknownmaker.tuning\n",
        "Y com.unknownmaker.ims@1.0::IIms/default  0/1 430 388\n",
        "[net.bt.name]: [Android]\n[dev.mnt.blk.vendor.vm-bootsys]: [sda]\n",
        "net.tethering.noprovisioning=true\nro.com.google.clientidbase=android-x\n",
        "[ro.build.fingerprint]: [nubia/pacific/pacific:15/1.0.0.0/1:user/release-keys]\n",
        "[ro.build.description]: [b1-user KOT49I.E98020I release] lge/b1/b1:4.4.2/KOT49I.E/1\n",
        "[gsm.version.baseband]: [LA.UM.6.6.r1-04400-89xx.0]\n",
        '<MediaCodec name="OMX.qcom.video.decoder.avc" />\nc2.android.aac.decoder\n',
        "  Kernel Wake lock qpnp_fg_sanity_check: 3s 7ms (2 times) realtime\n",
        "  Wake lock 1000 PowerManagerService.Display: 3s 88ms (1 times) max=3 realtime\n",
        "DUMP OF SERVICE media.camera:\nlibfoo.com.so.1 vendor.com.x.y telecom.a.b\n",
        'DisplayDeviceInfo{"Common Panel": uniqueId="local:46198", 1080 x 2424}\n',
        "activeDisplay=null, displays=[], sessionInfo=null\n",
        "  Device 5: gpio-keys\n    5: gpio-keys\n      Identifier: bus=0x0019, vendor=0x1\n",
        "      serial_number=null\n[ro.qiku.product.devicename]: [N7]\n",
        "    UID u0a112: 201 fg: 100.5 ( cpu=160.8 )\n    Uid u0a87: 0.793 ( cpu=0.775 )\n",
    ],
)
def test_names_of_the_system_and_of_parts_stay(answer: str) -> None:
    assert redact(answer) == answer


def test_installers_and_counts_survive() -> None:
    redacted = redact(
        "package:com.bank  installer=com.android.vending\n"
        "package:org.clinic.diary  installer=com.android.vending\n"
        "package:odd.name  installer=com.side.loader\n"
        "package:com.x.y  installer=com.side.loader\n"
        "package:com.z.y  installer=null\n"
    )
    installers = parse_installers(redacted)
    assert installers["com.android.vending"] == 2
    assert installers["null"] == 1
    assert sorted(installers.values()) == [1, 2, 2]


def test_one_process_stays_one_process() -> None:
    entries = "".join(
        f"2026-11-2{at} 10:00:00 data_app_crash (text, 400 bytes)\n"
        f"    Process: {name}/PID: {at}/UID: 10123/Flags: 0x30c8 ...\n"
        for at, name in enumerate(("com.bank", "com.bank:push", "com.bank", "com.android.email"))
    )
    found = parse_dropbox(redact(f"Drop box contents: 4 entries\n\n{entries}"))
    assert [entry.process for entry in found.entries] == [0, 1, 0, 2]


def test_properties_with_app_names_still_parse() -> None:
    properties = parse_getprop(redact("[a.top]: [com.bank.x,com.bank.y]\n[ro.a]: [b]\n"))
    assert properties["ro.a"] == "b"
    assert properties["a.top"].count("<app:") == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_app_names_go_from_utf16_too(encoding: str) -> None:
    data = "Process: com.bank.app/PID: 1\r\nssid=家里的网络\r\n".encode(encoding)
    redacted, counts = Redactor(key=KEY).redact(data)
    assert counts == {"app": 1, "ssid": 1}
    assert "bank" not in redacted.decode(encoding)


def test_a_long_value_is_not_cut_inside_a_letter() -> None:
    data = ("ssid=" + "1" * 63 + "网络").encode("utf-16")
    redacted, _ = Redactor(key=KEY).redact(data)
    assert redacted.decode("utf-16").startswith("ssid=<ssid:")


def test_a_marker_of_digits_is_not_a_number_of_a_cell() -> None:
    output = "mCellLocation=Bundle[{cid=<cell:1234>, lac=<cell:5678>, psc=-1}]\n"
    assert redact(output) == output


LABEL = st.from_regex(r"[a-z][a-z0-9_]{1,8}", fullmatch=True)


@given(st.lists(LABEL, min_size=2, max_size=5), st.sampled_from(sorted(SYSTEM_NAMESPACES)))
def test_a_name_below_a_system_namespace_stays(labels: list[str], maker: str) -> None:
    for namespace in SYSTEM_NAMESPACES[maker].split():
        name = ".".join((namespace, *labels))
        assert is_system_name(name)
        assert redact(f"Process: {name}/PID: 1\n") == f"Process: {name}/PID: 1\n"


@given(st.lists(LABEL, min_size=1, max_size=4), st.sampled_from(["com", "cn", "org"]))
def test_any_other_name_goes(labels: list[str], head: str) -> None:
    name = ".".join((head, *labels))
    if not is_system_name(name):
        kept = redact(f"x {name} y {name}/.Main z\n")
        assert name not in kept
        assert len(set(re.findall(r"x (\S+) y (\S+)/", kept)[0])) == 1


def test_a_namespace_is_not_a_prefix_of_letters() -> None:
    assert not is_system_name("com.miuibank.app")
    assert not is_system_name("com.androidbank")
    assert is_system_name("com.miui.bank")


@pytest.mark.slow
def test_a_reply_with_more_private_values_than_a_phone_has_is_not_kept() -> None:
    data = b"".join(b"com.%x " % (at + 0xA00000) for at in range(250_000))
    redacted, counts = Redactor(key=KEY).redact(data)
    assert counts == {"reply": 1}
    assert len(redacted) < 200
    assert Redactor(key=KEY).redact(redacted) == (redacted, {})


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece",
    [
        *(b".", b"ab.", b"com.", b"com.a ", b"com.com/", b"/.a", b"a/.a", b"@1com.a", b"package:"),
        *(b"\n    wake lock ", b'=u0a1:"', b"whitelist :\n", b"package names: [", b"a.b/c.d "),
        *(
            b"displays=[",
            b"activedisplay=",
            b"device: ",
            b"name:a",
            b'displayinfo{"a", displayid 1',
            b"\n    5: a",
            b"mcelllocation=",
        ),
    ],
)
def test_hostile_repeats_of_names_take_no_square_of_their_length(piece: bytes) -> None:
    """Eight times as much takes eight times as long, give or take; a square would be 64."""
    short, long = (_seconds(piece * (size // len(piece))) for size in (60_000, 480_000))
    assert long < 24 * short + 0.1


def _seconds(data: bytes) -> float:
    began = time.process_time()
    Redactor(key=KEY).redact(data)
    return time.process_time() - began


def test_a_community_signs_with_no_persons_name() -> None:
    line = "[ro.build.version.incremental]: [eng.{}.20240101.120000]\n"
    for name, is_kept in (("wei", False), ("lineage", True), ("jenkins", True)):
        masked, _ = Redactor(key=b"a key of sixteen").redact(line.format(name).encode())
        assert (name.encode() in masked) is is_kept
