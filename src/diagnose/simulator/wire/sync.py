"""`sync:` streams: files may be read, never written (AOSP `SYNC.TXT`)."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator

from diagnose.simulator.wire.framing import gather
from diagnose.simulator.wire.phone import WirePhone
from diagnose.simulator.wire.stream import Stream, StreamLink

_PATH_MAX = 1024  # adbd's own limit
_BUFFER_MAX = 1024 * 1024
_DATA_MAX = 64 * 1024  # SYNC_DATA_MAX of adb
_STAT_V2 = struct.Struct("<4sIQQIIIIQqqq")
_NO_ENTRY = 2  # ENOENT
_FILE_MODE = stat.S_IFREG | 0o444
_TWO_PART = {b"RCV2": 8, b"SND2": 12}  # the second message: id and flags, id, mode and flags


class SyncStream(Stream):
    """Answers STAT, LIST and RECV from the phone's files; refuses and records SEND."""

    def __init__(
        self, link: StreamLink, ids: tuple[int, int], window: int | None, phone: WirePhone
    ) -> None:
        super().__init__(link, *ids, window)
        self._phone = phone
        self._buffer = bytearray()
        self._refused = False  # a file was sent: it is thrown away up to its end
        self._skip = 0  # bytes of it still to be thrown away
        self._busy = False

    def receive(self, data: bytes) -> None:
        """Take requests; what comes after a refusal is thrown away."""
        if self._finishing:
            return
        self._buffer += data
        if self._refused:
            self._throw_away()
        elif len(self._buffer) > _BUFFER_MAX:
            self._fail("too many requests at once")
        elif not self._busy:
            self._serve_next()

    def on_drained(self) -> None:
        """Serve the next request once the answer to the last has gone out."""
        if self._busy:
            self._busy = False
            self._serve_next()

    def _serve_next(self) -> None:
        request = None if self._refused else self._take_request()
        if request is None:
            return
        kind, path = request
        if kind == b"QUIT":
            self.finish()
            return
        self._busy = True
        self.enqueue(gather(self._answer(kind, path), self.link.max_payload))

    def _take_request(self) -> tuple[bytes, str] | None:
        buffer = self._buffer
        if len(buffer) < 8:
            return None
        kind, length = bytes(buffer[:4]), int.from_bytes(buffer[4:8], "little")
        if length > _PATH_MAX:
            self._fail("path too long")
            return None
        end = 8 + length + _TWO_PART.get(kind, 0)
        if len(buffer) < end:
            return None
        path = bytes(buffer[8 : 8 + length]).decode("utf-8", "surrogateescape")
        del buffer[:end]
        return kind, path

    def _answer(self, kind: bytes, path: str) -> Iterator[bytes]:
        match kind:
            case b"STAT":
                answer = self._stat(path)
            case b"STA2" | b"LST2":
                answer = self._stat_v2(kind, path)
            case b"LIST":
                answer = iter((b"DONE" + bytes(16),))
            case b"LIS2":
                answer = iter((b"DONE" + bytes(_STAT_V2.size),))
            case b"RECV" | b"RCV2":
                answer = self._content(path)
            case b"SEND" | b"SND2":
                answer = self._refuse(kind, path)
            case _:
                self._fail("unknown command")
                answer = iter(())
        return answer

    def _stat(self, path: str) -> Iterator[bytes]:
        content = self._read(path)
        mode, size = (0, 0) if content is None else (_FILE_MODE, len(content))
        yield struct.pack("<4sIII", b"STAT", mode, size, 0)

    def _stat_v2(self, kind: bytes, path: str) -> Iterator[bytes]:
        content = self._read(path)
        if content is None:
            yield _STAT_V2.pack(kind, _NO_ENTRY, *[0] * 10)
        else:
            yield _STAT_V2.pack(kind, 0, 1, 1, _FILE_MODE, 1, 0, 0, len(content), 0, 0, 0)

    def _content(self, path: str) -> Iterator[bytes]:
        content = self._read(path)
        if content is None:
            yield _failure(f"open failed: No such file or directory: {path}")
            return
        for start in range(0, len(content), _DATA_MAX):
            chunk = content[start : start + _DATA_MAX]
            yield struct.pack("<4sI", b"DATA", len(chunk)) + chunk
        yield struct.pack("<4sI", b"DONE", 0)

    def _read(self, path: str) -> bytes | None:
        try:
            return self._phone.responder.read_file(path)
        except Exception as error:  # noqa: BLE001 - a broken phone must not end the daemon
            self._phone.ledger.errors.append(f"read {path}: {error!r}")
            return None

    def _refuse(self, kind: bytes, path: str) -> Iterator[bytes]:
        """Say no at once, but hear the file to its end: old clients send before they listen."""
        self._phone.ledger.write_attempts.append(f"{kind.decode()} {path}")
        self._refused = True
        self.link.loop.call_soon(self._throw_away)
        return iter((_failure("read-only"),))

    def _throw_away(self) -> None:
        buffer = self._buffer
        while not self._finishing:
            gone = min(self._skip, len(buffer))
            del buffer[:gone]
            self._skip -= gone
            if len(buffer) < 8:
                return
            if buffer[:4] == b"DATA":
                self._skip = 8 + int.from_bytes(buffer[4:8], "little")
            else:  # DONE, QUIT, or nothing that adb says
                self.finish()

    def _fail(self, why: str) -> None:
        self._sources.append(iter((_failure(why),)))
        self.finish()


def _failure(message: str) -> bytes:
    text = message.encode("utf-8", "surrogateescape")
    return struct.pack("<4sI", b"FAIL", len(text)) + text
