"""What is kept of the long dumps of Android's services (see `model/requests/kept.py`).

Where a list that is whole is evidence, a row that nobody can read leaves its first sign: a list
must not become whole because what spoiled it was dropped.

Names that stay are those of chips, drivers and interfaces: they stand in the image or in firmware.
What is joined to the phone (a sensor in a headset) may be called after its owner and is hidden.
"""

from __future__ import annotations

from diagnose.model.requests.kept import Hiding, KeptWords

# A sensor that came later (flag 0x20), or that looks where a head turns: it sits in a headset.
_JOINED = (
    r"(?m)^0x[0-9a-fA-F]{1,8}\) ([^|\n]{1,200})\|([^|\n]{1,120})\|"
    r"(?=[^\n]{0,300}?(?:head_tracker|dynamic_sensor|flags: 0x[0-9a-fA-F]{6}[2367abefABEF]))"
)
SENSORS = Hiding(
    _JOINED,
    r" {0,40}(?:\||\(handle=|: last )",
    KeptWords(
        r"^(?:Total )?\d{1,4} (?:h/w sensors|active conn)",
        r"^Sensor List:",
        r"No Sensors on the device",
        r"^(?:Fusion States|Recent Sensor events|Active sensors|Mode :)",
        r"^0x[0-9a-fA-F]{1,8}\) [^|\n]{0,200}\|[^|\n]{0,120}\|",
        r"^[^|\n]{1,200}\|[^|\n]{1,120}\| ?version=[^|\n]{1,20}\|",
        r"^[^|\n]{1,200}\|[^|\n]{1,120}\| {0,4}0x[0-9a-fA-F]{1,8} \| max",
        r"\| {0,4}0x[0-9a-fA-F]{8}(?= ?\||\s{0,8}$)",
        r"\btype: {0,24}[\w.]{1,120}\(\d{1,9}\)",
        r"\btype=\d{1,9}\b",
        r"^\S.{0,200}?(?: \(handle=0x[0-9a-fA-F]{1,8}\))?: last \d{1,6} events?",
        # A reading whole or without its values: half of them would be another reading.
        r"^\s{1,8}\d{1,6} \(ts=\d{1,12}(?:\.\d{1,9})?, wall=[\d:.]{1,20}\)"
        r"(?:[-+\d.,eEinfa ]{0,400}$|.{0,20}\[value masked\])?",
        r"^\S",
    ),
)

_EVENT = r"^ {2}\d\d-\d\d \d\d:\d\d:\d\d : "
CAMERAS = KeptWords(
    r"^Number of (?:normal )?camera devices: {0,4}\d{1,4}$",
    r"^No camera client yet\.$",
    r"!! No camera HAL available !!",
    r"^ {0,8}Device \d{1,3} maps to \"?(?i:not[ _]present|null|none|)\"?[ \t]*$",
    r"^ {0,8}(?:Camera|Device) \d{1,3}\b(?=.{0,60}\b(?i:not[ _]present)[ \t]*$)",
    r"\b(?i:not[ _]present)[ \t]*$",
    r"^== Camera Provider HAL [^\s(]{1,120}\s{0,4}\([^)\n]{0,80}\) static info: \d{1,4} device",
    r"^== Camera HAL device \S{1,160} \([^)\n]{0,40}\) static info",
    r"^(?:== )?Camera (?:device )?\d{1,3} (?:static )?information",
    r"^== Camera error traces \(\d{1,6}\)",
    r"^== (?:Service global info|Camera service events log \(most recent at top\)|Vendor tags)"
    r": {0,2}==?[ \t]{0,4}$",
    r"^== (?!Camera error traces)[A-Z](?=.{1,200}==?[ \t]{0,4}$)",  # any other heading
    r"(?<=[\w:.) ])==?[ \t]{0,4}$",
    r"^ {1,8}(?i:Facing): {0,4}(?i:BACK|FRONT|EXTERNAL)",
    r"^\s{0,20}android\.lens\.facing \(",
    r"^ {0,20}\[? {0,2}(?i:back|front|external) {0,2}\]?\s{0,4}$",
    # The service's own words: a camera's number, what failed and the error; before any app.
    rf"{_EVENT}SERVICE ERROR(?:(?! for package )[\w :.,()/'*@-]){{0,400}}",
    rf"{_EVENT}(?:ADD|REMOVE) device [\w@./-]{{1,60}}, reason: "
    r"\(Device (?:added|removed|status changed from -?\d{1,3} to -?\d{1,3})\)",
    rf"{_EVENT}(?:ADD|REMOVE) device [\w@./-]{{1,60}}, reason",
    r"(?:Broken pipe|DEAD_OBJECT|\bdied\b|HAL (?:has )?crash(?:ed)?)",
    rf"{_EVENT}(?:CONNECT|DISCONNECT|DIED|REJECT|REJECTED|EVICT|USER_SWITCH)\b",
    rf"{_EVENT}(?=[A-Z]{{2,12}})[A-Z]",  # without the name of the app
    r"^ {0,4}(?i:\[?no events yet\]?)$",
    r"^ {0,5}\S",
)

