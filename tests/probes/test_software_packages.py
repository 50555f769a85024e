"""Added apps, by who installed them; no app is named."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

PACKAGES = "pm list packages -3 -i"


def packages(answer: str | Reply) -> ProbeResult:
    return interpret_probe("software.packages", {PACKAGES: answer})


def test_apps_by_where_they_came_from_without_names() -> None:
    result = packages(
        "package:com.secret.a  installer=com.huawei.appmarket\n"
        "package:com.secret.b  installer=null\n"
        "package:com.secret.c  installer=com.google.android.packageinstaller\n"
    )
    values = {m.id.removeprefix("software.packages."): m.value for m in result.measurements}
    assert values == {
        "apps": 3,
        "from_stores": 1,
        "from_elsewhere": 2,
        "by_installer.maker_store": 1,
        "by_installer.package_installer": 1,
        "by_installer.unknown": 1,
    }
    assert result.outcome is Outcome.OBSERVED
    assert "secret" not in result.model_dump_json()


def test_apps_from_elsewhere_are_never_a_fault() -> None:
    listed = "".join(f"package:com.secret{at}  installer=null\n" for at in range(300))
    result = packages(listed)
    assert measurement(result, "from_elsewhere").value == 300
    assert result.outcome is Outcome.OBSERVED


def test_phone_without_added_apps_has_none() -> None:
    assert measurement(packages("\n"), "apps").value == 0


def test_refused_list_is_not_run() -> None:
    result = packages(denied(PACKAGES))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_list_without_installers_is_no_count() -> None:
    result = packages("package:com.secret.a\npackage:com.secret.b\n")
    assert result.outcome is Outcome.ERROR
    assert "secret" not in result.model_dump_json()
