"""What a phone calls itself: brand, model, the name it is sold under, and whether it is real.

Names the owner gave the phone (`persist.sys.device_name`) are private and never read.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.plain import dataclass

Properties = Mapping[str, str]

_MARKETING_NAMES = (
    "ro.config.marketing_name",  # HUAWEI, HONOR
    "ro.product.marketname",  # Xiaomi and the next two
    "ro.product.odm.marketname",
    "ro.product.vendor.marketname",
    "ro.vivo.market.name",
    "ro.vendor.oplus.market.name",  # OPPO, OnePlus, realme
    "ro.oppo.market.name",
    "ro.config.lgsi.market_name",  # Lenovo tablets
    "ro.vendor.config.lgsi.market_name",
    "ro.zuk.product.market",
    "ro.vendor.asus.product.mkt_name",
    "ro.vendor.product.ztename",
    "ro.vendor.product.display",  # Motorola
    "ro.product.display",
    "ro.product.letv_name",
)
_PLACES = ("", "odm.", "vendor.", "product.", "system.")
# What a system image calls itself before a product is put on it; EMUI 5 `build.prop` files hold it.
_GENERIC = ("generic", "mainline", "qssi", "missi", "gsi_", "aosp_arm", "unknown")
_EMULATOR_HARDWARE = ("ranchu", "goldfish", "cutf_cvm", "cutf_cvd", "cutf", "redroid")


@dataclass(frozen=True)
class Product:
    """Brand, model and marketing name as the phone states them; empty where it does not."""

    brand: str
    model: str
    marketing_name: str
    emulator: bool


def product(properties: Properties) -> Product:
    """Read the names; generic ones of a bare system image do not count."""
    model = _stated(properties, "model")
    return Product(
        brand=_stated(properties, "brand") or _stated(properties, "manufacturer"),
        model=model,
        marketing_name=_marketing_name(properties, model),
        emulator=is_emulator(properties),
    )


def is_emulator(properties: Properties) -> bool:
    """Whether it is an emulator or a container rather than a phone."""
    if "1" in (properties.get("ro.kernel.qemu"), properties.get("ro.boot.qemu")):
        return True
    hardware = {properties.get("ro.hardware", ""), properties.get("ro.boot.hardware", "")}
    return bool(hardware & set(_EMULATOR_HARDWARE))


def _stated(properties: Properties, what: str) -> str:
    values = [properties.get(f"ro.product.{place}{what}", "").strip() for place in _PLACES]
    return next((value for value in values if value and not _is_generic(value)), "")


def _is_generic(name: str) -> bool:
    return name.lower().startswith(_GENERIC)


def _marketing_name(properties: Properties, model: str) -> str:
    """The name of sale; a model of several words (`Pixel 9`, `MI 9`) is one itself."""
    names = [properties.get(key, "").strip() for key in _MARKETING_NAMES]
    stated = next((name for name in names if name and name != model), "")
    return stated or (model if " " in model else "")
