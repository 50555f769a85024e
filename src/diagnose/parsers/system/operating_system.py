"""Which system a phone runs, by the name its maker gives it: HarmonyOS 4.2.0, HyperOS 2.0.205.0.

Every rule reads properties that real phones of that maker carry; the first that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from diagnose.model.communities import COMMUNITY_NAMES
from diagnose.model.plain import dataclass

Properties = Mapping[str, str]


@dataclass(frozen=True)
class OperatingSystem:
    """The maker's name of the system and its version; plain Android where no maker's is known.

    `android` is the Android release below it, empty where the phone does not say. `custom`: a
    community build rather than the maker's own.
    """

    name: str
    version: str
    android: str
    custom: bool = False


def operating_system(properties: Properties) -> OperatingSystem:
    """Recognise the system from the properties."""
    android = properties.get("ro.build.version.release", "").strip()
    for rule in _RULES:
        if found := rule(properties):
            name, version = found
            custom = name in _CUSTOM or _is_ported(name, properties) or _is_rebuilt(properties)
            return OperatingSystem(name, version, android, custom=custom)
    return OperatingSystem("Android", android, android, custom=_is_rebuilt(properties))


def community_lines(properties: Properties) -> tuple[str, ...]:
    """The names of the properties that show a community's build; none where nothing does."""
    named = [name for name in _NAMING if _REBUILT.search(properties.get(name, "")[:200])]
    own = [name for name in properties if _OWN_PROPERTIES.match(name)]
    found = operating_system(properties)
    brands = ["ro.product.brand"] if _is_ported(found.name, properties) else []
    return tuple(dict.fromkeys((*own[:3], *named, *brands)))


def _is_rebuilt(properties: Properties) -> bool:
    """Whether a community names itself as who built this system."""
    named = any(_REBUILT.search(properties.get(name, "")[:200]) for name in _NAMING)
    return named or any(_OWN_PROPERTIES.match(name) for name in properties)


def _is_ported(name: str, properties: Properties) -> bool:
    """Whether a maker's system runs on the phone of another maker."""
    makers = _MAKERS.get(name)
    keys = ("brand", "manufacturer", "vendor.brand", "vendor.manufacturer", "odm.brand")
    names = [properties.get(f"ro.product.{key}", "").strip().lower() for key in keys]
    known = [word for word in names if word]
    return bool(makers and known) and not any(word.startswith(makers or ()) for word in known)


Rule = Callable[[Properties], tuple[str, str] | None]
_VERSION = r"(\d{1,5}(?:\.\d{1,5}){0,5})"
_CUSTOM = {"LineageOS", "PixelExperience", "crDroid", "Evolution X", "ArrowOS"}
# Where who built a system writes his name: the maker's build computers have none of these.
_NAMING = (
    "ro.build.display.id",
    "ro.build.host",
    "ro.build.user",
    "ro.build.version.incremental",
    "ro.build.flavor",
    "ro.product.name",
    "ro.product.system.name",
    "ro.modversion",
)
# Rebuilt makers' firmware (xiaomi.eu and the like) and systems of communities, by their names.
_REBUILT = re.compile(rf"^aosp_(?!arm|x86)|{COMMUNITY_NAMES}", re.IGNORECASE)
_OWN_PROPERTIES = re.compile(
    r"ro\.(?:lineage|cm|crdroid|havoc|rr|omni|pa|aicp|bliss|derpfest|rising|mk|mokee|calyxos"
    r"|evolution|arrow|pixelos|potato|superior|corvus|aospa|aokp|carbon|du|slim|voltage|elixir"
    r"|matrixx|cherish|syberia|statix|sparkos|spark|yaap|iode|divest)\.(?:build\.|version|device|url)"
    r"|org\.(?:pixelexperience|evolution|pixelos|lineageos)\.|ro\.modversion$"
)
_MAKERS: Mapping[str, tuple[str, ...]] = {
    "MIUI": ("xiaomi", "redmi", "poco", "blackshark"),
    "HyperOS": ("xiaomi", "redmi", "poco"),
    "Flyme": ("meizu", "alps", "mblu"),
    "One UI": ("samsung",),
    "EMUI": ("huawei", "honor"),
    "HarmonyOS": ("huawei", "honor", "nzone", "hinova", "tdtech", "wiko"),
    "ColorOS": ("oppo", "oneplus", "realme"),
    "OxygenOS": ("oneplus",),
    "realme UI": ("realme",),
    "OriginOS": ("vivo", "iqoo"),
    "Funtouch OS": ("vivo", "iqoo"),
}
"""Whose phones a maker's system is made for; on another's it was put there by somebody."""
_ONE_UI_BY_SEM = {"2801": "1.0", "2802": "1.1", "2803": "1.5"} | {
    "2901": "2.0",
    "2902": "2.1",
    "2903": "2.5",
}
"""Samsung platform version → One UI, for phones older than `ro.build.version.oneui`."""


