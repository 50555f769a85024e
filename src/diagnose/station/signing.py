"""The station's signature: Ed25519 over RFC 8785 canonical JSON.

The key lives in the user's config folder (`station.key`, PKCS #8, 0600) and is made on first use.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from diagnose.errors import KeyRefused, OutputError
from diagnose.model.canonical import canonical
from diagnose.model.plain import dataclass
from diagnose.station.salt import config_folder

LONGEST_KEY_FILE = 10_000
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def digest(document: Any) -> str:
    """Give the SHA-256 of a document's canonical JSON."""
    return hashlib.sha256(canonical(document)).hexdigest()


def key_id(public: str) -> str:
    """Shorten a public key (64 hex digits) to what a person compares."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


@dataclass(frozen=True)
class StationKey:
    """A key that signs. `public` is the raw public key in 64 hex digits."""

    _private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key: with it anybody checks a signature."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> str:
        """Sign bytes; the signature is 128 hex digits."""
        return self._private.sign(data).hex()


def make_key() -> StationKey:
    """Make a new key that is kept nowhere."""
    return StationKey(Ed25519PrivateKey.generate())


def is_signed_by(public: str, data: bytes, signature: str) -> bool:
    """Whether a signature over bytes was made with the key of `public`; never raises."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def station_key() -> StationKey:
    """Read this station's key; make it on first use. Raises `KeyRefused`, `OutputError`."""
    known = known_station_key()
    if known:
        return known
    _make(_place())
    return _read(_place())


def known_station_key() -> StationKey | None:
    """Read this station's key; None where it has none: who only checks makes none."""
    try:
        return _read(_place())
    except FileNotFoundError:
        return None


def _place() -> Path:
    return config_folder() / "station.key"


def _read(path: Path) -> StationKey:
    try:
        with path.open("rb") as file:
            _refuse_readable_by_others(path, os.fstat(file.fileno()))
            data = file.read(LONGEST_KEY_FILE)
        key = load_pem_private_key(data, password=None)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise OutputError(f"cannot read {path}: {problem.strerror}") from problem
    except (ValueError, TypeError) as problem:
        raise _no_key(path) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return StationKey(key)


def _refuse_readable_by_others(path: Path, status: os.stat_result) -> None:
    if os.name == "posix" and status.st_mode & OTHERS:
        raise KeyRefused(
            f"others may read the station's key {path} (mode {stat.S_IMODE(status.st_mode):04o})",
            hint=f"chmod 600 '{path}'; if it was ever copied, move it away and a new one is made",
        )


def _no_key(path: Path) -> KeyRefused:
    return KeyRefused(
        f"{path} holds no Ed25519 key",
        hint="restore it from a backup; without it old records are still checked, not continued",
    )


def _make(path: Path) -> None:
    """Make the file whole before it has its name: two first uses at once get one key."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
        temporary.unlink()
    except OSError as problem:
        raise OutputError(
            f"cannot keep the station's key in {path.parent}: {problem.strerror}",
            hint="set DIAGNOSE_CONFIG to a folder you may write to",
        ) from problem
