"""What goes wrong with cameras."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.cameras import Cameras

_CENSUS = ("camera.census",)
_ERRORS = ("camera.errors",)


def _facing(phone: Phone, way: str) -> list[str]:
    return [part.id for part in phone[Cameras].parts if part.facing == way]


@fault(
    "camera-missing",
    Text("No camera on the back", "后置摄像头缺失"),
    found_by=_CENSUS,
    causes=("camera.rear-missing",),
)
def back_missing(phone: Phone) -> None:
    """The cameras on the back were not found when the phone started."""
    phone[Cameras].remove(*_facing(phone, "back"))


@fault(
    "camera-front-missing",
    Text("No camera on the front", "前置摄像头缺失"),
    found_by=_CENSUS,
    causes=("camera.front-missing",),
)
def front_missing(phone: Phone) -> None:
    """The camera on the front was not found when the phone started."""
    phone[Cameras].remove(*_facing(phone, "front"))


@fault(
    "cameras-none",
    Text("No camera at all", "没有任何摄像头"),
    found_by=_CENSUS,
    causes=("camera.none-found",),
)
def none(phone: Phone) -> None:
    """The camera software runs and found no module."""
    phone[Cameras].parts = []


@fault(
    "camera-hal-dead",
    Text("Camera software does not stay up", "相机底层服务无法启动"),
    found_by=(*_CENSUS, *_ERRORS),
    causes=("camera.service-crashing",),
)
def hal_dead(phone: Phone) -> None:
    """The maker's camera process dies at start: no provider, no camera, a trail in the log."""
    cameras = phone[Cameras]
    lost = [
        f"REMOVE device {part.id}, reason: (Device status changed from 1 to 0)"
        for part in cameras.parts
    ]
    cameras.log = ["SERVICE ERROR: Camera provider died : -32 (Broken pipe)", *lost, *cameras.log]
    cameras.provider_alive = False


@fault(
    "camera-hal-crashes",
    Text("Camera software crashes in use", "相机底层服务反复崩溃"),
    found_by=(*_ERRORS, "camera.restarts"),
    causes=("camera.service-crashing",),
)
def hal_crashes(phone: Phone) -> None:
    """It comes back each time, so every camera is listed."""
    first = phone[Cameras].parts[0].id
    crash = [
        f"ADD device {first}, reason: (Device added)",
        f"SERVICE ERROR: Camera {first} died in use : -32 (Broken pipe)",
        f"REMOVE device {first}, reason: (Device status changed from 1 to 0)",
    ]
    phone[Cameras].log = crash * 3 + phone[Cameras].log


@fault(
    "camera-configuration-wrong",
    Text("Camera software does not fit the cameras", "相机软件与硬件配置不匹配"),
    found_by=_ERRORS,
    causes=("camera.misconfigured",),
)
def configuration_wrong(phone: Phone) -> None:
    """After a wrong update: each camera is listed, and opening one is not implemented."""
    first = phone[Cameras].parts[0].id
    refused = f"SERVICE ERROR: Could not initialize client from HAL {first} : -38"
    phone[Cameras].log = [f"{refused} (Function not implemented)"] * 4 + phone[Cameras].log


@fault(
    "camera-drops-out",
    Text("A camera goes away while in use", "摄像头使用中掉线"),
    found_by=_ERRORS,
    causes=("camera.loose",),
)
def drops_out(phone: Phone) -> None:
    """A loose connector: the service still lists it, its own log says it went."""
    last = phone[Cameras].parts[0].id
    gone = f"REMOVE device {last}, reason: (Device status changed from 1 to 0)"
    phone[Cameras].log = [gone, *phone[Cameras].log]
    phone[Cameras].traces = 2
