"""SurfaceFlinger: who draws, on which panel. Layers bear the names of apps, as on a phone."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.cpu import graphics_lines
from diagnose.simulator.services.owner import app_names
from diagnose.simulator.state.display import Display
from diagnose.simulator.state.identity import SimulatedIdentity

_TIMEOUT = "\n*** SERVICE 'SurfaceFlinger' DUMP TIMEOUT (10000ms) EXPIRED ***\n\n"
_LAYERS = 9


@answers("dumpsys SurfaceFlinger", "dumpsys SurfaceFlinger --*")
def surfaceflinger(phone: Phone, words: Words) -> Output:
    """The compositor; Android 9 answers an option it does not know with everything."""
    display = phone[Display]
    if display.compositor == "gone":
        return refuse("Can't find service: SurfaceFlinger\n", exit_code=0)
    if display.compositor == "hung":
        return say(_TIMEOUT)
    if words[2:] == ("--latency",):
        return say(f"{round(1_000_000_000 / display.active_fps)}\n" + "0\t0\t0\n" * 8)
    if words[2:] == ("--display-id",) and phone[SimulatedIdentity].sdk >= 29:
        return say(_identification(display))
    return say("\n".join(_compositor(phone, display)) + "\n")


def _identification(display: Display) -> str:
    printed = display.identification or "no identification data"
    return f"Display {display.physical_id} (HWC display 0): {printed}\n"


def _compositor(phone: Phone, display: Display) -> Iterator[str]:
    sdk = phone[SimulatedIdentity].sdk
    yield (
        "Build configuration: [sf PRESENT_TIME_OFFSET=0 FORCE_HWC_FOR_RBG_TO_YUV=0 "
        "MAX_VIRT_DISPLAY_DIM=0 RUNNING_WITHOUT_SYNC_FRAMEWORK=0 NUM_FRAMEBUFFER_SURFACE_BUFFERS=3]"
    )
    yield ""
    if sdk >= 29:
        yield "Display identification data:"
        yield _identification(display)
    yield "DisplayColorSetting: Managed"
    yield f"Display {display.physical_id} color modes:"
    yield from ("    ColorMode::NATIVE (0)", "    Current color mode: ColorMode::NATIVE (0)", "")
    yield f"Visible layers (count = {_LAYERS})"
    apps = (f"{app}/{app}.MainActivity" for app in app_names(phone, _LAYERS - 2))
    for index, layer in enumerate(("StatusBar", "NavigationBar0", *apps)):
        yield f"+ BufferStateLayer ({layer}#{index})"
        yield f"      layerStack=0, z={index}, pos=(0,0), size=({display.width},{display.height})"
        yield "      parent=none"
    yield ""
    yield "Displays (1 entries)"
    yield from _driven(display, sdk)
    yield ""
    yield "SurfaceFlinger global state:"
    if sdk >= 34:
        yield from ("", " ------------RE GLES------------")
    yield from graphics_lines(phone)
    yield f"  orientation=0, isDisplayOn={int(display.state == 'ON')}"
    yield f"  refresh-rate              : {display.active_fps:.6f} fps"
    yield ""
    yield f"Display {display.physical_id} HWC layers:"
    yield "-" * 100


def _driven(display: Display, sdk: int) -> Iterator[str]:
    on = display.state == "ON"
    if sdk >= 33:
        yield f'Display {display.physical_id} (internal, primary, "{display.name}")'
        yield f"   powerMode={'On' if on else 'Off'}"
        yield "   activeModeId=0"
        return
    yield f'+ DisplayDevice{{{display.physical_id}, internal, primary, "{display.name}"}}'
    yield f"   powerMode={2 if on else 0}, activeConfig=0, numLayers={_LAYERS}"
