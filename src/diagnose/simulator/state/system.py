"""What the phone's system is built and protected with, beyond its names."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class SimulatedSystem(Section):
    """Boot chain, protection, interfaces for apps, and updates."""

    AREA: ClassVar[str] = "system"

    # boot chain
    verified_boot: str = "green"
    bootloader_locked: bool = True
    verity_mode: str = "enforcing"
    avb_version: str = "1.2"
    states_vbmeta: bool = True  # Huawei's Android 9 and older do not
    warranty_bit: str = ""  # Samsung alone
    oem_unlock_allowed: bool = False
    # protection
    selinux: str = "Enforcing"
    selinux_readable: bool = True
    boot_selinux: str = ""  # what the bootloader wrote, true or not
    crypto_state: str = "encrypted"
    crypto_type: str = "file"
    debuggable: bool = False
    adb_root: bool = False
    organisation_owned: bool = False
    repair_mode: bool = False
    # what apps find
    abis64: tuple[str, ...] = ("arm64-v8a",)
    abis32: tuple[str, ...] = ("armeabi-v7a", "armeabi")
    page_size: int = 4096
    page_size_max: int = 0  # largest page the system's own libraries allow; 0: not stated
    treble: bool = True
    vndk: str = ""
    gsi_running: bool = False
    gsi_product: str = ""
    gl_es: int = 0x30002
    vulkan_driver: str = ""
    kernel: str = ""
    codec_vendor: str = ""
    codecs_readable: bool = True
    av1_decoder: bool = False
    widevine_service: str = ""
    widevine_state: str = "running"
    widevine_level: str = ""  # what the factory's dump tells the shell; most makers' is empty
    # WebView
    webview_package: str = "com.google.android.webview"
    webview_version: str = ""
    webview_code: int = 0
    webview_target: int = 35
    webview_invalid: str = ""  # why it is not valid; empty: it is
    webview_dumped: bool = True
    # updates
    slot_suffix: str = ""
    virtual_ab: bool = False
    merging: bool = False
    lineage_version: str = ""
    su_path: str = ""

    @property
    def offers_widevine(self) -> bool:
        """Whether the service is there and stays."""
        return bool(self.widevine_service) and self.widevine_state == "running"

    @property
    def abis(self) -> tuple[str, ...]:
        """All ABIs, the preferred one first."""
        return self.abis64 + self.abis32
