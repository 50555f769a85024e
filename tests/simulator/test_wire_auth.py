"""Who is let in: RSA keys, checked for real by the daemon and signed for real by adb."""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA1
from hypothesis import given
from hypothesis import strategies as st
from tests.adbserver import AdbServer, read_exact, wait_until
from tests.scriptedphone import ScriptedPhone

from diagnose.simulator.output import Output
from diagnose.simulator.wire import packet as wire
from diagnose.simulator.wire.auth import KnownKeys, read_public_key
from diagnose.simulator.wire.daemon import Daemon
from diagnose.simulator.wire.packet import Packet, PacketReader

Attach = Callable[..., str]

ANSWERS = {"id": Output(stdout=b"uid=2000(shell)\n")}


@pytest.fixture(scope="module")
def stranger() -> rsa.RSAPrivateKey:
    """A key the phone does not know."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def android_text(key: rsa.RSAPublicKey) -> bytes:
    """A public key as adb writes it."""
    numbers = key.public_numbers()
    modulus, radix = numbers.n, 1 << 2048
    raw = (
        (64).to_bytes(4, "little")
        + ((-pow(modulus, -1, 1 << 32)) % (1 << 32)).to_bytes(4, "little")
        + modulus.to_bytes(256, "little")
        + (radix * radix % modulus).to_bytes(256, "little")
        + numbers.e.to_bytes(4, "little")
    )
    return base64.b64encode(raw) + b" someone@somewhere\0"


def test_known_key_is_let_in(adb_server: AdbServer, attach: Attach) -> None:
    wait_until(adb_server.public_key.exists, 10, "adb made no key")
    key = read_public_key(adb_server.public_key.read_bytes())
    serial = attach(Daemon(ScriptedPhone(ANSWERS), doorkeeper=KnownKeys([key])))
    assert adb_server.shell(serial, "id").exit_code == 0


def test_unknown_key_waits_for_a_person(
    adb_server: AdbServer, attach: Attach, stranger: rsa.RSAPrivateKey
) -> None:
    daemon = Daemon(ScriptedPhone(ANSWERS), doorkeeper=KnownKeys([stranger.public_key()]))
    attach(daemon, "unauthorized")
    assert daemon.commands == []


def test_new_key_is_taken_where_the_policy_is_to(adb_server: AdbServer, attach: Attach) -> None:
    keys = KnownKeys(accept_new=True)
    serial = attach(Daemon(ScriptedPhone(ANSWERS), doorkeeper=keys))
    assert adb_server.shell(serial, "id").exit_code == 0
    known = read_public_key(adb_server.public_key.read_bytes())
    assert [key.public_numbers() for key in keys.keys] == [known.public_numbers()]


def test_signature_of_another_token_is_refused(stranger: rsa.RSAPrivateKey) -> None:
    token, other = os.urandom(20), os.urandom(20)
    signature = sign(stranger, token)
    keys = KnownKeys([stranger.public_key()])
    assert keys.verify(token, signature)
    assert not keys.verify(other, signature)
    assert not keys.verify(token, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not KnownKeys().verify(token, signature)


def test_public_key_survives_its_text(stranger: rsa.RSAPrivateKey) -> None:
    public = stranger.public_key()
    assert read_public_key(android_text(public)).public_numbers() == public.public_numbers()


@given(st.binary(max_size=800) | st.binary(max_size=600).map(base64.b64encode))
def test_public_key_text_raises_nothing_but_value_error(text: bytes) -> None:
    try:
        read_public_key(text)
    except ValueError:
        return


def test_nothing_is_served_before_the_key_was_checked(stranger: rsa.RSAPrivateKey) -> None:
    daemon = Daemon(ScriptedPhone(ANSWERS), doorkeeper=KnownKeys([stranger.public_key()]))
    with daemon, socket.create_connection((daemon.host, daemon.port), timeout=10) as sock:
        send(sock, wire.OPEN, 1, 0, b"exec:id\0")
        send(sock, wire.CNXN, wire.VERSION_PLAIN, wire.PAYLOAD_MAX, b"host::features=\0")
        send(sock, wire.OPEN, 2, 0, b"exec:id\0")
        token = receive(sock)
        assert (token.command, token.arg0) == (wire.AUTH, 1)
        send(sock, wire.AUTH, 2, 0, b"no signature")
        again = receive(sock)
        assert again.command == wire.AUTH
        assert again.payload != token.payload
        signature = sign(stranger, again.payload)
        send(sock, wire.AUTH, 2, 0, signature)
        assert receive(sock).command == wire.CNXN
        assert daemon.commands == []


def test_guessing_signatures_ends_the_connection() -> None:
    daemon = Daemon(ScriptedPhone(ANSWERS), doorkeeper=KnownKeys())
    with daemon, socket.create_connection((daemon.host, daemon.port), timeout=10) as sock:
        send(sock, wire.CNXN, wire.VERSION_PLAIN, wire.PAYLOAD_MAX, b"host::\0")
        guess = wire.header(wire.AUTH, 2, 0, b"guess", checksum=True) + b"guess"
        sock.sendall(guess * 100)
        with pytest.raises(ConnectionError):
            read_exact(sock, 1 << 20)
    assert daemon.errors == ["connection closed: too many signatures"]


def sign(key: rsa.RSAPrivateKey, token: bytes) -> bytes:
    """Sign as adb does: the token stands where the digest would."""
    return key.sign(token, padding.PKCS1v15(), utils.Prehashed(SHA1()))  # noqa: S303 - ADB's own


def send(sock: socket.socket, command: int, arg0: int, arg1: int, payload: bytes) -> None:
    """Send one packet as a client."""
    sock.sendall(wire.header(command, arg0, arg1, payload, checksum=True) + payload)


def receive(sock: socket.socket) -> Packet:
    """Read one packet as a client."""
    head = read_exact(sock, 24)
    payload = read_exact(sock, int.from_bytes(head[12:16], "little"))
    (packet,) = PacketReader().feed(head + payload)
    return packet
