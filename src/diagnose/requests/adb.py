"""What is asked of a phone over adb: the closed list of the shell commands we send.

Bundled probes ask these and nothing else, and the privacy policy lets exactly these through. Each
is one simple command that only reads, but for `TOUCHES` (it listens). `expected_ms` is what a
phone of 2020 took; it only decides which request is sent first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from diagnose.model.requests import DataClass, Effect, Request, Shell, sampled
from diagnose.model.requests.kept import KeptWords, OwnNames
from diagnose.requests import dumps, lists, values
from diagnose.requests.properties import PROPERTIES

_SOFTWARE, _USAGE = DataClass.SOFTWARE, DataClass.USAGE
_NETWORK, _IDENTITY = DataClass.NETWORK, DataClass.IDENTITY
_SUPPLY = "/sys/class/power_supply/*"


def _setting(
    name: str,
    namespace: str = "global",
    data: DataClass = _SOFTWARE,
    kept: KeptWords = values.SETTING,
) -> Shell:
    return Shell("settings", "get", namespace, name, expected_ms=40, data_class=data, kept=kept)


def _battery_property(number: int) -> Shell:
    words = ("service", "call", "batteryproperties", "1", "i32", str(number))
    return Shell(*words, expected_ms=20, kept=values.PARCEL)


# the whole phone
GETPROP = Shell("getprop", expected_ms=15, data_class=_SOFTWARE, kept=PROPERTIES)
"""All system properties in one answer; the request that nearly every probe shares."""
FEATURES = Shell(
    "pm", "list", "features", expected_ms=35, data_class=_SOFTWARE, kept=lists.FEATURES
)
LIBRARIES = Shell(
    "pm", "list", "libraries", expected_ms=40, data_class=_SOFTWARE, kept=lists.LIBRARIES
)
SERVICES = Shell("service", "list", expected_ms=60, data_class=_SOFTWARE, kept=lists.SERVICES)
LSHAL = Shell("lshal", expected_ms=300, timeout_s=20, data_class=_SOFTWARE, kept=lists.LSHAL)
TRADE_IN = Shell(
    "tradeinmode",
    "getstatus",
    timeout_s=20,
    expected_ms=900,
    data_class=_IDENTITY,
    kept=lists.TRADE_IN,
)
"""Never anything else of it: `evaluate` and `enter` end in a phone that is erased."""

# battery and charging
BATTERY = Shell("dumpsys", "battery", expected_ms=25, kept=lists.BATTERY)
HEALTH_AIDL = Shell(
    "dumpsys", "android.hardware.health.IHealth/default", data_class=_IDENTITY, kept=lists.HEALTH
)
HEALTH_HIDL_21 = Shell(
    "lshal", "debug", "android.hardware.health@2.1::IHealth/default", kept=lists.HEALTH
)
HEALTH_HIDL_20 = Shell(
    "lshal", "debug", "android.hardware.health@2.0::IHealth/default", kept=lists.HEALTH
)
BATTERYSTATS = Shell(
    "dumpsys",
    "batterystats",
    expected_ms=1500,
    timeout_s=30,
    data_class=_USAGE,
    kept=KeptWords(
        r"^[ \t]{0,8}(?:Estimated|(?:Last|Min|Max) learned) battery capacity: {1,4}[\d.]{1,14} mAh",
        r"^\s{0,8}Estimated power use \(mAh\):",
        r"Computed drain: [\d.]{1,20}",
        r"^\s{2,8}(?:Uid|UID) (?:u\d{1,4}a\d{1,6}|\d{1,7}): [\d.]{1,20}(?= |$)",
    ),
)
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
    kept=lists.SUPPLIES,
)

# what is sampled while the phone lies with hands off
CURRENT_SAMPLES = sampled(
    "service",
    "call",
    "batteryproperties",
    "1",
    "i32",
    "2",
    times_s=range(0, 31, 2),
    kept=values.PARCEL,
)
COUNTER_SAMPLES = sampled(
    "service",
    "call",
    "batteryproperties",
    "1",
    "i32",
    "1",
    times_s=range(0, 31, 5),
    kept=values.PARCEL,
)
# Since Android 15, behind a flag; BatteryService asks the HAL anew for `-f`.
CMD_CURRENT_SAMPLES = sampled(
    "cmd", "battery", "get", "-f", "current_now", times_s=range(0, 31, 3), kept=values.SUPPLY_SAMPLE
)
CMD_COUNTER_SAMPLES = sampled(
    "cmd", "battery", "get", "-f", "counter", times_s=range(0, 31, 5), kept=values.SUPPLY_SAMPLE
)
POWER_SAMPLES = sampled(
    "dumpsys",
    "power",
    times_s=(4.5, 15, 25.5),
    data_class=_USAGE,
    kept=KeptWords(
        r"^ {2}mWakefulness=(?:Awake|Asleep|Dreaming|Dozing)\b",
        r"^Display Power: state=(?:ON|OFF|DOZE|DOZE_SUSPEND|VR|UNKNOWN|ON_SUSPEND)\b",
    ),
)
# It ends by itself where a panel never rests: 20,000 events are 1.5 MB.
TOUCHES = Shell(
    *("getevent", "-lt", "-c", "20000"),
    effect=Effect.LISTEN,
    data_class=_USAGE,
    sample=1,
    after_s=5,
    listen_s=20,
    kept=lists.TOUCHES,
)

# display, touch, senses
DISPLAY = Shell("dumpsys", "display", expected_ms=45, kept=dumps.DISPLAY)
DEVICE_STATE = Shell("dumpsys", "device_state", expected_ms=20, kept=values.DEVICE_STATE)
DISPLAY_ID = Shell(
    "dumpsys", "SurfaceFlinger", "--display-id", expected_ms=20, timeout_s=15, kept=lists.COMPOSITOR
)
FRAME_LATENCY = Shell(
    "dumpsys", "SurfaceFlinger", "--latency", expected_ms=20, timeout_s=15, kept=lists.COMPOSITOR
)
# The names of windows stand in it too.
SURFACEFLINGER = Shell(
    "dumpsys",
    "SurfaceFlinger",
    expected_ms=120,
    kept=KeptWords(r"^\s{0,8}GLES: [\w .,:()/+@#*\[\]-]{1,400}$"),
)
WM_SIZE = Shell("wm", "size", expected_ms=30, kept=values.SIZE)
WM_DENSITY = Shell("wm", "density", expected_ms=30, kept=values.DENSITY)
# After the reader's devices come windows, and the touches and keys of the last seconds.
INPUT = Shell(
    "dumpsys",
    "input",
    expected_ms=40,
    kept=OwnNames(
        r"(?m)^ {2}Device -?\d{1,6}: (?P<v>[^\n]{1,160})$",
        r"Touch Input Mapper",
        r"IsExternal: true",
        r"(?!)",
        KeptWords(
            r"^Input Reader State:?",
            r"^ {2}Device -?\d{1,6}: .{1,160}$",
            r"Touch Input Mapper",
            r"DeviceType: (?:touchScreen|TOUCH_SCREEN)",
            r"^ {8}Slot: min=0, max=\d{1,4}",
            r"^ {8}[XY]: min=-?\d{1,9}, max=-?\d{1,9}",
            until=r"^Input Dispatcher State",
        ),
    ),
)
GETEVENT = Shell("getevent", "-lp", expected_ms=15, kept=lists.GETEVENT)
SENSORS = Shell("dumpsys", "sensorservice", expected_ms=45, kept=dumps.SENSORS)
CAMERAS = Shell("dumpsys", "media.camera", expected_ms=60, timeout_s=15, kept=dumps.CAMERAS)
FINGERPRINT = Shell(
    "dumpsys", "fingerprint", expected_ms=25, data_class=_USAGE, kept=dumps.BIOMETRICS
)
FACE = Shell("dumpsys", "face", expected_ms=25, data_class=_USAGE, kept=dumps.BIOMETRICS)
VIBRATORS = Shell("cmd", "vibrator_manager", "list", expected_ms=25, kept=values.VIBRATORS)

# sound
AUDIO = Shell(
    "dumpsys",
    "audio",
    expected_ms=70,
    data_class=_SOFTWARE,
    kept=KeptWords(
        r"^ {2}mHasVibrator=(?:true|false)$",
        r"^- STREAM_(?:VOICE_CALL|SYSTEM|RING|MUSIC|ALARM|NOTIFICATION|BLUETOOTH_SCO"
        r"|SYSTEM_ENFORCED|DTMF|TTS|ACCESSIBILITY|ASSISTANT|REROUTING|PATCH|CALL_ASSISTANT):",
        r"^ {3}streamVolume: ?\d{1,3}$",
        r"^ {3}Max: \d{1,3}$",
        r"^ {3}Muted: (?:true|false)",
        r"^Audio Focus stack entries:",
        r"^- mode \(internal\) = (?:NORMAL|SILENT|VIBRATE|ringer mode:? ?\d|\d)$",
        r"^- (?=\w)",  # where the next thing begins
    ),
)
AUDIO_FLINGER = Shell(
    "dumpsys", "media.audio_flinger", expected_ms=60, timeout_s=15, kept=dumps.AUDIO_FLINGER
)
AUDIO_POLICY = Shell("dumpsys", "media.audio_policy", expected_ms=60, kept=dumps.AUDIO_POLICY)
SOUND_CARDS = Shell("cat", "/proc/asound/cards", expected_ms=5, kept=lists.SOUND_CARDS)

# radio
_REGISTERED = r"(?:IN_SERVICE|OUT_OF_SERVICE|EMERGENCY_ONLY|POWER_OFF)"
# Names of fields before their numbers, and what the fields are of.
_SIGNAL = (
    r"CellSignalStrength(?:Nr|Lte|Tdscdma|Wcdma|Cdma|Gsm)\b"
    r"|[a-zA-Z]\w{0,40}+(?= ?= ?(?:-?\d|\[|Cell))"
    r"|(?:gsm|cdma|lte|true|false|null|not)\b|-?\d{1,12}(?:\.\d{1,9})?(?![\w.])|[ ={}:,()\[\]|]"
)
TELEPHONY = Shell(
    "dumpsys",
    "telephony.registry",
    expected_ms=50,
    data_class=_NETWORK,
    kept=KeptWords(
        r"^[ \t]{0,8}Phone Id=\d{1,2}[ \t]*$",
        r"^last known state:|^local logs:|mDefault(?:Phone|Sub)Id=",
        rf"mServiceState=\{{mVoiceRegState=\d\({_REGISTERED}\)"
        rf", mDataRegState=\d(?:\({_REGISTERED}\))?",
        r"mServiceState=\d(?: \d)? ",
        r"(?:mIsEmergencyOnly=|EmergOnly[=:] ?)(?:true|false)",
        rf"mSignalStrength=SignalStrength:[ {{](?:{_SIGNAL}){{1,600}}+",
    ),
)
WIFI = Shell(
    "cmd",
    "wifi",
    "status",
    expected_ms=60,
    data_class=_NETWORK,
    kept=KeptWords(
        r"^Wifi is (?:enabled|disabled|connected to|not connected)\b",
        r"\bRSSI: -?\d{1,4}",
        r"\bLink speed: -?\d{1,6} ?Mbps",
        r"\bFrequency: -?\d{1,6} ?MHz",
    ),
)
NETWORK_INTERFACES = Shell(
    "ls", "/sys/class/net", expected_ms=10, data_class=_NETWORK, kept=values.INTERFACES
)
BLUETOOTH = Shell(
    "dumpsys",
    "bluetooth_manager",
    expected_ms=60,
    data_class=_NETWORK,
    kept=KeptWords(
        r"^[ \t]{1,8}enabled: (?:true|false)",
        r"^[ \t]{1,8}state: (?i:BLE_)?(?i:ON|OFF|TURNING_ON|TURNING_OFF|UNKNOWN|\d{1,3})\b",
        r"^[ \t]{1,8}address: (?:null|[0-9A-Fa-fXx:]{17}|<mac:[0-9a-f]{4}>|$)",
        r"^Bluetooth crashed \d{1,6} times?",
        r"^Bluetooth (?:ON|OFF)\b",
    ),
)
NFC = Shell(
    "dumpsys",
    "nfc",
    expected_ms=40,
    kept=KeptWords(r"^[ \t]{0,8}mState ?= ?(?:on|off|turning on|turning off)\b"),
)
AIRPLANE_MODE = _setting("airplane_mode_on", data=DataClass.HARDWARE)
WIFI_SWITCH = _setting("wifi_on", data=DataClass.HARDWARE)
BLUETOOTH_SWITCH = _setting("bluetooth_on", data=DataClass.HARDWARE)
IMEI = Shell(
    *("service", "call", "iphonesubinfo", "1", "s16", "com.android.shell"),
    sensitive=True,
    expected_ms=20,
    data_class=_IDENTITY,
    kept=values.PARCEL_OF_NUMBER,
)

# processor, memory, storage, heat, port
CPU_FILES = Shell(
    "grep",
    "",
    "/sys/devices/system/cpu/possible",
    "/sys/devices/system/cpu/present",
    "/sys/devices/system/cpu/online",
    expected_ms=5,
    kept=values.CORES,
)
CPUINFO = Shell(
    "grep",
    "-E",
    "^(processor|Hardware|CPU part)",
    "/proc/cpuinfo",
    expected_ms=5,
    kept=values.CPUINFO,
)
MEMINFO = Shell("cat", "/proc/meminfo", expected_ms=3, kept=values.MEMORY)
DF = Shell("df", expected_ms=12, kept=lists.VOLUMES)
DF_DATA = Shell("df", "-k", "/data", expected_ms=12, kept=lists.VOLUMES)
_DISKSTATS = KeptWords(  # and not the names of apps and how much each holds
    r"^Latency: \d{1,9}ms \[512B Data Write\]",
    r"^Recent Disk Write Speed \(kB/s\) = \d{1,9}",
    r"^Data-Free: \d{1,15}K / \d{1,15}K total",
    r"^(?:Test-Error|Error): [\w .:/()-]{0,80}",
)
DISKSTATS = Shell("dumpsys", "diskstats", expected_ms=150, kept=_DISKSTATS)
# The same dump with its default deadline spelled out: another key, so it is measured again.
DISKSTATS_AGAIN = Shell("dumpsys", "-t", "10", "diskstats", expected_ms=150, kept=_DISKSTATS)
STORAGED = Shell("dumpsys", "storaged", expected_ms=40, data_class=_USAGE, kept=dumps.STORAGED)
MOUNT = Shell("mount", expected_ms=12, data_class=_SOFTWARE, kept=lists.MOUNTS)
PROC_MOUNTS = Shell("cat", "/proc/mounts", expected_ms=5, data_class=_SOFTWARE, kept=lists.MOUNTS)
UFS_FILES = Shell(
    "grep",
    "",
    "/sys/devices/platform/*/health_descriptor/*",
    "/sys/devices/platform/soc/*/health_descriptor/*",
    expected_ms=10,
    kept=values.FLASH_LIFE,
)
EMMC_FILES = Shell(
    "grep",
    "",
    "/sys/class/block/mmcblk0/device/life_time",
    "/sys/class/block/mmcblk0/device/pre_eol_info",
    expected_ms=10,
    kept=values.FLASH_LIFE,
)
THERMAL = Shell("dumpsys", "thermalservice", expected_ms=30, kept=lists.THERMAL)
TEMPERATURES = Shell("dumpsys", "hardware_properties", expected_ms=25, kept=lists.TEMPERATURES)
THERMAL_ZONES = Shell(
    "grep",
    "",
    "/sys/class/thermal/thermal_zone*/type",
    "/sys/class/thermal/thermal_zone*/temp",
    kept=values.ZONES,
)
USB = Shell("dumpsys", "usb", expected_ms=25, kept=dumps.USB)

# system and software
KERNEL = Shell("cat", "/proc/version", expected_ms=3, data_class=_SOFTWARE, kept=values.KERNEL)
UPTIME = Shell("cat", "/proc/uptime", expected_ms=3, kept=values.UPTIME)
DATE = Shell("date", "+%s", expected_ms=10, data_class=_SOFTWARE, kept=values.NUMBER)
PAGE_SIZE = Shell("getconf", "PAGE_SIZE", expected_ms=12, data_class=_SOFTWARE, kept=values.NUMBER)
GETENFORCE = Shell("getenforce", expected_ms=12, data_class=_SOFTWARE, kept=values.ENFORCING)
CURRENT_USER = Shell(
    "am", "get-current-user", expected_ms=40, data_class=_SOFTWARE, kept=values.NUMBER
)
DROPBOX = Shell("dumpsys", "dropbox", expected_ms=40, data_class=_USAGE, kept=dumps.DROPBOX)
# Of the lists of apps only how long they are.
DEVICEIDLE = Shell(
    "dumpsys",
    "deviceidle",
    expected_ms=35,
    data_class=_USAGE,
    kept=KeptWords(
        r"^ {2}(?:Settings|(?:White|Allow)list (?:\(except idle\) )?"
        r"(?:system|user|all) app(?:s| ids)):$",
        r"^ {2}[A-Z](?=[A-Za-z() -]{1,60}:$)",  # where another list begins
        r"^ {0,2}m(?:State|LightState|ScreenOn|Charging)=",
        r"^ {4}(?=\S|$)",
    ),
)
WEBVIEW = Shell(
    "dumpsys", "webviewupdate", expected_ms=25, data_class=_SOFTWARE, kept=lists.WEBVIEW
)
DRM_FACTORY = Shell(
    "dumpsys",
    "android.hardware.drm.IDrmFactory/widevine",
    data_class=_IDENTITY,
    kept=values.WIDEVINE,
)
CODECS = Shell(
    *("grep", "MediaCodec", "/vendor/etc/media_codecs*.xml"),
    expected_ms=20,
    data_class=_SOFTWARE,
    kept=lists.CODECS,
)
AUTO_TIME = _setting("auto_time")
REPAIR_MODE = _setting("repair_mode_active")
ACCESSIBILITY = _setting("enabled_accessibility_services", "secure", _USAGE, values.COMPONENTS)
DEVELOPER_OPTIONS = _setting("development_settings_enabled")
ALWAYS_FINISH_ACTIVITIES = _setting("always_finish_activities")
BATTERY_SAVER = _setting("low_power")
ANIMATION_SCALES = (
    _setting("window_animation_scale"),
    _setting("transition_animation_scale"),
    _setting("animator_duration_scale"),
)
ADDED_PACKAGES = Shell(
    "pm",
    "list",
    "packages",
    "-3",
    "-i",
    expected_ms=60,
    data_class=_USAGE,
    kept=dumps.ADDED_PACKAGES,
)
SU_PATHS = ("/system/bin/su", "/system/xbin/su", "/sbin/su", "/product/bin/su", "/vendor/bin/su")
SU = Shell("ls", *SU_PATHS, expected_ms=12, data_class=_SOFTWARE, kept=values.SU)


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
