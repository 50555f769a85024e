"""Free space: sources, small volumes, what is never said."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

HEAD = "Filesystem       1K-blocks     Used Available Use% Mounted on\n"
DF = HEAD + "/dev/block/dm-8  112000000 48000000  64000000  43% /data/user/0\n"
FULL = HEAD + "/dev/block/dm-8  112000000 111700000  300000 100% /data\n"
NEARLY = HEAD + "/dev/block/dm-8  112000000 107000000  5000000  96% /data\n"
OLD_SMALL = "Filesystem Size Used Free Blksize\n/data 196.2M 62.3M 133.9M 4096\n"


def space(**output: object) -> ProbeResult:
    words = {"df": "df", "df_data": "df -k /data", "diskstats": "dumpsys diskstats"}
    words["trade_in"] = "tradeinmode getstatus"
    return interpret_probe("storage.space", {words[k]: v for k, v in output.items()})  # type: ignore[misc]


def test_healthy_phone_passes_and_says_how_much() -> None:
    result = space(df_data=DF)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "free").value == pytest.approx(65.5)
    assert measurement(result, "free_percent").evidence[0].line == 2


@pytest.mark.parametrize("table", [FULL, NEARLY])
def test_full_phone_raises_attention_and_never_fails(table: str) -> None:
    result = space(df_data=table)
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "free_percent").outcome is Outcome.ATTENTION


def test_all_sources_are_kept_and_df_of_data_is_chosen() -> None:
    stats = "Latency: 1ms [512B Data Write]\nData-Free: 5K / 112000000K total = 0% free\n"
    result = space(df_data=DF, df=DF, diskstats=stats)
    readings = measurement(result, "free_percent").readings
    assert [reading.chosen for reading in readings] == [True, False, False]
    assert result.outcome is Outcome.ATTENTION  # 0 % and the rest cannot both be


def test_disk_service_alone_is_enough() -> None:
    stats = "Data-Free: 20349932K / 25497924K total = 79% free\n"
    result = space(df_data=denied("df -k /data"), df=denied("df"), diskstats=stats)
    assert measurement(result, "free_percent").value == pytest.approx(79.8)


def test_old_phone_with_a_small_volume_is_judged_by_share_alone() -> None:
    result = space(df_data=OLD_SMALL)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "free").outcome is Outcome.OBSERVED


def test_overlay_at_100_percent_and_other_volumes_are_not_the_data_volume() -> None:
    overlay = HEAD + "overlay 12 12 0 100% /product/data-app\n/dev/block/dm-0 99 99 0 100% /\n"
    assert space(df=overlay).outcome is Outcome.NOT_RUN


def test_volume_of_no_size_gives_no_number() -> None:
    assert space(df_data=HEAD + "tmpfs 0 0 0 0% /data\n").outcome is Outcome.NOT_RUN


def test_refused_everywhere_is_denied() -> None:
    result = space(df=denied("df"), df_data=denied("df -k /data"), diskstats=absent("diskstats"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


SIZE = '{"locks": {}, "storage": {"capacity_bytes": "128000000000"}}'


def test_a_trade_in_report_tells_the_size_and_nothing_of_what_is_free() -> None:
    result = space(df_data=denied("df -k /data"), trade_in=SIZE)
    assert result.outcome is Outcome.NOT_RUN, "free space is what the probe is for"
    total = measurement(result, "total")
    assert (total.value, total.source) == (128.0, "shell:tradeinmode getstatus")
    assert total.note


def test_where_df_answers_its_own_size_stands() -> None:
    result = space(df_data=DF, trade_in=SIZE)
    assert measurement(result, "total").value == pytest.approx(114.7)


@pytest.mark.parametrize("size", ['"0"', '"-1"', '"many"', "null", '"999999999999999999"', "1e99"])
def test_a_size_that_is_none_is_not_shown(size: str) -> None:
    output = f'{{"locks": {{}}, "storage": {{"capacity_bytes": {size}}}}}'
    result = space(df_data=denied("df -k /data"), trade_in=output)
    assert [m.id for m in result.measurements] == ["storage.space.free_percent"]
