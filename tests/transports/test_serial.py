"""AT over a real pseudo terminal: what modems do, and what is never sent to one."""

from __future__ import annotations

import os
import select
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel, Request
from diagnose.model.requests.serial import at
from diagnose.parsers.serial.at import parse_at, value_of
from diagnose.simulator.serial.modem import ModemManner, SimulatedModem
from diagnose.transports.serial.transport import SerialTransport

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="pseudo terminals are POSIX")

ANSWERS = {"AT": "OK", "AT+CGMM": "SM-S9110", "AT+CSQ": "+CSQ: 17,99"}
MODEL, SIGNAL, VERSION = at("AT+CGMM"), at("AT+CSQ"), at("AT+SWVER")
# Known to erase, unlock, write or call: from the same public notes as the reading ones.
DANGEROUS = (
    "AT+FACTORST=0,0", "AT+SUDDLMOD=0,0", "AT+FRPUNLOCK", "AT+REACTIVE=1,0,1", "AT+KSTRINGB=0,3",
    "AT+DUMPCTRL=1,0", "AT+CPBW=1", "AT+CMGS=1", "AT+CMGL=4", "AT+CPBR=1,99", "ATD112;",
    'AT+CLCK="SC",0',
    "AT+CFUN=0", 'AT+EGMR=1,7,"1"', "AT+SWATD=0", "AT+ACTIVATE=0,0,0", "AT+CGMM;+FACTORST=0,0",
    "at+cgmm", " AT+CGMM", "AT+CGMM\rAT+FACTORST=0,0", "AT+CGMM ", "AT+DEVCONINFO=1", "AT&F", "ATZ",
    "",
)  # fmt: skip


@contextmanager
def modem(manner: ModemManner) -> Iterator[tuple[SimulatedModem, str]]:
    from diagnose.simulator.serial.pty_port import PtyPort

    virtual = SimulatedModem(ANSWERS, manner)
    with PtyPort(virtual) as port:
        yield virtual, port.name


def asked(port: str, *requests: Request) -> list[Reply]:
    return list(SerialTransport(port).perform(requests))


def answer_to(command: str, reply: Reply) -> str:
    return value_of(command, parse_at(command, reply.stdout.decode("latin-1")))


@pytest.mark.parametrize(
    "manner", [ModemManner.PLAIN, ModemManner.ECHO, ModemManner.CHATTY, ModemManner.CR_ONLY]
)
def test_modems_of_every_manner(manner: ModemManner) -> None:
    with modem(manner) as (virtual, port):
        model, signal, version = asked(port, MODEL, SIGNAL, VERSION)
    assert answer_to("AT+CGMM", model) == "SM-S9110"
    assert answer_to("AT+CSQ", signal) == "17,99"
    assert answer_to("AT+SWVER", version) == ""
    assert version.status is ReplyStatus.COMPLETE
    assert virtual.asked == ["AT", "AT+CGMM", "AT+CSQ", "AT+SWVER"]


@pytest.mark.parametrize("manner", [ModemManner.SILENT, ModemManner.GARBAGE])
def test_a_port_where_no_modem_speaks_is_greeted_and_left_alone(manner: ModemManner) -> None:
    with modem(manner) as (virtual, port):
        replies = asked(port, MODEL, SIGNAL)
    assert {reply.status for reply in replies} == {ReplyStatus.TIMEOUT}
    assert virtual.asked == ["AT"]


def test_dangerous_commands_never_leave() -> None:
    with modem(ModemManner.PLAIN) as (virtual, port):
        requests = [Request(f"serial:{text}", channel=Channel.SERIAL) for text in DANGEROUS]
        replies = asked(port, *requests)
    assert {reply.status for reply in replies} == {ReplyStatus.FORBIDDEN}
    assert virtual.asked == []


def test_the_process_that_owns_the_port_has_the_list_as_well() -> None:
    from diagnose.transports.serial.port import Port

    with modem(ModemManner.PLAIN) as (virtual, name):
        port = Port(name)
        try:
            with pytest.raises(Exception, match=r"gone|not on the list"):
                port.ask("AT+FACTORST=0,0", 1, 100)
        finally:
            port.close()
    assert virtual.asked == []


def test_a_port_in_use_and_one_that_is_not_there() -> None:
    import serial

    with modem(ModemManner.PLAIN) as (_, name), serial.Serial(name, exclusive=True):
        (busy,) = asked(name, MODEL)
    assert busy.status is ReplyStatus.MISSING
    assert "another program" in busy.detail
    (gone,) = asked("/dev/ttyACM987", MODEL)
    assert gone.status is ReplyStatus.LOST


def test_a_modem_that_is_unplugged_while_it_is_asked() -> None:
    from diagnose.simulator.serial.pty_port import PtyPort

    virtual = SimulatedModem(ANSWERS, ModemManner.PLAIN)
    with PtyPort(virtual) as port:
        replies = []
        for reply in SerialTransport(port.name).perform([MODEL, SIGNAL, VERSION]):
            replies.append(reply)
            port.unplug()
    assert replies[0].status is ReplyStatus.COMPLETE
    assert replies[1].status in (ReplyStatus.LOST, ReplyStatus.TIMEOUT)


def test_leaving_a_port_takes_no_half_minute() -> None:
    with modem(ModemManner.SILENT) as (_, port):
        began = time.monotonic()
        asked(port, MODEL)
        assert time.monotonic() - began < 15


def test_a_phone_that_takes_no_data_is_told_as_such_and_is_left_at_once() -> None:
    """Its side reads nothing, so the terminal's queue is full before we write."""
    theirs, ours = os.openpty()
    try:
        _fill(ours)
        began = time.monotonic()
        (reply,) = asked(os.ttyname(ours), MODEL)
        assert time.monotonic() - began < 15
    finally:
        os.close(ours)
        os.close(theirs)
    assert reply.status is not ReplyStatus.COMPLETE
    assert "takes no data" in reply.detail


def _fill(port: int) -> None:
    """Write until the terminal takes no more; it moves what it has to the other side meanwhile."""
    tty.setraw(port)
    os.set_blocking(port, False)
    while True:
        try:
            os.write(port, b"x")
        except BlockingIOError:
            if not select.select([], [port], [], 0.3)[1]:
                return
