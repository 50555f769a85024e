"""What is kept of the long dumps of Android's services (see `model/requests/kept.py`).

Where a list that is whole is evidence, a row that nobody can read leaves its first sign: a list
must not become whole because what spoiled it was dropped.
"""

from __future__ import annotations

from diagnose.model.requests.kept import KeptWords

SENSORS = KeptWords(
    r"^(?:Total )?\d{1,4} (?:h/w sensors|active conn)",
    r"^Sensor List:",
    r"No Sensors on the device",
    r"^(?:Fusion States|Recent Sensor events|Active sensors|Mode :)",
    r"^0x[0-9a-fA-F]{1,8}\) [^|\n]{0,200}\|[^|\n]{0,120}\|.{0,300}",
    r"^[^|\n]{1,200}\|[^|\n]{1,120}\| ?version=[^|\n]{1,20}\|.{0,300}",
    r"^[^|\n]{1,200}\|[^|\n]{1,120}\| {0,4}0x[0-9a-fA-F]{1,8} \| max",
    r"^\S.{0,200}?(?: \(handle=0x[0-9a-fA-F]{1,8}\))?: last \d{1,6} events?",
    # A reading whole or without its values: half of them would be another reading.
    r"^\s{1,8}\d{1,6} \(ts=\d{1,12}(?:\.\d{1,9})?, wall=[\d:.]{1,20}\)"
    r"(?:[-+\d.,eEinfa ]{0,400}$|.{0,20}\[value masked\])?",
    r"^\S",
)

_EVENT = r"^ {2}\d\d-\d\d \d\d:\d\d:\d\d : "
CAMERAS = KeptWords(
    r"^Number of (?:normal )?camera devices: {0,4}\d{1,4}$",
    r"^No camera client yet\.$",
    r"!! No camera HAL available !!",
    r"^ {0,8}Device \d{1,3} maps to \"?(?i:not[ _]present|null|none|)\"?[ \t]*$",
    r"^ {0,8}(?:Camera|Device) \d{1,3}\b[\w :,()\"-]{0,60}(?i:\bnot[ _]present\b)[ \t]*$",
    r"^== Camera Provider HAL [^\s(]{1,120}\s{0,4}\([^)\n]{0,80}\) static info: \d{1,4} device",
    r"^== Camera HAL device \S{1,160} \([^)\n]{0,40}\) static info",
    r"^(?:== )?Camera (?:device )?\d{1,3} (?:static )?information",
    r"^== Camera error traces \(\d{1,6}\)",
    r"^== (?!Camera error traces)[A-Z][\w :.()-]{1,200}==?[ \t]{0,4}$",
    r"^ {1,8}(?i:Facing): {0,4}(?i:BACK|FRONT|EXTERNAL)",
    r"^\s{0,20}android\.lens\.facing \(",
    r"^ {0,20}\[? {0,2}(?i:back|front|external) {0,2}\]?\s{0,4}$",
    rf"{_EVENT}SERVICE ERROR(?:(?! for package ).){{0,400}}",
    rf"{_EVENT}(?:ADD|REMOVE) device \S{{1,60}}, reason.{{0,300}}$",
    rf"{_EVENT}[A-Z]{{2,12}}",  # without the name of the app
    r"^ {0,4}(?i:\[?no events yet\]?)$",
    r"^ {0,5}\S",
)

DROPBOX = KeptWords(
    r"^Drop box contents:(?: \d{1,6} entries)?",
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [\w.@-]{1,100} \(",
    r"^\s{1,8}(?:Process|Cmdline|pid: \d{1,7}, tid: \d{1,7}, name: \S{1,40}  >>>):? "
    r"(?:/[\w.@/-]{1,200}|[\w.:@<>-]{1,200})",
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

USB = KeptWords(
    r"^.{0,40}(?:USB MANAGER STATE|USB Manager State|USB Port State).{0,20}",
    r"^\s{0,80}[a-z_]{0,60}=?[{\[]\s{0,4}$",
    r"^\s{0,80}[}\]]\s{0,4}$",
    r"^\s{0,80}(?:id|\w{0,40}(?:modes?|role|status|detection)|connected)"
    r"=[\w ,/-]{1,60}$",
    r"UsbPort\{id=[\w.-]{1,40}, supportedModes=[\w ,/-]{1,60}\}",
    r"\b(?:connected|currentMode|powerRole|dataRole|currentPowerRole)=\w{1,20}",
)

# Of every user of a reader the numbers, and nothing else that stands there.
_COUNTS = r"\{(?:\"[A-Za-z]{1,30}\": ?-?\d{1,19},? ?){0,40}\},? ?"
BIOMETRICS = KeptWords(
    rf"^\s{{0,8}}\{{(?:\"service\": ?\"[\w /.-]{{1,80}}\", ?)?"
    rf"\"prints\": ?\[(?:{_COUNTS}){{0,200}}\]\}}",
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
    r"(?<=\s)installer=\S{1,200}\s{0,8}$",
)
