"""What a report cites of a phone can steer no terminal and turn no line of text round."""

from __future__ import annotations

from diagnose.testing import interpret_probe
from diagnose.text import printable

STEERING = "reboot,\u202eevil\x9b2J"


def test_no_reading_of_two_sources_carries_signs_that_steer() -> None:
    output = (
        f"[ro.boot.bootreason]: [{STEERING}]\n[sys.boot.reason]: [cold]\n"
        "[sys.boot.reason.last]: [reboot]\n[ro.build.version.sdk]: [34]\n"
    )
    result = interpret_probe("stability.boot_history", {"getprop": output})
    readings = [one for m in result.measurements for one in m.readings]
    assert readings
    for one in readings:
        for text in (str(one.note), one.raw, str(one.value)):
            assert text == printable(text, 1000)
