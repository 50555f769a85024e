"""What is kept of short answers: their shape, so that anything else is dropped and counted."""

from __future__ import annotations

from diagnose.model.requests.kept import KeptWords, Members

_HEX = r"[0-9a-fA-F]{8}(?![0-9A-Za-z])"

NUMBER = KeptWords(r"^\s{0,4}-?\d{1,19}\s{0,4}$")
SETTING = KeptWords(r"^\s{0,4}(?:null|-?\d{1,9}(?:\.\d{1,9})?)\s{0,4}$")
"""A number, or that it was never set."""

COMPONENTS = KeptWords(r"^\s{0,4}null\s{0,4}$", r"(?:(?:^|:)[\w.]{1,255}/[\w.$]{1,255})+")
"""Names of services of apps: told apart to be counted, and each masked before it is recorded."""

SUPPLY_SAMPLE = KeptWords(
    r"^\s{0,4}-?\d{1,12}\s{0,4}$", r"^Unknown get option: (?:current_now|counter)$"
)

# Exception, status, whether there is a value, the value: five words. Then letters may follow.
PARCEL = KeptWords(
    rf"^Result: Parcel\((?:{_HEX} ?){{0,5}}",
    rf"^ {{1,4}}0x00000000:(?: {_HEX}){{1,4}}",
    rf"^ {{1,4}}0x00000010: {_HEX}",
)

_LETTERS = r"(?:\s{1,40}'[^'\n]{0,17}')?\)?"
PARCEL_OF_NUMBER = KeptWords(
    r"^Result: Parcel\(<(?:imei|meid|reply):[0-9a-f]{4}>\)?",
    rf"^Result: Parcel\((?:{_HEX} ?){{0,4}}{_LETTERS}",
    rf"^ {{1,4}}0x000000[0-9a-f]0:(?: {_HEX}){{1,4}}{_LETTERS}",
)
"""The whole parcel: what holds the number is told from what refuses it by its letters, and the
number is masked before it is recorded."""

UPTIME = KeptWords(r"^\s{0,4}\d{1,10}(?:\.\d{1,6})?\s{1,4}\d{1,12}(?:\.\d{1,6})?\s{0,4}$")
ENFORCING = KeptWords(r"^\s{0,4}(?i:enforcing|permissive|disabled)\s{0,4}$")
KERNEL = KeptWords(r"^.{0,4}Linux version \d{1,3}\.\d{1,4}(?:\.\d{1,4})?[\w.+~@:/-]{0,80}")
"""Not who built it, where and when."""

SIZE = KeptWords(r"^(?:Physical|Override) size: \d{2,5}x\d{2,5}")
DENSITY = KeptWords(r"^(?:Physical|Override) density: \d{2,5}")
VIBRATORS = KeptWords(r"^ {0,4}\d{1,9} {0,4}$", r"(?i:no vibrator)")
INTERFACES = KeptWords(
    r"^(?:s?wlan|wifi|mlan|p2p|ap|softap|eth|usb|rndis|ncm|lo|dummy|bond|sit|ip6?(?:_vti|tnl|gre)|tunl|gre"
    r"|ifb|tun|(?:r_)?rmnet(?:_[a-z]{2,6})?|ccmni|seth_lte|nan|aware_(?:data|nmi)|bt-pan|wigig|can)"
    r"[-_]?\d{0,3}$",
    r"^[a-z]",
)
"""Of names that no part of a phone has the first sign."""

CORES = KeptWords(r"^/sys/devices/system/cpu/(?:possible|present|online):[\d,-]{0,400}\r*$")
CPUINFO = KeptWords(
    r"^processor[ \t]{0,10}:[ \t]{0,10}\d{1,4}\s{0,4}$",
    r"^CPU part[ \t]{0,10}:[ \t]{0,10}0x[0-9a-fA-F]{1,4}\s{0,4}$",
    r"^Hardware[ \t]{0,10}:[ \t]{0,10}[\w .,()+/-]{0,80}$",
    r"^Processor[ \t]{0,10}:",
)
MEMORY = KeptWords(r"^(?:MemTotal|MemFree|MemAvailable):[ \t]{1,20}\d{1,15} kB\s{0,4}$")
_CODE = r"(?:0[xX])?[0-9A-Fa-f]{1,4}"
FLASH_LIFE = KeptWords(
    r"^[\w./:@-]{1,200}/(?:life_time_estimation_[ab]|eol_info|pre_eol_info|life_time)"
    rf":{_CODE}(?: {_CODE})?\s{{0,4}}$"
)
ZONES = KeptWords(
    r"^/sys/(?:class|devices/virtual)/thermal/thermal_zone\d{1,4}/"
    r"(?:type:[\w .,:/-]{1,60}|temp:-?\d{1,9}|type:|temp:)\s{0,4}$",
    r"^thermal_zone\d{1,4} [\w.,-]{1,60}(?: -?\d{1,9})?\s{0,4}$",
)
SU = KeptWords(
    r"^/(?:system/x?bin|sbin|product/bin|vendor/bin)/su$", r"(?i:no such file or directory)"
)
DEVICE_STATE = KeptWords(
    r"mBaseState ?= ?(?:Optional\[)?DeviceState ?\{ ?identifier ?= ?\d{1,5} ?, ?"
    r"name ?= ?'[A-Z][A-Z0-9_]{0,40}'"
)
WIDEVINE = KeptWords(r"(?i:default_security_level)\W{1,8}[A-Za-z_]{0,30}\d?\b")

# A bootloader
VARIABLE = KeptWords(r"^[\w .,:()+/=-]{1,120}$")
"""One value, read by its name."""
_LOADER = (
    r"product|version|version-bootloader|version-baseband|serialno|secure|unlocked|locked"
    r"|device[-_]state|lock-state|battery-voltage|battery-soc-ok|is-userspace|slot-count"
    r"|current-slot|slot-(?:retry-count|unbootable|successful):_?[a-d]|off-mode-charge|hw-revision"
)
VARIABLES = KeptWords(rf"^(?i:\s{{0,8}}(?:{_LOADER})\s{{0,8}}:)[\w .,:()+/=-]{{0,120}}$")

# A modem: one line that holds the value, and how the answer ended; nothing it says unasked.
_ENDED = r"(?:OK|ERROR|NO CARRIER|COMMAND NOT SUPPORT|\+CM[ES] ERROR: ?[\w ]{0,40})(?=\s|$)"
AT = KeptWords(
    rf"(?:^|\r)\s{{0,4}}{_ENDED}",
    r"(?:^|\r)\s{0,4}(?:\+[A-Z]{2,14}: ?)?\"?[\w .,()+/-]{1,60}\"?(?=\s{0,4}(?:\r|$))",
)
SAMSUNG = KeptWords(
    rf"(?:^|\r)\s{{0,4}}{_ENDED}",
    r"\b(?:MN|VER|PRD|SN|LOCK|CON)\([\w .,:/+-]{0,100}\);?",
)

# What this program writes itself, out of numbers and of the words of the device.
DESCRIPTORS = Members(
    "device_class|interfaces|driver|kind|number|manufacturer|max_power_ma|port|product"
    "|product_name|serial|speed_mbps|usb_version|vendor"
)
BOOT_ROM = Members("hardware_id|key_hash|sahara_version|serial")
