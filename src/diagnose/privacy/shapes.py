"""What the probes of a shop may send beyond the catalogue of `diagnose.requests`.

Bundled probes ask only what the catalogue names, word for word. A shop's own probe may also send a
command of one of these shapes: reading, about the phone itself, and nothing else.
"""

# ruff: noqa: SIM905 - tables of words are read and compared as lines of words

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnose.model.requests import Effect

# Services of `dumpsys` about the phone itself, each followed by the arguments it may be given.
SERVICES: Final[str] = """
battery
batteryproperties
batterystats -c --charged --checkin --unplugged --settings
bluetooth_manager
deviceidle
device_state
display
diskstats
dropbox
face
fingerprint
hardware_properties
input
media.audio_flinger
media.audio_policy
media.camera
meminfo -s -c -S --checkin
nfc
package features libraries f
power
audio
secure_element
sensorservice
sensor_privacy
storaged
SurfaceFlinger --display-id --displays --latency --static-screen
telephony.registry
thermalservice
usb
uwb
vibrator
vibrator_manager
webviewupdate
"""

# Interfaces of hardware services (`android.hardware.health.IHealth/default`) whose dump is about
# the part; the rest (radio, gnss, keys, identity) hold numbers, places or secrets.
HARDWARE_INTERFACES: Final[frozenset[str]] = frozenset(
    "health health.storage thermal power power.stats vibrator sensors usb light lights memtrack"
    " biometrics.fingerprint biometrics.face camera.provider audio.core boot graphics.composer3"
    " graphics.composer graphics.allocator input.processor ir nfc uwb fastboot drm".split()
)

# One simple command each. `{slot}` is one word of that kind, `?` may be left out, `*` and `+` (at
# the end) may be repeated.
SHAPES: Final[Mapping[Effect, str]] = {
    Effect.READ: """
getprop
getprop {property}
cat {file}+
head -n {number} {file}+
wc -l {file}+
grep {grep_flags}? {text} {file}+
grep {grep_flags}? -m {number} {text} {file}+
grep {grep_flags}? -e {text} {file}+
ls {ls_flags}? {folder}+
readlink -f {folder}
df
df {df_flags}
df {df_flags}? {mount}+
stat -f {mount}
uname
uname -a
uname -r
uname -m
id
date
date {date_format}
uptime
free
nproc
getenforce
getconf {word}
lsmod
lsusb
am get-current-user
wm size
wm density
pm list features
pm list libraries
pm list packages {package_flags}*
cmd package has-feature {word}
cmd wifi status
cmd battery get {word}
cmd battery get -f {word}
cmd display get-displays
cmd vibrator_manager list
settings get {namespace} {setting}
service list
service check {word}
service call batteryproperties 1 i32 {number}
lshal
lshal {lshal_flags}+
lshal list {lshal_flags}+
lshal debug {hidl_interface}
getevent {getevent_flags}
tradeinmode getstatus
tradeinmode getstatus --challenge {hex}
dumpsys -l
dumpsys {service}
dumpsys -t {number} {service}
dumpsys {service_with_arguments}
dumpsys {hal}
""",
    Effect.LISTEN: """
getevent -lt -c {number}
""",
    Effect.WRITE: """
cmd vibrator vibrate {number} {word}
cmd vibrator_manager synced -f oneshot {number}
cmd vibrator_manager synced -f -d {word} oneshot {number}
""",
    Effect.DISRUPT: "",
}

# Sent only where the operator allowed sensitive requests and the request says that it is one.
SENSITIVE_SHAPES: Final[str] = """
service call iphonesubinfo {number}
service call iphonesubinfo {number} i32 {number}
service call iphonesubinfo {number} s16 com.android.shell
"""
