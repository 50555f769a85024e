"""A healthy phone's properties as `getprop` prints them, to be changed one by one."""

from __future__ import annotations

HEALTHY = {
    "ro.product.brand": "Acme",
    "ro.product.manufacturer": "Acme",
    "ro.product.model": "A1",
    "ro.build.fingerprint": "Acme/a1/a1:15/AB1.260101.001/1:user/release-keys",
    "ro.build.type": "user",
    "ro.build.tags": "release-keys",
    "ro.build.display.id": "AB1.260101.001",
    "ro.build.version.release": "15",
    "ro.build.version.sdk": "35",
    "ro.build.version.security_patch": "2026-09-05",
    "ro.product.first_api_level": "33",
    "ro.debuggable": "0",
    "ro.secure": "1",
    "ro.boot.verifiedbootstate": "green",
    "ro.boot.veritymode": "enforcing",
    "ro.boot.flash.locked": "1",
    "ro.boot.vbmeta.device_state": "locked",
    "ro.crypto.state": "encrypted",
    "ro.crypto.type": "file",
    "ro.hardware": "qcom",
    "ro.serialno": "********0001",
    "ro.boot.serialno": "********0001",
    "ro.treble.enabled": "true",
    "ro.product.cpu.abilist": "arm64-v8a,armeabi-v7a,armeabi",
    "ro.opengles.version": "196610",
}
EMULATOR = {"ro.kernel.qemu": "1", "ro.hardware": "ranchu"}


def getprop(changes: dict[str, str | None] | None = None) -> str:
    """The healthy phone with `changes`; None takes a property away."""
    properties: dict[str, str | None] = {**HEALTHY, **(changes or {})}
    return "".join(f"[{k}]: [{v}]\n" for k, v in properties.items() if v is not None)
