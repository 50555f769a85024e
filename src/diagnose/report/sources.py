"""Where limits come from, in Chinese: the sources our own probes and profiles name.

A report carries its sources in English, as they are stated; a name, an address or the number of a
standard stays as it is. A source of somebody else's probe is shown as it was written.
"""

# ruff: noqa: E501 - a source and its wording side by side

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.model.text import Text

_CHINESE: Mapping[str, str] = {
    "3GPP TS 22.016: every mobile carries its IMEI": "3GPP TS 22.016：每台手机都有 IMEI",
    "AOSP DiskStatsService prints Test-Error when its own write fails": "AOSP DiskStatsService：自身写入失败时输出 Test-Error",
    "AOSP IccCardConstants: states of a card (card or slot may be the cause)": "AOSP IccCardConstants：卡状态（原因可能在卡或卡槽）",
    "AOSP NfcService: switching takes seconds": "AOSP NfcService：开关只需数秒",
    "AOSP SystemServer: the feature starts the service": "AOSP SystemServer：声明该功能即启动对应服务",
    "AOSP adb, daemon/tradeinmode.cpp; source.android.com, trade-in mode": "AOSP adb，daemon/tradeinmode.cpp；source.android.com 以旧换新模式",
    "AOSP bootstat: reasons of a start nobody asked for": "AOSP bootstat：非用户要求的开机原因",
    "AOSP: animation scales default to 1.0": "AOSP：动画缩放默认为 1.0",
    "AOSP: “Don't keep activities” is off unless a developer needs it": "AOSP：“不保留活动”默认关闭，仅供开发使用",
    "Android 16 trade-in mode: the phone's own report": "Android 16 以旧换新模式：手机自身的报告",
    "Android BatteryManager.PART_STATUS_*": "Android BatteryManager.PART_STATUS_*",
    "Android BatteryManager: BATTERY_HEALTH_* and EXTRA_PRESENT": "Android BatteryManager：BATTERY_HEALTH_* 与 EXTRA_PRESENT",
    "Android BatteryService: prints 'UPDATES STOPPED' after 'cmd battery set'": "Android BatteryService：执行 cmd battery set 后输出 UPDATES STOPPED",
    "Android CDD: features are declared only for parts fitted; the maker's image declares it": "Android CDD：仅声明已装配的部件；厂商系统声明了该部件",
    "Android Compatibility Definition, 9.7 Security features: SELinux in enforcing mode": "Android 兼容性定义 9.7 安全功能：SELinux 须为强制模式",
    "Android Compatibility Definition, 9.9 Data storage encryption: required of devices that launched with Android 10 or later": "Android 兼容性定义 9.9 数据加密：出厂为 Android 10 及以上的设备必须加密",
    "Android Compatibility Definition: devices are sold with user builds": "Android 兼容性定义：上市设备使用 user 版系统",
    "Android Compatibility Definition: user builds carry no su; any found was put there": "Android 兼容性定义：user 版系统不含 su，若发现即为后装",
    "Android PowerManager.THERMAL_STATUS_*: from 2 (moderate) on the phone slows itself down, from 4 (critical) on everything possible is throttled": "Android PowerManager.THERMAL_STATUS_*：2（中等）起手机降频，4（严重）起全面限制",
    "Android USB HAL: contaminant presence detection (UsbPortStatus)": "Android USB HAL：异物检测（UsbPortStatus）",
    "Android WebViewUpdateService: without a valid provider no app can show a web page": "Android WebViewUpdateService：没有有效组件时应用无法显示网页",
    "Android init: a service that is started again and again ends each time by itself": "Android init：反复启动的服务每次都自行退出",
    "Android records a trace only when a camera reports an error": "Android 仅在相机报错时记录跟踪",
    "Android's learned capacity, an estimate only": "Android 学习的容量，仅为估计值",
    "a camera that the service knows was there when the phone was made": "相机服务已知的摄像头出厂时即存在",
    "a phone that starts once leaves the bus at most twice: its loader goes, then its system enumerates again with other interfaces": "手机正常开机时最多两次断开 USB：引导程序退出后，系统以其他接口重新枚举",
    "Android: multitouch.jazzhand is declared for five or more independent contacts": "Android：支持五个及以上独立触点时声明 multitouch.jazzhand",
    "Android: the system sets it where a device owner manages the whole phone": "Android：由设备所有者管理整机时系统设置此项",
    "AudioFlinger itself says that it may be deadlocked": "AudioFlinger 自身报告可能卡死",
    "JEDEC JESD220 (UFS) health descriptor and JESD84-B51 (eMMC) EXT_CSD 267-269": "JEDEC JESD220（UFS）健康描述符与 JESD84-B51（eMMC）EXT_CSD 267-269",
    "JEITA/BAJ guide to lithium-ion batteries: charging from 0 to 45 °C, use up to 60 °C": "JEITA/BAJ 锂离子电池指南：充电 0–45 °C，使用不超过 60 °C",
    "Linux kernel documentation, ext4 and f2fs: read-only after errors": "Linux 内核文档，ext4 与 f2fs：出错后转为只读",
    "OnePlus and OPPO set ro.is_ever_orange once the phone started unlocked": "一加和 OPPO 在解锁启动后设置 ro.is_ever_orange",
    "RFC 4120: five minutes of skew is the usual tolerance of sign-in": "RFC 4120：登录通常允许五分钟时间误差",
    "what runs where a phone shows this USB device: the tools named in the identity table": "手机呈现该 USB 设备时所运行的程序：见识别表所列工具",
    "AOSP, A/B updates and fastboot: slot-unbootable, slot-retry-count, battery-soc-ok": "AOSP：A/B 更新与 fastboot 文档",
    "a lithium cell below 3.4 V is as good as empty": "锂电池低于 3.4 V 即近乎耗尽",
    "USB 2.0 high speed is 480 Mbit/s; every phone with Android or iOS offers it": "USB 2.0 高速为 480 Mbit/s，Android 与 iOS 手机均支持",
    "Samsung Knox documentation: the warranty bit is a one-time fuse": "三星 Knox 文档：保修位为一次性熔丝",
    "Samsung kernel: batteryMiscEvent bit 0x20, water in the port": "三星内核：batteryMiscEvent 位 0x20，接口进水",
    "SwiftShader and llvmpipe draw on the processor; phones ship with a graphics unit": "SwiftShader 和 llvmpipe 由处理器绘图；手机均配有图形芯片",
    "USB Battery Charging 1.2: a dedicated charging port gives at least 0.5 A": "USB BC 1.2：专用充电口至少提供 0.5 A",
    "a built-in camera does not go away while the phone runs": "内置摄像头在运行中不应消失",
    "a camera provider that runs has cameras to provide": "相机服务运行时应有摄像头",
    "a key that reads pressed is stuck, or somebody presses it": "显示按下的按键可能卡住，或正被按住",
    "a live motion sensor always shows some noise": "正常的运动传感器读数总有微小波动",
    "a panel that nobody touches reports no finger; somebody may have touched it": "无人触碰的屏幕不应报点；也可能有人碰到",
    "a panel without its fast mode may be another one": "缺少高刷新率的屏幕可能并非原屏",
    "a phone drives at least its own panel": "手机至少会驱动自身屏幕",
    "a phone on power with a low battery at room temperature should charge": "室温、低电量且已接电源时应能充电",
    "a phone with a modem usually has sensors": "有基带的手机通常有传感器",
    "a phone with a modem usually has this part": "有基带的手机通常有此部件",
    "a readable card and flight mode off; the place may lack coverage": "卡可读且未开飞行模式；所在地可能无信号",
    "an app's wrong call is logged too; more than a few are not": "应用误用也会记录，但不会很多",
    "at rest; above the zero error that data sheets allow": "静置时；高于规格书允许的零偏",
    "the earth has 25 to 65 µT; much is left to neighbours": "地磁为 25–65 µT，已为周围物体留足余量",
    "-38 now and then is the answer to an app's wrong call": "-38：应用在错误时机调用时偶尔也会出现",
    "batteries are not charged above 45 °C": "电池在 45 °C 以上不应充电",
    "darkness and masks cost many tries: above half": "光线暗或戴口罩会增加失败次数：超过一半",
    "gravity is 9.81 m/s²; half a unit is left to drift": "重力为 9.81 m/s²，允许 0.5 的偏差",
    "hot for a port without a load": "接口无负载时温度偏高",
    "house rule: more than a year without security patches deserves a word": "店内规则：超过一年无安全补丁应提示",
    "little storage life is left": "存储剩余寿命不多",
    "more than plugging in by hand brings about": "超出手动插拔所能造成的次数",
    "near the usual throttling point of 95 °C": "接近通常的 95 °C 降频点",
    "no lithium battery has under 2 V or over 10 V, or 0 % at 0 V and 0 °C; no empty cell has more than 4.2 V and no half full one less than 3.3 V": "锂电池不会低于 2 V 或高于 10 V，也不会同时为 0%、0 V、0 °C；空电池不会高于 4.2 V，半满电池不会低于 3.3 V",
    "phones drive their codec as an ALSA card": "手机音频芯片以 ALSA 声卡驱动",
    "probe catalogue 2.5: over 30 % of 20 or more tries": "检测目录 2.5：20 次以上尝试中超过 30% 失败",
    "rated_lifespan that the maker gives for the hinge": "厂商给出的铰链额定寿命 rated_lifespan",
    "source.android.com, Verified Boot: boot flow (green, yellow, orange, red) and dm-verity modes": "source.android.com 启动时验证：启动流程（绿、黄、橙、红）与 dm-verity 模式",
    "source.android.com, Virtual A/B: snapuserd runs after the start only until the merge of an update is finished": "source.android.com Virtual A/B：snapuserd 仅在更新合并完成前运行",
    "source.android.com, Virtual A/B: the snapshot of an update lies on /data, compressed by about 45 %": "source.android.com Virtual A/B：更新快照存放于 /data，压缩约 45%",
    "source.android.com: generic system images and Dynamic System Updates are for tests": "source.android.com：通用系统镜像与动态系统更新仅供测试",
    "source.android.com: locking and unlocking the bootloader": "source.android.com：引导程序的锁定与解锁",
    "source.android.com: sign builds for release; user, userdebug and eng build variants": "source.android.com：发布签名；user、userdebug 与 eng 版本",
    "the image declares GPS; Android 8 and later reach it by its hardware service": "系统声明了 GPS；Android 8 起经硬件服务访问",
    "the image declares NFC; its service should run": "系统声明了 NFC，其服务应在运行",
    "the image declares a fingerprint reader; makers may serve it in their own way": "系统声明了指纹识别；厂商实现方式可能不同",
    "the installed system declares the part, but it is not the maker's tested image": "已装系统声明了该部件，但并非厂商测试过的系统",
    "the maker's camera process should not die": "厂商相机进程不应退出",
    "the maker's process should not die repeatedly": "厂商进程不应反复退出",
    "the modem's process should not start again and again": "基带进程不应反复启动",
    "the phone states the API level it was sold with; it never runs on an older one unless somebody put it there": "手机标明出厂 API 级别；除非人为刷入，不会运行更旧的系统",
    "the profile's panel differs: a hint of another panel, no proof": "与机型档案的屏幕不同：仅为换屏迹象，并非证据",
    "the thermal HAL lists the part but gives no temperature for it": "温控 HAL 列出该部件但没有温度",
    "warm to the touch; phones begin to slow down at about this": "手感发热；手机约在此温度开始降频",
    "what is switched on should be on": "已打开的功能应处于打开状态",
    "without a second slot the whole package is stored on /data before it is installed": "没有第二分区时，安装前整包存放于 /data",
    "without its compositor Android draws nothing; it may be restarting just now": "没有合成服务 Android 无法显示；也可能正在重启",
    "workshop practice: below 1 GB Android slows down": "维修经验：低于 1 GB 时 Android 变慢",
    "workshop practice: below 5 % at rest a program is at fault": "维修经验：空闲时低于 5% 多为程序问题",
    "workshop practice: more than 20 ms twice is suspect": "维修经验：两次超过 20 ms 可疑",
    "workshop practice: more than three at once": "维修经验：同时超过三个",
    "workshop practice: one app with 80 % is software; mixed native crashes are memory": "维修经验：单个应用占 80% 为软件问题；多程序底层崩溃多为内存问题",
    "workshop practice: one app with more than 40 % of the drain": "维修经验：单个应用耗电超过 40%",
    "workshop practice: two starts after a crash within 30 days point to hardware": "维修经验：30 天内两次崩溃后重启多为硬件问题",
    "every start on record after an empty battery is worth asking about": "所有开机记录均为没电关机，值得询问",
    "workshop practice; AOSP StorageManager warns at 5 % (500 MB at most)": "维修经验；AOSP StorageManager 在 5%（最多 500 MB）时警告",
    "三包 rules for phones: capacity not below 80 %; EU 2023/1670 Annex II: 80 % (sealed phones after 1,000 cycles)": "手机三包规定：容量不低于 80%；欧盟 2023/1670 附件 II：80%（密封机型 1000 次循环后）",
    "the camera's own software should not be started again and again": "相机底层软件不应反复启动",
    "the kernel's own list of possible cores (some kernels list spare ones)": "内核列出的可用核心（部分内核会列出备用核心）",
    "makers use second sources, so another part is a hint of a swap only": "厂商会采用多家供应商，型号不同仅为更换迹象",
    "workshop practice: a service that is started again now and then is no news": "维修经验：服务偶尔重启并不异常",
    "learned by Android, an estimate": "Android 学习的容量，估计值",
    "test temperature sensor": "测试温度传感器",
}

