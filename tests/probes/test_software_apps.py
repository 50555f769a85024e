"""Installed apps by installer, and apps that drain the battery; no names."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement

PACKAGES = "pm list packages -3 -i"


def drain(computed: float, app: float) -> ProbeResult:
    text = (
        "  Estimated power use (mAh):\n"
        f"    Capacity: 4000, Computed drain: {computed}, actual drain: 1-2\n"
        f"    Uid u0a99: {app} ( cpu={app} )\n\n"
    )
    return interpret_probe("software.drainers", {"dumpsys batterystats": text})


def test_apps_by_where_they_came_from_without_names() -> None:
    text = (
        "package:com.secret.a  installer=com.huawei.appmarket\n"
        "package:com.secret.b  installer=null\n"
        "package:com.secret.c  installer=com.google.android.packageinstaller\n"
    )
    result = interpret_probe("software.packages", {PACKAGES: text})
    values = {m.id.rpartition(".")[2]: m.value for m in result.measurements}
    assert values == {"apps": 3, "from_stores": 1, "from_elsewhere": 2}
    assert result.outcome is Outcome.OBSERVED
    assert "secret" not in result.model_dump_json()


def test_phone_without_added_apps_has_none() -> None:
    result = interpret_probe("software.packages", {PACKAGES: "\n"})
    assert measurement(result, "apps").value == 0


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


def test_refused_statistics_are_no_pass() -> None:
    said: dict[str, str | bytes | Reply] = {
        "dumpsys batterystats": denied("dumpsys batterystats"),
        "dumpsys deviceidle": "  Whitelist user apps:\n    com.secret.x\n  mState=ACTIVE\n",
    }
    result = interpret_probe("software.drainers", said)
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "unrestricted_apps").value == 1
    assert "secret" not in result.model_dump_json()
