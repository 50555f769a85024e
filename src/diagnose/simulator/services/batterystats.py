"""`dumpsys batterystats`: a long history, then the capacities Android learned by itself."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.services.owner import history_lines, use_lines
from diagnose.simulator.services.software import power_use_lines
from diagnose.simulator.state.battery import Battery
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.software import Software

_HISTORY_LINES = 900


@answers("dumpsys batterystats", "dumpsys batterystats --charged")
def dumpsys_batterystats(phone: Phone, words: Words) -> Output:
    """The dump; the apps' own statistics come from the software area."""
    lines = [] if "--charged" in words else list(_history(phone))
    return say("\n".join([*lines, *_summary(phone)]) + "\n")


def _history(phone: Phone) -> Iterator[str]:
    level = phone[Battery].level
    yield f"Battery History (1% used, {_HISTORY_LINES * 40} used of 4096KB, 61 strings using 4816):"
    yield f"                    0 (14) RESET:TIME: {phone.clock:%Y-%m-%d-%H-%M-%S}"
    for second in range(_HISTORY_LINES):
        screen = "+screen brightness=medium" if second % 7 == 0 else "-screen"
        at = f"+{second // 60}m{second % 60:02d}s{second % 997}ms"
        yield f"         {at} (2) {level:03d} c0200040 {screen}"
    yield from history_lines(phone)
    yield ""


def _summary(phone: Phone) -> Iterator[str]:
    battery, sdk = phone[Battery], phone[SimulatedIdentity].sdk
    yield "Statistics since last charge:"
    yield "  System starts: 0, currently on battery: false"
    yield f"  Estimated battery capacity: {battery.design_mah} mAh"
    if battery.learned_mah is not None:
        if sdk >= 31:
            yield f"  Last learned battery capacity: {battery.learned_mah} mAh"
        yield f"  Min learned battery capacity: {battery.learned_mah} mAh"
        yield f"  Max learned battery capacity: {battery.learned_mah} mAh"
    yield "  Time on battery: 19h 6m 35s 465ms (98.9%) realtime, 6h 2m 1s 171ms (31.2%) uptime"
    yield "  Time on battery screen off: 15h 1m 46s 364ms (77.8%) realtime, 3h 1m (15.6%) uptime"
    yield "  Total run time: 19h 19m 21s 43ms realtime, 6h 14m 9s 749ms uptime"
    yield f"  Discharge: {phone[Software].drained_mah:.0f} mAh"
    yield "  Screen on: 4h 4m 49s 101ms (21.4%) 62x, Interactive: 3h 57m 47s 797ms (20.7%)"
    yield ""
    yield from power_use_lines(phone, battery.design_mah)
    yield from use_lines(phone)