# What a probe or a profile composes of a number and a name.
_COMPOSED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"half of the smallest size sold, ([\d.]+ GB): (.+)"),
        r"所售最小容量 \1 的一半：\2",
    ),
    (re.compile(r"([\d.]+ GB) according to: (.+)"), r"\1，依据：\2"),
    (re.compile(r"(.*?)([\w.]+): specifications of (.+)"), r"\1\2：\3 规格"),
    (
        re.compile(r'(\S+): "(.+?)": at least 80 % after about ([\d,]+) charge cycles'),
        r"\1：“\2”：约 \3 次循环后容量不低于 80%",
    ),
    (
        re.compile(r"EPREL, EU energy label: .*, ([\d,]+) cycles to 80 % \(list of (.+), (.+)\)"),
        r"欧盟能效标签 EPREL：厂商声明 \1 次循环后容量为 80%（\2 列表，\3）",
    ),
    (re.compile(r"(-?\d+), read as (\w+), not sure"), r"\1，按 \2 读取，不确定"),
    (re.compile(r"(-?\d+), read as (\w+)"), r"\1，按 \2 读取"),
    (
        re.compile(r"the currents sum up to (-?\d+), the counter moved by (-?\d+)(.*)"),
        r"电流累计 \1，电量计数变化 \2\3",
    ),
    (re.compile(r"(\d+) of (\d+) mAh"), r"\1 / \2 mAh"),
    (re.compile(r"(.+?) \(Pixel phone hardware tech specs\)(.*)"), r"\1（Pixel 手机硬件规格）\2"),
)


def source_text(english: str) -> Text:
    """A source with its Chinese wording; one that is a name or an address has none."""
    if english in _CHINESE:
        return Text(english, _CHINESE[english])
    chinese = english
    for pattern, wording in _COMPOSED:
        if pattern.fullmatch(chinese):
            chinese = pattern.sub(wording, chinese)
    return Text(english, chinese if chinese != english else "")
