"""Faults of the processor and the graphics unit."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.cpu import Cpu
from diagnose.simulator.state.identity import SimulatedIdentity


def _is_real(phone: Phone) -> str | None:
    return "an emulator has no chip of its own" if phone[SimulatedIdentity].is_emulator else None


@fault(
    "cpu-core-missing",
    Text("One processor core does not start", "一个处理器核心无法启动"),
    found_by=("cpu.cores",),
    causes=("cpu.core-missing",),
    fits=_is_real,
)
def cpu_core_missing(phone: Phone) -> None:
    """The fastest core, which draws most, is the one that goes."""
    cpu = phone[Cpu]
    cpu.missing = (cpu.possible - 1,)


@fault(
    "gpu-dead",
    Text("The graphics unit does not start; the processor draws", "图形处理器未启动"),
    found_by=("cpu.gpu",),
    causes=("cpu.graphics-fallback",),
    fits=_is_real,
)
def gpu_dead(phone: Phone) -> None:
    """The system falls back to drawing in software."""
    cpu = phone[Cpu]
    cpu.gpu_vendor = "Google Inc. (Google)"
    cpu.gpu = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (LLVM 16.0.0)), SwiftShader driver)"
    cpu.gles = "OpenGL ES 3.1 (ANGLE 2.1.0 git hash: 8e4f8f2b1a3c)"
