"""The tables behind `privacy`: which places may be read, and why the rest may not.

What neither the catalogue nor `shapes` holds is refused. The tables of refusals choose the words in
which it is said, and keep a private place out of a command whose shape would otherwise do.
"""

# ruff: noqa: SIM905 - tables of words are read and compared as lines of words

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diagnose.model.requests import DataClass
from diagnose.model.text import Text

DATA_CLASSES: Final[Mapping[DataClass, Text]] = {
    DataClass.HARDWARE: Text("condition of the parts", "零部件状态"),
    DataClass.SOFTWARE: Text(
        "system versions, settings and crash counts", "系统版本、设置与崩溃次数"
    ),
    DataClass.IDENTITY: Text(
        "serial numbers, always masked in what is kept", "序列号（保存时一律打码）"
    ),
    DataClass.NETWORK: Text(
        "radio state; names and addresses are masked", "网络与信号状态（名称和地址一律打码）"
    ),
    DataClass.USAGE: Text("how much the phone is used: counts and times", "使用量：次数与时长"),
}

MESSAGES = Text("it would read messages or calls", "会读取短信或通话记录")
NOTIFICATIONS = Text("it would read notifications", "会读取通知内容")
CLIPBOARD = Text("it would read the clipboard", "会读取剪贴板")
ACCOUNTS = Text("it would read names of accounts or people", "会读取账号或人名")
LOCATION = Text("it would read where the phone is", "会读取手机位置")
NETWORKS = Text("it would read names of networks and addresses", "会读取网络名称与地址")
SCREEN = Text("it would read what is on the screen", "会读取屏幕内容")
APPS = Text("it would read which apps are used and for what", "会读取应用及其使用情况")
APP_DATA = Text("it would read data of apps", "会读取应用数据")
FILES = Text("it would read the owner's files", "会读取机主的文件")
LOGS = Text("it would read logs that hold private data", "会读取含隐私的日志")
PROCESSES = Text("it would read the memory or words of a process", "会读取进程的内存或参数")
HARDWARE_IDS = Text("it would read addresses or keys of the hardware", "会读取硬件地址或密钥")
DEVICES = Text("it would read a device node directly", "会直接读取设备节点")
CHANGES = Text("it would change the phone", "会更改手机")
WRAPPER = Text("it would run another command inside", "会在内部执行其他命令")
IDENTIFIERS = Text(
    "it would read phone numbers or card numbers of the owner", "会读取机主的号码或卡号"
)
RAW_CALL = Text(
    "it would call a service by number, which can do anything", "会按编号直接调用系统服务"
)
PRIVATE_SETTING = Text("this setting can hold private words", "该设置可能含有隐私内容")
SETTINGS = Text("it would read more settings than a test needs", "会读取超出检测所需的设置")

