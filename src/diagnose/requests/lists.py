"""What is kept of lists and of dumps that are lists of values.

Where a list that is whole is evidence, a row that nobody can read leaves its first sign: a list
must not become whole because what spoiled it was dropped.
"""

from __future__ import annotations

from diagnose.model.requests.kept import KeptWords, Members, OwnNames

# Any feature may be asked for by an app (`compatibility`): their names stand in the image.
FEATURES = KeptWords(
    r"^\s{0,8}(?:feature:)?(?:[A-Za-z]\w{0,40}(?:\.\w{1,60}){1,12}|reqGlEsVersion)"
    r"(?:=(?:\d{1,12}|0x[0-9a-fA-F]{1,8}))?(?=\s|$)",
    r"^\s{0,8}(?:WARNING|\$|#|DUMP OF|-----)",
    r"^\s{0,8}\S",
)
LIBRARIES = KeptWords(r"^\s{0,8}library:[A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,8}\s{0,8}$")

_OF_EVERY_PHONE = (
    r"(?:SurfaceFlinger|activity|alarm|audio|battery|display|input|location|media\.camera|nfc"
    r"|package|phone|power|sensorservice|telephony\.registry|usb|wifi|window)"
)
_PARTS_OF_HARDWARE = r"(?:fingerprint|face|gnss|drm|biometrics)"
SERVICES = KeptWords(
    r"^Found \d{1,5} services:$",
    r"^\d{1,5}[ \t]{1,4}(?:android\.[\w.]{1,100}/(?:default|widevine|clearkey|internal|legacy"
    r"|slot\d|[a-d])|uwb|consumer_ir"
    rf"|{_OF_EVERY_PHONE}"
    rf"|[\w.:]{{0,100}}hardware[\w.:]{{0,60}}\.{_PARTS_OF_HARDWARE}\b[\w./:]{{0,60}}): \[",
    r"^\d{1,5}[ \t]{1,4}[a-zA-Z](?=[\w./:-]{0,199}: \[)",
)
"""Which rows there are, and the names of parts of the phone and of what every phone runs."""
LSHAL = KeptWords(
    r"\b[a-z][a-z0-9_]{1,30}(?:\.[a-z0-9_]{1,40}){1,8}@\d{1,2}\.\d{1,2}::I[A-Z]\w{1,59}/"
    r"(?:widevine\b)?",
)

_OPTION = r"[a-z_]{1,24}(?:=(?:[a-z_]{1,16}\d{0,2}|\d{1,9}|u:object_r:[a-z_]{1,40}:s0)?)?"
_OPTIONS = rf"{_OPTION}(?:,{_OPTION}){{0,60}},?"
_DEVICE = r"(?:/dev/[\w./:-]{1,150}|/data/media|[a-z]{1,16})"
_KIND = r"(?:ext[234]|f2fs|erofs|fuse|sdcardfs|tmpfs|rootfs|overlay|yaffs2?|ubifs|squashfs|vfat)"
_DATA_PLACE = r"(?:/|/data|/system|/vendor|/cache)"
MOUNTS = KeptWords(
    rf"^{_DEVICE} on {_DATA_PLACE} type {_KIND} \({_OPTIONS}\)$",
    rf"^{_DEVICE} {_DATA_PLACE} {_KIND} {_OPTIONS} \d \d$",
)

_SIZE = r"\d{1,15}(?:\.\d{1,6})?[KMGT]?(?:i?B)?"
_SIZES = rf"{_SIZE}\s{{1,40}}{_SIZE}\s{{1,40}}{_SIZE}"
_VOLUME = r"(?:/|/data(?:/user/0|/media|/data)?|/storage/emulated(?:/0)?)"
VOLUMES = KeptWords(
    r"^Filesystem\s{1,80}(?:1K-blocks|1024-blocks|512-blocks|Size)\s{1,40}Used\s{1,40}"
    r"(?:Available|Avail|Free)\s{1,40}(?:Use%|Capacity|Blksize)(?:\s{1,40}Mounted on)?\s{0,8}$",
    rf"^{_VOLUME}\s{{1,80}}{_SIZES}\s{{1,40}}\d{{1,9}}\s{{0,8}}$",
    rf"^(?:/dev/[\w./:-]{{1,150}}|[a-z]{{1,16}}|)\s{{0,80}}{_SIZES}\s{{1,40}}\d{{1,3}}%"
    rf"\s{{1,8}}{_VOLUME}\s{{0,8}}$",
    # Not the names of cards and of other places; a row that is wrapped stays two lines.
    rf"^(?:/dev/[\w./:-]{{1,150}}|[a-z]{{1,16}}|)\s{{0,80}}{_SIZES}\s{{1,40}}\d{{1,3}}%(?=\s)",
    r"^/dev/[\w./:-]{1,150}\s{0,8}$",
    rf"^{_VOLUME}: {_SIZE} total, {_SIZE} used, {_SIZE} available",
)

