"""The words for why a phone started: Android's, the chip makers' and the phone makers', as data.

AOSP: `kBootReasonMap` and the aliases of `system/core/bootstat/bootstat.cpp`; a reason is
`reason,detail,more detail`, see source.android.com, "Canonical boot reason". Qualcomm: the reasons
of `qpnp-power-on.c`. MediaTek: `platform_boot_status()` of the preloader. Google: Tensor's loader
(`ocp`, `tsd`, `sys_ldo_ok`, `master_dc`), which Fuchsia's boot shim reads as brown-outs.
"""

from __future__ import annotations

import re
from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.text import Text


class BootClass(StrEnum):
    """What made the phone go down before it started."""

    USER = "user"
    UPDATE = "update"
    HELD_KEY = "held_key"
    WATCHDOG = "watchdog"
    CHIP = "chip"
    KERNEL_PANIC = "kernel_panic"
    UNDERVOLTAGE = "undervoltage"
    POWER_FAULT = "power_fault"
    THERMAL = "thermal"
    BATTERY = "battery"
    STORAGE = "storage"
    RESCUE = "rescue"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class BootWord:
    """A word in a reason: what it means, in plain words, and whose vocabulary it is."""

    kind: BootClass
    pattern: re.Pattern[str]
    plain: Text
    source: str


def _word(kind: BootClass, pattern: str, en: str, zh: str, source: str) -> BootWord:
    return BootWord(kind, re.compile(pattern), Text(en, zh), source)


