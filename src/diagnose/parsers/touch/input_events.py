"""`getevent -lt`: what a touch panel reported while it was listened to.

Redaction has blanked places and keys before (see `privacy/touches.py`): what is left says that a
finger came and went.
"""

from __future__ import annotations

import re

from diagnose.model.plain import dataclass

_MOST_EVENTS = 100_000
_ADD = re.compile(r"^add device \d{1,4}: (/dev/input/event\d{1,3})", re.MULTILINE)
_EVENT = re.compile(
    r"^\[ {0,8}(\d{1,10}\.\d{1,9})\] (/dev/input/event\d{1,3}): (EV_[A-Z]{2,8}) {1,20}(\w{1,40}) "
    r"{1,30}(\S{1,40})",
    re.MULTILINE,
)
_NO_FINGER = "ffffffff"
_PLACES = frozenset({"ABS_MT_POSITION_X", "ABS_MT_POSITION_Y", "ABS_X", "ABS_Y"})
_PAUSE_S = 0.1  # fingers on panels that only tell places (protocol A) are told apart by pauses


@dataclass(frozen=True)
class TouchHeard:
    """What was heard.

    `unheard`: panels that could not be listened to; `touches`: when each began, by the phone's
    clock in seconds; `still_down`: whether the last did not end; `raw`: the first event, else the
    words that say which panels were listened to.
    """

    unheard: frozenset[str]
    touches: tuple[float, ...]
    still_down: bool
    raw: tuple[str, ...]


def parse_heard(text: str, panels: frozenset[str]) -> TouchHeard:
    """Read what the `panels` (paths of touch panels) reported; an empty answer heard nothing."""
    lines = [
        match
        for match, _ in zip(_EVENT.finditer(text), range(_MOST_EVENTS), strict=False)
        if match[2] in panels and match[3] != "EV_SYN"
    ]
    events = [(float(match[1]), match[4], match[5]) for match in lines]
    fingers = [(at_s, value) for at_s, code, value in events if code == "ABS_MT_TRACKING_ID"]
    pressed = [(at_s, value) for at_s, code, value in events if code == "BTN_TOUCH"]
    if any(value == _NO_FINGER for _, value in fingers) or (fingers and not pressed):
        began = tuple(at_s for at_s, value in fingers if value != _NO_FINGER)
        still_down = fingers[-1][1] != _NO_FINGER
    elif pressed:
        began = tuple(at_s for at_s, value in pressed if value == "DOWN")
        still_down = pressed[-1][1] == "DOWN"
    else:
        places = [at_s for at_s, code, _ in events if code in _PLACES]
        began, still_down = _after_pauses(places), False
    listened = {match[1]: match[0] for match in _ADD.finditer(text)}
    raw = (lines[0][0],) if lines else tuple(listened[p] for p in sorted(panels) if p in listened)
    return TouchHeard(panels - listened.keys(), began, still_down, raw)


def _after_pauses(moments: list[float]) -> tuple[float, ...]:
    earlier = [float("-inf"), *moments]
    return tuple(
        at_s for before, at_s in zip(earlier, moments, strict=False) if at_s - before > _PAUSE_S
    )
