"""Core lists, `/proc/cpuinfo`, and the graphics unit's lines in SurfaceFlinger's dump."""

from __future__ import annotations

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.state.cpu import Cpu


@files
def cpu_files(phone: Phone) -> dict[str, FileBody]:
    """What the kernel lists; SELinux lets everyone read it."""
    cpu = phone[Cpu]
    folder = "/sys/devices/system/cpu"
    return {
        f"{folder}/possible": f"{kernel_list(list(range(cpu.possible)))}\n",
        f"{folder}/present": f"{kernel_list(cpu.present)}\n",
        f"{folder}/online": f"{kernel_list(cpu.online)}\n",
        "/proc/cpuinfo": _cpuinfo(cpu),
    }


@answers("grep -E ^(processor|Hardware|CPU part) /proc/cpuinfo")
def picked_cpuinfo(phone: Phone, _words: Words) -> Output:
    """The lines of `/proc/cpuinfo` that hold no serial number."""
    wanted = ("processor", "Hardware", "CPU part")
    lines = _cpuinfo(phone[Cpu]).splitlines()
    return say("".join(f"{line}\n" for line in lines if line.startswith(wanted)))


def kernel_list(cores: list[int]) -> str:
    """Write cores as the kernel does: `0-2,4-7`."""
    starts = [core for core in cores if core - 1 not in cores]
    ends = [core for core in cores if core + 1 not in cores]
    spans = zip(starts, ends, strict=True)
    return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in spans)


def _cpuinfo(cpu: Cpu) -> str:
    return _x86_info(cpu) if cpu.is_x86 else _arm_info(cpu)


def _arm_info(cpu: Cpu) -> str:
    blocks = [
        f"processor\t: {core}\nBogoMIPS\t: 38.40\n"
        "Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp\n"
        f"CPU implementer\t: {cpu.implementer}\nCPU architecture: 8\nCPU variant\t: 0x2\n"
        f"CPU part\t: {cpu.parts[core % len(cpu.parts)]}\nCPU revision\t: 0\n"
        for core in cpu.online
    ]
    tail = [f"Hardware\t: {cpu.hardware}\n"] if cpu.hardware else []
    return "\n".join([*blocks, *tail])


def _x86_info(cpu: Cpu) -> str:
    return "\n".join(
        f"processor\t: {core}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 6\n"
        "model name\t: Android virtual processor\nstepping\t: 3\ncpu MHz\t\t: 2592.000\n"
        f"cache size\t: 16384 KB\nphysical id\t: {core}\nsiblings\t: 1\nbogomips\t: 5184.00\n"
        for core in cpu.online
    )


def graphics_lines(phone: Phone) -> list[str]:
    """The graphics part of `dumpsys SurfaceFlinger`."""
    cpu = phone[Cpu]
    return [
        cpu.gpu_driver,
        "EGL_ANDROID_front_buffer_auto_refresh EGL_ANDROID_presentation_time EGL_KHR_fence_sync",
        f"GLES: {cpu.gpu_vendor}, {cpu.gpu}, {cpu.gles}",
        "GL_EXT_debug_marker GL_OES_EGL_image GL_OES_EGL_image_external GL_OES_depth24",
        "RenderEngine supports protected context: 1",
    ]
