"""radio.imei: present, zeros, or not told."""

from __future__ import annotations

import pytest
from tests.simulator.inprocess import probe_virtual

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.privacy.redactor import Redactor
from diagnose.simulator.building import build_phone
from diagnose.simulator.parcel import parcel, refusal, text_parcel
from diagnose.testing import denied, interpret_probe, measurement

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
TELEPHONY = "feature:android.hardware.telephony\n"


def judge(properties: str, features: str = TELEPHONY) -> Outcome:
    answers = {"getprop": PHONE + properties, "pm list features": features}
    return interpret_probe("radio.imei", answers).outcome


@pytest.mark.parametrize("value", ["350000001234562", "<imei:12ab>", "<imei:12ab>,<imei:34cd>"])
def test_a_number_masked_or_not_is_there(value: str) -> None:
    assert judge(f"[ro.ril.oem.imei1]: [{value}]\n") is Outcome.PASS


def test_zeros_fail_on_the_makers_image_only() -> None:
    zeros = "[ro.ril.oem.imei1]: [000000000000000]\n"
    assert judge(zeros) is Outcome.FAIL
    assert judge(zeros + "[ro.build.tags]: [test-keys]\n") is Outcome.ATTENTION


def test_one_slot_with_a_number_is_enough() -> None:
    output = "[ro.ril.oem.imei2]: [000000000000000]\n[ro.ril.oem.imei1]: [<imei:12ab>]\n"
    assert judge(output) is Outcome.PASS


@pytest.mark.parametrize(
    "answer",
    [
        "[ro.ril.oem.imei1]: []\n",
        "[ro.ril.oem.imei1]: [null]\n",
        "[ro.miui.restrict_imei]: [000000000000000]\n",
        "[ro.vendor.radio.imei.sv]: [00]\n",
    ],
)
def test_what_is_not_told_is_not_run(answer: str) -> None:
    assert judge(answer) is Outcome.NOT_RUN


def test_a_tablet_without_modem_has_none() -> None:
    assert judge("", features="feature:android.hardware.wifi\n") is Outcome.NOT_APPLICABLE


def test_refused() -> None:
    result = interpret_probe("radio.imei", {"getprop": denied("getprop")})
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "known").value is None


TRADE_IN = "tradeinmode getstatus"
SEVERAL = '{"locks": {}, "imeis": ["<imei:12ab>", "<imei:34cd>"]}'
ZEROS = '{"locks": {}, "imeis": ["000000000000000"]}'
NONE = '{"locks": {}, "imeis": []}'
HIDDEN = "[gsm.version.baseband]: [g5300]\n"
LOST = "[ro.ril.oem.imei1]: [000000000000000]\n"


@pytest.mark.parametrize(
    ("properties", "report", "outcome"),
    [
        (HIDDEN, SEVERAL, Outcome.PASS),
        (LOST, SEVERAL, Outcome.PASS),
        (HIDDEN, ZEROS, Outcome.FAIL),
        (HIDDEN + "[ro.build.tags]: [test-keys]\n", ZEROS, Outcome.ATTENTION),
        (LOST, NONE, Outcome.FAIL),
        (HIDDEN, NONE, Outcome.NOT_RUN),
        (HIDDEN, '{"locks": {"factory_reset_protection": true}}', Outcome.NOT_RUN),
        (HIDDEN, "Device is not in trade-in mode.\n", Outcome.NOT_RUN),
    ],
)
def test_the_trade_in_report_is_a_further_source(
    properties: str, report: str, outcome: Outcome
) -> None:
    answers = {"getprop": PHONE + properties, "pm list features": TELEPHONY, TRADE_IN: report}
    assert interpret_probe("radio.imei", answers).outcome is outcome


@pytest.mark.parametrize(
    ("report", "outcome"),
    [(SEVERAL, Outcome.PASS), (ZEROS, Outcome.ATTENTION), (NONE, Outcome.NOT_RUN)],
)
def test_a_phone_that_answers_nothing_but_its_report(report: str, outcome: Outcome) -> None:
    answers: dict[str, str | Reply] = {"getprop": denied("getprop"), TRADE_IN: report}
    assert interpret_probe("radio.imei", answers).outcome is outcome


def test_zeros_of_a_tablet_without_modem_say_nothing() -> None:
    features = "feature:android.hardware.wifi\n"
    answers = {"getprop": PHONE, "pm list features": features, TRADE_IN: ZEROS}
    assert interpret_probe("radio.imei", answers).outcome is Outcome.NOT_APPLICABLE


CALL = "service call iphonesubinfo 1 s16 com.android.shell"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Result: Parcel(<imei:12ab>)\n", Outcome.PASS),
        (text_parcel("0" * 15), Outcome.FAIL),
        (parcel([0, 0xFFFFFFFF]), Outcome.NOT_RUN),
        (refusal("android.permission.READ_PRIVILEGED_PHONE_STATE"), Outcome.NOT_RUN),
        ("service: Service iphonesubinfo does not exist\n", Outcome.NOT_RUN),
        (text_parcel("no number"), Outcome.NOT_RUN),
    ],
)
def test_the_phone_asked_for_its_number_in_the_name_of_the_shell(
    answer: str, outcome: Outcome
) -> None:
    words = {"getprop": PHONE, "pm list features": TELEPHONY, CALL: answer}
    assert interpret_probe("radio.imei", words).outcome is outcome


def test_one_source_with_a_number_is_enough() -> None:
    """A property of zeros may be one that nobody filled."""
    words = {
        "getprop": PHONE + "[persist.radio.imei]: [000000000000000]\n",
        "pm list features": TELEPHONY,
        CALL: "Result: Parcel(<imei:12ab>)\n",
    }
    assert interpret_probe("radio.imei", words).outcome is Outcome.PASS


def test_a_number_in_a_parcel_is_masked_and_zeros_are_not() -> None:
    redactor = Redactor(key=b"any")
    masked, counts = redactor.redact(text_parcel("350000001234562").encode())
    assert (b"<imei:" in masked, counts) == (True, {"imei": 1})
    lost = text_parcel("0" * 15).encode()
    assert redactor.redact(lost) == (lost, {})


def test_virtual_phones_tell_it_by_the_call() -> None:
    assert probe_virtual(build_phone("galaxy-s23"), "radio.imei").outcome is Outcome.PASS
    lost = build_phone("galaxy-s23", ["imei-lost"])
    assert probe_virtual(lost, "radio.imei").outcome is Outcome.FAIL
    assert probe_virtual(build_phone("mate-40-pro"), "radio.imei").outcome is Outcome.NOT_RUN
