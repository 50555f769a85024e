"""Settings, installers, the power model and the sleep list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.software.deviceidle import parse_unrestricted_apps
from diagnose.parsers.software.packages import count_by_class, installer_class, parse_installers
from diagnose.parsers.software.power_use import parse_power_use
from diagnose.parsers.software.setting import count_components, parse_number_setting, parse_setting

OLD_MODEL = """\
  Estimated power use (mAh):
    Capacity: 2770, Computed drain: 200, actual drain: 0-27.7
    Cell standby: 29.8 ( radio=29.8 ) Excluded from smearing
    Screen: 2.41 Excluded from smearing
    Uid u0a87: 90.5 ( cpu=0.775 wake=0.000520 ) Excluded from smearing
    Uid 1000: 100 ( cpu=100 ) Excluded from smearing
    Uid u0a82: 30 ( cpu=0.0564 ) Including smearing: 0.143 ( proportional=0.0861 )

  All partial wake locks:
"""
NEW_MODEL = """\
  Estimated power use (mAh):
    Capacity: 4700, Computed drain: 400, actual drain: 390-410
    Global
      screen: 120 apps: 120 duration: 3h 12m
  UID u0a203: 300 fg: 100 bg: 200 ( screen=20 cpu=280 )
  UID 0: 40 fg: 0 ( cpu=40 )
"""
DEVICEIDLE = """\
  Whitelist (except idle) system apps:
    com.android.shell
  Whitelist user apps:
    com.example.one
    com.example.two
  Whitelist all app ids:
    2000
  mState=ACTIVE mLightState=ACTIVE
"""
PACKAGES = """\
package:com.example.a  installer=com.android.vending
package:com.example.b  installer=null
package:com.example.c  installer=com.android.vending
"""


@pytest.mark.parametrize(
    ("text", "apps", "share"),
    [(OLD_MODEL, (90.5, 30.0), 45.25), (NEW_MODEL, (300.0,), 75.0)],
    ids=["before 12", "since 12"],
)
def test_apps_in_the_power_model(text: str, apps: tuple[float, ...], share: float) -> None:
    use = parse_power_use("Statistics since last charge:\n" + text)
    assert use.apps == apps
    assert use.top_app_percent == pytest.approx(share)
    takers = use.largest_percent()
    assert [percent for _, percent in takers] == sorted((p for _, p in takers), reverse=True)


def test_the_largest_takers_are_apps_or_parts_of_the_system() -> None:
    use = parse_power_use(OLD_MODEL)
    assert use.largest_percent() == (("system", 50.0), ("app", 45.2), ("app", 15.0))
    assert parse_power_use(NEW_MODEL).largest_percent(1) == (("app", 75.0),)


def test_a_phone_that_has_drained_nothing_has_no_share() -> None:
    text = "  Estimated power use (mAh):\n    Capacity: 4, Computed drain: 0, actual drain: 0\n"
    assert parse_power_use(text).top_app_percent is None
    assert parse_power_use(text).largest_percent() == ()


def test_installers_are_counted_and_apps_not_named() -> None:
    installers = parse_installers(PACKAGES)
    assert installers == {"com.android.vending": 2, "null": 1}
    assert parse_installers("\n") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("com.android.vending", "google_play"),
        ("com.xiaomi.market", "maker_store"),
        ("org.fdroid.fdroid", "other_store"),
        ("com.miui.packageinstaller", "package_installer"),
        ("com.google.android.documentsui", "package_installer"),
        ("com.mi.android.globalFileexplorer", "package_installer"),
        ("com.sec.android.app.sbrowser", "package_installer"),
        ("com.android.chrome", "package_installer"),
        ("null", "unknown"),
        ("com.android.shell", "other_app"),
        ("app-1", "other_app"),
    ],
)
def test_installers_by_class(name: str, expected: str) -> None:
    assert installer_class(name) == expected


@given(st.dictionaries(st.text(min_size=1, max_size=40), st.integers(1, 500), max_size=20))
def test_no_app_is_lost_between_the_classes(installers: dict[str, int]) -> None:
    assert sum(count_by_class(installers).values()) == sum(installers.values())


def test_only_the_owners_exceptions_count() -> None:
    assert parse_unrestricted_apps(DEVICEIDLE) == 2
    assert parse_unrestricted_apps("  mState=IDLE mLightState=IDLE\n") == 0


@pytest.mark.parametrize(("text", "value"), [("null\n", None), ("\n", None), ("1.5\n", "1.5")])
def test_settings(text: str, value: str | None) -> None:
    assert parse_setting(text) == value


@pytest.mark.parametrize("text", ["nan", "inf", "fast", "1e999"])
def test_a_scale_that_is_no_number(text: str) -> None:
    with pytest.raises(ParseError):
        parse_number_setting(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("null\n", 0), ("a.b/a.b.C\n", 1), ("a.b/a.b.C:d.e/.F:a.b/a.b.C\n", 2), (":\n", 0)],
)
def test_services_are_counted_once_each(text: str, count: int) -> None:
    assert count_components(text) == count


@pytest.mark.parametrize(
    "parser",
    [
        parse_power_use,
        parse_installers,
        parse_unrestricted_apps,
        parse_number_setting,
        count_components,
    ],
)
@given(
    text=st.text(max_size=200),
    at=st.integers(0, 300),
    sample=st.sampled_from([OLD_MODEL, NEW_MODEL, DEVICEIDLE, PACKAGES, ""]),
)
def test_damaged_text_raises_nothing_but_parse_error(
    parser: object, text: str, at: int, sample: str
) -> None:
    assert callable(parser)
    try:
        parsed = parser(sample[:at] + text + sample[at:])
    except ParseError:
        return
    assert parsed is None or parsed is not text
