"""battery.samsung: what the phone wrote down, as it stands; nothing is judged."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

SAMSUNG = "[ro.product.manufacturer]: [samsung]\n"
# Android 16: some values in brackets, the charge used only in the log of the last start.
BRACKETED = """Current Battery Service state:
  level: 61
LLB CAL: 20240315
LLB MAN: 2024.03.11
LLB CURRENT: YEAR2026M11D21
LLB DIFF: 140
  battery FirstUseDate: [20240502]
  mSavedBatteryAsoc: [93]
  mSavedBatteryUsage: [61239]

[BattInfoLogBuffer]
11-20 08:11:09.115  [SS][BattInfo]QrData efsValue:GH43-01234A+AB1C234XY+56789Z
11-20 08:11:09.118  [SS][BattInfo]AsocData efsValue:93
11-20 08:11:09.121  [SS][BattInfo]DischargeLevelData efsValue:61150
11-21 09:40:10.007  [SS][BattInfo]DischargeLevelData efsValue:61200

BatteryInfoBackUp
  mSavedBatteryMaxTemp: [498]
  mSavedBatteryMaxCurrent: 5230
  mSavedBatteryBsoh: 92
"""
# Android 10: plain, and less of it.
PLAIN = """Current Battery Service state:
  level: 84
LLB CAL: 20190704
LLB MAN:
BatteryInfoBackUp
  mSavedBatteryAsoc: -1
  mSavedBatteryMaxTemp: 782
  mSavedBatteryMaxCurrent: -1
  mSavedBatteryUsage: 90211
"""


def judge(answer: str | Reply, properties: str = SAMSUNG) -> ProbeResult:
    replies: dict[str, str | Reply] = {"dumpsys battery": answer, "getprop": properties}
    return interpret_probe("battery.samsung", replies)


def values(result: ProbeResult) -> dict[str, object]:
    return {m.id.rpartition(".")[2]: m.value for m in result.measurements}


def test_new_form_is_read() -> None:
    result = judge(BRACKETED)
    assert result.outcome is Outcome.OBSERVED
    assert values(result) == {
        "max_temperature": 498,
        "max_current": 5230,
        "discharged": 61200,  # the newest entry of the log
        "radio_calibrated": "2024-03-15",
        "made": "2024-03-11",
    }
    assert measurement(result, "max_temperature").evidence[0].raw == "mSavedBatteryMaxTemp: [498]"


def test_old_form_is_read_and_minus_one_is_not_told() -> None:
    result = judge(PLAIN)
    assert result.outcome is Outcome.OBSERVED
    assert values(result) == {
        "max_temperature": 782,
        "max_current": None,
        "discharged": None,
        "radio_calibrated": "2019-07-04",
        "made": None,
    }
    assert measurement(result, "max_current").outcome is Outcome.NOT_RUN


@pytest.mark.parametrize("number", ["1", "782", "1200", "9999"])
def test_raw_number_is_neither_converted_nor_judged(number: str) -> None:
    told = measurement(judge(PLAIN.replace("782", number)), "max_temperature")
    assert (told.value, told.unit.value, told.outcome) == (int(number), "", Outcome.OBSERVED)
    assert told.criterion is None


@pytest.mark.parametrize(
    "day", ["", "null", "0", "-1", "20240230", "20241301", "19990101", "2024315", "20271224"]
)
def test_day_that_cannot_be_is_not_read(day: str) -> None:
    told = measurement(judge(BRACKETED.replace("20240315", day)), "radio_calibrated")
    assert (told.value, told.outcome) == (None, Outcome.NOT_RUN)


@pytest.mark.parametrize("number", ["0", "-1", "", "16777215", "[]", "93, 94", "abc"])
def test_number_that_was_never_written_is_not_read(number: str) -> None:
    output = BRACKETED.replace("[498]", number)
    assert measurement(judge(output), "max_temperature").value is None


def test_two_cells_in_one_line_are_not_guessed_at() -> None:
    output = BRACKETED.replace("61200", "61200 59800").replace("61150", "61150 59700")
    assert measurement(judge(output), "discharged").value is None


def test_the_serial_of_the_cell_is_not_taken_along() -> None:
    assert "GH43" not in judge(BRACKETED).model_dump_json()


def test_other_makers_phones_have_no_such_record() -> None:
    result = judge(PLAIN, "[ro.product.manufacturer]: [Xiaomi]\n")
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert "ro.product.manufacturer" in result.detail


@pytest.mark.parametrize(
    "properties", ["[ro.hardware]: [qcom]\n", "[ro.product.manufacturer]: []\n"]
)
def test_unknown_maker_is_not_called_another_one(properties: str) -> None:
    assert judge(PLAIN, properties).outcome is Outcome.OBSERVED
    silent = judge("Current Battery Service state:\n  level: 84\n", properties)
    assert (silent.outcome, silent.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_samsung_with_another_android_is_not_run() -> None:
    vendor = "[ro.product.vendor.manufacturer]: [samsung]\n[ro.product.manufacturer]: [unknown]\n"
    result = judge("Current Battery Service state:\n  level: 84\n", vendor)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_refusal_is_not_run() -> None:
    result = judge(denied("dumpsys battery"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)
