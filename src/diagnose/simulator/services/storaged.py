"""`dumpsys storaged`: hourly counts of bytes read and written."""

from __future__ import annotations

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import answers
from diagnose.simulator.state.identity import SimulatedIdentity

_HOURS = 12
_ANDROID_8 = 26
_USERS = (
    ("0", "0 0 0 0 5148672 1843200 4947136 20775321"),
    ("1003", "0 0 0 0 25571328 0 0 0"),
    ("1037", "0 4998208 46034944 4997120 0 0 0 0"),
    ("shared:android.uid.system", "42217472 667648 0 0 66608661 33899725 6844416 0"),
    ("com.android.systemui", "15028224 0 0 0 15550448 487424 6845191 4096"),
)


@answers("dumpsys storaged")
def storaged(phone: Phone, _words: tuple[str, ...]) -> Output:
    """Twelve whole hours; the service came with Android 8."""
    if phone[SimulatedIdentity].sdk < _ANDROID_8:
        return refuse("Can't find service: storaged\n", exit_code=0)
    end = int(phone.now.timestamp())
    lines = []
    for hour in range(_HOURS, 0, -1):
        lines.append(f"{end - hour * 3600},{end - (hour - 1) * 3600}")
        lines += [f"{name} {counts}" for name, counts in _USERS]
    return say("\n".join(lines) + "\n")
