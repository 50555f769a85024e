"""Processor cores: sysfs lists (`0-7`) and `/proc/cpuinfo` in its ARM and x86 forms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_MOST_CORES = 512
_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
# Whole lines only: of `0-7` a cut answer leaves `0`, a phone with a single core.
_LIST_LINE = re.compile(r"^\S{0,200}/cpu/(possible|present|online):(\S{1,400})\r*\n", re.MULTILINE)
_FIELD = re.compile(r"^([A-Za-z][\w ]{0,30}?)[ \t]{0,10}:[ \t]{0,10}(.{0,300})$", re.MULTILINE)


@dataclass(frozen=True)
class CpuInfo:
    """What `/proc/cpuinfo` tells; it lists the cores that are switched on, not those fitted."""

    online: frozenset[int]
    hardware: str = ""
    parts: tuple[str, ...] = ()


def parse_cpu_list(text: str) -> frozenset[int]:
    """Read a kernel list: `0-3,6`; raises `ParseError` for anything else."""
    cores: set[int] = set()
    for word in text.strip().split(","):
        match = _RANGE.fullmatch(word.strip())
        if match is None or int(match[2] or match[1]) >= _MOST_CORES:
            raise ParseError("not a list of cores")
        cores.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(cores)


def parse_cpu_lists(text: str) -> Mapping[str, frozenset[int]]:
    """Read `…/cpu/present:0-7` lines; raises `ParseError` where there is none."""
    found = {match[1]: parse_cpu_list(match[2]) for match in _LIST_LINE.finditer(text)}
    if not found:
        raise ParseError("no list of cores in the answer")
    return found


def parse_cpuinfo(text: str) -> CpuInfo:
    """Read `/proc/cpuinfo`. The serial number that old kernels print there is not looked at.

    Raises `ParseError` where not a single core is listed.
    """
    fields = [(match[1].strip(), match[2].strip()) for match in _FIELD.finditer(text[:200_000])]
    online = {int(value) for name, value in fields if name == "processor" and _is_core(value)}
    if not online:
        # The kernel of single-core phones gives one block: "Processor : ARMv7 Processor rev 2".
        if not any(name == "Processor" for name, _ in fields):
            raise ParseError("no core in the answer")
        online = {0}
    return CpuInfo(
        online=frozenset(online),
        hardware=next((value for name, value in fields if name == "Hardware"), ""),
        parts=tuple(value for name, value in fields if name == "CPU part")[:_MOST_CORES],
    )


def _is_core(value: str) -> bool:
    return value.isdecimal() and len(value) < 4 and int(value) < _MOST_CORES
