"""Words for what parsers and probes call things: values and places, in both languages.

Only whole values are looked up, never parts of them. What one measure calls `user` or `device` is
not what another one does, so a measure may have words of its own. What is not listed here is a
name or a number: it is the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.model.text import Text
from diagnose.model.unit import Unit

_UNITS: dict[Unit, Text] = {
    Unit.COUNT: Text("", ""),  # a bare count: what is counted stands in the title
    Unit.CYCLES: Text("", "次"),
    Unit.HOUR: Text("h", "小时"),
    Unit.DAY: Text("days", "天"),
    Unit.MONTH: Text("months", "个月"),
    Unit.SECOND: Text("s", "秒"),
    Unit.MILLISECOND: Text("ms", "毫秒"),
}

_ONE: dict[Unit, str] = {Unit.DAY: "day", Unit.MONTH: "month"}
"""English units of the number 1."""

# Chinese only: the English wording is the word itself.
_COMMON: Mapping[str, str] = {
    "bluetooth": "蓝牙",
    "camera": "摄像头",
    "chip": "芯片自身重启",
    "display": "显示",
    "heat": "温控",
    "held_key": "按键被长按",
    "native": "系统底层程序反复崩溃",
    "nfc": "NFC",
    "positioning": "定位",
    "power_fault": "电源芯片保护断电",
    "radio": "移动网络",
    "rescue": "系统自救",
    "sensors": "传感器",
    "sound": "声音",
    "storage": "存储",
    "touch": "触摸",
    "vibration": "振动",
    "wifi": "无线网络",
    "answers": "有应答",
    "changing": "数值有变化",
    "charging": "充电中",
    "charger": "充电器",
    "cold": "过冷",
    "dead": "已损坏",
    "deadlocked": "卡死",
    "default": "默认",
    "detected": "检测到",
    "device administration": "设备管理",
    "discharging": "放电中",
    "encrypted": "已加密",
    "evaluation": "评估模式",
    "face": "人脸",
    "few": "很少",
    "fingerprint": "指纹",
    "foyer": "待评估",
    "full": "已充满",
    "gone": "已消失",
    "good": "良好",
    "Google services": "谷歌服务",
    "hardware": "图形芯片",
    "held": "一直按下",
    "held back": "暂缓充电",
    "hinge": "铰链",
    "hung": "无响应",
    "impossible": "不可能的数值",
    "infrared": "红外",
    "kernel_panic": "内核崩溃",
    "logging": "仅记录",
    "low-memory phone": "低内存机型",
    "missing": "缺失",
    "mixed_native": "多个程序在底层崩溃",
    "negative": "负",
    "none": "无",
    "not charging": "未充电",
    "not detected": "未检测到",
    "not offered": "不提供",
    "off": "关闭",
    "on": "打开",
    "opened": "展开",
    "closed": "合上",
    "half opened": "半开",
    "one_app": "单个应用",
    "original": "原装",
    "over voltage": "电压过高",
    "overheat": "过热",
    "pen": "手写笔",
    "placeholder": "占位数值",
    "contradictory": "相互矛盾",
    "fair": "一般",
    "inconsistent": "数据不一致",
    "one_service": "同一个系统服务",
    "plausible": "可信",
    "positive": "正",
    "reads": "有读数",
    "red": "红色",
    "green": "绿色",
    "orange": "橙色",
    "yellow": "黄色",
    "released": "已松开",
    "replaced": "更换过",
    "restarting": "反复重启",
    "running": "运行中",
    "silent": "无应答",
    "software": "处理器（软件）",
    "status only": "仅状态报告",
    "stopped": "已停止",
    "stuck": "数值不变",
    "telephony": "电话",
    "thermal": "过热关机",
    "turning off": "正在关闭",
    "turning on": "正在打开",
    "undervoltage": "电压过低",
    "unencrypted": "未加密",
    "unknown": "未知",
    "unsupported": "不支持",
    "unspecified failure": "未说明的故障",
    "update": "系统更新",
    "user": "用户操作",
    "battery": "电量耗尽",
    "uwb": "超宽带",
    "watchdog": "看门狗重启",
    "wireless": "无线充电",
    "work profile": "工作资料",
    "works": "正常工作",
}

_SWITCH = {
    "ON": Text("on", "打开"),
    "OFF": Text("off", "关闭"),
    "TURNING_ON": Text("turning on", "正在打开"),
    "TURNING_OFF": Text("turning off", "正在关闭"),
    "BLE_ON": Text("on for low energy only", "仅低功耗模式打开"),
    "DOZE": Text("dimmed, showing little", "息屏显示"),
    "DOZE_SUSPEND": Text("dimmed, showing little", "息屏显示"),
}
_MODE = {
    "Enforcing": Text("enforced", "强制执行"),
    "Permissive": Text("not enforced, only logged", "未强制执行，仅记录"),
    "Disabled": Text("switched off", "已关闭"),
}

# What one measure means by a word of the phone; keys are `area.probe.measure`.
_OWN: Mapping[str, Mapping[str, Text]] = {
    "audio.volume.ringer": {
        "NORMAL": Text("rings", "响铃"),
        "SILENT": Text("silent", "静音"),
        "VIBRATE": Text("vibrates", "振动"),
    },
    "battery.state.capacity_level": {
        "critical": Text("critical", "极低"),
        "low": Text("low", "低"),
        "normal": Text("normal", "正常"),
        "high": Text("high", "高"),
        "full": Text("full", "满"),
    },
    "battery.state.charging_state": {
        "normal": Text("normal", "正常"),
        "too cold": Text("held back, too cold", "过冷，充电受限"),
        "too hot": Text("held back, too hot", "过热，充电受限"),
        "long life": Text("slower, to spare the battery", "放慢以保护电池"),
        "adaptive": Text("timed to the owner's habits", "按使用习惯调节"),
    },
    "battery.state.technology": {
        "Li-ion": Text("lithium-ion", "锂离子"),
        "Li-poly": Text("lithium polymer", "锂聚合物"),
    },
    "display.panel.state": _SWITCH,
    "integrity.build.keys": {
        "release-keys": Text("the maker's (release-keys)", "厂商密钥（release-keys）"),
        "test-keys": Text("public test keys (test-keys)", "公开测试密钥（test-keys）"),
        "dev-keys": Text("developer keys (dev-keys)", "开发密钥（dev-keys）"),
    },
    "integrity.build.type": {
        "user": Text("as sold (user)", "正式版（user）"),
        "userdebug": Text("for tests (userdebug)", "调试版（userdebug）"),
        "eng": Text("for development (eng)", "工程版（eng）"),
    },
    "integrity.encryption.kind": {
        "file": Text("each file on its own", "按文件加密"),
        "block": Text("the whole volume", "整个分区加密"),
        "metadata": Text("metadata", "元数据加密"),
    },
    "integrity.selinux.boot_setting": {word.lower(): text for word, text in _MODE.items()},
    "integrity.selinux.mode": _MODE,
    "integrity.verified_boot.verity_mode": {
        "enforcing": Text("enforced", "强制执行"),
        "logging": Text("only logged", "仅记录"),
        "disabled": Text("switched off", "已关闭"),
        "eio": Text("damaged data is refused (eio)", "拒绝读取损坏数据（eio）"),
    },
    "radio.bluetooth.state": _SWITCH,
    "radio.modem_process.processor": {
        "ONLINE": Text("running", "运行中"),
        "OFFLINE": Text("not running", "未运行"),
    },
    "radio.service.state": {
        "in_service": Text("in service", "有服务"),
        "out_of_service": Text("no service", "无服务"),
        "emergency_only": Text("emergency calls only", "仅限紧急呼叫"),
        "power_off": Text("switched off (flight mode)", "已关闭（飞行模式）"),
    },
    "radio.signal.network": {"NR": Text("5G (NR)"), "LTE": Text("4G (LTE)")},
    "radio.sim.slot": {
        "ABSENT": Text("no card", "无卡"),
        "READY": Text("card ready", "卡已就绪"),
        "IMSI": Text("card ready", "卡已就绪"),
        "LOADED": Text("card ready", "卡已就绪"),
        "NOT_READY": Text("card not ready", "卡未就绪"),
        "UNKNOWN": Text("not known", "未知"),
        "CARD_IO_ERROR": Text("card cannot be read", "无法读卡"),
        "CARD_RESTRICTED": Text("card not allowed here", "卡受限，不可用"),
        "PERM_DISABLED": Text("card blocked for good", "卡已永久锁定"),
        "PIN_REQUIRED": Text("waits for the PIN", "等待输入 PIN"),
        "PUK_REQUIRED": Text("waits for the PUK", "等待输入 PUK"),
        "NETWORK_LOCKED": Text("phone locked to another network", "手机锁定其他运营商"),
    },
    "stability.crashes.pattern": {
        "few": Text("hardly any", "很少"),
        "mixed": Text("several apps", "多个应用"),
        "mixed_native": Text("many programs deep in the system", "多个程序在底层崩溃"),
        "one_app": Text("mostly one app", "主要是同一个应用"),
        "one_service": Text("mostly one service of the system", "主要是同一个系统服务"),
    },
    "sensor.liveness.proximity": {
        "covered": Text("covered", "被遮挡"),
        "free": Text("not covered", "未遮挡"),
    },
    "storage.wear.end_of_life": {
        "1": Text("normal", "正常"),
        "2": Text("warning, 80 % of the reserve used", "警告，备用块已用 80%"),
        "3": Text("urgent, 90 % of the reserve used", "紧急，备用块已用 90%"),
    },
    "storage.wear.life_estimate": {
        **{str(n): Text(f"up to {10 * n} % used", f"已用不超过 {10 * n}%") for n in range(1, 11)},
        "11": Text("used up", "已用尽"),
    },
    "system.abi.widths": {
        "64 + 32 bit": Text("64 + 32 bit", "64 位 + 32 位"),
        "64 bit only": Text("64 bit only", "仅 64 位"),
        "32 bit only": Text("32 bit only", "仅 32 位"),
    },
    "tradein.status.attestation_error": {
        "Attestation keys unavailable": Text("the maker's keys are missing", "缺少厂商密钥"),
        "Device identifier error": Text("its own numbers cannot be proven", "无法证明自身号码"),
        "Network connection needed for attestation": Text("needs the network", "需要联网"),
    },
    "usb.port.data_role": {
        "device": Text("to a computer", "连接电脑"),
        "host": Text("to an accessory", "连接配件"),
    },
    "usb.port.power_role": {
        "sink": Text("takes power", "受电"),
        "source": Text("gives power", "供电"),
    },
}

_PRESENT = (Text("present", "有"), Text("missing", "缺失"))
_ANSWERS = (Text("answers", "有应答"), Text("does not answer", "无应答"))
_RUNS = (Text("runs", "运行中"), Text("does not run", "未运行"))
_FOUND = (Text("found", "发现"), Text("none found", "未发现"))
_IN_USE = (Text("in use", "使用中"), Text("not in use", "未使用"))

# Where the title names a part, "yes" and "no" answer no question: what its value means.
_YES_OR_NO: Mapping[str, tuple[Text, Text]] = {
    "audio.policy.earpiece": _PRESENT,
    "audio.policy.microphone": _PRESENT,
    "audio.policy.speaker": _PRESENT,
    "battery.state.present": (Text("seen by the phone", "已识别"), Text("not seen", "未识别")),
    "biometric.fingerprint.answers": _ANSWERS,
    "camera.census.back": _PRESENT,
    "camera.census.front": _PRESENT,
    "display.hinge.sensor": _ANSWERS,
    "haptic.vibrator.present": _PRESENT,
    "integrity.bootloader.locked": (Text("locked", "已锁定"), Text("unlocked", "未锁定")),
    "integrity.build.community_system": _IN_USE,
    "integrity.root.su_found": _FOUND,
    "radio.baseband.answers": _ANSWERS,
    "radio.extras.service": _RUNS,
    "radio.gnss.service": _RUNS,
    "radio.imei.known": (Text("kept", "正常"), Text("lost", "丢失")),
    "radio.nfc.runs": _RUNS,
    "radio.wifi.chip": (Text("found", "已识别"), Text("missing", "未识别")),
    "system.treble.generic_image": _IN_USE,
    "touch.keys.power": _PRESENT,
    "touch.keys.volume_down": _PRESENT,
    "touch.keys.volume_up": _PRESENT,
    "touch.panel.present": _ANSWERS,
    "usb.port.water": (Text("sensed", "检测到"), Text("none sensed", "未检测到")),
}
_SENSORS = "sensor.census."
_YES, _NO = Text("yes", "是"), Text("no", "否")

_NAMES = {"nfc": "NFC", "esim": "eSIM", "uwb": "UWB", "strongbox": "StrongBox"}
"""Names that are written their own way; Chinese has its own word for some of them."""

_PLACES: Mapping[str, Text] = {
    "skin": Text("case", "机身"),
    "battery": Text("battery", "电池"),
    "cpu": Text("processor", "处理器"),
    "gpu": Text("graphics", "图形芯片"),
    "usb": Text("USB port", "USB 接口"),
    "power": Text("power key", "电源键"),
    "volume_up": Text("volume up", "音量加键"),
    "volume_down": Text("volume down", "音量减键"),
    "infrared": Text("infrared", "红外"),
    "google_play": Text("Google Play", "Google Play"),
    "maker_store": Text("the maker's store", "厂商应用商店"),
    "other_store": Text("another store", "其他应用商店"),
    "package_installer": Text("from a file", "安装包文件"),
    "other_app": Text("another app", "其他应用"),
    **{f"app_{n}": Text(f"{n}: an app", f"第 {n}：应用") for n in (1, 2, 3)},
    **{f"system_{n}": Text(f"{n}: the system", f"第 {n}：系统") for n in (1, 2, 3)},
    "uwb": Text("ultra-wideband", "超宽带"),
    "accelerometer": Text("acceleration", "加速度"),
    "user": Text("by the user", "用户操作"),
}
# "NAME: why", as the WebViewUpdater of AOSP writes its getInvalidityReason.
_REFUSED: Mapping[str, Mapping[str, str]] = {
    "system.webview.rejected": {
        "SDK version too low": "SDK 版本过低",
        "Version code too low": "版本号过低",
        "Incorrect signature": "签名不正确",
        "No WebView-library manifest flag": "缺少 WebView 库声明",
    }
}
_ONLY_ONE = re.compile(r"(usbc?|port)?0")


def unit_words(unit: Unit, value: object = None) -> Text:
    """Say a unit; in English that of a single day or month is singular."""
    words = _UNITS.get(unit, Text(unit.value, unit.value))
    one = value == 1 and not isinstance(value, bool)
    return Text(_ONE[unit], words.zh) if one and unit in _ONE else words


def spoken(value: str, measure: str = "") -> Text:
    """Say a value of a measure (`area.probe.measure`); a name or a number stays as it is."""
    own = _OWN.get(measure, {}).get(value)
    if own:
        return own
    name, colon, why = value.partition(": ")
    if colon and why in _REFUSED.get(measure, {}):
        return Text(value, f"{name}：{_REFUSED[measure][why]}")
    english = _NAMES.get(value, value.replace("_", " ") if value in _COMMON else value)
    return Text(english, _COMMON.get(value, english))


def yes_or_no(value: bool, measure: str = "") -> Text:
    """Say whether something is so, in the words of what it is of: a part is there or missing."""
    own = _PRESENT if measure.startswith(_SENSORS) else _YES_OR_NO.get(measure, (_YES, _NO))
    return own[0] if value else own[1]


def place_of(measurement_id: str) -> Text | None:
    """Say which one of several parts a measurement is of; None where there is only one."""
    area, *_ = parts = measurement_id.split(".", 3)
    if len(parts) < 4 or _ONLY_ONE.fullmatch(parts[3]):
        return None
    place = parts[3]
    if area == "radio" and place.isdecimal():
        return Text(f"SIM {place}", f"卡 {place}")
    if measurement_id.startswith("stability.") and place != "user":
        return spoken(place)  # the places of that probe are reasons of a start
    return _PLACES.get(place) or spoken(place)
