"""Secrets of ticket systems: from the environment or the keyring, and kept nowhere by us."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from diagnose.errors import SecretMissing
from diagnose.model.text import Text

SERVICE = "diagnose"


def variable(system: str, secret: str) -> str:
    """Name the environment variable: `DIAGNOSE_TICKET_REDMINE_API_KEY`."""
    return re.sub(r"[^A-Z0-9]", "_", f"DIAGNOSE_TICKET_{system}_{secret}".upper())


def secrets_of(system: str, names: Iterable[str]) -> dict[str, str]:
    """Find every secret of a system. Raises `SecretMissing`, which says where to put it."""
    return {name: _secret(system, name) for name in names}


def where_to_put(system: str, name: str) -> Text:
    """Say where a secret is looked for."""
    place, ring = variable(system, name), f"keyring set {SERVICE} {system}/{name}"
    return Text(f"set {place}, or: {ring}", f"请设置 {place}，或执行：{ring}")


def missing(problem: SecretMissing) -> Text:
    """Say that a secret is missing."""
    name, system = problem.secret, problem.system
    return Text(f"the secret {name} of {system} is not set", f"未设置 {system} 的密钥 {name}")


def _secret(system: str, name: str) -> str:
    found = os.environ.get(variable(system, name), "") or _from_keyring(f"{system}/{name}")
    if not found:
        raise SecretMissing(system, name, hint=where_to_put(system, name).en)
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