WEBVIEW = KeptWords(
    r"^ {0,8}Current WebView package \(name, version\): \([\w.]{1,200}, ?[\w.]{0,60}\)",
    r"^ {0,8}Current WebView package is null",
    r"^ {0,8}Invalid package [\w.]{1,200} ",
    r"\breason: [A-Z][A-Za-z -]{1,80}$",
)

CODECS = KeptWords(r'<MediaCodec name="[\w.-]{1,120}"(?: type="[\w./+-]{1,60}")?')
SOUND_CARDS = KeptWords(
    # A card that is plugged in (USB) is called by whoever set it up.
    r"^ {0,3}\d{1,3} \[(?![^\]]{0,40}\]: USB-Audio)[\w -]{0,40}\]: [\w .,:()/+-]{0,160}$",
    r"^ {0,3}\d{1,3} \[(?=[^\]]{0,40}\]: USB-Audio)|(?<=\w)[ ]{0,40}\]: USB-Audio",
    r"--- no soundcards ---",
)

_NAME = r"[\w ./+-]{0,40}"
_NUMBER = r"-?(?:\d{1,9}(?:\.\d{1,9})?(?:E-?\d{1,3})?|NaN|Infinity)"
THERMAL = KeptWords(
    r"^Thermal Status: \d{1,2}\b",
    r"^IsStatusOverride: (?:true|false)\b",
    r"^Current temperatures from HAL:?",
    r"^Temperature static thresholds from HAL:?",
    rf"^\s{{1,8}}Temperature\{{mValue={_NUMBER}, mType=-?\d{{1,6}}, mName={_NAME},"
    r" mStatus=-?\d{1,3}\}",
    rf"^\s{{1,8}}TemperatureThreshold\{{mType=-?\d{{1,6}}, mName={_NAME},"
    r" mHotThrottlingThresholds=\[[\w.,\s-]{0,200}\]",
    r"^\S",  # where a block ends
)
TEMPERATURES = KeptWords(r"^(?:CPU|GPU|Battery|Skin) temperatures: \[[-+\d.,\sE]{0,2000}\]")

_POWERED = r"(?:AC|USB|Wireless|Dock) powered"
_BATTERY_STATE = (
    rf"{_POWERED}|pad {_POWERED}|Max charging (?:current|voltage)|[Cc]harge counter|status|health|"
    r"present|level|scale|voltage|temperature|current now|Charging state|Charging policy|"
    r"Capacity level|batteryMiscEvent|LLB CAL|LLB MAN|mSaved[A-Za-z]{1,30}|USE_FAKE_BATTERY|"
    r"FAKE_BATTERY|Maximum capacity|Design capacity"
    r"|battery (?:IcAuthenticationResults|FirstUseDate)"
)
BATTERY = KeptWords(
    r"^Current Battery Service state:",
    r"^.{0,80}UPDATES STOPPED.{0,3}",
    rf"^[ \t]{{0,8}}(?:{_BATTERY_STATE}):[ \t]{{0,8}}"
    r"\[?(?:-?[\d.]{1,19}|true|false|)\]?[ \t]{0,8}$",
    r"^[ \t]{0,8}technology:[ \t]{0,8}(?:(?i:li|lipo|lion|nimh|nicd)[A-Za-z -]{0,10}|)$",
    r"^\[EventLogBuffer\]",
    r"^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s{1,4}android\.intent\.action\.ACTION_POWER_"
    r"(?:CONNECTED|DISCONNECTED)",
    r"DischargeLevelData efsValue: ?[0-9]{1,9}[ \t\r]*$",
)
_VALUE = r"(?:-?\d{1,19}|true|false|[A-Z][A-Z_]{1,40}|\(null\))"
HEALTH = KeptWords(
    r"\b(?:battery|charger|max|charging|state|manufacturing|first)[A-Za-z]{3,50}"
    rf"(?:: | = ){_VALUE}(?![\w.-])",
    r"^(?:current now|current avg|charge counter|cycle count|Full charge): -?\d{1,18}",
    r"\beol ?[:=] ?\d{1,5}, \.?lifetimeA ?[:=] ?\d{1,5}, \.?lifetimeB ?[:=] ?\d{1,5}",
)
_SUPPLY_KEYS = (
    "status|present|online|health|type|technology|capacity|capacity_level|voltage_now|voltage_avg"
    "|voltage_max|current_now|current_avg|current_max|temp|charge_counter|charge_full"
    "|charge_full_design|charge_now|energy_full|energy_full_design|cycle_count|state_of_health"
    "|manufacturing_date|first_usage_date"
)
_SUPPLY_WORD = (  # of `power_supply_sysfs.c`, and what makers' drivers add
    r"(?i:unknown|charging|discharging|not charging|full|good|overheat|dead|over ?voltage|warm|cool"
    r"|hot|unspecified failure|cold|watchdog timer expire|safety timer expire|over ?current"
    r"|calibration required|no battery|cmd discharging|li(?:-?(?:ion|poly|po|polymer|fe|mn))?"
    r"|lipo|lion|nimh|nicd|battery|ups|mains|usb(?:[_-](?:[dc][cd]p|aca|c|pd|pd_drp|hvdcp(?:_3)?|float))?"
    r"|brickid|bms|parallel|main|dc|wireless|wipower|typec|none|normal|fast|trickle|standard|adaptive"
    r"|custom|critical|low|high)"
)
SUPPLIES = KeptWords(
    r"^(?:/sys/(?:class|devices)/[\w./:@-]{0,200}?power_supply/[\w.@-]{1,60}/(?:\w{1,60}):)?\s{0,8}"
    rf"(?:(?:POWER_SUPPLY_)?(?:{_SUPPLY_KEYS.upper()})=)?"
    rf"(?:-?[\d.-]{{1,20}}|{_SUPPLY_WORD})\s{{0,8}}$",
)

