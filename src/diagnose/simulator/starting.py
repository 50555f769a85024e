"""A phone whose start is not finished: adbd answers, the system's services are not there yet."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from diagnose.simulator.output import Output
from diagnose.simulator.phone import Stopwatch

_BOOT_DONE = (b"[sys.boot_completed]", b"[dev.bootcomplete]")
_ANIMATION = b"[init.svc.bootanim]: "
_NEED_A_SERVICE = {"pm": "package", "cmd": "", "settings": "settings", "am": "activity"}
_NEED_THE_SYSTEM = ("wm", "lshal", "service", "tradeinmode", "device_config", "appops", "dpm")

Distortion = Callable[[str, Output], Output]


def make_starting(seconds: float | None) -> Distortion:
    """Give what changes the answers for so many seconds after the first one; None: for ever."""
    elapsed_s = Stopwatch()

    def distort(command: str, output: Output) -> Output:
        started = seconds is not None and elapsed_s() >= seconds
        return output if started else _early(command, output)

    return distort


def _early(command: str, output: Output) -> Output:
    words = shlex.split(command)
    program = words[0] if words else ""
    if program == "getprop":
        return _without_boot_done(output)
    if program == "dumpsys" and len(words) > 1:
        return Output(stderr=f"Can't find service: {words[1]}\n".encode())
    if program in _NEED_A_SERVICE:
        service = _NEED_A_SERVICE[program] or (words[1] if len(words) > 1 else "")
        return Output(stderr=f"cmd: Can't find service: {service}\n".encode(), exit_code=20)
    if program == "service" and words[1:] == ["list"]:
        return Output(stdout=b"Found 0 services:\n")
    if program in (*_NEED_THE_SYSTEM, "dumpsys"):
        return Output(stderr=b"Error: the system is not running\n", exit_code=1)
    return output


def _without_boot_done(output: Output) -> Output:
    text = output.stdout if isinstance(output.stdout, bytes) else b"".join(output.stdout)
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(_BOOT_DONE)]
    shown = b"".join(kept).replace(
        b"[init.svc.bootanim]: [stopped]", b"[init.svc.bootanim]: [running]"
    )
    return Output(stdout=shown)
