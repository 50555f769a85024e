"""Who a phone says it is: the identity that heads its report."""

from __future__ import annotations

import json
from collections.abc import Mapping

from diagnose.ladder.identity import maker
from diagnose.ladder.state import Rung
from diagnose.model.frozen import Frozen
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.parsers.fastboot.variables import parse_variables
from diagnose.parsers.serial.at import parse_at, parse_devconinfo, value_of
from diagnose.parsers.system.operating_system import OperatingSystem, operating_system
from diagnose.parsers.system.product import product
from diagnose.text import decode, printable

_LONGEST = 100
_RUNNING = (Rung.SYSTEM, Rung.SYSTEM_CLOSED)


class JudgedIdentity(Frozen):
    """The identity as the phone states it; empty where it does not say. Fit to be shown.

    `build` is the build a repair shop looks up: what the phone's own "About" page calls it.
    `emulator`: no customer report is made of it.
    """

    brand: str = ""
    model: str = ""
    marketing_name: str = ""
    os: str = ""
    os_version: str = ""
    android_version: str = ""
    build: str = ""
    security_patch: str = ""
    emulator: bool = False


def identify(properties: Mapping[str, str]) -> JudgedIdentity:
    """Read the identity from the system properties; never raises."""
    names = product(properties)
    system = operating_system(properties)
    return JudgedIdentity(
        brand=printable(names.brand, _LONGEST),
        model=printable(names.model, _LONGEST),
        marketing_name=printable(names.marketing_name, _LONGEST),
        os=system.name if properties else "",
        os_version=printable(system.version, _LONGEST),
        android_version=printable(system.android, _LONGEST),
        build=printable(_build(properties, system), _LONGEST),
        security_patch=printable(properties.get("ro.build.version.security_patch", ""), 20),
        emulator=names.emulator,
    )


def _build(properties: Mapping[str, str], system: OperatingSystem) -> str:
    """Xiaomi and vivo show another number than the build's display name."""
    keys = ["ro.build.display.id", "ro.build.id", "ro.build.version.incremental"]
    if system.name in ("MIUI", "HyperOS"):
        keys.insert(0, "ro.build.version.incremental")
    keys.insert(0, "ro.vivo.product.version")
    if system.name == "HarmonyOS NEXT":
        keys.insert(0, "ro.sys.anco.product.software.version")
    return next((properties[key].strip() for key in keys if properties.get(key, "").strip()), "")


def identify_from_outside(replies: Mapping[str, Reply]) -> JudgedIdentity:
    """Read the identity of a phone whose system does not answer: modem, bootloader, USB."""
    modem = parse_devconinfo(parse_at("AT+DEVCONINFO", _answer_to(replies, "serial:AT+DEVCONINFO")))
    loader = parse_variables(_answer_to(replies, "fastboot:getvar all").splitlines())
    usb = _descriptors(replies)
    model = (
        modem.get("MN")
        or _value(replies, "AT+CGMM")
        or _answer_to(replies, "fastboot:getvar product").strip()
        or loader.get("product", "")
        or (str(usb.get("product_name", "")) if _system_runs(replies) else "")
    )
    vendor = str(usb.get("vendor", "0"))
    brand = _value(replies, "AT+CGMI") or maker(int(vendor, 16) if vendor.isalnum() else 0)
    return JudgedIdentity(
        brand=printable(brand, _LONGEST),
        model=printable(model, _LONGEST),
        build=printable(modem.get("VER", ""), _LONGEST),
    )


def _system_runs(replies: Mapping[str, Reply]) -> bool:
    """Only then the name of the USB device is that of the phone, not of a loader."""
    return any(f'"rung": "{rung}"' in _answer_to(replies, "host:faces") for rung in _RUNNING)


def _answer_to(replies: Mapping[str, Reply], key: str) -> str:
    reply = replies.get(key)
    whole = reply is not None and reply.status is ReplyStatus.COMPLETE and not reply.exit_code
    return decode(reply.stdout) if reply is not None and whole else ""


def _value(replies: Mapping[str, Reply], command: str) -> str:
    answer = parse_at(command, _answer_to(replies, f"serial:{command}"))
    return value_of(command, answer) if answer.ok else ""


def _descriptors(replies: Mapping[str, Reply]) -> Mapping[str, object]:
    try:
        found = json.loads(_answer_to(replies, "usb:descriptors") or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