_K = BootClass
BOOT_WORDS: tuple[BootWord, ...] = (
    # MediaTek's loader has this one word for an ordinary restart (Meizu M1813, LeEco X620) and for
    # a watchdog that is set to start without the power key; bootstat makes it "warm".
    _word(
        _K.UNKNOWN,
        r"wdt_by_pass_pwk",
        "it restarted by itself or was told to: the boot loader has one word for both",
        "主动重启或自行重启，引导程序对两者用同一说法",
        "MediaTek preloader, AOSP bootstat (alias warm)",
    ),
    # "Unknown reset": the loader says that it does not know either.
    _word(
        _K.UNKNOWN,
        r"unknown_reset|oemerr_unknown",
        "the boot loader does not know why it was reset",
        "引导程序也不知道重启原因",
        "AOSP bootstat, Qualcomm",
    ),
    _word(
        _K.HELD_KEY,
        r"long_?key|s3_?rst|by_key|keys?_hold|kpdpwr_?long|\bmaster_rst|\breboot,pin\b"
        r"|(?:power|pwr)_?key_?long|kpdpwr_and|resin_and|andor_resin|\bresin_n\b",
        "a key was held down until the phone restarted",
        "按键被长按导致重启",
        "AOSP bootstat, MediaTek, Qualcomm PMIC",
    ),
    _word(
        _K.THERMAL,
        r"thermal|over_?heat|over[ _]?temp|temp_high|otp_reset|\btsd\b|\btj\b|\bntc\b|\btelemtemp\b"
        r"|\botst3\b|\btft\b|tsensor",
        "it became too hot",
        "温度过高",
        "AOSP bootstat, Google (tsd, ntc), Qualcomm (otst3, tft), Huawei (tsensor)",
    ),
    # MediaTek's loader says "2sec" where the power came back within two seconds.
    _word(
        _K.UNDERVOLTAGE,
        r"uvlo|under_?voltage|smpl|power_?(?:loss|fail|cut)|\bbrown_?out|2sec"
        r"|batt?(?:ery)?_?(?:remov|disconnect|lost)",
        "the voltage collapsed, or the contact to the battery was lost for a moment",
        "电压骤降，或电池接触瞬间中断",
        "AOSP bootstat, Qualcomm (smpl, uvlo), MediaTek preloader (2sec)",
    ),
    _word(
        _K.POWER_FAULT,
        r"\bocp|over_?current|\bovp|over_?voltage|sys_ldo_ok|pmic_off_fault|master_dc|pmic_fault"
        r"|(?:\b|_)(?:fault_n|ocp\d?|ovp|ovlo)\b|\b(?:gp|mbg)_fault|avdd_rb|pbs_nack"
        r"|(?:ldo|buck|vph|rail)_?\d*_?(?:fault|fail|err)|pmic_(?:abnormal|protect)",
        "the power chip switched off to protect the phone",
        "电源芯片为保护手机而断电",
        "AOSP bootstat, Google, Qualcomm PMIC",
    ),
    _word(
        _K.STORAGE,
        r"mount_userdata_failed|dm-?_?verity|(?:\b|_)verity|fs_mgr|fsck|data_?corrupt|decrypt"
        r"|(?:mount|prepare)_(?:all|metadata|userdata)_?fail|vold-failed|^mount_?fail$|image_corrupt"
        r"|(?:\b|_)(?:avb|ufs|emmc)_(?:err|fail)",
        "the system or the data on the storage could not be read whole",
        "存储中的系统或数据无法完整读取",
        "AOSP bootstat, init",
    ),
    _word(
        _K.RESCUE,
        r"rescue_?party|userspace_failed|userspace_reboot,?watchdog|set_policy_failed"
        r"|init_user0_failed|enablefilecrypto_failed|safetycheck|boringssl-self-check"
        r"|^reboot,(?:bootloader,)?[\w-]{1,40}-failed\b",
        "Android gave up starting and tried to rescue itself",
        "安卓无法正常启动并尝试自救",
        "AOSP RescueParty, init (reboot_on_failure)",
    ),
    _word(
        _K.KERNEL_PANIC,
        r"panic|kernel_?crash|\boops|init_fatal|kernel_?fault|\bmodem_?crash|(?:data|prefetch)_abort"
        r"|(?:fatal|nested)_exception",
        "the core of the system crashed",
        "系统内核崩溃",
        "AOSP bootstat, Linux",
    ),
    _word(
        _K.CHIP,
        r"watchdog[,_ ]?(?:apc|apm|gsa|aoc|pmucal|sdi|rpm|apps|nonsec|aop|tz|soc|hw)"
        r"|(?:\b|[a-z\d]_|hw|global)wdt|wdog|(?:pmic|hw|hardware|pbs)_watchdog"
        r"|security watchdog|reboot,gsa\b|lpass_cfg|memory_protect|xpu_?(?:ns_)?err"
        r"|(?:tz|rpm|adsp|cdsp|slpi|mba|lpass|wcnss|dsps|modem|ar6320|aop|aoc|gsa|sdi)"
        r"_?\w{0,16}(?:err|crash|fatal|fail|timeout|reset|undef)"
        r"|(?:tee|atf|bl\d*|lk|gz|scp|sspm|mcupm|spm|hyp|venus|wlan|wpss|subsys\w{0,8})_?(?:crash|fatal)"
        r"|abnormal_reset|crash_on_the_lk|bite|\bbark",
        "the chip restarted the phone: nothing answered its watchdog, or one of its own programs "
        "failed",
        "芯片重启了手机：看门狗无响应，或芯片内部程序出错",
        "AOSP bootstat, Qualcomm, MediaTek, Google",
    ),
    _word(
        _K.WATCHDOG,
        r"watch_?dog|(?:hang|hung)_?detect|system_server_hang|lock_?up|rcu_?stall",
        "the system hung and was restarted by its watchdog",
        "系统卡死，被看门狗重启",
        "AOSP bootstat",
    ),
    # `shutdown,charger,low-battery` is the end of MIUI's countdown at 0 %.
    _word(
        _K.BATTERY,
        r"batt|no_power|low_power_shutdown|low_?bat|\bvbat_?low",
        "the battery was empty or gave way",
        "电量耗尽或电池供电不足",
        "AOSP bootstat, MIUI",
    ),
    _word(
        _K.UPDATE,
        r"\bota\b|update|upgrade|factory_?reset|recovery|bootloader|fastboot|download|rom_recovery",
        "an update, a reset or the boot loader was asked for",
        "系统更新、恢复出厂或进入引导程序",
        "AOSP bootstat",
    ),
    _word(
        _K.USER,
        r"\bfship",
        "it was switched off for shipping and woken again",
        "处于运输关机模式后被唤醒",
        "AOSP bootstat (fship)",
    ),
    _word(
        _K.USER,
        r"userrequested|user_choose|shell|\badb\b|power_?(?:on_)?key|pwrkey|pon_?key|rtc|kpdpwr"
        r"|^power[-_]on$|tool_by_pass_pwk"
        r"|silent|timed_shutdown|crontab|setup|guidepage|(?<!over)charge|usb|quiescent|factory"
        r"|power_on_cable"
        r"|\btool\b|periodic|\bedl\b|reboot_normal|reboot_by_powerkey|^(?:keypad|cable)$"
        r"|device_?(?:owner|admin)|safe_?mode|\bkpoc\b",
        "somebody asked for it, or a charger was plugged in",
        "由人操作，或插入了充电器",
        "AOSP bootstat, MediaTek, makers",
    ),
    # Known words that do not say why: power was off before, or something pulled the reset line.
    _word(
        _K.UNKNOWN,
        r"\bcold|\bhard|\bwarm|hw_?reset|hardware_reset|^(?:srto: )?(?:reboot|normal)$|^reboot,$"
        r"|pmic_off_other|unknown|ps_hold|s3_wakeup|shutdown,(?:container|suspend|hibernate)|pon1$"
        r"|^srto: ?(?:wakesrc|1-1|omap_hsmm|phy0|touchpad)|^reboot,(?:early|emergency|keys_clear)"
        r"|software_master|^shutdown,?$|^0x776655ff$|\[empty\]",
        "the phone does not say why it was off before",
        "手机未说明此前关机的原因",
        "AOSP bootstat",
    ),
)
"""The first that fits decides."""

ABNORMAL = frozenset(
    {
        BootClass.WATCHDOG,
        BootClass.CHIP,
        BootClass.KERNEL_PANIC,
        BootClass.UNDERVOLTAGE,
        BootClass.POWER_FAULT,
        BootClass.THERMAL,
        BootClass.STORAGE,
        BootClass.RESCUE,
    }
)
"""Classes in which the phone went down although nobody wanted it to."""


NO_DATE = Text(
    "Nothing tells when the phone was read, so nothing of the last 30 days can be told.",
    "无法得知手机的读取时间，因此无法判断近 30 天的情况。",
)
GAVE_WAY = Text(
    "Within 30 days the phone switched off {value} times because its battery was empty or gave "
    "way. It may simply have been used until it was empty.",
    "30 天内手机有 {value} 次因电池没电或供电不足而关机，也可能只是用户用完了电。",
)
NOBODYS = Text("A reason in words that are not known here.", "原因用词未知，无法判断。")


def boot_word(reason: str) -> BootWord | None:
    """Find what a reason means, in Android's or a boot loader's words; None where nobody knows."""
    lowered = reason[:200].lower()
    return next((word for word in BOOT_WORDS if word.pattern.search(lowered)), None)