# The words a command starts with; the longest that fits gives the reason.
REFUSED_COMMANDS: Final[Mapping[str, Text]] = {
    "content": MESSAGES,
    "logcat": LOGS,
    "dmesg": LOGS,
    "bugreport": LOGS,
    "bugreportz": LOGS,
    "dumpstate": LOGS,
    "incident": LOGS,
    "perfetto": LOGS,
    "atrace": LOGS,
    "screencap": SCREEN,
    "screenrecord": SCREEN,
    "uiautomator": SCREEN,
    "ps": APPS,
    "top": APPS,
    "lsof": APPS,
    "ip": NETWORKS,
    "ifconfig": NETWORKS,
    "netstat": NETWORKS,
    "ss": NETWORKS,
    "iw": NETWORKS,
    "run-as": APP_DATA,
    "sqlite3": APP_DATA,
    "tar": FILES,
    "cp": FILES,
    "strings": FILES,
    "dumpsys notification": NOTIFICATIONS,
    "dumpsys statusbar": NOTIFICATIONS,
    "dumpsys clipboard": CLIPBOARD,
    "dumpsys account": ACCOUNTS,
    "dumpsys user": ACCOUNTS,
    "dumpsys content": ACCOUNTS,
    "dumpsys adb": ACCOUNTS,
    "dumpsys location": LOCATION,
    "dumpsys telecom": MESSAGES,
    "dumpsys phone": MESSAGES,
    "dumpsys isms": MESSAGES,
    "dumpsys calendar": MESSAGES,
    "dumpsys isub": IDENTIFIERS,
    "dumpsys iphonesubinfo": IDENTIFIERS,
    "dumpsys wifi": NETWORKS,
    "dumpsys wifiscanner": NETWORKS,
    "dumpsys wifip2p": NETWORKS,
    "dumpsys connectivity": NETWORKS,
    "dumpsys netpolicy": NETWORKS,
    "dumpsys network_stack": NETWORKS,
    "dumpsys dnsresolver": NETWORKS,
    "dumpsys ethernet": NETWORKS,
    "dumpsys tethering": NETWORKS,
    "dumpsys netstats": APPS,
    "dumpsys usagestats": APPS,
    "dumpsys alarm": APPS,
    "dumpsys jobscheduler": APPS,
    "dumpsys appops": APPS,
    "dumpsys procstats": APPS,
    "dumpsys media_session": APPS,
    "dumpsys package": APPS,
    "dumpsys activity": SCREEN,
    "dumpsys window": SCREEN,
    "dumpsys input_method": SCREEN,
    "dumpsys accessibility": SCREEN,
    "dumpsys autofill": SCREEN,
    "dumpsys dropbox": LOGS,
    "dumpsys battery": CHANGES,
    "cmd clipboard": CLIPBOARD,
    "cmd notification": NOTIFICATIONS,
    "cmd statusbar": NOTIFICATIONS,
    "cmd location": LOCATION,
    "cmd wifi": NETWORKS,
    "cmd account": ACCOUNTS,
    "cmd": CHANGES,
    "service call": RAW_CALL,
    "service call iphonesubinfo": IDENTIFIERS,
    "settings list": SETTINGS,
    "settings get": PRIVATE_SETTING,
    "settings": CHANGES,
    "getevent": Text("it would listen to touches and keys", "会监听触摸与按键"),
    "pm list": APPS,
    "pm path": APPS,
    "pm dump": APPS,
    **dict.fromkeys(
        (
            "am input monkey svc setprop reboot pm mount umount dd rm rmdir mv mkdir touch ln chmod"
            " chown truncate tee stop start kill killall pkill wm ime settings device_config date"
            " appops cmd sendevent wipe recovery sm vdc mkfs fsck setenforce insmod rmmod ifup"
            " hwclock renice swapon swapoff tradeinmode resetprop bmgr dpm locksettings telecom"
            " media hid uinput app_process"
        ).split(),
        CHANGES,
    ),
    **dict.fromkeys(
        (
            "sh bash mksh su sudo env exec eval command xargs toybox toolbox busybox nohup nice"
            " timeout time watch setsid chroot nsenter find awk sed script source . builtin"
            " ionice taskset chrt strace simpleperf coproc trap alias while for if"
        ).split(),
        WRAPPER,
    ),
}