# It does not say how a device is joined: a panel that is no pointer (a touchpad) is the phone's
# own. Of the name of anything else it is read whether it is a socket for headsets.
GETEVENT = OwnNames(
    r'(?m)^ {2}name: {1,8}"(?P<v>[^"\n]{0,160})"',
    r"ABS_MT_POSITION_X",
    r"INPUT_PROP_POINTER",
    r"(?i:jack|headset|accdet)",
    KeptWords(
        r"^add device \d{1,4}: /dev/input/event\d{1,3}",
        r'^ {2}name: {1,8}"[\w .,:()/<>+-]{0,80}"',
        r"^ {2}events:",
        r"^ {4}[A-Z]{2,3} {1,2}\([0-9a-f]{4}\): {0,2}"
        r"(?:[A-Z][A-Z0-9_]{1,40}+\*?+[ \t]{0,40}+){0,20}"
        r"(?:: value -?\d{1,12}, min -?\d{1,12}, max -?\d{1,12})?",
        r"^ {8,24}(?:[A-Z][A-Z0-9_]{1,40}+\*?+[ \t]{0,40}+){1,20}"
        r"(?:: value -?\d{1,12}, min -?\d{1,12}, max -?\d{1,12})?",
        r"^ {2}input props:",
        r"^ {4}(?:<none>|INPUT_PROP_[A-Z_]{1,40})$",
    ),
)
TOUCHES = KeptWords(
    r"^add device \d{1,4}: /dev/input/event\d{1,3}",
    r"^\[ {0,8}\d{1,10}\.\d{1,9}\] /dev/input/event\d{1,3}: EV_[A-Z]{2,8} {1,20}\w{1,40} {1,30}"
    r"(?:[0-9a-fA-F]{1,16}|UP|DOWN|<input>|[A-Z_]{1,20})(?=\s|$)",
)
COMPOSITOR = KeptWords(
    r"^Display \d{1,20} \(HWC display \d{1,4}\):",
    r"\bport=\d{1,3}\b",
    r"\b(?:no|invalid|unknown) identification data",
    r"^\d{1,12}$",
    r"SurfaceFlinger is (?:not responding|hung)",
    r"^GLES: [\w .,:()/+@#*-]{1,300}$",
)

TRADE_IN = Members(
    "battery|storage|locks|product|sensors|screens?|hinges?|imeis|attestation|certificates"
    "|error|cycle_count|state_of_health|health|state|part_status|manufacturing_date"
    "|first_usage_date|useful_lifetime_remaining|capacity_bytes|moisture_intrusion"
    "|factory_reset_protection|brand|device|manufacturer|model|name|serial|launch_level"
    "|num_times_folded|rated_lifespan"
)
"""Of the certificates it is kept that there are any."""
