"""Cores, memory and graphics units in the words of different kernels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.cpu.cores import parse_cpu_list, parse_cpu_lists, parse_cpuinfo
from diagnose.parsers.cpu.gles import parse_gles
from diagnose.parsers.memory.meminfo import parse_meminfo

MEMINFO = "MemTotal:        3855820 kB\nMemFree:         1762344 kB\nMemAvailable:    2637240 kB\n"
LISTS = """\
/sys/devices/system/cpu/possible:0-7
/sys/devices/system/cpu/present:0-7
/sys/devices/system/cpu/online:0-3,6
"""
ARM64 = (
    "processor\t: 0\nCPU part\t: 0xd05\n\nprocessor\t: 4\nCPU part\t: 0xd0b\n\nHardware\t: MT6785\n"
)
ARMV7 = """\
Processor\t: ARMv7 Processor rev 4 (v7l)
processor\t: 0
BogoMIPS\t: 13.52

processor\t: 1
BogoMIPS\t: 13.52

CPU part\t: 0x02d
Hardware\t: fuji
Serial\t\t: 0000000000000000
"""
SINGLE = "Processor\t: ARMv7 Processor rev 2 (v7l)\nBogoMIPS\t: 162.54\nHardware\t: mahimahi\n"
X86 = (
    "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Atom(TM)\n\nprocessor\t: 1\n"
)
ADRENO = "GLES: Qualcomm, Adreno (TM) 530, OpenGL ES 3.2 V@384.0 (GIT@4a00b69) (Date:04/09/19)\n"
LLVMPIPE = (
    "GLES: Google (VMware, Inc.), Android Emulator OpenGL ES Translator "
    "(llvmpipe (LLVM 10.0.0, 128 bits)), OpenGL ES 3.0 (3.3 (Core Profile) Mesa 20.0.8)\n"
)
SAMPLES = [MEMINFO, LISTS, ARM64, ARMV7, SINGLE, X86, ADRENO, LLVMPIPE]
PARSERS = [parse_meminfo, parse_cpu_list, parse_cpu_lists, parse_cpuinfo, parse_gles]


def test_meminfo_in_kib() -> None:
    assert parse_meminfo(MEMINFO)["MemAvailable"] == 2_637_240


@pytest.mark.parametrize("text", ["MemTotal: 0 kB\n", "MemFree: 5 kB\n", ""])
def test_meminfo_without_a_total_is_none(text: str) -> None:
    with pytest.raises(ParseError):
        parse_meminfo(text)


@given(cores=st.sets(st.integers(0, 63), min_size=1))
def test_every_list_of_cores_is_read_back(cores: set[int]) -> None:
    words = ",".join(str(core) for core in sorted(cores))
    assert parse_cpu_list(words + "\n") == cores


def test_a_list_of_cores_that_was_cut_is_none() -> None:
    with pytest.raises(ParseError):
        parse_cpu_lists("/sys/devices/system/cpu/present:0")
    assert parse_cpu_lists("/sys/devices/system/cpu/present:0\n")["present"] == {0}


def test_lists_of_cores_by_name() -> None:
    lists = parse_cpu_lists(LISTS)
    assert len(lists["present"]) == 8
    assert lists["online"] == {0, 1, 2, 3, 6}


@pytest.mark.parametrize("text", ["0-99999", "a-b", "", "0--3", "-1"])
def test_no_list_of_cores(text: str) -> None:
    with pytest.raises(ParseError):
        parse_cpu_list(text)


@pytest.mark.parametrize(
    ("text", "online", "hardware"),
    [
        (ARM64, {0, 4}, "MT6785"),
        (ARMV7, {0, 1}, "fuji"),
        (SINGLE, {0}, "mahimahi"),
        (X86, {0, 1}, ""),
    ],
    ids=["arm64", "armv7", "single", "x86"],
)
def test_cpuinfo_of_each_kind(text: str, online: set[int], hardware: str) -> None:
    info = parse_cpuinfo(text)
    assert set(info.online) == online
    assert info.hardware == hardware


def test_the_graphics_chip_and_its_level() -> None:
    graphics = parse_gles("EGL implementation : 1.5\n" + ADRENO)
    assert (graphics.vendor, graphics.renderer) == ("Qualcomm", "Adreno (TM) 530")
    assert graphics.version == "OpenGL ES 3.2"
    assert not graphics.is_software


def test_a_vendor_with_a_comma_and_a_software_renderer() -> None:
    graphics = parse_gles(LLVMPIPE)
    assert graphics.vendor == "Google (VMware, Inc.)"
    assert graphics.is_software


def test_a_heading_is_no_graphics_line() -> None:
    with pytest.raises(ParseError):
        parse_gles(" ------------RE GLES------------\nEGL implementation : 1.4\n")


@pytest.mark.parametrize("parser", PARSERS)
@given(
    text=st.text(max_size=300)
    | st.builds(
        lambda sample, at, other: sample[:at] + other + sample[at + len(other) :],
        st.sampled_from(SAMPLES),
        st.integers(0, 200),
        st.text(max_size=8),
    )
)
def test_arbitrary_and_damaged_text_raises_nothing_but_parse_error(
    parser: object, text: str
) -> None:
    assert callable(parser)
    try:
        parsed = parser(text)
    except ParseError:
        return
    assert parsed
