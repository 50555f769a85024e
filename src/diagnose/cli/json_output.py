"""JSON on standard output: nothing else may be written there."""

from __future__ import annotations

import json
from typing import Any

import click


def print_json(value: Any) -> None:
    """Write one JSON document. Phone text is escaped to ASCII: it may not steer a terminal."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True))
