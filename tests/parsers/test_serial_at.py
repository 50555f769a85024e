"""AT answers: echo, chatter, line ends, and the replies of real modems."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.parsers.serial.at import (
    is_final,
    parse_at,
    parse_devconinfo,
    signal_percent,
    value_of,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("command", "text", "value", "result"),
    [
        ("AT+CGMM", "AT+CGMM\r\r\nSM-G991B\r\n\r\nOK\r\n", "SM-G991B", "OK"),
        ("AT+CGMM", "\rSM-G991B\rOK\r", "SM-G991B", "OK"),
        ("AT+CGMI", "\r\n^RSSI:17\r\nhuawei\r\n+CREG: 1\r\n\r\nOK\r\n", "huawei", "OK"),
        ("AT+CSQ", "+CSQ: 17,99\nOK\n", "17,99", "OK"),
        ("AT+CPIN?", "\r\n+CME ERROR: SIM not inserted\r\n", "", "+CME ERROR: SIM not inserted"),
        ("AT+CPIN?", '+CPIN: "READY"\r\nOK\r\n', "READY", "OK"),
        ("AT+CGMM", " MULTIBAND  900E  1800 \r\n\r\nOK\r\n", "MULTIBAND  900E  1800", "OK"),
        ("AT+CGMM", "", "", ""),
        ("AT+CGMM", "AAB-1022041-BV", "AAB-1022041-BV", ""),
    ],
)
def test_answers(command: str, text: str, value: str, result: str) -> None:
    answer = parse_at(command, text)
    assert value_of(command, answer) == value
    assert answer.result == result
    assert answer.ok == (result == "OK")


def test_samsung_says_who_it_is() -> None:
    text = "+DEVCONINFO: MN(SM-G991B);BASE(SM-N900);VER(G991/AP);SN(R5C);LOCK(NONE)\r\nOK\r\n"
    found = parse_devconinfo(parse_at("AT+DEVCONINFO", text))
    assert (found["MN"], found["LOCK"], found["SN"]) == ("SM-G991B", "NONE", "R5C")


@pytest.mark.parametrize(
    ("text", "percent"), [("17,99", 55), ("31,99", 100), ("99,99", None), ("0", 0), ("", None)]
)
def test_signal(text: str, percent: int | None) -> None:
    assert signal_percent(text) == percent


@given(st.sampled_from(["AT", "ATI", "AT+CGMM", "AT+CPIN?", ""]), st.text(max_size=200))
def test_nothing_raises(command: str, text: str) -> None:
    answer = parse_at(command, text)
    assert len(answer.lines) <= 400
    value_of(command, answer)
    parse_devconinfo(answer)
    is_final(text)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus here")
def test_what_real_modems_said() -> None:
    read = 0
    for path in sorted([*CORPUS.glob("*/at-*.txt"), *CORPUS.glob("*/at_*.txt")]):
        text = path.read_bytes().decode("latin-1")
        command = text.split("\n", 1)[0].strip() if text.startswith("AT") else "AT"
        answer = parse_at(command, text)
        value_of(command, answer)
        read += bool(answer.lines or answer.result)
    assert read >= 19
    nokia = (CORPUS / "at-gammu-02" / "at-model.txt").read_text("utf-8")
    assert value_of("AT+CGMM", parse_at("AT+CGMM", nokia)) == "Nokia 5210"
