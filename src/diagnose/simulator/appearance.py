"""How a virtual phone shows itself outside: not with its system, but with what came up instead.

`PHONE+fastboot-only` is the same phone hanging in its bootloader, `PHONE+edl` in its boot ROM.
Each appearance gives the faces the phone has then: devices on a virtual USB bus, the bootloader
behind one of them, the modem behind a serial port, or nothing at all.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from diagnose.model.text import Text
from diagnose.simulator.fastboot.loader import Loader
from diagnose.simulator.phone import Phone
from diagnose.simulator.serial.modem import ModemManner, SimulatedModem
from diagnose.simulator.state.battery import Battery
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.usb import describe
from diagnose.simulator.usb.chip import Chip
from diagnose.simulator.usb.model import UsbRefusal, VirtualUsb

_VENDORS = {
    "google": 0x18D1,
    "samsung": 0x04E8,
    "huawei": 0x12D1,
    "xiaomi": 0x2717,
    "redmi": 0x2717,
}
_AOA_VERSION = 51
ADB, FASTBOOT, HDC = (0xFF, 0x42, 1), (0xFF, 0x42, 3), (0xFF, 0x50, 1)
MTP = (6, 1, 1)
VENDOR = (0xFF, 0xFF, 0xFF)


@dataclass
class ShownFaces:
    """What the computer gets to see. `loader` and `chip` are kept for what they were asked."""

    usb: list[VirtualUsb] = field(default_factory=list)
    loader: Loader | None = None
    modem: SimulatedModem | None = None
    chip: Chip | None = None

    def attack(self, attacked: Callable[[str, int], str]) -> None:
        """Let every string of descriptors, variables and modem answers carry an attack."""
        for device in self.usb:
            device.strings = tuple(
                attacked(word[:40], number) if isinstance(word, str) else word
                for number, word in enumerate(device.strings)
            )
        if self.loader:
            self.loader.variables = _all_attacked(self.loader.variables, attacked)
        if self.modem:
            self.modem.answers = _all_attacked(self.modem.answers, attacked)


def _all_attacked(
    printed: Mapping[str, str], attacked: Callable[[str, int], str]
) -> Mapping[str, str]:
    """Numbers stay numbers and yes stays yes, so that what is judged reaches the views."""
    plain = ("yes", "no", "OK", "+CPIN", "+CSQ", "+CBC", "+CREG")
    return {
        name: word if word.startswith(plain) else attacked(word, number)
        for number, (name, word) in enumerate(printed.items())
    }


SYSTEM, AWAY = "system", "away"
"""Stages beside the appearances: the phone's own system, and nothing on the bus for a while."""


@dataclass(frozen=True)
class Appearance:
    """A named way to appear; one with `stages` goes from each to the next while it is watched."""

    title: Text
    show: Callable[[Phone], ShownFaces]
    stages: tuple[str, ...] = ()


def _vendor(phone: Phone) -> int:
    return _VENDORS.get(phone[SimulatedIdentity].brand.lower(), 0x18D1)


def _names(phone: Phone, *, serial: bool = True) -> tuple[str | None, ...]:
    who = phone[SimulatedIdentity]
    return who.manufacturer, who.model, who.serial if serial else None


def _device(
    phone: Phone,
    product: int,
    *interfaces: bytes,
    vendor: int | None = None,
    strings: tuple[str | None, ...] | None = None,
) -> VirtualUsb:
    names = _names(phone) if strings is None else strings
    indexes = tuple(n + 1 if name else 0 for n, name in enumerate(names))
    return VirtualUsb(
        describe.device_descriptor(
            vendor or _vendor(phone), product, strings=(indexes[0], indexes[1], indexes[2])
        ),
        describe.configuration(interfaces),
        names,
    )