def _stated(name: str, key: str, pattern: str = rf"^\D{{0,16}}{_VERSION}") -> Rule:
    """A system whose version stands in one property."""
    compiled = re.compile(pattern)

    def rule(properties: Properties) -> tuple[str, str] | None:
        match = compiled.search(properties.get(key, "")[:200])
        return (name, match[1]) if match else None

    return rule


def _next(properties: Properties) -> tuple[str, str] | None:
    """HarmonyOS NEXT answers adb from an Android container, whose own values are not its own."""
    software = properties.get("ro.sys.anco.product.software.version", "")
    match = re.search(rf" {_VERSION}", software[:100])
    return ("HarmonyOS NEXT", ".".join(match[1].split(".")[:3])) if match else None


def _huawei(properties: Properties) -> tuple[str, str] | None:
    """EMUI or HarmonyOS: builds of HarmonyOS count from 100 (`103.0.0.167`).

    A nova 8 on EMUI 11 carries a HarmonyOS platform version too; the build number decides. A
    JKM-AL00 on HarmonyOS 2 says `9.1.0.228` as its build and the true one as its physical build.
    """
    emui = re.match(rf"EmotionUI_{_VERSION}", properties.get("ro.build.version.emui", ""))
    platform = re.match(_VERSION, properties.get("hw_sc.build.platform.version", ""))
    if not (emui or platform):
        return None
    stated = f"{_incremental(properties)} {properties.get('ro.build.ver.physical', '')[:100]}"
    builds = re.findall(r"(?:^| )(\d{1,4})\.(\d{1,3})\.(\d{1,3})\.", stated)
    for major, minor, patch in builds:
        if int(major) >= 100:
            return "HarmonyOS", f"{int(major) - 100}.{minor}.{patch}"
    if platform and not (builds and emui):
        return "HarmonyOS", platform[1]
    return ("EMUI", emui[1]) if emui else None


def _honor(properties: Properties) -> tuple[str, str] | None:
    if properties.get("hw_sc.build.os.enable") == "true":
        return None  # an Honor of Huawei's days whose system became HarmonyOS
    version = properties.get("msc.config.magic.version") or ""
    stated = re.search(_VERSION, version or properties.get("ro.build.version.magic", "")[:60])
    if not stated:
        return None
    return ("MagicOS" if int(stated[1].partition(".")[0]) >= 7 else "Magic UI"), stated[1]


def _xiaomi(properties: Properties) -> tuple[str, str] | None:
    hyper = properties.get("ro.mi.os.version.incremental") or properties.get(
        "ro.mi.os.version.name", ""
    )
    if match := re.match(rf"OS{_VERSION}", hyper):
        return "HyperOS", match[1]
    name = properties.get("ro.miui.ui.version.name", "")
    if not name:
        return None
    build = re.match(rf"V{_VERSION}\.", _incremental(properties))
    short = _miui_version(name)
    if joy := _joyui(properties):
        return "JOYUI", joy
    if int(short.partition(".")[0] or 0) >= _FIRST_HYPER:
        return "HyperOS", ""  # `V816`, and nothing says which
    return "MIUI", build[1] if build else short


_FIRST_HYPER = 81


def _miui_version(name: str) -> str:
    """`V12` is 12, `V125` is 12.5 and `V130` is 13."""
    match = re.match(r"V(\d{1,2})(\d?)", name)
    if match is None:
        return ""
    return f"{match[1]}.{match[2]}" if match[2] not in ("", "0") else match[1]


def _joyui(properties: Properties) -> str:
    """Black Shark's system: MIUI below it, under a name and a version of its own."""
    code = properties.get("ro.joyui.ui.version.code", "") or properties.get("ro.joyui.version", "")
    build = re.search(rf"(?:V|JOYUI){_VERSION}(?=.{{0,12}}$)", _incremental(properties))
    named = "JOYUI" in _incremental(properties).upper()
    shown = re.search(rf"(?i)\bJOYUI[ _-]?V?{_VERSION}", properties.get("ro.build.display.id", ""))
    match = re.match(_VERSION, code)
    found = (build if named else None) or match or shown
    return found[1] if found else ""


