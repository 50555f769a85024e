"""What goes wrong with panel, touch and keys."""

from __future__ import annotations

from collections.abc import Callable

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Masking, fault
from diagnose.simulator.state.display import Display
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.input import Input

NO_COMPOSITOR = Masking(
    frozenset({"cpu.gpu"}), "the picture service is what names the graphics chip"
)
_UNKNOWN_KEY = Masking(
    frozenset(), "a key that is not known cannot be held", causes=frozenset({"touch.key-stuck"})
)


def _has_no_one_size(phone: Phone) -> str | None:
    if phone[Display].fold_states:
        return "a foldable shows the size of either of its screens"
    return "an emulator's panel may have any size" if phone[SimulatedIdentity].is_emulator else None


def _has_key(code: str) -> Callable[[Phone], str | None]:
    """Why not, where another fault has taken the key away: what is not there is not held."""

    def fits(phone: Phone) -> str | None:
        return None if phone[Input].has_key(code) else "it knows no such key"

    return fits


def _is_no_phone(phone: Phone) -> str | None:
    return "an emulator's keys are made up" if phone[SimulatedIdentity].is_emulator else None


@fault(
    "display-replaced",
    Text("Panel of another kind fitted", "更换了非原装规格屏幕"),
    found_by=("display.panel",),
    causes=("display.panel-other",),
    fits=lambda phone: None if _fastest(phone) > 60 else "its own panel has only 60 Hz",
)
def replaced(phone: Phone) -> None:
    """A cheap panel without the fast modes, which tells nothing of itself."""
    display = phone[Display]
    display.modes = [mode for mode in display.modes if mode.fps <= 60]
    display.active_fps = 60.0
    display.identification = ""


def _fastest(phone: Phone) -> float:
    return max(mode.fps for mode in phone[Display].modes)


@fault(
    "display-other-size",
    Text("Panel of another resolution fitted", "更换了其他分辨率的屏幕"),
    found_by=("display.panel",),
    causes=("display.panel-other",),
    fits=_has_no_one_size,
)
def other_size(phone: Phone) -> None:
    """Size and modes of the new panel show everywhere."""
    display = phone[Display]
    display.width, display.height, display.density = 720, 1600, 320
    display.override = None
    for mode in display.modes:
        mode.width, mode.height = 720, 1600


@fault(
    "display-pipeline-dead",
    Text("Picture service hangs", "画面合成服务卡死"),
    found_by=("display.pipeline",),
    causes=("display.picture-service",),
    masks=NO_COMPOSITOR,
)
def pipeline_dead(phone: Phone) -> None:
    """The driver of the panel blocks: every dump of the compositor times out."""
    phone[Display].compositor = "hung"


@fault(
    "display-compositor-gone",
    Text("Picture service is gone", "画面合成服务消失"),
    found_by=("display.pipeline",),
    causes=("display.picture-service",),
    masks=NO_COMPOSITOR,
)
def compositor_gone(phone: Phone) -> None:
    """It crashed and has not come back yet."""
    phone[Display].compositor = "gone"


@fault(
    "display-not-driven",
    Text("No screen is driven", "没有驱动任何屏幕"),
    found_by=("display.pipeline",),
    causes=("display.not-driven",),
    masks=Masking(
        frozenset({"display.panel"}), "a screen that is not driven tells nothing of its panel"
    ),
)
def not_driven(phone: Phone) -> None:
    """The panel was not found: Android goes on without one."""
    phone[Display].device_count = 0


@fault(
    "touch-dead",
    Text("Touch panel does not answer", "触摸屏无响应"),
    found_by=("touch.panel",),
    causes=("touch.panel-dead",),
    masks=Masking(
        frozenset({"touch.ghost"}),
        "a panel that does not answer reports no touches and counts no fingers",
        causes=frozenset({"touch.few-fingers"}),
    ),
)
def touch_dead(phone: Phone) -> None:
    """The controller's driver did not start: the kernel has no such device."""
    phone[Input].parts = [part for part in phone[Input].parts if part.range is None]


@fault(
    "touch-two-fingers",
    Text("Touch panel tells only two fingers", "触摸屏仅支持两点"),
    found_by=("touch.panel",),
    causes=("touch.few-fingers",),
)
def two_fingers(phone: Phone) -> None:
    """A cheap replacement panel."""
    for part in phone[Input].parts:
        if part.range:
            part.slots = 2


@fault(
    "ghost-touches",
    Text("The screen reacts by itself", "屏幕自行误触"),
    found_by=("touch.ghost",),
    causes=("touch.noise",),
    complaint="ghost-touch",
    fits=lambda phone: None if phone[Input].has_panel else "no touch panel answers",
)
def ghost_touches(phone: Phone) -> None:
    """A damaged or disturbed panel reports some fingers a second."""
    phone[Input].ghost_touches_a_second = 2.5


@fault(
    "key-volume-missing",
    Text("Volume keys unknown", "音量键缺失"),
    found_by=("touch.keys",),
    causes=("touch.key-unknown",),
    fits=_is_no_phone,
    masks=_UNKNOWN_KEY,
)
def volume_missing(phone: Phone) -> None:
    """The keys' driver did not start; a headset's keys are still declared."""
    for code in ("KEY_VOLUMEUP", "KEY_VOLUMEDOWN"):
        phone[Input].remove_key(code)


@fault(
    "key-power-missing",
    Text("Power key unknown", "电源键缺失"),
    found_by=("touch.keys",),
    causes=("touch.key-unknown",),
    fits=_is_no_phone,
    masks=_UNKNOWN_KEY,
)
def power_missing(phone: Phone) -> None:
    """The key's driver did not start."""
    phone[Input].remove_key("KEY_POWER")


@fault(
    "key-volume-stuck",
    Text("Volume key held down", "音量键卡住"),
    found_by=("touch.keys",),
    fits=_has_key("KEY_VOLUMEDOWN"),
    causes=("touch.key-stuck",),
)
def volume_stuck(phone: Phone) -> None:
    """It reads as pressed all the time."""
    phone[Input].held = [*phone[Input].held, "KEY_VOLUMEDOWN"]


@fault(
    "key-power-stuck",
    Text("Power key held down", "电源键卡住"),
    found_by=("touch.keys",),
    fits=_has_key("KEY_POWER"),
    causes=("touch.key-stuck",),
)
def power_stuck(phone: Phone) -> None:
    """It reads as pressed all the time."""
    phone[Input].held = [*phone[Input].held, "KEY_POWER"]
