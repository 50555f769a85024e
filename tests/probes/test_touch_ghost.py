"""touch.ghost: touches with hands off are noticed; silence counts only of a panel that is awake."""

from __future__ import annotations

import pytest
from tests.simulator.inprocess import probe_virtual

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.parsers.touch.input_events import parse_heard
from diagnose.simulator.building import build_phone
from diagnose.simulator.state.display import Display
from diagnose.simulator.state.input import Input
from diagnose.testing import interpret_probe, measurement

LISTEN = "getevent -lt -c 20000 #1"
PANEL = frozenset({"/dev/input/event2"})
LISTING = """add device 1: /dev/input/event2
  name:     "sec_touchscreen"
  events:
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 0, max 1079, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 2399, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
"""
ADDED = 'add device 1: /dev/input/event2\n  name:     "sec_touchscreen"\n'
AWAKE = "Power Manager State:\n  mWakefulness=Awake\n\nDisplay Power: state=ON\n"
ASLEEP = "Power Manager State:\n  mWakefulness=Asleep\n\nDisplay Power: state=OFF\n"


def event(at_s: float, kind: str, code: str, value: str, path: str = "event2") -> str:
    return f"[{at_s:12.6f}] /dev/input/{path}: {kind:<12} {code:<20} {value:<20}\n"


def tap(at_s: float, *, pressed: bool = True) -> str:
    """A finger that comes and goes, as redaction leaves it."""
    down = event(at_s, "EV_KEY", "BTN_TOUCH", "DOWN") if pressed else ""
    up = event(at_s + 0.05, "EV_KEY", "BTN_TOUCH", "UP") if pressed else ""
    return (
        event(at_s, "EV_ABS", "ABS_MT_TRACKING_ID", "00000012")
        + event(at_s, "EV_ABS", "ABS_MT_POSITION_X", "--------")
        + down
        + event(at_s, "EV_SYN", "SYN_REPORT", "00000000")
        + event(at_s + 0.05, "EV_ABS", "ABS_MT_TRACKING_ID", "ffffffff")
        + up
    )


def judged(
    heard: str, *, seconds: float = 20, screen: str = AWAKE, stderr: str = ""
) -> ProbeResult:
    reply = Reply(
        "x", ReplyStatus.COMPLETE, heard.encode(), stderr.encode(), duration_ms=seconds * 1000
    )
    answers: dict[str, str | Reply] = {"getevent -lp": LISTING, LISTEN: reply}
    answers |= {f"dumpsys power #{number}": screen for number in (1, 2, 3)}
    return interpret_probe("touch.ghost", answers)


def test_a_panel_at_rest_passes() -> None:
    result = judged(ADDED)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "heard").value == 20.0


@pytest.mark.parametrize("pressed", [True, False])
def test_touches_with_hands_off_are_counted_and_never_called_a_fault(*, pressed: bool) -> None:
    result = judged(ADDED + tap(100, pressed=pressed) + tap(103.5, pressed=pressed))
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "touches").value == 2


def test_a_touch_that_does_not_end_is_told() -> None:
    result = judged(ADDED + event(7, "EV_KEY", "BTN_TOUCH", "DOWN"))
    assert measurement(result, "held").value is True
    assert result.outcome is Outcome.ATTENTION


def test_a_panel_of_the_old_protocol_is_counted_by_its_pauses() -> None:
    """Protocol A: no tracking, no key; places come again and again while a finger lies there."""
    moments = (1.0, 1.01, 1.02, 3.0, 3.01)
    text = "".join(event(at, "EV_ABS", "ABS_MT_POSITION_X", "--------") for at in moments)
    assert len(parse_heard(ADDED + text, PANEL).touches) == 2


def test_what_tells_no_place_is_no_touch() -> None:
    text = "".join(event(at, "EV_ABS", "ABS_DISTANCE", "--------") for at in (1.0, 3.0))
    assert judged(ADDED + text).outcome is Outcome.PASS


def test_a_second_panel_that_was_not_heard_is_not_passed() -> None:
    """A foldable has two."""
    second = LISTING + LISTING.replace("device 1", "device 2").replace("event2", "event3")
    heard = Reply("x", ReplyStatus.COMPLETE, ADDED.encode(), duration_ms=20_000)
    answers: dict[str, str | Reply] = {"getevent -lp": second, LISTEN: heard}
    answers |= {f"dumpsys power #{number}": AWAKE for number in (1, 2, 3)}
    assert interpret_probe("touch.ghost", answers).reason is Reason.DENIED


def test_a_phone_without_a_panel_has_nothing_to_listen_to() -> None:
    phone = build_phone("p30-pro", ["touch-dead"])
    assert probe_virtual(phone, "touch.ghost").reason is Reason.DEPENDENCY


def test_keys_and_other_devices_are_no_touches() -> None:
    keys = event(5, "EV_KEY", "--------", "--------", path="event0")
    pen = event(5, "EV_KEY", "BTN_TOUCH", "DOWN", path="event7")
    assert judged(ADDED + keys + pen).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("heard", "seconds", "screen"),
    [(ADDED, 20, ASLEEP), (ADDED, 20, "no such dump"), (ADDED, 4, AWAKE)],
)
def test_silence_of_a_panel_that_may_sleep_is_unknown(
    heard: str, seconds: float, screen: str
) -> None:
    result = judged(heard, seconds=seconds, screen=screen)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)


def test_a_screen_seen_on_only_at_the_beginning_may_have_slept() -> None:
    reply = Reply("x", ReplyStatus.COMPLETE, ADDED.encode(), duration_ms=20_000)
    answers: dict[str, str | Reply] = {"getevent -lp": LISTING, LISTEN: reply}
    result = interpret_probe("touch.ghost", answers | {"dumpsys power #1": AWAKE})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)


def test_touches_count_even_where_the_screen_was_off() -> None:
    assert judged(ADDED + tap(5), screen=ASLEEP).outcome is Outcome.ATTENTION


def test_a_panel_that_may_not_be_listened_to_is_denied() -> None:
    output = "could not open /dev/input/event2, Permission denied\n"
    result = judged("", stderr=output)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_one_refused_device_does_not_silence_the_panel() -> None:
    output = "could not open /dev/input/event9, Permission denied\n"
    assert judged(ADDED + tap(5), stderr=output).outcome is Outcome.ATTENTION


def test_virtual_phones() -> None:
    healthy, ghostly = build_phone("p30-pro"), build_phone("p30-pro", ["ghost-touches"])
    assert probe_virtual(healthy, "touch.ghost").outcome is Outcome.PASS
    result = probe_virtual(ghostly, "touch.ghost")
    assert measurement(result, "touches").value == 50  # 2.5 a second for 20 s
    healthy[Display].state = "OFF"
    assert probe_virtual(healthy, "touch.ghost").outcome is Outcome.NOT_RUN
    ghostly[Input].listening_denied = True
    assert probe_virtual(ghostly, "touch.ghost").reason is Reason.DENIED
