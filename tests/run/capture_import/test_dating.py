"""When evidence without a date was captured: by the newest moment that it tells itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from diagnose.run.capture_import.dating import newest_moment

BEFORE = datetime(2026, 3, 10, 12, tzinfo=UTC)
ZONED = "[persist.sys.timezone]: [{}]\n"


def dated(*printed: str, getprop: str = "", **answers: str) -> datetime | None:
    words = {"shell:getprop": getprop, **{f"shell:{key}": text for key, text in answers.items()}}
    said = {key: text.encode() for key, text in words.items()}
    return newest_moment(said, [one.encode() for one in printed], before=BEFORE)


def test_the_newest_of_what_is_printed_counts() -> None:
    assert dated("2026-03-01 10:00:00", "2026-03-02_09-00-00") == datetime(
        2026, 3, 2, 9, tzinfo=UTC
    )
    assert dated() is None
    assert dated("no date") is None


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 2), ("UTC", 10), ("Mars/Olympus", 10), ("", 10)]
)
def test_a_phone_prints_its_local_time_and_an_unknown_zone_is_none(zone: str, hour: int) -> None:
    properties = ZONED.format(zone) if zone else ""
    found = dated("2026-03-01 10:00:00", getprop=properties)
    assert found == datetime(2026, 3, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    [
        "1970-01-01 00:00:00",  # a clock that was lost
        "2008-08-31 00:00:00",  # before there was a phone
        "2026-02-31 10:00:00",  # no day
        "2026-03-12 00:00:00",  # more than a day from now
    ],
)
def test_a_moment_that_cannot_be_tells_nothing(printed: str) -> None:
    assert dated(printed) is None


def test_clocks_differ_by_a_day_at_most_and_nothing_is_dated_later_than_now() -> None:
    assert dated("2026-03-11 11:00:00") == BEFORE


def test_a_moment_before_the_system_was_built_tells_nothing() -> None:
    built = f"[ro.build.date.utc]: [{int(datetime(2026, 2, 1, tzinfo=UTC).timestamp())}]\n"
    assert dated("2026-01-15 10:00:00", getprop=built) is None
    assert dated("2026-02-15 10:00:00", getprop=built) is not None
    late = f"[ro.build.date.utc]: [{int(datetime(2027, 2, 1, tzinfo=UTC).timestamp())}]\n"
    assert dated("2026-02-15 10:00:00", getprop=late) is not None, "a build of the future is a slip"


def test_the_clock_of_the_phone_and_its_starts_count_as_well() -> None:
    moment = datetime(2026, 3, 5, tzinfo=UTC)
    seconds = int(moment.timestamp())
    assert dated(**{"date +%s": f"{seconds}\n"}) == moment
    history = f"[persist.sys.boot.reason.history]: [reboot,{seconds}\nreboot,{seconds - 99}]\n"
    assert dated(getprop=history) == moment


def test_what_was_written_beside_a_crash_counts() -> None:
    box = "2026-03-04 05:06:07 data_app_crash (text, 20 bytes)\n"
    assert dated(**{"dumpsys dropbox": box}) == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
