"""`dumpsys SurfaceFlinger` as a whole: only its frame and the graphics unit's lines."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.cpu import graphics_lines
from diagnose.simulator.state.identity import Identity


@answers("dumpsys SurfaceFlinger")
def surfaceflinger(phone: Phone, _words: Words) -> Output:
    """The compositor's state; Android 14 put a heading above the graphics unit's lines."""
    lines = [
        "Build configuration: [sf PRESENT_TIME_OFFSET=0 FORCE_HWC_FOR_RBG_TO_YUV=1]",
        "",
        "Visible layers (count = 9)",
        *(f"+ BufferStateLayer (com.example.app{at}/Main#{at})" for at in range(9)),
        "",
        "SurfaceFlinger global state:",
    ]
    if phone[Identity].sdk >= 34:
        lines += ["", " ------------RE GLES------------"]
    lines += graphics_lines(phone)
    lines += ["RenderEngine program cache size for unprotected context: 41", "h/w composer state:"]
    return say("\n".join(lines) + "\n")