_TAG = (
    r"(?:(?:system_server|system_app|data_app)_(?:strictmode|crash|native_crash|wtf|watchdog|anr"
    r"|lowmem|pre_watchdog|wake_lock)|SYSTEM_[A-Z][A-Z_]{1,40}|event_(?:data|log)|netstats_[a-z_]{1,20}"
    r"|storage_trim|BATTERY_DISCHARGE_INFO|keymaster|watchdog|subsystem_\w{1,30})"
)
# Programs of the system, by their place or their name; an added app comes as its marker.
_PROCESS = (
    r"(?:/(?:system|vendor|apex|product|odm|system_ext|init|sbin)(?:/[\w.@-]{1,80}){1,8}"
    r"|[a-z][\w-]{0,40}(?:\.[\w@-]{1,60}){1,12}(?::[\w.]{1,40})?|<app:[0-9a-f]{4}>"
    r"|system_server|zygote(?:64)?|[a-z]{0,20}(?:server|flinger|supplicant|daemon|manager|rild?|vold|gpsd)"
    r"|qcrilNrd|netmgrd|lhd|mnld|thermal-engine|cnss-daemon)"
)
DROPBOX = KeptWords(
    r"^Drop box contents:(?: \d{1,6} entries)?",
    rf"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d {_TAG} \(",
    # An app may put in what it likes, under any word.
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [\w.@-](?=[\w.@-]{0,99} \()",
    r"(?<=[\w.@-] )\((?=[\w.:, /)-]{0,80})",
    rf"^\s{{1,8}}(?:Process|Cmdline):? {_PROCESS}",
    # A thread is called by its app: the letter stands for any name.
    r"^\s{1,8}pid: \d{1,7}, tid: \d{1,7}, name: \w(?=\S{0,40}  >>>)",
    rf" >>> {_PROCESS}",
)

DISPLAY = KeptWords(
    r"^DISPLAY MANAGER",
    r"^Display Devices: size=\d{1,3}",
    r"^ {0,8}DisplayDeviceInfo\{\"[^\"\n]{0,120}\": uniqueId=\"[^\"\n]{0,120}\", "
    r"\d{2,5} x \d{2,5}, (?=.{0,20000}\btype (?:BUILT_IN|INTERNAL)\b)",
    r"^ {0,8}DisplayDeviceInfo\{",
    r"width=\d{2,5}, height=\d{2,5}, fps=\d{1,4}(?:\.\d{1,9})?",
    r"\bdensity \d{2,4},",
    r"\btype (?:BUILT_IN|INTERNAL)\b",
    r"\bstate [A-Z_]{2,20}\b",
    r"DisplayViewport\{type=[A-Z]{2,12}",
    r"\bdeviceWidth=\d{2,5}, deviceHeight=\d{2,5}",
)

# How controllers of the phone are called in its kernel; things that are plugged in are no port.
_PORT = r"(?:(?:usb|port|typec|otg|usbc)[\w.-]{0,30}|[0-9a-f]{4,10}\.[a-z][\w-]{0,30}|\d{1,4})"
_MODE = (
    r"(?:none|dual|ufp|dfp|sink|source|host|device|true|false|unknown|no|drp|debug|audio"
    r"|(?:audio|debug)[ _-]accessory|auto|disabled|enabled|not[ -](?:supported|detected)|detected"
    r"|supported|force[ -]enabled|\d{1,9})"
)
USB = KeptWords(
    r"^.{0,40}(?:USB MANAGER STATE|USB Manager State|USB Port State).{0,20}",
    r"^\s{0,80}[a-z_]{0,60}=?[{\[]\s{0,4}$",
    r"^\s{0,80}[}\]]\s{0,4}$",
    rf"^\s{{0,80}}id={_PORT}$",
    rf"^\s{{0,80}}(?:\w{{0,40}}(?:modes?|role|status|detection)|connected)={_MODE}"
    rf"(?:[ ,/]{{1,2}}{_MODE}){{0,8}}$",
    rf"UsbPort\{{id={_PORT}, supportedModes={_MODE}(?:[ ,/]{{1,2}}{_MODE}){{0,8}}\}}",
    rf"\b(?:connected|currentMode|powerRole|dataRole|currentPowerRole)={_MODE}\b",
)

# Of every user of a reader the numbers, and nothing else that stands there.
_COUNTED = r"(?:id|count|(?:accept|reject|acquire|lockout|permanentLockout)(?:Crypto)?)"
_COUNTS = rf"\{{(?:\"{_COUNTED}\": ?-?\d{{1,19}},? ?){{0,40}}\}},? ?"
BIOMETRICS = KeptWords(
    rf"^\s{{0,8}}\{{(?:\"service\": ?\"(?:Fingerprint|Face)[A-Za-z ]{{0,20}}(?:/default)?\","
    rf" ?)?\"prints\": ?\[(?:{_COUNTS}){{0,200}}\]\}}",
    r"^ {0,8}(?i:HAL deaths(?: since last reboot)?): {0,4}\d{1,6}",
    r"^ {0,8}(?:Dumping for )?sensorId: {0,4}\d{1,6}",
)

_ROUTE = r"AUDIO_DEVICE_(?:OUT|IN)_[A-Z0-9_]{2,40}\b"
AUDIO_POLICY = KeptWords(
    r"^ {0,2}(?:- )?Available (?:output|input) devices(?: \(\d{1,4}\))?:",
    r"^ {2,3}(?:Device \d{1,3}:|\d{1,3}\. )",
    r"^ (?:Output|Input) devices: [0-9a-f]{8}$",
    # What stands deeper stays deeper, for a line that does not ends the list.
    rf"^\s{{2,40}}(?=.{{0,3000}}\b{_ROUTE})",
    rf"^ ?(?:- )?[a-z](?=.{{0,3000}}\b{_ROUTE})",
    r"^ {0,2}- Available ",
    r"^ ?(?:- )?[A-Z]",
    r"Available (?:output|input)",
    rf"\b{_ROUTE}",
)
AUDIO_FLINGER = KeptWords(
    r"^ {0,2}Hardware status: \d{1,6}$",
    r"^ {0,2}Output thread 0x",
    r"may be deadlocked|AudioFlinger.{0,40}(?:deadlock|not respond)",
)

# How much was read and written, not by whom: of a name its first sign.
STORAGED = KeptWords(
    r"^\s{0,8}\d{1,12},\d{1,12}\s{0,8}$",
    r"^\s{0,8}\S(?=\S{0,199}(?: \d{1,18}){8,9}\s{0,8}$)",
    r"(?<=\S )\d{1,18}(?: \d{1,18}){7,8}\s{0,8}$",
)

ADDED_PACKAGES = KeptWords(
    r"^package:\S(?=\S{0,299}\s{1,8}installer=)",
    # A package: its name has a dot. What is no store and no part of the system is masked later.
    r"(?<=\s)installer=(?:null|[A-Za-z]\w{0,60}(?:\.\w{1,60}){1,10})\s{0,8}$",
)