def loader_variables(phone: Phone, *, slots: bool = True) -> dict[str, str]:
    """What this phone's bootloader knows of it."""
    who, battery = phone[SimulatedIdentity], phone[Battery]
    known = {
        "product": who.device,
        "version": "0.4",
        "version-bootloader": f"{who.platform}-1.2-{who.incremental}",
        "version-baseband": "",
        "serialno": who.serial,
        "secure": "yes",
        "unlocked": "no",
        "hw-revision": "MP1.0",
        "variant": "UFS",
        "battery-voltage": f"{battery.voltage_mv}mV",
        "battery-soc-ok": "yes" if battery.voltage_mv > 3500 else "no",
        "max-download-size": "0x10000000",
        "is-userspace": "no",
        "off-mode-charge": "1",
        "cpuid": "0xf933e2c3",
        "token": "VQEBIAEQtrG8mlPQJpVBZmMiXtitZwMGYWxpb3RoAgT5M-LD",
        "partition-type:userdata": "f2fs",
        "partition-size:userdata": " 0x1A92FFB000",
    }
    if slots:
        known |= {"slot-count": "2", "current-slot": "a"}
        for name in ("a", "b"):
            known[f"slot-retry-count:{name}"] = "7" if name == "b" else "3"
            known[f"slot-unbootable:{name}"] = "no"
            known[f"slot-successful:{name}"] = "yes" if name == "a" else "no"
    return known


def _fastboot(
    change: Mapping[str, str] | None = None,
    *,
    hangs_on: str = "",
    late_on: str = "",
    refuses_all: bool = False,
    serial: str = "",
) -> Callable[[Phone], ShownFaces]:
    def show(phone: Phone) -> ShownFaces:
        loader = Loader(
            loader_variables(phone) | dict(change or {}),
            hangs_on=frozenset(hangs_on.split()),
            late_on=frozenset(late_on.split()),
            refuses_all=refuses_all,
        )
        pipes = describe.endpoint(0x81), describe.endpoint(0x02)
        device = _device(
            phone, 0x4EE0, describe.interface(0, FASTBOOT, *pipes), vendor=0x18D1,
            strings=("Google", "Android", serial or phone[SimulatedIdentity].serial),
        )  # fmt: skip

        def heard(command: bytes) -> None:
            for packet in loader.answer(command):
                device.send(0x81, packet)

        device.handlers[0x02] = heard
        return ShownFaces([device], loader=loader)

    return show


def _edl(*, mute: bool = False) -> Callable[[Phone], ShownFaces]:
    def show(phone: Phone) -> ShownFaces:
        pipes = describe.endpoint(0x81), describe.endpoint(0x01)
        device = _device(
            phone, 0x9008, describe.interface(0, VENDOR, *pipes), vendor=0x05C6,
            strings=("Qualcomm CDMA Technologies MSM", "QUSB__BULK_CID:0413", None),
        )  # fmt: skip
        if mute:
            return ShownFaces([device])
        words = {
            1: struct.pack("<I", 0x1F2E3D4C),
            2: struct.pack("<Q", 0x001B80E100000000),
            3: bytes(range(32)),
        }
        chip = Chip(lambda data: device.send(0x81, data), words)
        device.handlers[0x01] = chip.heard
        return ShownFaces([device], chip=chip)

    return show


def _bare(
    product: int,
    *interfaces: bytes,
    vendor: int | None = None,
    strings: tuple[str | None, ...] | None = None,
) -> Callable[[Phone], ShownFaces]:
    """A device that is there and is asked nothing."""

    def show(phone: Phone) -> ShownFaces:
        blocks = interfaces or (describe.interface(0, VENDOR, describe.endpoint(0x81)),)
        return ShownFaces([_device(phone, product, *blocks, vendor=vendor, strings=strings)])

    return show


def _modem_answers(phone: Phone) -> dict[str, str]:
    who, battery = phone[SimulatedIdentity], phone[Battery]
    return {
        "AT": "OK",
        "AT+CGMI": who.manufacturer,
        "AT+CGMM": who.model,
        "AT+CGMR": who.build_id,
        "AT+CSQ": "+CSQ: 17,99",
        "AT+CPIN?": "+CPIN: READY",
        "AT+CREG?": "+CREG: 0,1",
        "AT+CBC": f"+CBC: 0,{battery.level}",
        "AT+BATGETLEVEL?": f"+BATGETLEVEL:{battery.level}",
        "AT+DEVCONINFO": (
            f"+DEVCONINFO: MN({who.model});BASE(SM-N900);VER({who.incremental});"
            f"MNC();MCC();PRD(TGY);OMCCODE();SN({who.serial});IMEI(350000000000006);"
            "UN(CE0717170A1A1A);CON(AT,MTP);LOCK(NONE);LIMIT(FALSE)"
        ),
    }


