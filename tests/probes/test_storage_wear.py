"""Wear of the flash chip: every source, JEDEC's limits, and zero."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.knowledge.probes import load_probes
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.requests import Shell
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

UFS, EMMC, AIDL, HIDL_21, HIDL_20, TRADE_IN = (
    request.command
    for request in load_probes()["storage.wear"].probe.requests
    if isinstance(request, Shell)
)
FOLDER = "/sys/devices/platform/soc/1d84000.ufshc/health_descriptor"


def ufs(life_a: int, life_b: int, end: int) -> str:
    return (
        f"{FOLDER}/eol_info:0x{end:02x}\n"
        f"{FOLDER}/life_time_estimation_a:0x{life_a:02x}\n"
        f"{FOLDER}/life_time_estimation_b:0x{life_b:02x}\n"
    )


def wear(answer: dict[str, str | bytes | Reply]) -> ProbeResult:
    return interpret_probe("storage.wear", answer)


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ((1, 1, 1), Outcome.PASS),
        ((8, 3, 1), Outcome.PASS),
        ((9, 1, 1), Outcome.ATTENTION),
        ((1, 10, 1), Outcome.ATTENTION),
        ((2, 2, 2), Outcome.ATTENTION),
        ((11, 1, 1), Outcome.FAIL),
        ((1, 11, 1), Outcome.FAIL),
        ((5, 5, 3), Outcome.FAIL),
    ],
)
def test_limits_of_the_standard(codes: tuple[int, int, int], outcome: Outcome) -> None:
    result = wear({UFS: ufs(*codes)})
    assert result.outcome is outcome
    assert all(m.criterion and m.criterion.source.basis == "standard" for m in result.measurements)


def test_zero_is_not_defined_and_never_a_new_chip() -> None:
    result = wear({UFS: ufs(0, 0, 0)})
    assert result.outcome is Outcome.NOT_RUN
    assert all(m.value is None for m in result.measurements)


@pytest.mark.parametrize(
    ("left", "outcome"), [(97, Outcome.PASS), (15, Outcome.ATTENTION), (0, Outcome.NOT_RUN)]
)
def test_the_trade_in_report_stands_in_and_never_fails(left: int, outcome: Outcome) -> None:
    report = f'{{"storage": {{"useful_lifetime_remaining": {left}}}}}'
    assert wear({TRADE_IN: report}).outcome is outcome
    both = wear({TRADE_IN: report, UFS: ufs(3, 1, 1)})
    assert measurement(both, "life_estimate").value == 3


def test_emmc_gives_both_numbers_in_one_file() -> None:
    folder = "/sys/class/block/mmcblk0/device"
    result = wear({EMMC: f"{folder}/life_time:0x02 0x09\n{folder}/pre_eol_info:0x01\n"})
    assert measurement(result, "life_estimate").value == 9
    assert measurement(result, "end_of_life").value == 1


def test_a_worn_chip_is_found_without_the_sign_of_a_hexadecimal_number() -> None:
    result = wear({EMMC: "/sys/class/block/mmcblk0/device/life_time:01 0B\n"})
    found = measurement(result, "life_estimate")
    assert (found.value, found.outcome) == (11, Outcome.FAIL)


def test_refused_files_and_a_talking_hal() -> None:
    hal = "HealthInfo{storageInfos: [StorageInfo{eol: 3, lifetimeA: 11, lifetimeB: 2, v: u}]}"
    result = wear({UFS: denied(UFS), EMMC: denied(EMMC), AIDL: hal})
    assert result.outcome is Outcome.FAIL
    assert measurement(result, "life_estimate").source == f"shell:{AIDL}"


def test_hal_without_a_storage_part_says_nothing() -> None:
    result = wear({UFS: denied(UFS), EMMC: denied(EMMC), AIDL: "HealthInfo{storageInfos: []}"})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_files_are_trusted_above_the_hal_and_both_are_kept() -> None:
    hal = "{.eol = 1, .lifetimeA = 4, .lifetimeB = 1, .version = }"
    result = wear({UFS: ufs(3, 1, 1), HIDL_21: hal, HIDL_20: hal})
    life = measurement(result, "life_estimate")
    assert life.value == 3
    assert [reading.value for reading in life.readings] == [3, 4, 4]
