"""A webhook: Standard Webhooks 1.0.0 around a CloudEvent 1.0.

`webhook-id` is the delivery id, the same at every attempt: whoever listens tells by it what he has
already. Signed with a shared secret (v1, HMAC-SHA256) and with the station's key (v1a, Ed25519);
`ticket check` prints the public key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any, ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.station.signing import StationKey, station_key
from diagnose.tickets.adapter import OneWay, Setting, TicketFinding
from diagnose.tickets.content import Content
from diagnose.tickets.envelope import MEDIA_TYPE, document
from diagnose.tickets.failures import Denied

SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix that the standard gives every secret
PUBLIC_PREFIX = "whpk_"


class Webhook(OneWay):
    """Posts an event; a status of 2xx is the confirmation."""

    class Options(Frozen):
        """`files`: send them along, in base64; else they are named with their hash.

        The standard advises 20 kB at most: many listeners refuse more.
        """

        files: bool = True

    secrets: ClassVar[tuple[str, ...]] = ("secret",)

    def __init__(self, setting: Setting) -> None:
        self._options: Webhook.Options = setting.options
        self._wire = setting.wire
        self._secret = setting.secrets["secret"]

    def create(self, content: Content) -> str:
        """Post the ticket."""
        self._post("ticket", content)
        return content.delivery_id

    def append(self, ref: str, note: Content) -> None:
        """Post the note; its `subject` is the id of its ticket."""
        self._post("note", note, ref)

    def check(self) -> Iterator[TicketFinding]:
        """Post a `diagnose.check`, which a listener answers like everything it does not know."""
        event = {"specversion": "1.0", "type": "diagnose.check", "source": "diagnose"}
        self._send({**event, "id": f"check{time.time_ns()}"})
        yield TicketFinding("credentials", ok=True, text=Text("it took an event", "已接受事件"))
        key = public_key(station_key())
        text = Text(f"listeners check v1a with {key}", f"接收方可用此公钥验证 v1a：{key}")
        yield TicketFinding("key", ok=True, text=text)

    def _post(self, kind: str, content: Content, ticket: str = "") -> None:
        self._send(document(kind, content, ticket, files=self._options.files))

    def _send(self, event: dict[str, Any]) -> None:
        body, moment = json.dumps(event).encode(), str(int(time.time()))
        signed = f"{event['id']}.{moment}.".encode() + body
        headers = {
            "content-type": MEDIA_TYPE,
            "webhook-id": event["id"],
            "webhook-timestamp": moment,
            "webhook-signature": " ".join(self._signatures(signed)),
        }
        self._wire.post("", content=body, headers=headers)

    def _signatures(self, signed: bytes) -> Iterator[str]:
        digest = hmac.digest(self._key(), signed, hashlib.sha256)
        yield "v1," + base64.b64encode(digest).decode()
        signature = bytes.fromhex(station_key().sign(signed))
        yield "v1a," + base64.b64encode(signature).decode()

    def _key(self) -> bytes:
        try:
            return base64.b64decode(self._secret.removeprefix(SECRET_PREFIX), validate=True)
        except binascii.Error as problem:
            text = Text("the secret is not base64 after whsec_", "密钥在 whsec_ 之后不是 base64")
            raise Denied(text) from problem


def public_key(key: StationKey) -> str:
    """The station's public key as the standard writes it."""
    return PUBLIC_PREFIX + base64.b64encode(bytes.fromhex(key.public)).decode()


ADAPTER = Webhook
