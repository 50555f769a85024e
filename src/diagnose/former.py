"""Where modules stood before they had rooms (0.1), for programs that import them by those names.

Nothing in the project does. The finder is asked only where an import would fail, and costs nothing
before that. It goes with version 1.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

_MODULES: Final = """
plan run.plan run.planning knowledge.plans
capture_import run.capture_import run.capture_import.commands
replies model.replies
catalog knowledge.probes
fault_catalog knowledge.causes
actions knowledge.actions
symptoms knowledge.symptoms
price_book knowledge.prices
profile.check knowledge.profiles.check
profile.load knowledge.profiles.load
profile.match knowledge.profiles.match
profile.schema knowledge.profiles.schema
profile.suggest knowledge.profiles.suggest
profile.values knowledge.profiles.values
profile knowledge.profiles
runner run.runner
capture run.capture
tradein_mode run.tradein_mode
examination judging.examination
judgement judging.judgement
identity judging.identity
reranking judging.reranking
signing station.signing
apps.apk compatibility.apk
apps.archive compatibility.archive
apps.permissions compatibility.permissions
apps.requirements compatibility.requirements
apps.compatibility compatibility.verdict
apps compatibility
parsers.text text
"""
_PARSERS: Final = """
battery_state battery.state
battery_wear battery.wear
batterystats battery.batterystats
charge_flow battery.charge_flow
charge_units battery.charge_units
dumpsys_battery battery.dumpsys
health_hal battery.health_hal
power_supply battery.power_supply
samsung_battery battery.samsung
power_events battery.power_events
biometrics biometric.biometrics
bluetooth radio.bluetooth
modem radio.modem
nfc radio.nfc
telephony radio.telephony
wifi radio.wifi
boot_reason stability.boot_reason
dropbox stability.dropbox
uptime stability.uptime
bootloader integrity.bootloader
cameras camera.cameras
gles cpu.gles
device_state display.device_state
input touch.input
input_events touch.input_events
power_state touch.power_state
vibrator haptic.vibrator
meminfo memory.meminfo
sensors sensor.sensors
sensor_motion sensor.motion
df storage.df
diskstats storage.diskstats
mounts storage.mounts
storage_life storage.life
storaged storage.storaged
deviceidle software.deviceidle
packages software.packages
power_use software.power_use
setting software.setting
webview software.webview
drm system.drm
features system.features
graphics_level system.graphics_level
kernel system.kernel
media_codecs system.media_codecs
services system.services
update_age system.update_age
system_release system.release
system_image system.image
operating_system system.operating_system
product system.product
hardware_properties thermal.hardware_properties
thermal_kinds thermal.kinds
thermal_zones thermal.zones
thermalservice thermal.thermalservice
dumpsys_usb usb.dumpsys
"""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    modules = (line.split() for line in _MODULES.split("\n") if line)
    parsers = (line.split() for line in _PARSERS.split("\n") if line)
    return {f"diagnose.{old}": tuple(f"diagnose.{one}" for one in new) for old, *new in modules} | {
        f"diagnose.parsers.{old}": (f"diagnose.parsers.{new}",) for old, new in parsers
    }


class _Successors(Loader):
    """Fills a module of a former name with what its successors hold."""

    def exec_module(self, module: ModuleType) -> None:
        """Copy their names; what is changed in one is not changed in the other."""
        for successor in _table()[module.__name__]:
            names = vars(import_module(successor))
            vars(module).update({n: value for n, value in names.items() if not n.startswith("__")})


def former_spec(name: str) -> ModuleSpec | None:
    """Give the module of this former name, if there was one."""
    if name not in _table():
        return None
    is_package = any(other.startswith(f"{name}.") for other in _table())
    return ModuleSpec(name, _Successors(), is_package=is_package)
