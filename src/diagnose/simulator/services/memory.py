"""`/proc/meminfo`."""

from __future__ import annotations

from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, files
from diagnose.simulator.state.memory import Memory


@files
def memory_files(phone: Phone) -> dict[str, FileBody]:
    """Readable by everyone since Linux began."""
    memory = phone[Memory]
    total = memory.total_kib
    available = int(total * memory.available_percent / 100)
    free = available // 4
    cached = available - free
    sizes = {
        "MemTotal": total,
        "MemFree": free,
        "MemAvailable": available,
        "Buffers": 5_212,
        "Cached": cached,
        "SwapCached": 28_356,
        "Active": total // 4,
        "Inactive": total // 4,
        "Active(anon)": total // 6,
        "Inactive(anon)": total // 8,
        "Unevictable": 221_360,
        "Mlocked": 196_112,
        "SwapTotal": memory.swap_kib,
        "SwapFree": memory.swap_kib // 2,
        "Dirty": 1_284,
        "Writeback": 0,
        "AnonPages": total // 5,
        "Mapped": 884_512,
        "Shmem": 30_612,
        "Slab": 612_800,
        "KernelStack": 71_936,
        "PageTables": 153_448,
        "CommitLimit": total // 2 + memory.swap_kib,
        "VmallocTotal": 258_867_136,
    }
    return {"/proc/meminfo": "".join(f"{f'{k}:':<15} {v:>8} kB\n" for k, v in sizes.items())}
