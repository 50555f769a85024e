"""What kind of fault each one of the virtual phones is: an engineer's word, not the knowledge's.

The true causes stand beside the faults in the simulator. What is not listed here is hardware.
"""

from __future__ import annotations

from diagnose.model.fault import FaultKind

_SOFTWARE = {
    "accessibility-many",
    "activities-not-kept",
    "animations-slow",
    "audio-server-hangs",
    "battery-forced",
    "bluetooth-crashing",
    "bootloader-unlocked",
    "boots-watchdog",
    "camera-configuration-wrong",
    "camera-hal-crashes",
    "camera-hal-dead",
    "clock-reset",
    "clock-wrong",
    "community-system",
    "crashes-one-app",
    "debug-build",
    "display-compositor-gone",
    "display-pipeline-dead",
    "drainer-app",
    "dsu-running",
    "fingerprint-crashes",
    "frp-locked",
    "gnss-hal-missing",
    "gsi-system",
    "infrared-service-missing",
    "memory-low",
    "nfc-service-gone",
    "not-encrypted",
    "organisation-owned",
    "os-downgraded",
    "patch-old",
    "root-shell",
    "root-traces",
    "selinux-permissive",
    "sensor-uncalibrated",
    "storage-almost-full",
    "storage-full",
    "system-server-crashes",
    "test-keys",
    "thermal-hot-cpu",
    "update-pending",
    "verified-boot-orange",
    "verified-boot-yellow",
    "verity-disabled",
    "warranty-bit-tripped",
    "webview-missing",
    "widevine-crashing",
    "wifi-does-not-start",
}
_UNKNOWN = {
    "boots-panic",
    "cameras-none",
    "charger-slow",
    "emergency-calls-only",
    "face-rejects",
    "fingerprint-rejects",
    "ghost-touches",
    "gpu-dead",
    "imei-lost",
    "modem-crashing",
    "no-service",
    "sensor-compass-off",
    "sensor-gyroscope-drifts",
    "sensor-step-counter-missing",
    "sim-disabled",
    "sim-never-ready",
    "storage-slow",
    "verified-boot-red",
}


def kind_of(fault: str) -> FaultKind:
    """Whether a part, a program or neither for sure is to blame."""
    if fault in _SOFTWARE:
        return FaultKind.SOFTWARE
    return FaultKind.UNKNOWN if fault in _UNKNOWN else FaultKind.HARDWARE