def _samsung(properties: Properties) -> tuple[str, str] | None:
    """`60101` is One UI 6.1.1: two digits each for the second and third part."""
    code = properties.get("ro.build.version.oneui", "")
    if code.isdecimal() and 5 <= len(code) <= 6:
        major, minor, patch = int(code) // 10000, int(code) // 100 % 100, int(code) % 100
        return "One UI", f"{major}.{minor}" + (f".{patch}" if patch else "")
    by_sem = _ONE_UI_BY_SEM.get(properties.get("ro.build.version.sem", ""))
    return ("One UI", by_sem) if by_sem else None


def _oppo(properties: Properties) -> tuple[str, str] | None:
    """ColorOS; on a OnePlus sold outside China it is OxygenOS (`NE2213_14.0.0.940(EX01)`)."""
    stated = next(
        (
            properties[key]
            for key in (
                "ro.build.version.oplusrom.display",
                "ro.build.version.oplusrom",
                "ro.build.version.opporom",
            )
            if properties.get(key)
        ),
        "",
    )
    match = re.match(rf"V?{_VERSION}", stated)
    if not match:
        return None
    brand = properties.get("ro.product.brand", "").lower()
    region = re.search(r"\(([A-Z]{2})\d", properties.get("ro.build.display.id", "")[:100])
    abroad = brand == "oneplus" and region is not None and region[1] != "CN"
    return ("OxygenOS" if abroad else "ColorOS"), match[1]


def _vivo(properties: Properties) -> tuple[str, str] | None:
    stated = properties.get("ro.vivo.os.build.display.id", "")
    match = re.match(rf"(OriginOS|Funtouch ?OS)[ _]{_VERSION}", stated)
    return (match[1].replace("FuntouchOS", "Funtouch OS"), match[2]) if match else None


def _hydrogen(properties: Properties) -> tuple[str, str] | None:
    if "Hydrogen" not in properties.get("ro.build.ota.versionname", ""):
        return None
    match = re.match(_VERSION, properties.get("ro.rom.version", ""))
    return ("H2OS", match[1]) if match else None


def _named_in_display_id(properties: Properties) -> tuple[str, str] | None:
    """nubia, ZTE, Lenovo and Meizu write name and version into the build's display name."""
    display = properties.get("ro.build.display.id", "")[:200]
    match = re.search(rf"(RedMagicOS|NebulaAIOS|MyOS|ZUXOS|ZUI|Flyme)[ _]?{_VERSION}", display)
    return (match[1], match[2]) if match else None


def _asus(properties: Properties) -> tuple[str, str] | None:
    match = re.match(_VERSION, properties.get("ro.vendor.build.asus.version", ""))
    gaming = properties.get("ro.vendor.asus.product.mkt_name", "").startswith("ROG")
    return ("ROG UI" if gaming else "ZenUI", match[1]) if match else None


def _incremental(properties: Properties) -> str:
    return properties.get("ro.build.version.incremental", "")[:100]


_RULES: tuple[Rule, ...] = (
    _stated("LineageOS", "ro.lineage.build.version"),
    _stated("crDroid", "ro.crdroid.build.version"),
    _stated("Evolution X", "org.evolution.build_version"),
    _stated("ArrowOS", "ro.arrow.version"),
    _stated("PixelExperience", "org.pixelexperience.version.display", rf"-{_VERSION}-"),
    _next,
    _honor,
    _huawei,
    _xiaomi,
    _samsung,
    _stated("realme UI", "ro.build.version.realmeui"),
    _stated("OxygenOS", "ro.oxygen.version"),
    _hydrogen,
    _oppo,
    _vivo,
    _named_in_display_id,
    _stated("Flyme", "ro.flyme.version.id"),
    _stated("ZUI", "ro.com.zui.version"),
    _stated("nubia UI", "ro.build.nubia.rom.code"),
    _stated("MiFavor UI", "ro.build.MiFavor_version"),
    _stated("Smartisan OS", "ro.smartisan.version"),
    _stated("EUI", "ro.letv.release.version"),
    _stated("360 UI", "ro.build.uiversion", rf"360UI:V{_VERSION}"),
    _asus,
)
