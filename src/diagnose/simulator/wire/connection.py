"""One adb server's connection to a virtual phone: handshake, then streams."""

from __future__ import annotations

import asyncio
import secrets
from typing import cast

from diagnose.simulator.wire import packet as wire
from diagnose.simulator.wire.faults import opens_in_foyer
from diagnose.simulator.wire.packet import Packet, PacketReader, WireError
from diagnose.simulator.wire.phone import WirePhone
from diagnose.simulator.wire.shell import ShellStream, parse_call
from diagnose.simulator.wire.stream import Stream
from diagnose.simulator.wire.sync import SyncStream

_TOKEN, _SIGNATURE, _PUBLIC_KEY = 1, 2, 3
_TOKEN_BYTES = 20  # adbd's: what SHA-1 would give
_STREAMS_MAX = 4096
_SIGNATURES_MAX = 64  # a client with more keys than this is guessing
_LINGER_S = 1.0
_WRITE_BYTES = 1024 * 1024  # more than this is written at once, so that streams learn to wait
_BACKLOG_MAX = 16 * 1024 * 1024  # a client that sends and never reads


class Connection(asyncio.Protocol):
    """The adbd side of one TCP connection."""

    def __init__(self, phone: WirePhone, connections: set[Connection]) -> None:
        self.loop = asyncio.get_running_loop()
        self.paused = False
        self.delayed_acks = False
        self.max_payload = wire.PAYLOAD_OLD
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self._phone = phone
        self._connections = connections
        self._reader = PacketReader(max(phone.max_payload, wire.PAYLOAD_OLD))
        self._checksums = True
        self._online = False
        self._ended = False
        self._token = b""
        self._signatures = 0
        self._streams: dict[int, Stream] = {}
        self._last_id = 0
        self._out: list[bytes] = []
        self._out_bytes = 0

    # --- asyncio ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=_WRITE_BYTES)
        self._connections.add(self)
        self._phone.ledger.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        """End all streams."""
        self._cancel_streams()
        self._connections.discard(self)
        if not self.gone.done():
            self.gone.set_result(None)

    def eof_received(self) -> bool:
        """The client will say nothing more: close."""
        return False

    def pause_writing(self) -> None:
        """The client reads slower than we write: make nothing more."""
        self.paused = True

    def resume_writing(self) -> None:
        """Everybody may write again."""
        self.paused = False
        for stream in list(self._streams.values()):
            stream.pump()

    def data_received(self, data: bytes) -> None:
        """Take packets; whatever is not ADB ends the connection."""
        if self._phone.faults.offline or self._ended:
            return
        try:
            for packet in self._reader.feed(data):
                self._handle(packet)
                if self._ended:
                    return
        except WireError as error:
            self._phone.ledger.errors.append(f"connection closed: {error}")
            self.abort()

    # --- for streams and the daemon ---

    def send(self, command: int, arg0: int, arg1: int, payload: bytes = b"") -> None:
        """Put a packet into the next write; all of one turn of the loop go out at once."""
        if not self._out:
            self.loop.call_soon(self._flush)
        self._out.append(wire.header(command, arg0, arg1, payload, checksum=self._checksums))
        if payload:
            self._out.append(payload)
            self._out_bytes += len(payload)
            if self._out_bytes >= _WRITE_BYTES:
                self._flush()

    def forget(self, local_id: int) -> None:
        """The stream has ended."""
        self._streams.pop(local_id, None)

    def abort(self) -> None:
        """End now, unsent bytes are lost."""
        self._ended = True
        self._cancel_streams()
        self._transport.abort()

    def hang_up(self) -> None:
        """End after what was written has gone out, so that the last answer arrives whole."""
        self._flush()
        self._cancel_streams()
        if not (self._ended or self._transport.is_closing()):
            self._ended = True
            self._transport.write_eof()
            self.loop.call_later(_LINGER_S, self._transport.abort)

    def _flush(self) -> None:
        if not self._out:
            return
        data = b"".join(self._out)
        self._out.clear()
        self._out_bytes = 0
        if self._ended or self._transport.is_closing():
            return
        self._phone.ledger.bytes_sent += len(data)
        self._transport.write(data)
        if self._transport.get_write_buffer_size() > _BACKLOG_MAX:
            self._phone.ledger.errors.append("connection closed: the client never reads")
            self.abort()

    def _cancel_streams(self) -> None:
        for stream in self._streams.values():
            stream.cancel()
        self._streams.clear()

    # --- packets ---

    def _handle(self, packet: Packet) -> None:
        if packet.command == wire.CNXN:
            self._on_cnxn(packet)
        elif packet.command == wire.AUTH:
            self._on_auth(packet)
        elif not self._online:
            return  # a phone that has not let the client in says nothing
        elif packet.command == wire.OPEN:
            self._on_open(packet)
        else:
            self._on_stream_packet(packet)

    def _on_cnxn(self, packet: Packet) -> None:
        self._cancel_streams()
        self._online = False
        self._client = packet
        if self._phone.doorkeeper is None:
            self._go_online()
        else:
            self._challenge()

    def _challenge(self) -> None:
        self._token = secrets.token_bytes(_TOKEN_BYTES)
        self.send(wire.AUTH, _TOKEN, 0, self._token)

    def _on_auth(self, packet: Packet) -> None:
        doorkeeper = self._phone.doorkeeper
        if doorkeeper is None or self._online or not self._token:
            return
        if packet.arg0 == _SIGNATURE:
            self._on_signature(doorkeeper.verify(self._token, packet.payload))
        elif packet.arg0 == _PUBLIC_KEY and doorkeeper.offer(packet.payload):
            self._go_online()

    def _on_signature(self, verified: bool) -> None:
        self._signatures += 1
        if verified:
            self._go_online()
        elif self._signatures > _SIGNATURES_MAX:
            raise WireError("too many signatures")
        else:
            self._challenge()

    def _go_online(self) -> None:
        client = self._client
        version = min(client.arg0, self._phone.version)
        self.max_payload = max(wire.PAYLOAD_OLD, min(client.arg1, self._phone.max_payload))
        offered = _features(client.payload)
        self.delayed_acks = "delayed_ack" in offered & self._phone.responder.features
        self.send(wire.CNXN, self._phone.version, self._phone.max_payload, self._phone.banner())
        self._checksums = self._reader.checksums = version < wire.VERSION_PLAIN
        self._online = True

    def _on_open(self, packet: Packet) -> None:
        service = packet.payload.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")
        stream = self._make_stream(service, packet)
        if stream is None:
            self.send(wire.CLSE, 0, packet.arg0)
            return
        self._streams[stream.local_id] = stream
        stream.acknowledge(None)
        stream.start()

    def _make_stream(self, service: str, packet: Packet) -> Stream | None:
        window = packet.arg1 if self.delayed_acks and packet.arg1 else None
        self._last_id += 1
        ids = (self._last_id, packet.arg0)
        if packet.arg0 == 0 or len(self._streams) >= _STREAMS_MAX:
            return None
        if self._phone.faults.tradein_foyer and not opens_in_foyer(service):
            self._phone.ledger.closed_services.append(service)
            return None
        if service == "sync:":
            return SyncStream(self, ids, window, self._phone)
        call = parse_call(service, is_old=self._phone.is_old)
        if call is not None:
            return ShellStream(self, ids, window, self._phone, call)
        self._phone.ledger.unknown_services.append(service)
        return None

    def _on_stream_packet(self, packet: Packet) -> None:
        stream = self._streams.get(packet.arg1)
        if stream is None or stream.remote_id != packet.arg0:
            return  # crossed with our CLSE
        if packet.command == wire.OKAY:
            stream.on_okay(packet.payload)
        elif packet.command == wire.WRTE:
            stream.acknowledge(len(packet.payload))
            stream.receive(packet.payload)
        elif packet.command == wire.CLSE:
            stream.cancel()
            self.forget(stream.local_id)
            self.send(wire.CLSE, stream.local_id, stream.remote_id)


def _features(banner: bytes) -> frozenset[str]:
    """Features of `host::features=a,b,c`."""
    for field in banner.decode("utf-8", "replace").rstrip("\0").split("::", 1)[-1].split(";"):
        name, _, value = field.partition("=")
        if name == "features":
            return frozenset(value.split(","))
    return frozenset()
