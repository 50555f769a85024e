"""`dumpsys media.camera`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.owner import camera_lines
from diagnose.simulator.state.cameras import CameraPart, Cameras

_METADATA = (
    ("android.colorCorrection.availableAberrationModes (4)", "byte[3]", "[OFF FAST HIGH_QUALITY ]"),
    ("android.control.aeAvailableAntibandingModes (10013)", "byte[4]", "[OFF 50HZ 60HZ AUTO ]"),
    ("android.control.aeAvailableModes (10014)", "byte[3]", "[OFF ON ON_AUTO_FLASH ]"),
    ("android.control.aeCompensationRange (10016)", "int32[2]", "[-24 24 ]"),
    ("android.control.afAvailableModes (1001a)", "byte[5]", "[OFF AUTO MACRO CONTINUOUS_VIDEO ]"),
    ("android.control.maxRegions (1001d)", "int32[3]", "[1 0 1 ]"),
    ("android.edge.availableEdgeModes (30002)", "byte[4]", "[OFF FAST HIGH_QUALITY ZSL ]"),
    ("android.hotPixel.availableHotPixelModes (60001)", "byte[2]", "[OFF FAST ]"),
    ("android.jpeg.maxSize (70006)", "int32[1]", "[36578304 ]"),
    ("android.lens.info.availableApertures (90000)", "float[1]", "[1.79999995 ]"),
    ("android.lens.info.availableFocalLengths (90002)", "float[1]", "[6.80999994 ]"),
    ("android.sensor.info.exposureTimeRange (f0003)", "int64[2]", "[19792 10000000000 ]"),
    ("android.sensor.info.pixelArraySize (f0006)", "int32[2]", "[4080 3072 ]"),
    ("android.sensor.orientation (e000e)", "int32[1]", "[90 ]"),
    ("android.tonemap.maxCurvePoints (130004)", "int32[1]", "[64 ]"),
)


@answers("dumpsys media.camera")
def media_camera(phone: Phone, _words: Words) -> Output:
    """The whole dump."""
    return say("\n".join(_dump(phone, phone[Cameras])) + "\n")


def _dump(phone: Phone, cameras: Cameras) -> Iterator[str]:
    shown = cameras.parts if cameras.provider_alive else []
    normal = [part for part in shown if not part.hidden]
    yield "== Service global info: =="
    yield ""
    yield f"Number of camera devices: {len(shown)}"
    yield f"Number of normal camera devices: {len(normal)}"
    yield f"Number of public camera devices visible to API1: {min(len(normal), 2)}"
    for index, part in enumerate(normal):
        yield f'    Device {index} maps to "{part.id}"'
    yield from ("Active Camera Clients:", "[]", "Allowed user IDs: 0", "")
    yield from _log(phone, cameras, shown)
    for part in shown:
        yield f"== Camera device {part.id} dynamic info: =="
        yield f"  Device {part.id} is closed, no client instance"
    if cameras.provider_alive:
        yield (
            f"== Camera Provider HAL {cameras.provider} ({cameras.provider_version}, remote) "
            f"static info: {len(shown)} devices: =="
        )
    for part in shown:
        yield from _static(cameras, part)
    yield from _end(cameras)


def _log(phone: Phone, cameras: Cameras, shown: list[CameraPart]) -> Iterator[str]:
    yield "== Camera service events log (most recent at top): =="
    usual = [
        "USER_SWITCH previous allowed user IDs: <None>, current allowed user IDs: 0",
        *(f"ADD device {part.id}, reason: (Device added)" for part in shown),
    ]
    for index, words in enumerate([*cameras.log, *camera_lines(phone), *usual]):
        yield f"  {phone.clock - timedelta(minutes=index):%m-%d %H:%M:%S} : {words}"
    yield ""


def _static(cameras: Cameras, part: CameraPart) -> Iterator[str]:
    version = cameras.device_version
    device = f"device@{version}/{cameras.provider}/{part.id} (v{version})"
    yield f"== Camera HAL device {device} static information: =="
    yield from ("  Resource cost: 50", "  Conflicting devices:", "    (none)")
    if not part.hidden:
        yield "  API1 info:"
        yield f"    Has a flash unit: {str(part.flash).lower()}"
        yield f"    Facing: {part.facing.title()}"
        yield f"    Orientation: {90 if part.facing == 'back' else 270}"
    yield "  API2 camera characteristics:"
    yield "    Dumping camera metadata array: 96 / 96 entries, 8696 / 8696 bytes of extra data."
    yield "      Version: 1, Flags: 00000000"
    for name, kind, value in _METADATA:
        yield f"      {name}: {kind}"
        yield f"        {value}"
    yield "      android.lens.facing (80005): byte[1]"
    yield f"        [{part.facing.upper()} ]"
    yield f"== Camera HAL device {device} dumpState: =="


def _end(cameras: Cameras) -> Iterator[str]:
    yield from ("", "== Vendor tags: ==", "")
    yield "  Dumping vendor tag descriptors for vendor with id 3854507339"
    yield "  Dumping configured vendor tag descriptors: 64 entries"
    for index in range(64):
        yield (
            f"    0x8000{index:04x} (tuning_{index}) with type 1 (int32) defined in section "
            "vendor.camera.tuning"
        )
    yield ""
    yield f"== Camera error traces ({cameras.traces}): =="
    if not cameras.traces:
        yield "  No camera traces collected."
    for index in range(cameras.traces):
        yield f"  Camera error trace {index}: CameraDevice: request thread: device error"
    yield ""
