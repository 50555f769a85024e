"""Secrets of ticket systems: from the environment or the keyring, and kept nowhere by us."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from diagnose.errors import SecretMissing

SERVICE = "diagnose"


def variable(system: str, secret: str) -> str:
    """Name the environment variable: `DIAGNOSE_TICKET_REDMINE_API_KEY`."""
    return re.sub(r"[^A-Z0-9]", "_", f"DIAGNOSE_TICKET_{system}_{secret}".upper())


def secrets_of(system: str, names: Iterable[str]) -> dict[str, str]:
    """Find every secret of a system. Raises `SecretMissing`, which says where to put it."""
    return {name: _secret(system, name) for name in names}


def _secret(system: str, name: str) -> str:
    found = os.environ.get(variable(system, name), "") or _from_keyring(f"{system}/{name}")
    if not found:
        raise SecretMissing(
            f"the secret {name} of the ticket system {system} is not set",
            hint=f"set {variable(system, name)}, or: keyring set {SERVICE} {system}/{name}",
        )
    return found.strip()


def _from_keyring(name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ModuleNotFoundError:
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except KeyringError:  # no keyring on this computer, or it is locked
        return ""