def _debugging_off(manner: ModemManner = ModemManner.ECHO) -> Callable[[Phone], ShownFaces]:
    """The system runs: file transfer, on Samsung and Huawei also the modem's port."""

    def show(phone: Phone) -> ShownFaces:
        mtp = describe.interface(
            0, MTP, describe.endpoint(0x81), describe.endpoint(0x01),
            describe.endpoint(0x82, describe.INTERRUPT, 28, 6),
        )  # fmt: skip
        has_modem = phone[SimulatedIdentity].brand.lower() in ("samsung", "huawei")
        blocks = (mtp, describe.modem(1, 0x83, 0x84, 0x02)) if has_modem else (mtp,)
        device = _device(phone, 0x6860 if has_modem else 0x4EE1, *blocks)
        device.vendor_requests[_AOA_VERSION] = b"\x02\x00"
        modem = SimulatedModem(_modem_answers(phone), manner) if has_modem else None
        return ShownFaces([device], modem=modem)

    return show


def _charge_only(phone: Phone) -> ShownFaces:
    device = _device(phone, 0x4EE8)
    device.vendor_requests[_AOA_VERSION] = UsbRefusal.STALL
    return ShownFaces([device])


def _forbidden(phone: Phone) -> ShownFaces:
    shown = _fastboot()(phone)
    shown.usb[0].forbidden = True
    return shown


def _claimed(phone: Phone) -> ShownFaces:
    shown = _fastboot()(phone)
    shown.usb[0].held.add(0)
    return shown


def _stalled(phone: Phone) -> ShownFaces:
    shown = _fastboot()(phone)
    shown.usb[0].stalled.add(0x81)
    return shown


def _unplugged(phone: Phone) -> ShownFaces:
    """Unplugged in the middle of the first answer."""
    shown = _fastboot()(phone)
    device = shown.usb[0]
    device.handlers[0x02] = lambda _command: device.unplug()
    return shown


_GAVE_UP = {"current-slot": "b", "slot-unbootable:b": "yes", "slot-retry-count:b": "0"}

FOUND_BY = ("startup.state",)
"""The probes that say how a phone shows itself on the bus."""

