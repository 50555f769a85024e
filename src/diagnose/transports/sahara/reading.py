"""Asking a Qualcomm boot ROM who it is, over its pipes."""

from __future__ import annotations

from contextlib import suppress

from diagnose.errors import DeviceLost, ProtocolError
from diagnose.transports.sahara import wire
from diagnose.transports.sahara.wire import ChipIdentity, SaharaPacket, SaharaWord
from diagnose.transports.usb.pipe import Pipe

_STEP_S = 2.0
_MOST = 4096


def read_identity(pipe: Pipe) -> ChipIdentity:
    """Read what the chip says of itself and leave it as it was.

    Raises `ProtocolError` where it does not speak Sahara, or is silent after an earlier visit.
    """
    try:
        hello = wire.read_hello(_heard(pipe))
    except ProtocolError as problem:
        raise ProtocolError(
            "the boot ROM says nothing: it was spoken to before, or another program took its "
            "greeting; hold the power key for 20 seconds and plug in again",
        ) from problem
    identity = ChipIdentity(version=hello.version)
    _say(pipe, wire.hello_answer(hello))
    wire.expect(_heard(pipe), SaharaPacket.COMMAND_READY)
    try:
        for word in SaharaWord:
            with suppress(ProtocolError):  # newer chips refuse the older words
                identity.words[word.name.lower()] = _word(pipe, word)
    finally:
        with suppress(ProtocolError, DeviceLost):
            _say(pipe, wire.leave())
            _heard(pipe)  # the hello of image-transfer mode
    return identity


def _word(pipe: Pipe, word: SaharaWord) -> str:
    _say(pipe, wire.execute(word))
    length = wire.announced_bytes(_heard(pipe))
    _say(pipe, wire.execute_data(word))
    data = _heard(pipe)
    if len(data) != length:
        raise ProtocolError(f"{len(data)} bytes where {length} were announced")
    return wire.shown(word, data)


def _heard(pipe: Pipe) -> bytes:
    data = pipe.read(_MOST, _STEP_S)
    if data is None:
        raise ProtocolError("the boot ROM is silent")
    return data


def _say(pipe: Pipe, data: bytes) -> None:
    if not pipe.write(data, _STEP_S):
        raise ProtocolError("the boot ROM takes no data")
