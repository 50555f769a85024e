"""Of what is heard from touch panels and keys nobody keeps where a finger was, or which key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.privacy.redactor import Redactor

KEPT = """\
add device 1: /dev/input/event2
  name:     "sec_touchscreen"
[    4211.123456] /dev/input/event2: EV_ABS       ABS_MT_SLOT          00000001            
[    4211.123456] /dev/input/event2: EV_ABS       ABS_MT_TRACKING_ID   00000012            
[    4211.123456] /dev/input/event2: EV_KEY       BTN_TOUCH            DOWN                
[    4211.123456] /dev/input/event2: EV_SYN       SYN_REPORT           00000000            
/dev/input/event2: 0003 0039 00000012
/dev/input/event2: 0001 014a 00000001
"""  # noqa: W291 - getevent fills its columns


def redact(text: str) -> tuple[str, dict[str, int]]:
    data, counts = Redactor(key=b"any").redact(text.encode())
    return data.decode(), counts


def test_that_a_finger_came_and_went_is_kept() -> None:
    assert redact(KEPT) == (KEPT, {})


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("[   12.345678] /dev/input/event2: EV_ABS       ABS_MT_POSITION_X    000001f4", "1f4"),
        ("EV_ABS       ABS_MT_POSITION_Y    000006c0", "6c0"),
        ("/dev/input/event2: 0003 0035 000001f4", "1f4"),
        ("[   12.345678] 0003 0036 000006c0", "6c0"),
        ("[   12.345678] /dev/input/event4: EV_KEY       KEY_7                DOWN", "KEY_7"),
        ("[   12.345678] /dev/input/event4: EV_MSC       MSC_SCAN             00070024", "70024"),
        ("/dev/input/event4: 0001 0008 00000001", "0008"),
        ("[   12.345678] 0001 001e 00000001", "001e"),
        ("[   12.345678] /dev/input/event4: EV_KEY       KEY_7", "KEY_7"),
        ("/dev/input/event2: EV_ABS       0042                 000001f4 rate 120", "1f4"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_places_and_keys_are_gone(line: str, secret: str, end: str) -> None:
    redacted, counts = redact(f"{line}{end}")
    assert secret not in redacted
    assert counts["input"] == 1


def test_equal_keys_are_not_told_by_equal_markers() -> None:
    """A PIN with a doubled digit is one of a tenth as many."""
    lines = [f"/dev/input/event4: EV_KEY       KEY_{key}                DOWN" for key in "1127"]
    redacted, _ = redact("\n".join(lines))
    assert len(set(redacted.splitlines())) == 1


def test_the_list_of_devices_and_other_dumps_stay_as_they_are() -> None:
    listing = (
        "add device 1: /dev/input/event2\n  events:\n"
        "    ABS (0003): ABS_MT_POSITION_X     : value 0, min 0, max 1079, fuzz 0, flat 0\n"
        "0003 0035 000001f4\nfeed beef cafe\n"
    )
    assert redact(listing)[0] == listing


@given(
    st.from_regex(r"(\[ {1,4}\d{1,5}\.\d{6}\] )?/dev/input/event\d{1,2}: EV_KEY +", fullmatch=True),
    st.from_regex(r"KEY_[A-Z0-9]{1,12}", fullmatch=True),
    st.sampled_from(["DOWN", "UP", "REPEAT", "00000001"]),
)
def test_no_key_is_ever_kept(head: str, key: str, value: str) -> None:
    redacted, _ = redact(f"{head}{key:<20} {value}\n")
    assert not re.search(r"KEY_", redacted)