APPEARANCES: Mapping[str, Appearance] = {
    "fastboot-only": Appearance(
        Text("hangs in its bootloader; slots are fine", "停在引导程序（fastboot），分区槽正常"),
        _fastboot(),
    ),
    "slot-unbootable": Appearance(
        Text(
            "bootloader; the slot in use is marked unbootable", "引导程序；当前分区槽标记为无法启动"
        ),
        _fastboot(_GAVE_UP),
    ),
    "fastboot-flat": Appearance(
        Text("bootloader; the battery is empty", "引导程序；电池电量耗尽"),
        _fastboot({"battery-voltage": "3102", "battery-soc-ok": "no"}),
    ),
    "fastboot-hangs": Appearance(
        Text(
            "bootloader that falls silent at a name it does not know",
            "引导程序遇到未知变量即无响应",
        ),
        _fastboot(hangs_on="battery-soc-ok"),
    ),
    "fastboot-late": Appearance(
        Text("bootloader that answers one question late", "引导程序有一条应答迟到"),
        _fastboot(late_on="secure"),
    ),
    "fastboot-shy": Appearance(
        Text("bootloader that refuses `getvar all`", "引导程序拒绝 getvar all"),
        _fastboot(refuses_all=True),
    ),
    "fastbootd": Appearance(
        Text("fastboot inside the recovery system", "恢复系统中的 fastboot"),
        _fastboot({"is-userspace": "yes"}),
    ),
    "fastboot-forbidden": Appearance(
        Text("bootloader; this user may not open the device", "引导程序；当前用户无权打开设备"),
        _forbidden,
    ),
    "fastboot-claimed": Appearance(
        Text("bootloader; another program holds the interface", "引导程序；接口被其他程序占用"),
        _claimed,
    ),
    "fastboot-stalled": Appearance(
        Text("bootloader; its pipe stalls", "引导程序；数据端点停滞"), _stalled
    ),
    "fastboot-unplugged": Appearance(
        Text("bootloader; unplugged at the first question", "引导程序；首次询问时被拔出"),
        _unplugged,
    ),
    "starts-late": Appearance(
        Text(
            "its slot is marked unbootable, and after a restart its system starts",
            "当前分区槽标记为无法启动，重启后系统启动",
        ),
        _fastboot(_GAVE_UP),
        ("slot-unbootable", AWAY, SYSTEM),
    ),
    "restarts-once": Appearance(
        Text("goes away at the first question, then starts", "首次询问时断开，随后启动"),
        _unplugged,
        ("fastboot-unplugged", AWAY, SYSTEM),
    ),
    "boot-loop": Appearance(
        Text("restarts again and again", "反复重启"),
        _charge_only,
        ("charge-only", AWAY) * 4,
    ),
    "swapped": Appearance(
        Text(
            "bootloader; then another phone on the same port",
            "引导程序；随后同一端口换成另一部手机",
        ),
        _fastboot(),
        ("fastboot-only", AWAY, "fastboot-another"),
    ),
    "fastboot-another": Appearance(
        Text("bootloader of another phone", "另一部手机的引导程序"),
        _fastboot({"product": "another", "serialno": "ANOTHER0001"}, serial="ANOTHER0001"),
    ),
    "edl": Appearance(Text("Qualcomm emergency download", "高通紧急下载模式（9008）"), _edl()),
    "edl-mute": Appearance(
        Text("Qualcomm emergency download, silent", "高通紧急下载模式，无应答"), _edl(mute=True)
    ),
    "ramdump": Appearance(
        Text("Qualcomm memory dump", "高通崩溃转储模式"), _bare(0x900E, vendor=0x05C6)
    ),
    "brom": Appearance(
        Text("MediaTek boot ROM", "联发科引导 ROM"),
        _bare(
            0x0003, describe.modem(0, 0x83, 0x81, 0x01), vendor=0x0E8D, strings=(None, None, None)
        ),
    ),
    "preloader": Appearance(
        Text("MediaTek preloader", "联发科 preloader"),
        _bare(
            0x2000,
            describe.modem(0, 0x83, 0x81, 0x01),
            vendor=0x0E8D,
            strings=("MediaTek", "MT65xx Preloader", None),
        ),
    ),
    "kirin-vcom": Appearance(
        Text("Kirin boot ROM", "麒麟引导 ROM"),
        _bare(0x3609, vendor=0x12D1, strings=("HUAWEI", "HUAWEI USB COM 1.0", None)),
    ),
    "tensor-rom": Appearance(
        Text("Pixel ROM recovery", "Pixel ROM 恢复"),
        _bare(0x4F00, vendor=0x18D1, strings=("Google", "Pixel ROM Recovery", "9865AAAA0001")),
    ),
    "samsung-download": Appearance(
        Text("Samsung download mode", "三星下载模式"),
        _bare(0x685D, describe.modem(0, 0x83, 0x81, 0x01), vendor=0x04E8),
    ),
    "exynos-eub": Appearance(
        Text("Exynos USB boot", "Exynos USB 启动模式"), _bare(0x1234, vendor=0x04E8)
    ),
    "unisoc-download": Appearance(
        Text("Unisoc download mode", "紫光展锐下载模式"), _bare(0x4D00, vendor=0x1782)
    ),
    "apple-dfu": Appearance(
        Text("Apple DFU mode", "苹果 DFU 模式"),
        _bare(
            0x1227, vendor=0x05AC, strings=("Apple Inc.", "Apple Mobile Device (DFU Mode)", None)
        ),
    ),
    "hdc": Appearance(
        Text("HarmonyOS that speaks hdc", "使用 hdc 的鸿蒙系统"),
        _bare(
            0x5000,
            describe.interface(0, HDC, describe.endpoint(0x81), describe.endpoint(0x01)),
            vendor=0x12D1,
        ),
    ),
    "debugging-off": Appearance(
        Text("system runs, USB debugging off", "系统运行，USB 调试关闭"), _debugging_off()
    ),
    "modem-silent": Appearance(
        Text(
            "system runs, debugging off, its modem port says nothing",
            "USB 调试关闭，调制解调器端口无应答",
        ),
        _debugging_off(ModemManner.SILENT),
    ),
    "modem-chatty": Appearance(
        Text(
            "system runs, debugging off, its modem speaks unasked",
            "USB 调试关闭，调制解调器主动上报",
        ),
        _debugging_off(ModemManner.CHATTY),
    ),
    "charge-only": Appearance(Text("charges, offers nothing", "仅充电，无可用接口"), _charge_only),
    "silent": Appearance(
        Text("nothing on the bus", "USB 上无任何设备"), lambda _phone: ShownFaces()
    ),
}
