"""The system as its properties, its shell and its services show it."""

from __future__ import annotations

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files, properties
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.system import SimulatedSystem


@properties
def start_properties(phone: Phone) -> dict[str, str]:  # noqa: ARG001 - every phone says it
    """What says that the start is finished; a phone that is starting has none of it."""
    return {"sys.boot_completed": "1", "dev.bootcomplete": "1", "init.svc.bootanim": "stopped"}


@properties
def boot_properties(phone: Phone) -> dict[str, str]:
    """What the bootloader and verified boot say."""
    system, who = phone[SimulatedSystem], phone[SimulatedIdentity]
    values = {
        "ro.boot.verifiedbootstate": system.verified_boot,
        "ro.boot.veritymode": system.verity_mode,
        "ro.boot.flash.locked": "1" if system.bootloader_locked else "0",
        "sys.oem_unlock_allowed": "1" if system.oem_unlock_allowed else "0",
        "ro.oem_unlock_supported": "1",
        "partition.system.verified": "2" if system.verity_mode == "enforcing" else "0",
    }
    if system.states_vbmeta:
        values |= {
            "ro.boot.vbmeta.device_state": "locked" if system.bootloader_locked else "unlocked",
            "ro.boot.avb_version": system.avb_version,
            "ro.boot.vbmeta.avb_version": system.avb_version,
        }
    if system.warranty_bit:
        values["ro.boot.warranty_bit"] = system.warranty_bit
    if system.boot_selinux:
        values["ro.boot.selinux"] = system.boot_selinux
    if who.skin in (Skin.MIUI, Skin.HYPEROS):
        values["ro.secureboot.lockstate"] = "locked" if system.bootloader_locked else "unlocked"
        values["ro.secureboot.devicelock"] = "1"
    return values


@properties
def protection_properties(phone: Phone) -> dict[str, str]:
    """Encryption and the build's openness."""
    system = phone[SimulatedSystem]
    owned = "ro.organization_owned" if phone[SimulatedIdentity].sdk >= 30 else "ro.device_owner"
    return {
        owned: "true" if system.organisation_owned else "false",
        "ro.crypto.state": system.crypto_state,
        "ro.crypto.type": system.crypto_type,
        "ro.debuggable": "1" if system.debuggable else "0",
        "ro.secure": "0" if system.adb_root else "1",
        "ro.adb.secure": "0" if system.adb_root else "1",
    }


@properties
def interface_properties(phone: Phone) -> dict[str, str]:
    """What apps can build on."""
    system, who = phone[SimulatedSystem], phone[SimulatedIdentity]
    values = {
        "ro.product.cpu.abi": system.abis[0],
        "ro.product.cpu.abilist": ",".join(system.abis),
        "ro.product.cpu.abilist64": ",".join(system.abis64),
        "ro.product.cpu.abilist32": ",".join(system.abis32),
        "ro.zygote": "zygote64_32" if system.abis32 else "zygote64",
        "ro.treble.enabled": "true" if system.treble else "false",
        "ro.opengles.version": str(system.gl_es),
        "init.svc.drm": "running",
    }
    if system.vndk:
        values["ro.vndk.version"] = system.vndk
    if system.vulkan_driver:
        values["ro.hardware.vulkan"] = system.vulkan_driver
    if system.page_size_max:
        values["ro.product.cpu.pagesize.max"] = str(system.page_size_max)
    if system.widevine_service:
        values[f"init.svc.{system.widevine_service}"] = system.widevine_state
    if who.sdk >= 29:
        values["ro.gsid.image_running"] = "1" if system.gsi_running else "0"
    if system.gsi_product:
        values["ro.product.system.name"] = system.gsi_product
    return values


@properties
def update_properties(phone: Phone) -> dict[str, str]:
    """Slots, snapshots, and who built the system."""
    system = phone[SimulatedSystem]
    values: dict[str, str] = {}
    if system.slot_suffix:
        values |= {"ro.boot.slot_suffix": system.slot_suffix, "ro.build.ab_update": "true"}
        values["init.svc.update_engine"] = "running"
    if system.virtual_ab:
        values["ro.virtual_ab.enabled"] = "true"
        values["init.svc.snapuserd"] = "running" if system.merging else "stopped"
    if system.lineage_version:
        values["ro.lineage.build.version"] = system.lineage_version
        values["ro.lineage.version"] = f"{system.lineage_version}-20260901-NIGHTLY"
    return values


@answers("am get-current-user")
def current_user(phone: Phone, _words: Words) -> Output:
    """Samsung's maintenance mode is a user of its own, number 77."""
    who = phone[SimulatedIdentity]
    return say("77\n" if phone[SimulatedSystem].repair_mode and who.skin is Skin.ONE_UI else "0\n")


@answers("settings get global repair_mode_active")
def repair_mode(phone: Phone, _words: Words) -> Output:
    """Android 14 on a Pixel; what was never set is `null`."""
    on = phone[SimulatedSystem].repair_mode and phone[SimulatedIdentity].skin is not Skin.ONE_UI
    return say("1\n" if on else "null\n")