# Places in the phone; `*` is any part of a name, `**` anything below. Compared with case folded,
# and against a command's own `*`: what *could* match is refused.
REFUSED_PLACES: Final[Mapping[str, Text]] = {
    "/sdcard/**": FILES,
    "/storage/**": FILES,
    "/mnt/**": FILES,
    "/data/**": APP_DATA,
    "/data_mirror/**": APP_DATA,
    "/proc/*/cmdline": PROCESSES,
    "/proc/*/environ": PROCESSES,
    "/proc/*/maps": PROCESSES,
    "/proc/*/root/**": PROCESSES,
    "/proc/*/cwd/**": PROCESSES,
    "/proc/*/fd/**": PROCESSES,
    "/proc/net/arp": NETWORKS,
    "/proc/net/*route*": NETWORKS,
    "/proc/net/*tcp*": NETWORKS,
    "/proc/net/*udp*": NETWORKS,
    "/proc/net/*if_inet*": NETWORKS,
    "/proc/kmsg": LOGS,
    "/proc/last_kmsg": LOGS,
    "/sys/fs/pstore/**": LOGS,
    "/sys/fs/cgroup/**": PROCESSES,
    "/sys/kernel/debug/**": LOGS,
    "/sys/kernel/tracing/**": LOGS,
    "/sys/class/net/*/address": HARDWARE_IDS,
    "/sys/class/bluetooth/*/address": HARDWARE_IDS,
    "/sys/class/ieee80211/**": HARDWARE_IDS,
    "/sys/**/net/wlan*/address": HARDWARE_IDS,
    "/sys/firmware/fdt": HARDWARE_IDS,
    "/sys/bus/usb/devices/*/descriptors": HARDWARE_IDS,
    "/dev/**": DEVICES,
}

# Files that may be read. Every entry must be matched part by part; a command's `*` may stand only
# where an entry has `*` or `**`.
READABLE_PLACES: Final[tuple[str, ...]] = (
    "/sys/class/**",
    "/sys/devices/**",
    "/sys/block/**",
    "/sys/bus/**",
    "/sys/module/**",
    "/sys/power/**",
    "/sys/fs/f2fs/**",
    "/sys/fs/ext4/**",
    "/sys/fs/selinux/enforce",
    "/sys/kernel/**",
    "/sys/firmware/**",
    "/sys/android_*/**",
    "/sys/touch*/**",
    "/sys/board_properties/**",
    *(
        f"/proc/{name}"
        for name in (
            "meminfo cpuinfo uptime version mounts stat loadavg vmstat zoneinfo interrupts modules"
            " filesystems partitions diskstats swaps devices buddyinfo iomem ioports misc softirqs"
            " asound/** bus/** pressure/* sys/kernel/* sys/kernel/random/boot_id sys/vm/*"
            " net/dev net/wireless device-tree/model device-tree/compatible touchpanel/**"
            " sys/fs/file-nr self/mounts config.gz tp_* lcd* driver/**"
        ).split()
    ),
    *(
        f"/{part}/{below}"
        for part in ("system", "vendor", "odm", "product", "system_ext")
        for below in ("build.prop", "etc/**", "usr/**", "lib/**", "lib64/**", "bin/**")
    ),
    "/vendor/firmware/**",
)

# Folders whose names may be listed; nothing in them is read.
LISTABLE_PLACES: Final[tuple[str, ...]] = (
    *READABLE_PLACES,
    "/",
    "/sys",
    "/sys/*",
    "/sys/fs/pstore",
    "/proc/asound",
    "/dev",
    "/dev/**",
    "/sbin",
    "/sbin/*",
    "/system/xbin/*",
    "/data/tombstones",
    "/data/anr",
    *(f"/{part}" for part in ("system", "vendor", "odm", "product", "system_ext", "apex")),
)

# Mount points whose size and free space may be asked.
MOUNT_POINTS: Final[frozenset[str]] = frozenset(
    "/ /data /system /vendor /product /odm /cache /metadata /storage/emulated /system_ext"
    " /data/user/0 /sdcard /storage/emulated/0 /mnt/vendor/persist".split()
)

# Words inside the name of a setting that make it private.
PRIVATE_SETTINGS: Final[tuple[str, ...]] = (
    *"account name owner address password passwd passphrase contact emergency_info".split(),
    *"clipboard ssid token email e_mail sms dial alarm_formatted phone_number".split(),
    *"imei serial wallpaper lockscreen_message secret credential certificate uuid".split(),
    *"dns_specifier proxy_host proxy_pac device_id user_id openid fingerprint_key".split(),
    *"advertising android_id last_location".split(),
)
