"""`pm list features`."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.features import Features
from diagnose.simulator.state.system import System


@answers("pm list features", "cmd package list features")
def list_features(phone: Phone, _words: Words) -> Output:
    """Features by name, the OpenGL ES level first."""
    lines = [f"reqGlEsVersion=0x{phone[System].gl_es:x}", *sorted(phone[Features].declared)]
    return say("".join(f"feature:{line}\n" for line in lines))