@answers("dumpsys android.hardware.drm.IDrmFactory/widevine")
def widevine(phone: Phone, words: Words) -> Output:
    """The dump of the Widevine factory; only the AIDL one of Android 13 can be asked."""
    system = phone[SimulatedSystem]
    if not system.offers_widevine or "-hal-" in system.widevine_service:
        return refuse(f"Can't find service: {words[1]}\n", exit_code=0)
    if not system.widevine_level:
        return Output()
    return say(
        "Widevine CDM\n"
        f"  default_security_level: {system.widevine_level}\n"
        "  oemcrypto_api_version: 17\n"
        "  provisioning_unique_id: 5a3c0000000000000000000000001234\n"
    )


@answers("getenforce")
def getenforce(phone: Phone, _words: Words) -> Output:
    """SELinux mode; some makers' phones do not tell the shell."""
    if not phone[SimulatedSystem].selinux_readable:
        return refuse("getenforce: Couldn't get enforcing status: Permission denied\n")
    return say(f"{phone[SimulatedSystem].selinux}\n")


@answers("getconf PAGE_SIZE")
def page_size(phone: Phone, _words: Words) -> Output:
    """Size of a memory page; toybox has `getconf` since Android 10."""
    if phone[SimulatedIdentity].sdk < 29:
        return refuse("/system/bin/sh: getconf: not found\n", exit_code=127)
    return say(f"{phone[SimulatedSystem].page_size}\n")


@answers("dumpsys webviewupdate")
def webview(phone: Phone, _words: Words) -> Output:
    """The system's browser component and which packages could provide it."""
    system, who = phone[SimulatedSystem], phone[SimulatedIdentity]
    if not system.webview_dumped:
        return refuse("Can't find service: webviewupdate\n", exit_code=0)
    head = ["Current WebView Update Service state"]
    if 24 <= who.sdk <= 28:
        head.append("  Fallback logic enabled: true")
    if who.sdk <= 34:
        head.append(f"  Multiprocess enabled: {'true' if who.sdk >= 26 else 'false'}")
    named = f"({system.webview_package}, {system.webview_version})"
    current = f"  Current WebView package (name, version): {named}"
    head.append("  Current WebView package is null" if system.webview_invalid else current)
    return say("\n".join([*head, *_webview_tail(system, who.sdk, named)]) + "\n")


def _webview_tail(system: SimulatedSystem, sdk: int, named: str) -> list[str]:
    lines = [f"  Minimum targetSdkVersion: {min(sdk, 34)}"] if sdk >= 27 else []
    missing = bool(system.webview_invalid)
    details = (
        f"(versionName: {system.webview_version}, versionCode: {system.webview_code}, "
        f"targetSdkVersion: {system.webview_target})"
    )
    package = system.webview_package
    return [
        *lines,
        f"  Minimum WebView version code: {max(0, system.webview_code - 1000)}",
        f"  Number of relros started: {0 if missing else 2}",
        f"  Number of relros finished: {0 if missing else 2}",
        "  WebView package dirty: false",
        f"  Any WebView package installed: {'false' if missing else 'true'}",
        "  Preferred WebView package: none"
        if missing
        else f"  Preferred WebView package (name, version): {named}",
        "  WebView packages:",
        f"    Invalid package {package} {details}, reason: {system.webview_invalid}"
        if missing
        else f"    Valid package {package} {details} is  installed/enabled for all users",
        "    com.google.android.webview.debug is NOT installed.",
    ]


@files
def system_files(phone: Phone) -> dict[str, FileBody]:
    """Kernel version, SELinux node, and the vendor's list of codecs."""
    system = phone[SimulatedSystem]
    body = _codec_file(system) if system.codecs_readable else None
    known: dict[str, FileBody] = {
        "/proc/version": f"{system.kernel}\n",
        "/sys/fs/selinux/enforce": None,
    }
    if system.su_path:
        known[system.su_path] = None
    if system.codec_vendor:
        known["/vendor/etc/media_codecs.xml"] = body
    return known


def _codec_file(system: SimulatedSystem) -> str:
    types = ["avc", "hevc", "x-vnd.on2.vp8", "x-vnd.on2.vp9"] + ["av01"] * system.av1_decoder
    lines = ['<?xml version="1.0" encoding="utf-8" ?>', "<MediaCodecs>", "    <Decoders>"]
    for name in types:
        lines += _codec(f"{system.codec_vendor}.{name.rpartition('.')[2]}.decoder", name)
    lines += _codec(f"{system.codec_vendor}.avc.decoder.secure", "avc")
    lines += ["    </Decoders>", "    <Encoders>"]
    for name in types[:2]:
        lines += _codec(f"{system.codec_vendor}.{name}.encoder", name)
    return "\n".join([*lines, "    </Encoders>", "</MediaCodecs>", ""])


def _codec(name: str, video: str) -> list[str]:
    return [
        f'        <MediaCodec name="{name}" type="video/{video}" >',
        '            <Limit name="size" min="96x96" max="4096x2176" />',
        "        </MediaCodec>",
    ]
