"""Who a phone is: what it states itself, and never the name adb has for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.commandline import run_virtual

from diagnose.case.rules.phone import other_phone
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.report import Report
from diagnose.run.capture import Subject
from diagnose.run.subject import Recognition

SALT = b"a test"
SAYS = b"[ro.serialno]: [%s]\n"


def reply(key: str, text: bytes, status: ReplyStatus = ReplyStatus.COMPLETE) -> Reply:
    return Reply(key, status, stdout=text, exit_code=0)


def known(*replies: Reply, usb_serial: str = "") -> Subject:
    recognition = Recognition(SALT, usb_serial)
    for one in replies:
        recognition.learn(one)
    return recognition.subject()


WHOLE = known(reply("shell:getprop", SAYS % b"4A171AAAA0001"))


@pytest.mark.parametrize("status", [ReplyStatus.LOST, ReplyStatus.TIMEOUT, ReplyStatus.CANCELLED])
def test_a_run_that_lost_its_answers_knows_nobody_rather_than_another_phone(
    status: ReplyStatus,
) -> None:
    half = known(reply("shell:getprop", SAYS % b"4A17", status))
    assert half == Subject()


def test_on_every_channel_the_same_number_is_the_same_phone() -> None:
    answers = {
        "fastboot:getvar serialno": b"4A171AAAA0001\n",
        "fastboot:getvar all": b"product:tokay\nserialno:4A171AAAA0001\n",
        "serial:AT+DEVCONINFO": b"+DEVCONINFO: MN(X);SN(4A171AAAA0001)\r\nOK\r\n",
        "usb:descriptors": b'{"serial": "4A171AAAA0001"}',
    }
    for key, text in answers.items():
        assert known(reply(key, text)).serial_hash == WHOLE.serial_hash, key
    assert known(usb_serial="4A171AAAA0001").serial_hash == WHOLE.serial_hash


def test_a_worse_source_does_not_overrule_a_better_one() -> None:
    replies = (
        reply("shell:getprop", SAYS % b"4A171AAAA0001"),
        reply("usb:descriptors", b'{"serial": "MTP-GADGET-7"}'),
    )
    assert known(*replies) == known(*reversed(replies)) == WHOLE


@pytest.mark.parametrize(
    "number", [b"0123456789ABCDEF", b"unknown", b"0000000000", b"null", b"", b"abc"]
)
def test_a_number_that_many_share_names_nobody(number: bytes) -> None:
    assert known(reply("shell:getprop", SAYS % number)) == Subject()


def report_of(phone: str, out: Path) -> tuple[Report, dict[str, Any]]:
    ended = run_virtual(phone, "--plan", "quick", "--deadline", "4", "--out", out, "--json")
    return Report.model_validate_json((out / "report.json").read_text("utf-8")), ended.json


@pytest.mark.slow
def test_a_partial_run_is_not_taken_for_another_phone(tmp_path: Path) -> None:
    """adb names the same virtual phone anew each time; a run without its number names nobody."""
    whole, _ = report_of("pixel-9", tmp_path / "whole")
    again, _ = report_of("pixel-9", tmp_path / "again")
    cut, output = report_of("pixel-9+hangs:getprop", tmp_path / "cut")
    assert whole.device.serial_hash == again.device.serial_hash != ""
    assert output["device"]["serial_hash"] == ""
    assert other_phone(whole, cut) == ()
    assert other_phone(cut, whole) == ()


def test_another_phone_of_the_same_model_is_another_phone(tmp_path: Path) -> None:
    whole, _ = report_of("pixel-9", tmp_path)
    device = whole.device.model_copy(update={"serial_hash": "ab" * 32})
    assert other_phone(whole, whole.model_copy(update={"device": device}))
