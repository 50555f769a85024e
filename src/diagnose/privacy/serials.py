"""Serial numbers as they are kept: masked to be recognised, hashed to be compared."""

from __future__ import annotations

import hashlib
import hmac


def mask_serial(serial: str) -> str:
    """Show enough of a serial number to recognise it, not enough to use it: `R5CW…AAA`."""
    if len(serial) < 8:
        return "…" if len(serial) < 4 else f"{serial[0]}…{serial[-1]}"
    return f"{serial[:4]}…{serial[-3:]}" if len(serial) > 9 else f"{serial[:2]}…{serial[-2:]}"


def hash_serial(serial: str, salt: str | bytes) -> str:
    """Give a salted hash (SHA-256, hex) by which a station knows a phone again."""
    secret = salt.encode() if isinstance(salt, str) else salt
    return hmac.new(secret, serial.strip().encode(), hashlib.sha256).hexdigest()
