"""Who a phone says it is: the identity that heads its report."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.frozen import Frozen
from diagnose.parsers.system.operating_system import OperatingSystem, operating_system
from diagnose.parsers.system.product import product
from diagnose.text import printable

_LONGEST = 100


class DeviceIdentity(Frozen):
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


def identify(properties: Mapping[str, str]) -> DeviceIdentity:
    """Read the identity from the system properties; never raises."""
    names = product(properties)
    system = operating_system(properties)
    return DeviceIdentity(
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
