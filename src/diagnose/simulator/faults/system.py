"""Faults of the system: changed software, lost protection, missing interfaces."""

from __future__ import annotations

from datetime import date, timedelta

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.system import SimulatedSystem

_DECLARED = frozenset({"biometric.fingerprint", "radio.extras", "radio.gnss", "radio.nfc"})
_OF_OTHER_STARTS = frozenset({"integrity.foreign-key", "integrity.system-damaged"})
NOT_THE_MAKERS = Masking(
    _DECLARED,
    "what a system that is not the maker's declares need not be there",
    causes=_OF_OTHER_STARTS,
)
UNLOCKED = Masking(
    _DECLARED,
    "a start has one verdict, and what a system that nobody vouches for declares need not be there",
    causes=_OF_OTHER_STARTS,
)


def sold_phone(phone: Phone) -> str | None:
    """Why not, for faults that an emulator cannot have."""
    return "an emulator is a test system anyway" if phone[SimulatedIdentity].is_emulator else None


def samsung(phone: Phone) -> str | None:
    """Why not, for what Samsung alone has."""
    return (
        None if phone[SimulatedIdentity].skin is Skin.ONE_UI else "only Samsung has a warranty fuse"
    )


@fault(
    "bootloader-unlocked",
    Text("bootloader unlocked", "引导程序已解锁"),
    found_by=("integrity.bootloader",),
    causes=("integrity.unlocked",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def bootloader_unlocked(phone: Phone) -> None:
    """Unlocked: verified boot turns orange with it."""
    system = phone[SimulatedSystem]
    system.bootloader_locked = False
    system.verified_boot = "orange"
    system.oem_unlock_allowed = True


@fault(
    "verified-boot-orange",
    Text("system not verified at start", "启动时未验证系统"),
    found_by=("integrity.verified_boot",),
    causes=("integrity.unlocked",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def verified_boot_orange(phone: Phone) -> None:
    """The same unlocking, seen by the state of verified boot."""
    bootloader_unlocked(phone)


@fault(
    "verified-boot-yellow",
    Text("system signed with another key", "系统使用其他密钥签名"),
    found_by=("integrity.verified_boot",),
    causes=("integrity.foreign-key",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def verified_boot_yellow(phone: Phone) -> None:
    """Locked again with the owner's own key."""
    phone[SimulatedSystem].verified_boot = "yellow"


@fault(
    "verified-boot-red",
    Text("verified boot failed", "启动验证失败"),
    found_by=("integrity.verified_boot",),
    causes=("integrity.system-damaged",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def verified_boot_red(phone: Phone) -> None:
    """The check failed; dm-verity answers errors instead of data."""
    phone[SimulatedSystem].verified_boot = "red"
    phone[SimulatedSystem].verity_mode = "eio"


@fault(
    "verity-disabled",
    Text("protection of the system partition off", "系统分区保护已关闭"),
    found_by=("integrity.verified_boot",),
    causes=("integrity.protection-off",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def verity_disabled(phone: Phone) -> None:
    """`adb disable-verity` needs an unlocked bootloader."""
    bootloader_unlocked(phone)
    phone[SimulatedSystem].verity_mode = "disabled"


@fault(
    "selinux-permissive",
    Text("access rules not enforced", "访问控制未强制执行"),
    found_by=("integrity.selinux",),
    causes=("integrity.protection-off",),
    fits=lambda phone: (
        sold_phone(phone)
        or (
            None
            if phone[SimulatedSystem].selinux_readable
            else "this model hides the mode from the shell"
        )
    ),
)
def selinux_permissive(phone: Phone) -> None:
    """Set permissive by a changed kernel command line."""
    system = phone[SimulatedSystem]
    system.selinux = "Permissive"
    system.boot_selinux = "permissive"


@fault(
    "debug-build",
    Text("debug build of the system", "系统为调试版"),
    found_by=("integrity.build",),
    causes=("integrity.modified-system",),
    fits=sold_phone,
    masks=NOT_THE_MAKERS,
)
def debug_build(phone: Phone) -> None:
    """A userdebug build, as engineers use."""
    phone[SimulatedIdentity].build_type = "userdebug"
    phone[SimulatedSystem].debuggable = True
    bootloader_unlocked(phone)


@fault(
    "test-keys",
    Text("system signed with test keys", "系统使用测试密钥签名"),
    found_by=("integrity.build",),
    causes=("integrity.modified-system",),
    fits=sold_phone,
    masks=NOT_THE_MAKERS,
)
def test_keys(phone: Phone) -> None:
    """Signed with the keys everybody has, on an unlocked phone: a locked one would not start it."""
    bootloader_unlocked(phone)
    phone[SimulatedIdentity].build_tags = "test-keys"


@fault(
    "community-system",
    Text("community system installed", "已安装第三方系统"),
    found_by=("integrity.build",),
    causes=("integrity.modified-system",),
    fits=sold_phone,
    masks=NOT_THE_MAKERS,
)
def community_system(phone: Phone) -> None:
    """LineageOS on an unlocked phone, with userdebug as its builds are."""
    bootloader_unlocked(phone)
    phone[SimulatedSystem].lineage_version = "22.2"
    phone[SimulatedIdentity].build_type = "userdebug"


@fault(
    "organisation-owned",
    Text("owned by a company", "归单位所有"),
    found_by=("integrity.management",),
    causes=("integrity.organisation",),
    fits=sold_phone,
)
def organisation_owned(phone: Phone) -> None:
    """A company enrolled it: its administrator can lock and erase it."""
    phone[SimulatedSystem].organisation_owned = True


@fault(
    "root-shell",
    Text("shell with full rights", "Shell 拥有全部权限"),
    found_by=("integrity.build",),
    causes=("integrity.modified-system",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def root_shell(phone: Phone) -> None:
    """An insecure boot image: adb runs as root."""
    bootloader_unlocked(phone)
    phone[SimulatedSystem].adb_root = True
    phone[SimulatedSystem].debuggable = True


@fault(
    "root-traces",
    Text("root access installed", "已获取 Root 权限"),
    found_by=("integrity.root",),
    causes=("integrity.modified-system",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def root_traces(phone: Phone) -> None:
    """An old-style su in the system partition, which needs verity off."""
    verity_disabled(phone)
    phone[SimulatedSystem].su_path = "/system/xbin/su"


@fault(
    "warranty-bit-tripped",
    Text("Samsung warranty fuse blown", "三星保修熔丝已熔断"),
    found_by=("integrity.bootloader",),
    causes=("integrity.fuse-blown",),
    fits=samsung,
)
def warranty_bit(phone: Phone) -> None:
    """Blown for good, though the phone is locked and green again."""
    phone[SimulatedSystem].warranty_bit = "1"


@fault(
    "not-encrypted",
    Text("data not encrypted", "数据未加密"),
    found_by=("integrity.encryption",),
    causes=("integrity.not-encrypted",),
    fits=lambda phone: (
        sold_phone(phone)
        or (
            None
            if phone[SimulatedIdentity].first_sdk >= 29
            else "sold before encryption was required"
        )
    ),
    masks=UNLOCKED,
)
def not_encrypted(phone: Phone) -> None:
    """Encryption removed by a changed mount table."""
    phone[SimulatedSystem].crypto_state = "unencrypted"
    phone[SimulatedSystem].crypto_type = ""
    bootloader_unlocked(phone)


def _patch_is_fresh(phone: Phone) -> str | None:
    """Why not: where the maker's last patch is older than a year, nothing new is to be seen."""
    identity = phone[SimulatedIdentity]
    if identity.skin is Skin.HARMONY:
        return "HarmonyOS is not measured by Android's patch level"
    age = phone.now.date() - date.fromisoformat(identity.security_patch)
    if age > timedelta(days=365):
        return f"this phone's newest patch is of {identity.security_patch}: old without the fault"
    return sold_phone(phone)


@fault(
    "patch-old",
    Text("no security patch for years", "多年未更新安全补丁"),
    found_by=("system.patch_age",),
    causes=("system.outdated",),
    complaint="update-fails",
    fits=_patch_is_fresh,
)
def patch_old(phone: Phone) -> None:
    """Updates were never installed."""
    phone[SimulatedIdentity].security_patch = "2019-02-01"
    if phone[SimulatedIdentity].vendor_patch:
        phone[SimulatedIdentity].vendor_patch = "2019-02-01"


@fault(
    "os-downgraded",
    Text("older system than it was sold with", "系统版本低于出厂版本"),
    found_by=("system.version",),
    causes=("system.downgraded",),
    fits=sold_phone,
)
def os_downgraded(phone: Phone) -> None:
    """The board states a later first level than the system that runs."""
    phone[SimulatedIdentity].first_sdk = phone[SimulatedIdentity].sdk + 1


@fault(
    "gsi-system",
    Text("generic system image running", "正在运行通用系统镜像"),
    found_by=("system.treble",),
    causes=("system.generic-image",),
    fits=sold_phone,
    masks=UNLOCKED,
)
def gsi_system(phone: Phone) -> None:
    """A generic image flashed over the maker's system partition."""
    bootloader_unlocked(phone)
    phone[SimulatedSystem].gsi_product = "gsi_arm64"


@fault(
    "dsu-running",
    Text("guest system running", "正在运行动态系统"),
    found_by=("system.treble",),
    causes=("system.generic-image",),
    fits=lambda phone: (
        sold_phone(phone)
        or (
            None
            if phone[SimulatedIdentity].sdk >= 29
            else "Dynamic System Updates came with Android 10"
        )
    ),
    masks=NOT_THE_MAKERS,
)
def dsu_running(phone: Phone) -> None:
    """Started from developer options, beside the maker's system."""
    phone[SimulatedSystem].gsi_running = True


@fault(
    "webview-missing",
    Text("WebView missing", "缺少 WebView"),
    found_by=("system.webview",),
    causes=("system.webview-missing",),
)
def webview_missing(phone: Phone) -> None:
    """A stripped or half-updated provider is not accepted any more."""
    phone[SimulatedSystem].webview_invalid = "Version code too low"


@fault(
    "update-pending",
    Text("system update unfinished", "系统更新未完成"),
    found_by=("system.update",),
    causes=("system.update-unfinished",),
    fits=lambda phone: (
        None
        if phone[SimulatedSystem].virtual_ab
        else "this phone does not merge updates while it runs"
    ),
)
def update_pending(phone: Phone) -> None:
    """The merge of the last update still runs."""
    phone[SimulatedSystem].merging = True


@fault(
    "widevine-crashing",
    Text("service for protected films restarts", "受保护视频服务反复重启"),
    found_by=("system.drm",),
    causes=("system.protected-films",),
    fits=lambda phone: (
        None if phone[SimulatedSystem].widevine_service else "this phone has no such service"
    ),
)
def widevine_crashing(phone: Phone) -> None:
    """Its keys are lost, so that it ends at every start."""
    phone[SimulatedSystem].widevine_state = "restarting"
