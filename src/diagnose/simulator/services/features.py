"""`pm list features` and `pm list libraries`."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.features import SimulatedFeatures
from diagnose.simulator.state.system import SimulatedSystem


@answers("pm list features", "cmd package list features")
def list_features(phone: Phone, _words: Words) -> Output:
    """Features by name, the OpenGL ES level first."""
    lines = [
        f"reqGlEsVersion=0x{phone[SimulatedSystem].gl_es:x}",
        *sorted(phone[SimulatedFeatures].declared),
    ]
    return say("".join(f"feature:{line}\n" for line in lines))


_LIBRARIES = ("android.ext.shared", "android.test.base", "android.test.mock", "android.test.runner")
_OF_GOOGLE = ("com.google.android.dialer.support", "com.google.android.maps")


@answers("pm list libraries", "cmd package list libraries")
def list_libraries(phone: Phone, _words: Words) -> Output:
    """Shared libraries by name; those of Google where its services are part of the system."""
    has_google = phone[SimulatedFeatures].has("com.google.android.feature.GOOGLE_BUILD")
    names = (
        *_LIBRARIES,
        *(_OF_GOOGLE if has_google else ()),
        "javax.obex",
        "org.apache.http.legacy",
    )
    return say("".join(f"library:{name}\n" for name in names))
