"""What all connections to one virtual phone share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from diagnose.simulator.wire.faults import WireFaults
from diagnose.simulator.wire.ledger import Ledger
from diagnose.simulator.wire.packet import (
    PAYLOAD_MAX,
    PAYLOAD_OLD,
    VERSION_CHECKSUMS,
    VERSION_PLAIN,
)
from diagnose.simulator.wire.responder import Responder


class Doorkeeper(Protocol):
    """Decides which computers may talk to the phone."""

    def verify(self, token: bytes, signature: bytes) -> bool:
        """Whether a known key signed the token."""
        ...

    def offer(self, public_key: bytes) -> bool:
        """Whether a new key is let in (a person taps "allow")."""
        ...


class Locked:
    """Lets nobody in: nobody looks at the dialogue on the phone's screen."""

    def verify(self, token: bytes, signature: bytes) -> bool:  # noqa: ARG002 - Doorkeeper's form
        """No key is known."""
        return False

    def offer(self, public_key: bytes) -> bool:  # noqa: ARG002 - Doorkeeper's form
        """No key is taken."""
        return False


# Compressed transfers, which this wire does not speak and so must not promise.
_UNSPOKEN = frozenset(
    {
        "sendrecv_v2_brotli",
        "sendrecv_v2_lz4",
        "sendrecv_v2_zstd",
        "sendrecv_v2_dry_run_send",
    }
)


@dataclass(frozen=True)
class WirePhone:
    """A responder with the manners of its adbd: version, payload limit, faults, doorkeeper."""

    responder: Responder
    faults: WireFaults
    doorkeeper: Doorkeeper | None
    version: int
    max_payload: int
    on_answered: Callable[[], None]
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def features(self) -> frozenset[str]:
        """What the phone can do, as far as this wire can do it as well."""
        return self.responder.features - _UNSPOKEN

    @property
    def is_old(self) -> bool:
        """Android 6 and before: v1 shell on a terminal that turns LF into CR LF."""
        return "shell_v2" not in self.responder.features

    def banner(self) -> bytes:
        """The identity string of CNXN, features included."""
        identity = self.responder.banner.rstrip(";")
        features = ",".join(sorted(self.features))
        text = f"{identity};features={features}" if features else f"{identity};"
        return text.encode()


def wire_version(responder: Responder) -> int:
    """Phones with delayed acks or stat_v2 came after Android 8 ended the checksums."""
    modern = {"stat_v2", "delayed_ack"} & responder.features
    return VERSION_PLAIN if modern else VERSION_CHECKSUMS


def payload_limit(responder: Responder) -> int:
    """4 KB before the v2 shell (Android 6), 1 MB since."""
    return PAYLOAD_MAX if "shell_v2" in responder.features else PAYLOAD_OLD
