"""What on this computer keeps phones from us: permissions, other programs, sleeping hubs."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from diagnose.discovery.usb import usb_faces
from diagnose.ladder.state import State
from diagnose.model.text import Text
from diagnose.station.finding import StationFinding
from diagnose.text import printable
from diagnose.transports.adb.server import client_versions
from diagnose.transports.usb.bus import SYSFS, SystemBus

PROC = Path("/proc")
_FIX = Text(
    "`diagnose doctor --fix` shows the udev rule, `--fix --install` writes it",
    "`diagnose doctor --fix` 显示 udev 规则，`--fix --install` 写入规则",
)
_RISKY = {State.FASTBOOT, State.EDL}


def check_adb_versions(server: int | None) -> StationFinding:
    """Several adb programs of different protocol versions end each other's server."""
    found = client_versions()
    numbers = {number for number in found.values() if number} | ({server} if server else set())
    versions = "; ".join(f"{path}: {number or '?'}" for path, number in sorted(found.items()))
    if len(numbers) <= 1:
        return StationFinding(
            "adb versions", ok=True, text=Text(versions or "none", versions or "无")
        )
    text = Text(
        f"programs and server differ ({versions}; server: {server or 'none'}): each ends the "
        "other's server, and phones go offline in between",
        f"adb 程序与服务器版本不一致（{versions}；服务器：{server or '无'}），"
        "会互相终止对方的服务器，导致手机掉线",
    )
    hint = Text(
        "keep one adb, or set ADBUTILS_ADB_PATH", "请只保留一个 adb，或设置 ADBUTILS_ADB_PATH"
    )
    return StationFinding("adb versions", ok=False, text=text, hint=hint)


def check_phones() -> StationFinding:
    """Every phone on the bus can be opened by this user."""
    seen = [(device, faces[0].state) for device, faces in usb_faces(SystemBus())]
    closed = [device for device, _ in seen if device.accessible is False]
    if not seen:
        return StationFinding("phones", ok=True, text=Text("no phone on USB", "USB 上没有手机"))
    names = ", ".join(printable(f"{d.path} {d.product_name}", 60) for d in closed or [seen[0][0]])
    if closed:
        text = Text(f"may not be opened: {names}", f"无权打开：{names}")
        return StationFinding("phones", ok=False, text=text, hint=_FIX)
    text = Text(f"{len(seen)} on USB, all may be opened", f"USB 上 {len(seen)} 台，均可打开")
    return StationFinding("phones", ok=True, text=text)


def check_programs(proc: Path = PROC) -> Iterator[StationFinding]:
    """Programs that talk to phones without being asked."""
    running = _running(proc)
    if "ModemManager" in running:
        yield StationFinding(
            "ModemManager",
            ok=None,
            text=Text(
                "runs: it asks every new modem port, and holds it for some seconds",
                "正在运行：会询问每个新的调制解调器端口并占用数秒",
            ),
            hint=Text(
                "the rules of `doctor --fix` keep it off boot ROMs; or systemctl stop ModemManager",
                "`doctor --fix` 的规则可使其忽略引导 ROM；或执行：systemctl stop ModemManager",
            ),
        )
    if "fwupd" in running:
        risk = any(faces[0].state in _RISKY for _, faces in usb_faces(SystemBus()))
        yield StationFinding(
            "fwupd",
            ok=False if risk else None,
            text=Text(
                "runs: it claims fastboot interfaces and asks them unasked, which has broken "
                "flashing in other programs (fwupd issues 3187, 6914)",
                "正在运行：会主动占用并询问 fastboot 接口，曾导致其他程序刷机失败"
                "（fwupd 问题 3187、6914）",
            ),
            hint=Text("systemctl stop fwupd while you work", "操作期间执行：systemctl stop fwupd"),
        )


def check_holders(ports: Iterable[str], proc: Path = PROC) -> Iterator[StationFinding]:
    """Who has a serial port open; processes of others are seen by root alone."""
    for port, holder in sorted(_holders(set(ports), proc).items()):
        yield StationFinding(
            "port in use",
            ok=False,
            text=Text(f"{port} is held by {holder}", f"{port} 被 {holder} 占用"),
            hint=Text("end that program", "请结束该程序"),
        )


def check_hubs(sysfs: Path = SYSFS) -> StationFinding:
    """Hubs that go to sleep drop phones that draw little."""
    hubs = sorted(sysfs.glob("*-*")) if sysfs.is_dir() else []
    asleep = [hub.name for hub in hubs if _may_sleep(hub)]
    if not asleep:
        return StationFinding(
            "hubs", ok=True, text=Text("none saves power", "没有启用省电的集线器")
        )
    names = ", ".join(asleep)
    text = Text(f"may go to sleep: {names}", f"可能休眠：{names}")
    hint = Text(
        f"echo on > {sysfs}/{asleep[0]}/power/control, as root",
        f"以 root 执行：echo on > {sysfs}/{asleep[0]}/power/control",
    )
    return StationFinding("hubs", ok=None, text=text, hint=hint)


def check_system() -> Iterator[StationFinding]:
    """What other systems need."""
    if platform.system() == "Windows":
        text = Text(
            "fastboot and boot ROMs need the WinUSB driver (Zadig), adb the maker's or Google's",
            "fastboot 与引导 ROM 需 WinUSB 驱动（Zadig），adb 需厂商或谷歌驱动",
        )
        yield StationFinding("Windows", ok=None, text=text)
    elif platform.system() == "Darwin":
        text = Text(
            "phones need no driver; close Android File Transfer and OpenMTP, which hold the port",
            "无需驱动；请关闭会占用端口的 Android File Transfer 与 OpenMTP",
        )
        yield StationFinding("macOS", ok=None, text=text)


def _may_sleep(folder: Path) -> bool:
    try:
        is_hub = (folder / "bDeviceClass").read_text().strip() == "09"
        return is_hub and (folder / "power" / "control").read_text().strip() == "auto"
    except OSError:
        return False


def _running(proc: Path) -> set[str]:
    names = set()
    for file in proc.glob("[0-9]*/comm"):
        with suppress(OSError):
            names.add(file.read_text().strip())
    return names


def _holders(ports: set[str], proc: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    if not ports:
        return found
    for folder in proc.glob("[0-9]*/fd"):
        with suppress(OSError):
            for link in folder.iterdir():
                target = str(link.readlink())
                if target in ports:
                    name = (folder.parent / "comm").read_text().strip()
                    found[target] = printable(f"{name} ({folder.parent.name})", 60)
    return found
