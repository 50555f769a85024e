"""Who draws the screen."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, interpret_probe, measurement

ADRENO = "GLES: Qualcomm, Adreno (TM) 740, OpenGL ES 3.2 V@0676.42 (GIT@4b5f9ce8a1)\n"
SOFTWARE = "GLES: Google Inc., ANGLE (Google, Vulkan 1.3 (SwiftShader)), OpenGL ES 3.1 (ANGLE)\n"


def gpu(line: str, props: str = "[ro.hardware]: [qcom]\n") -> ProbeResult:
    return interpret_probe("cpu.gpu", {"dumpsys SurfaceFlinger": line, "getprop": props})


def test_graphics_chip_passes() -> None:
    result = gpu(ADRENO)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "renderer").value == "Adreno (TM) 740"


def test_software_on_a_phone_raises_attention() -> None:
    assert gpu(SOFTWARE).outcome is Outcome.ATTENTION


def test_software_on_an_emulator_is_observed() -> None:
    assert gpu(SOFTWARE, "[ro.boot.qemu]: [1]\n").outcome is Outcome.OBSERVED


def test_compositor_without_the_line_is_no_verdict() -> None:
    old = gpu("h/w composer not present and enabled\n")
    assert (old.outcome, old.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    missing = interpret_probe("cpu.gpu", {"dumpsys SurfaceFlinger": absent("SurfaceFlinger")})
    assert (missing.outcome, missing.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_software_where_an_emulator_cannot_be_ruled_out_is_observed() -> None:
    assert gpu(SOFTWARE, "").outcome is Outcome.OBSERVED
