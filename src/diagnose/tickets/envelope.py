"""A delivery as one document: what `webhook`, `file` and `stdout` hand over.

It is a CloudEvent 1.0 in structured JSON; `id` is the delivery id, the same however often it
comes.
"""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from diagnose.tickets.content import Content

MEDIA_TYPE: Final = "application/cloudevents+json"


def document(
    kind: str, content: Content, ticket: str = "", *, source: str = "diagnose", files: bool = True
) -> dict[str, Any]:
    """Give the event. `ticket` is the delivery id of the ticket a note belongs to.

    Without `files` they are named with their hash, and come beside it.
    """
    data: dict[str, Any] = {
        "subject": content.subject,
        "text": content.text,
        "fields": dict(content.fields),
        "files": [
            {"name": file.name, "media_type": file.media_type, "sha256": file.sha256}
            | ({"base64": base64.b64encode(file.data).decode()} if files else {})
            for file in content.files
        ],
    }
    return {
        "specversion": "1.0",
        "id": content.delivery_id,
        "source": source,
        "type": f"diagnose.{kind}",
        "subject": ticket or content.delivery_id,
        "datacontenttype": "application/json",
        "data": data,
    }


def line(kind: str, content: Content, ticket: str = "") -> str:
    """The event in one line of ASCII."""
    return json.dumps(document(kind, content, ticket))
