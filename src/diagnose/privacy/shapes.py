"""The shapes of all requests that may be sent: the closed list that `privacy` keeps.

A new probe whose request is refused adds its shape, or its service, here.
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
biometric
bluetooth_manager
color_display
consumer_ir
cpuinfo
deviceidle
device_policy
device_state
display
DisplayDeviceConfig
diskstats
drm.drmManager
dropbox
face
fingerprint
gfxinfo
gpu
graphicsstats
hardware
hardware_properties
input
lights
media.audio_flinger
media.audio_policy
media.camera
media.camera.proxy
media.extractor
media.player
media.resource_manager
meminfo -s -c -S --checkin
midi
mount
nfc
oem_lock
package features libraries f
persistent_data_block
power
audio
recovery
secure_element
SemBatteryService
sensorservice
sensor_privacy
serial
storaged
storagestats
SurfaceFlinger --display-id --displays --latency --static-screen
system_update
telephony.registry
thermalservice
trust
uimode
update_engine
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
getprop -T
getprop -Z
cat {file}+
head -n {number} {file}+
tail -n {number} {file}+
wc -l {file}+
grep {grep_flags}? {text} {file}+
grep {grep_flags} {grep_flags} {text} {file}+
grep {grep_flags}? -m {number} {text} {file}+
grep {grep_flags}? -e {text} {file}+
ls
ls {ls_flags}? {folder}+
readlink {folder}
readlink -f {folder}
find {file} -maxdepth {number} -name {text}
find {file} -maxdepth {number}
df
df {df_flags}
df {df_flags}? {mount}+
stat -f {mount}
mount
uname
uname -a
uname -r
uname -m
id
date
date {date_format}
date -u {date_format}?
uptime
storaged -p
logcat -d -b events -s storaged_emmc_info
free
free -k
free -m
nproc
whoami
getenforce
getconf {word}
lsmod
lsusb
echo {text}*
true
false
sleep {number}
am get-current-user
wm size
wm density
pm list features
pm list libraries
pm list packages {package_flags}*
pm get-max-users
cmd package list features
cmd package list libraries
cmd package list packages {package_flags}*
cmd package has-feature {word}
cmd webviewupdate get-current-webview-package
cmd wifi status
cmd wifi is-verbose-logging
cmd connectivity airplane-mode
cmd battery get {word}
cmd battery get -f {word}
cmd uimode night
cmd display get-displays
cmd gpu vkjson
cmd gpu vkprofiles
cmd vibrator_manager list
cmd thermalservice headroom {number}
cmd -l
device_config get {word} {word}
settings get {namespace} {setting}
settings --user {number} get {namespace} {setting}
service list
service check {word}
service call batteryproperties 1 i32 {number}
lshal
lshal list
lshal {lshal_flags}+
lshal list {lshal_flags}+
lshal debug {hidl_interface}
getevent {getevent_flags}
getevent {getevent_flags} {input_device}
tradeinmode getstatus
tradeinmode getstatus --challenge {hex}
bootctl get-current-slot
vkjson
dumpsys -l
dumpsys {service}
dumpsys -t {number} {service}
dumpsys -T {number} {service}
dumpsys {service_with_arguments}
dumpsys {hal}
param get {property}
hidumper -s BatteryService -a -i
hidumper -s ThermalService -a -t
hidumper -s RenderService -a screen
hidumper --storage
hidumper --mem
hidumper --cpufreq
""",
    Effect.LISTEN: """
getevent -lt -c {number}
""",
    Effect.WRITE: """
cmd battery reset
dumpsys battery reset
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
