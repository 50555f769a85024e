"""The computer itself: what is needed to reach phones, checked without changing anything."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from diagnose import __version__
from diagnose.errors import DiagnoseError
from diagnose.model.text import Text
from diagnose.station import usb_checks
from diagnose.station.finding import StationFinding

_UDEV_FOLDERS = ("/etc/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d")
_PORT_GLOBS = ("/dev/ttyUSB*", "/dev/ttyACM*")


def examine_computer() -> list[StationFinding]:
    """Check everything; a check that breaks is a finding, never an end."""
    checks: dict[str, Callable[[], StationFinding]] = {
        "diagnose": _check_program,
        "adb": _check_adb,
        "adb server": _check_server,
        "libusb": _check_libusb,
        "udev": _check_udev,
        "ports": _check_ports,
        "adb versions": lambda: usb_checks.check_adb_versions(_server_number()),
        "phones": usb_checks.check_phones,
        "hubs": usb_checks.check_hubs,
        "config": _check_config,
    }
    several: dict[str, Callable[[], Iterable[StationFinding]]] = {
        "programs": usb_checks.check_programs,
        "ports": lambda: usb_checks.check_holders(_ports()),
        "system": usb_checks.check_system,
    }
    found = [_guarded(name, check) for name, check in checks.items()]
    return found + [one for name, check in several.items() for one in _all_of(name, check)]


def _all_of(name: str, check: Callable[[], Iterable[StationFinding]]) -> list[StationFinding]:
    try:
        return list(check())
    except Exception as problem:  # noqa: BLE001 - the doctor himself must not fall ill
        return [StationFinding(name, ok=None, text=Text(f"{type(problem).__name__}: {problem}"))]


def _guarded(name: str, check: Callable[[], StationFinding]) -> StationFinding:
    try:
        return check()
    except DiagnoseError as problem:
        hint = Text(problem.hint, problem.hint_zh) if problem.hint else None
        return StationFinding(name, ok=False, text=Text(problem.message), hint=hint)
    except Exception as problem:  # noqa: BLE001 - the doctor himself must not fall ill
        return StationFinding(name, ok=None, text=Text(f"{type(problem).__name__}: {problem}"))


def _check_program() -> StationFinding:
    packages = ", ".join(f"{name} {_version(name)}" for name in ("adbutils", "pydantic", "click"))
    text = f"{__version__}, Python {platform.python_version()} on {platform.system()}; {packages}"
    return StationFinding("diagnose", ok=sys.version_info >= (3, 11), text=Text(text))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _check_adb() -> StationFinding:
    from diagnose.transports.adb.server import find_adb, stated_version

    program = find_adb()
    if stated_version(str(program)) is None:
        text = Text(f"{program} does not run", f"{program} 无法运行")
        hint = Text(
            "set ADBUTILS_ADB_PATH to a working adb program",
            "请用 ADBUTILS_ADB_PATH 指定可用的 adb 程序",
        )
        return StationFinding("adb", ok=False, text=text, hint=hint)
    return StationFinding("adb", ok=True, text=Text(str(program)))


def _check_server() -> StationFinding:
    """Ask a server that runs; starting one is left to `devices` and `run`."""
    from diagnose.transports.adb.host import NobodyListens, server_version
    from diagnose.transports.adb.server import server_address

    address = server_address()
    try:
        number = server_version(address)
    except NobodyListens:
        text = Text(
            f"none runs on {address}; it is started when it is needed",
            f"{address} 上未运行，需要时会自动启动",
        )
        return StationFinding("adb server", ok=True, text=text)
    text = Text(f"{address}, version {number}", f"{address}，版本 {number}")
    return StationFinding("adb server", ok=True, text=text)


def _check_libusb() -> StationFinding:
    import libusb_package

    backend = libusb_package.get_libusb1_backend()
    if backend is not None:
        return StationFinding("libusb", ok=True, text=Text("bundled", "已内置"))
    hint = Text(
        "install libusb-1.0; adb itself does not need it",
        "请安装 libusb-1.0；adb 本身不需要它",
    )
    return StationFinding("libusb", ok=None, text=Text("not found", "未找到"), hint=hint)


def _check_udev() -> StationFinding:
    if not sys.platform.startswith("linux"):
        return StationFinding("udev", ok=True, text=Text("not needed here", "此系统不需要"))
    rules = [
        p
        for folder in _UDEV_FOLDERS
        for p in Path(folder).glob("*.rules")
        if "android" in p.name or "diagnose" in p.name
    ]
    if rules:
        return StationFinding("udev", ok=True, text=Text(str(rules[0])))
    if os.geteuid() == 0:
        text = Text("no Android rules, but root needs none", "无 Android 规则，root 用户不需要")
        return StationFinding("udev", ok=True, text=text)
    hint = Text(
        "`diagnose doctor --fix` shows a rule for every phone; or install "
        "android-sdk-platform-tools-common (Debian, Ubuntu) or android-udev (Arch), "
        "join the group plugdev, log in again",
        "`diagnose doctor --fix` 显示通用规则；或安装 android-sdk-platform-tools-common"
        "（Debian、Ubuntu）或 android-udev（Arch），加入 plugdev 组后重新登录",
    )
    text = Text("no rules for Android phones", "未找到 Android 手机的规则")
    return StationFinding("udev", ok=None, text=text, hint=hint)


def _ports() -> list[str]:
    return [str(p) for glob in _PORT_GLOBS for p in Path("/").glob(glob.lstrip("/"))]


def _server_number() -> int | None:
    """The protocol version of the server that runs, if one does."""
    from diagnose.transports.adb.host import server_version
    from diagnose.transports.adb.server import server_address

    try:
        return int(server_version(server_address()))
    except (DiagnoseError, ValueError):
        return None


def _check_ports() -> StationFinding:
    ports = _ports()
    if not ports:
        return StationFinding("ports", ok=True, text=Text("no serial port", "没有串口"))
    closed = [port for port in ports if not os.access(port, os.R_OK | os.W_OK)]
    if closed:
        hint = Text("join the group dialout and log in again", "请加入 dialout 组后重新登录")
        text = Text(f"may not be opened: {', '.join(closed)}", f"无权打开：{', '.join(closed)}")
        return StationFinding("ports", ok=False, text=text, hint=hint)
    return StationFinding("ports", ok=True, text=Text(", ".join(ports)))


def _check_config() -> StationFinding:
    from diagnose.station.salt import config_folder

    folder = config_folder()
    place = folder if folder.exists() else folder.parent
    while not place.exists():
        place = place.parent
    ok = os.access(place, os.W_OK)
    hint = Text(
        "set DIAGNOSE_CONFIG to a folder you may write to", "请用 DIAGNOSE_CONFIG 指定可写目录"
    )
    return StationFinding("config", ok=ok, text=Text(str(folder)), hint=None if ok else hint)
