"""RSA keys of computers, as Android keeps and checks them."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA1

_WORDS = 64  # 2048 bits: the only size adbd takes
_KEY = struct.Struct("<II256s256sI")  # words, n0inv, modulus, R² mod n, exponent: little-endian
_KEY_TEXT_MAX = 4096


def read_public_key(text: bytes) -> rsa.RSAPublicKey:
    """Read a key as in `adbkey.pub` or as AUTH brings it; raises `ValueError` on anything else."""
    encoded = text[:_KEY_TEXT_MAX].split(b"\0")[0].split()
    try:
        raw = base64.b64decode(encoded[0], validate=True) if encoded else b""
        words, _, modulus, _, exponent = _KEY.unpack(raw)
    except (binascii.Error, struct.error):
        raise ValueError("not an Android public key") from None
    if words != _WORDS:
        raise ValueError(f"a key of {words} words instead of {_WORDS}")
    return rsa.RSAPublicNumbers(exponent, int.from_bytes(modulus, "little")).public_key()


class KnownKeys:
    """Lets in computers whose key is known; `accept_new` takes every new one as well."""

    def __init__(self, known: Iterable[rsa.RSAPublicKey] = (), *, accept_new: bool = False) -> None:
        self.keys = list(known)
        self.accept_new = accept_new

    def verify(self, token: bytes, signature: bytes) -> bool:
        """Whether one of the keys signed the token (PKCS #1 v1.5, the token as SHA-1 digest)."""
        return any(_signed(key, token, signature) for key in self.keys)

    def offer(self, public_key: bytes) -> bool:
        """Take a new key, where the policy is to."""
        if not self.accept_new:
            return False
        try:
            self.keys.append(read_public_key(public_key))
        except ValueError:
            return False
        return True


def _signed(key: rsa.RSAPublicKey, token: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, token, padding.PKCS1v15(), utils.Prehashed(SHA1()))  # noqa: S303 - what ADB signs with
    except InvalidSignature:
        return False
    return True
