"""Who the phone says it is."""

from __future__ import annotations

from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import properties
from diagnose.simulator.state.identity import SimulatedIdentity, Skin


@properties
def identity_properties(phone: Phone) -> dict[str, str]:
    """Product and build properties, with the vendor's own."""
    who = phone[SimulatedIdentity]
    common = {
        "ro.product.brand": who.brand,
        "ro.product.manufacturer": who.manufacturer,
        "ro.product.model": who.model,
        "ro.product.device": who.device,
        "ro.product.name": who.product,
        "ro.build.fingerprint": who.fingerprint,
        "ro.build.id": who.build_id,
        "ro.build.display.id": _display_id(who),
        "ro.build.version.release": who.release,
        "ro.build.version.sdk": str(who.sdk),
        "ro.build.version.incremental": who.incremental,
        "ro.build.version.security_patch": who.security_patch,
        "ro.build.version.codename": "REL",
        "ro.build.type": who.build_type,
        "ro.build.tags": who.build_tags,
        "ro.product.first_api_level": str(who.first_sdk),
        "ro.hardware": who.hardware,
        "ro.board.platform": who.platform,
        "ro.boot.hardware": who.hardware,
        "ro.serialno": who.serial,
        "ro.boot.serialno": who.serial,
    }
    if who.vendor_patch:
        common["ro.vendor.build.security_patch"] = who.vendor_patch
    if who.sdk >= 31:
        common |= {"ro.soc.manufacturer": who.soc_maker, "ro.soc.model": who.soc_model}
    return common | _skin_properties(who)


def _display_id(who: SimulatedIdentity) -> str:
    """The build as the phone's "About" page shows it."""
    if who.skin in (Skin.EMUI, Skin.HARMONY):
        number, _, channel = who.incremental.removeprefix("10").partition("C")
        own = number if who.skin is Skin.HARMONY else who.incremental.partition("C")[0]
        return f"{who.model} {own}(C{channel}E{own.rpartition('.')[2]}R5P3)"
    if who.skin is Skin.ONE_UI:
        return f"{who.build_id}.{who.incremental}"
    return who.build_id


def _skin_properties(who: SimulatedIdentity) -> dict[str, str]:
    version = who.skin_version
    return {
        Skin.PIXEL: {},
        Skin.EMUI: {
            "ro.build.version.emui": version,
            "ro.config.marketing_name": who.marketing_name,
        },
        Skin.HARMONY: {
            "hw_sc.build.platform.version": version,
            "ro.build.version.emui": "EmotionUI_14.0.0",
            "ro.config.marketing_name": who.marketing_name,
        },
        Skin.MIUI: {
            "ro.miui.ui.version.name": version,
            "ro.miui.ui.version.code": "11",
            "ro.product.marketname": who.marketing_name,
        },
        Skin.HYPEROS: {
            "ro.mi.os.version.name": version,
            "ro.mi.os.version.incremental": who.incremental,
            "ro.miui.ui.version.name": "V816",
            "ro.product.marketname": who.marketing_name,
        },
        Skin.ONE_UI: {"ro.build.version.oneui": version},
        Skin.EMULATOR: {"ro.kernel.qemu": "1", "ro.boot.qemu": "1"},
    }[who.skin]
