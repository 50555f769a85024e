"""Faults of the working memory."""

from __future__ import annotations

from diagnose.model.text import Text
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import fault
from diagnose.simulator.state.memory import Memory


@fault(
    "memory-low",
    Text("Programs have taken nearly all working memory", "运行内存几乎被占满"),
    found_by=("memory.ram",),
    causes=("memory.low",),
)
def memory_low(phone: Phone) -> None:
    """A leak: little is available although nothing is open."""
    phone[Memory].available_percent = 3.1


@fault(
    "memory-module-missing",
    Text("Half of the working memory does not answer", "一半运行内存没有响应"),
    found_by=("memory.ram",),
    causes=("memory.module-missing",),
    fits=lambda phone: "an emulator has no memory chips" if phone.name.startswith("emu") else None,
)
def memory_module_missing(phone: Phone) -> None:
    """One rank of the package on top of the processor is gone; the kernel starts without it."""
    memory = phone[Memory]
    memory.total_kib -= memory.nominal_gb * 1024 * 1024 // 2
    memory.available_percent = min(memory.available_percent, 18.0)  # a leak takes what is left
