"""Apps that drain the battery: a share of a drain worth speaking of, and no names."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

BATTERYSTATS = "dumpsys batterystats"
DEVICEIDLE = "dumpsys deviceidle"
IDLE = "  Whitelist user apps:\n    com.secret.x\n  mState=ACTIVE\n"


def drain(computed: float, app: float, *, uid: str = "u0a99") -> ProbeResult:
    text = (
        "  Estimated power use (mAh):\n"
        f"    Capacity: 4000, Computed drain: {computed}, actual drain: 1-2\n"
        f"    Uid {uid}: {app} ( cpu={app} )\n\n"
    )
    return interpret_probe("software.drainers", {BATTERYSTATS: text})


@pytest.mark.parametrize(
    ("computed", "app", "outcome"),
    [
        (900, 300, Outcome.PASS),
        (900, 500, Outcome.ATTENTION),
        (20, 18, Outcome.OBSERVED),  # a few minutes after charging: nothing to be said
    ],
)
def test_share_of_one_app(computed: float, app: float, outcome: Outcome) -> None:
    assert drain(computed, app).outcome is outcome


def test_part_of_the_system_is_no_app() -> None:
    result = drain(900, 800, uid="1000")
    assert measurement(result, "top_app").value == 0
    assert result.outcome is Outcome.PASS


def test_the_three_largest_takers_without_names() -> None:
    text = (
        "  Estimated power use (mAh):\n"
        "    Capacity: 4000, Computed drain: 1000, actual drain: 900-1100\n"
        "    Uid u0a99: 150 ( cpu=150 )\n    Uid 1000: 210 ( cpu=210 )\n"
        "    Uid u0a7: 300 ( cpu=300 )\n    Uid u0a3: 20 ( cpu=20 )\n\n"
    )
    result = interpret_probe("software.drainers", {BATTERYSTATS: text})
    shares = {m.id: m.value for m in result.measurements if ".largest." in m.id}
    assert shares == {
        "software.drainers.largest.app_1": 30.0,
        "software.drainers.largest.system_2": 21.0,
        "software.drainers.largest.app_3": 15.0,
    }
    assert result.outcome is Outcome.PASS
    assert "u0a" not in result.model_dump_json()


def test_phone_that_drained_nothing_yet_has_no_share() -> None:
    result = drain(0, 0)
    assert result.outcome not in (Outcome.PASS, Outcome.ATTENTION)
    assert measurement(result, "drained").value == 0


def test_refused_statistics_are_no_pass() -> None:
    answers: dict[str, str | bytes | Reply] = {BATTERYSTATS: denied(BATTERYSTATS), DEVICEIDLE: IDLE}
    result = interpret_probe("software.drainers", answers)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    assert measurement(result, "unrestricted_apps").value == 1
    assert "secret" not in result.model_dump_json()


def test_phone_without_the_service_is_no_pass() -> None:
    answers: dict[str, str | bytes | Reply] = {BATTERYSTATS: absent("batterystats")}
    assert interpret_probe("software.drainers", answers).outcome is Outcome.NOT_RUN


def test_statistics_in_another_layout_are_no_verdict() -> None:
    result = interpret_probe("software.drainers", {BATTERYSTATS: "Battery History (0% used):\n"})
    assert result.outcome is Outcome.ERROR
