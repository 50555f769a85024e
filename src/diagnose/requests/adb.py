"""What is asked of a phone over adb: the closed list of the shell commands we send.

Bundled probes ask these and nothing else, and the privacy policy lets exactly these through. Each
is one simple command that only reads, but for `TOUCHES` (it listens). `expected_ms` is what a
phone of 2020 took; it only decides which request is sent first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from diagnose.model.requests import DataClass, Effect, Request, Shell, sampled

_SOFTWARE, _USAGE = DataClass.SOFTWARE, DataClass.USAGE
_NETWORK, _IDENTITY = DataClass.NETWORK, DataClass.IDENTITY
_SUPPLY = "/sys/class/power_supply/*"


def _setting(name: str, namespace: str = "global", data: DataClass = _SOFTWARE) -> Shell:
    return Shell("settings", "get", namespace, name, expected_ms=40, data_class=data)


def _battery_property(number: int) -> Shell:
    words = ("service", "call", "batteryproperties", "1", "i32", str(number))
    return Shell(*words, expected_ms=20)


# the whole phone
GETPROP = Shell("getprop", expected_ms=15, data_class=_SOFTWARE)
"""All system properties in one answer; the request that nearly every probe shares."""
FEATURES = Shell("pm", "list", "features", expected_ms=35, data_class=_SOFTWARE)
LIBRARIES = Shell("pm", "list", "libraries", expected_ms=40, data_class=_SOFTWARE)
SERVICES = Shell("service", "list", expected_ms=60, data_class=_SOFTWARE)
LSHAL = Shell("lshal", expected_ms=300, timeout_s=20, data_class=_SOFTWARE)
TRADE_IN = Shell("tradeinmode", "getstatus", timeout_s=20, expected_ms=900, data_class=_IDENTITY)
"""Never anything else of it: `evaluate` and `enter` end in a phone that is erased."""

# battery and charging
BATTERY = Shell("dumpsys", "battery", expected_ms=25)
HEALTH_AIDL = Shell("dumpsys", "android.hardware.health.IHealth/default", data_class=_IDENTITY)
HEALTH_HIDL_21 = Shell("lshal", "debug", "android.hardware.health@2.1::IHealth/default")
HEALTH_HIDL_20 = Shell("lshal", "debug", "android.hardware.health@2.0::IHealth/default")
BATTERYSTATS = Shell("dumpsys", "batterystats", expected_ms=1500, timeout_s=30, data_class=_USAGE)
CURRENT_NOW = _battery_property(2)
CURRENT_AVERAGE = _battery_property(3)
MANUFACTURING_DATE = _battery_property(7)
FIRST_USAGE_DATE = _battery_property(8)
STATE_OF_HEALTH = _battery_property(10)
BATTERY_PART_STATUS = _battery_property(12)
SUPPLIES = Shell(
    "grep",
    "",
    f"{_SUPPLY}/uevent",
    f"{_SUPPLY}/charge_full",
    f"{_SUPPLY}/charge_full_design",
    f"{_SUPPLY}/cycle_count",
    f"{_SUPPLY}/state_of_health",
    f"{_SUPPLY}/manufacturing_date",
    f"{_SUPPLY}/first_usage_date",
)

# what is sampled while the phone lies with hands off
CURRENT_SAMPLES = sampled(
    "service", "call", "batteryproperties", "1", "i32", "2", times_s=range(0, 31, 2)
)
COUNTER_SAMPLES = sampled(
    "service", "call", "batteryproperties", "1", "i32", "1", times_s=range(0, 31, 5)
)
# Since Android 15, behind a flag; BatteryService asks the HAL anew for `-f`.
CMD_CURRENT_SAMPLES = sampled("cmd", "battery", "get", "-f", "current_now", times_s=range(0, 31, 3))
CMD_COUNTER_SAMPLES = sampled("cmd", "battery", "get", "-f", "counter", times_s=range(0, 31, 5))
POWER_SAMPLES = sampled("dumpsys", "power", times_s=(4.5, 15, 25.5), data_class=_USAGE)
# It ends by itself where a panel never rests: 20,000 events are 1.5 MB.
TOUCHES = Shell(
    *("getevent", "-lt", "-c", "20000"),
    effect=Effect.LISTEN,
    data_class=_USAGE,
    sample=1,
    after_s=5,
    listen_s=20,
)

# display, touch, senses
DISPLAY = Shell("dumpsys", "display", expected_ms=45)
DEVICE_STATE = Shell("dumpsys", "device_state", expected_ms=20)
DISPLAY_ID = Shell("dumpsys", "SurfaceFlinger", "--display-id", expected_ms=20, timeout_s=15)
FRAME_LATENCY = Shell("dumpsys", "SurfaceFlinger", "--latency", expected_ms=20, timeout_s=15)
SURFACEFLINGER = Shell("dumpsys", "SurfaceFlinger", expected_ms=120)
WM_SIZE = Shell("wm", "size", expected_ms=30)
WM_DENSITY = Shell("wm", "density", expected_ms=30)
INPUT = Shell("dumpsys", "input", expected_ms=40)
GETEVENT = Shell("getevent", "-lp", expected_ms=15)
SENSORS = Shell("dumpsys", "sensorservice", expected_ms=45)
CAMERAS = Shell("dumpsys", "media.camera", expected_ms=60, timeout_s=15)
FINGERPRINT = Shell("dumpsys", "fingerprint", expected_ms=25, data_class=_USAGE)
FACE = Shell("dumpsys", "face", expected_ms=25, data_class=_USAGE)
VIBRATORS = Shell("cmd", "vibrator_manager", "list", expected_ms=25)

# sound
AUDIO = Shell("dumpsys", "audio", expected_ms=70, data_class=_SOFTWARE)
AUDIO_FLINGER = Shell("dumpsys", "media.audio_flinger", expected_ms=60, timeout_s=15)
AUDIO_POLICY = Shell("dumpsys", "media.audio_policy", expected_ms=60)
SOUND_CARDS = Shell("cat", "/proc/asound/cards", expected_ms=5)

# radio
TELEPHONY = Shell("dumpsys", "telephony.registry", expected_ms=50, data_class=_NETWORK)
WIFI = Shell("cmd", "wifi", "status", expected_ms=60, data_class=_NETWORK)
NETWORK_INTERFACES = Shell("ls", "/sys/class/net", expected_ms=10, data_class=_NETWORK)
BLUETOOTH = Shell("dumpsys", "bluetooth_manager", expected_ms=60, data_class=_NETWORK)
NFC = Shell("dumpsys", "nfc", expected_ms=40)
AIRPLANE_MODE = _setting("airplane_mode_on", data=DataClass.HARDWARE)
WIFI_SWITCH = _setting("wifi_on", data=DataClass.HARDWARE)
BLUETOOTH_SWITCH = _setting("bluetooth_on", data=DataClass.HARDWARE)
IMEI = Shell(
    *("service", "call", "iphonesubinfo", "1", "s16", "com.android.shell"),
    sensitive=True,
    expected_ms=20,
    data_class=_IDENTITY,
)

# processor, memory, storage, heat, port
CPU_FILES = Shell(
    "grep",
    "",
    "/sys/devices/system/cpu/possible",
    "/sys/devices/system/cpu/present",
    "/sys/devices/system/cpu/online",
    expected_ms=5,
)
CPUINFO = Shell("grep", "-E", "^(processor|Hardware|CPU part)", "/proc/cpuinfo", expected_ms=5)
MEMINFO = Shell("cat", "/proc/meminfo", expected_ms=3)
DF = Shell("df", expected_ms=12)
DF_DATA = Shell("df", "-k", "/data", expected_ms=12)
DISKSTATS = Shell("dumpsys", "diskstats", expected_ms=150)
# The same dump with its default deadline spelled out: another key, so it is measured again.
DISKSTATS_AGAIN = Shell("dumpsys", "-t", "10", "diskstats", expected_ms=150)
STORAGED = Shell("dumpsys", "storaged", expected_ms=40, data_class=_USAGE)
MOUNT = Shell("mount", expected_ms=12, data_class=_SOFTWARE)
PROC_MOUNTS = Shell("cat", "/proc/mounts", expected_ms=5, data_class=_SOFTWARE)
UFS_FILES = Shell(
    "grep",
    "",
    "/sys/devices/platform/*/health_descriptor/*",
    "/sys/devices/platform/soc/*/health_descriptor/*",
    expected_ms=10,
)
EMMC_FILES = Shell(
    "grep",
    "",
    "/sys/class/block/mmcblk0/device/life_time",
    "/sys/class/block/mmcblk0/device/pre_eol_info",
    expected_ms=10,
)
THERMAL = Shell("dumpsys", "thermalservice", expected_ms=30)
TEMPERATURES = Shell("dumpsys", "hardware_properties", expected_ms=25)
THERMAL_ZONES = Shell(
    "grep", "", "/sys/class/thermal/thermal_zone*/type", "/sys/class/thermal/thermal_zone*/temp"
)
USB = Shell("dumpsys", "usb", expected_ms=25)

# system and software
KERNEL = Shell("cat", "/proc/version", expected_ms=3, data_class=_SOFTWARE)
UPTIME = Shell("cat", "/proc/uptime", expected_ms=3)
DATE = Shell("date", "+%s", expected_ms=10, data_class=_SOFTWARE)
PAGE_SIZE = Shell("getconf", "PAGE_SIZE", expected_ms=12, data_class=_SOFTWARE)
GETENFORCE = Shell("getenforce", expected_ms=12, data_class=_SOFTWARE)
CURRENT_USER = Shell("am", "get-current-user", expected_ms=40, data_class=_SOFTWARE)
DROPBOX = Shell("dumpsys", "dropbox", expected_ms=40, data_class=_USAGE)
DEVICEIDLE = Shell("dumpsys", "deviceidle", expected_ms=35, data_class=_USAGE)
WEBVIEW = Shell("dumpsys", "webviewupdate", expected_ms=25, data_class=_SOFTWARE)
DRM_FACTORY = Shell("dumpsys", "android.hardware.drm.IDrmFactory/widevine", data_class=_IDENTITY)
CODECS = Shell(
    *("grep", "MediaCodec", "/vendor/etc/media_codecs*.xml"),
    expected_ms=20,
    data_class=_SOFTWARE,
)
AUTO_TIME = _setting("auto_time")
REPAIR_MODE = _setting("repair_mode_active")
ACCESSIBILITY = _setting("enabled_accessibility_services", "secure", _USAGE)
DEVELOPER_OPTIONS = _setting("development_settings_enabled")
ALWAYS_FINISH_ACTIVITIES = _setting("always_finish_activities")
BATTERY_SAVER = _setting("low_power")
ANIMATION_SCALES = (
    _setting("window_animation_scale"),
    _setting("transition_animation_scale"),
    _setting("animator_duration_scale"),
)
ADDED_PACKAGES = Shell("pm", "list", "packages", "-3", "-i", expected_ms=60, data_class=_USAGE)
SU_PATHS = ("/system/bin/su", "/system/xbin/su", "/sbin/su", "/product/bin/su", "/vendor/bin/su")
SU = Shell("ls", *SU_PATHS, expected_ms=12, data_class=_SOFTWARE)


def named(key: str) -> Request | None:
    """Give the request of this key, or None where the catalogue names none."""
    return _by_key().get(key)


@cache
def _by_key() -> dict[str, Request]:
    return {request.key: request for request in _all()}


def _all() -> Iterator[Request]:
    for value in list(globals().values()):
        if isinstance(value, Request):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Request))
