"""OpenGL ES and Vulkan levels."""

from __future__ import annotations

from tests.probes.property_words import getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement

COMMAND = "pm list features"
VULKAN = "feature:android.hardware.vulkan.version=4206592\n"


def test_both_levels_and_both_sources() -> None:
    answers = {"getprop": getprop(), COMMAND: f"feature:reqGlEsVersion=0x30002\n{VULKAN}"}
    result = interpret_probe("system.graphics_level", answers)
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "opengl_es").value == "3.2"
    assert len(measurement(result, "opengl_es").readings) == 2
    assert measurement(result, "vulkan").value == "1.3"


def test_vulkan_that_is_not_declared() -> None:
    answers = {"getprop": getprop(), COMMAND: "feature:android.hardware.wifi\n"}
    result = interpret_probe("system.graphics_level", answers)
    assert measurement(result, "vulkan").value == "not offered"


def test_refused_list_leaves_vulkan_unread() -> None:
    answers: dict[str, str | Reply] = {"getprop": getprop(), COMMAND: denied(COMMAND)}
    vulkan = measurement(interpret_probe("system.graphics_level", answers), "vulkan")
    assert (vulkan.value, vulkan.reason) == (None, Reason.DENIED)


def test_nothing_stated_is_not_run() -> None:
    words = getprop({"ro.opengles.version": "0"})
    result = interpret_probe("system.graphics_level", {"getprop": words})
    assert result.outcome is Outcome.NOT_RUN
