"""Copies of a case that leave the house: every event as it was signed, and read back again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diagnose.case.record.events import CaseEvent, Chain, Head, PrivateValue, read_event
from diagnose.errors import CasebookInvalid, NoSuchFile

FORMAT = 1
LARGEST_COPY = 256 * 1024 * 1024


def write_chain(chain: Chain, *, with_private: bool) -> dict[str, Any]:
    """Write a chain as JSON. Without the private values only their commitments are in it."""
    return {
        "chain": FORMAT,
        "case": chain.case,
        "events": [
            {"body": event.body.decode(), "hash": event.hash, "signature": event.signature}
            for event in chain.events
        ],
        "head": _write_head(chain.head) if chain.head else None,
        "private": [_write_private(value) for value in chain.private] if with_private else None,
    }


def read_copy(path: Path) -> Chain:
    """Read a chain from an exported `case.json`. Raises `NoSuchFile`, `CasebookInvalid`."""
    path = path / "case.json" if path.is_dir() else path
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_COPY + 1)
        chain = json.loads(data)["chain"]
        return Chain(
            case=str(chain["case"]),
            events=tuple(_read_event(one) for one in chain["events"]),
            head=_read_head(chain["case"], chain["head"]),
            private=tuple(_read_private(one) for one in chain["private"] or ()),
        )
    except OSError as problem:
        raise NoSuchFile(
            f"there is no copy of a case at {path}", hint="give a folder made by: case export"
        ) from problem
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise CasebookInvalid(f"{path} is no copy of a case: {problem}") from problem


def _write_head(head: Head) -> dict[str, Any]:
    return {"seq": head.seq, "hash": head.hash, "key": head.key, "signature": head.signature}


def _write_private(value: PrivateValue) -> dict[str, Any]:
    return {
        "seq": value.seq,
        "name": value.name,
        "salt": value.salt.hex(),
        "value": value.value,
    }


def _read_event(row: Mapping[str, Any]) -> CaseEvent:
    return read_event(str(row["body"]).encode(), signature=str(row["signature"]))


def _read_head(case: str, row: Mapping[str, Any] | None) -> Head | None:
    if row is None:
        return None
    return Head(case, int(row["seq"]), str(row["hash"]), str(row["key"]), str(row["signature"]))


def _read_private(row: Mapping[str, Any]) -> PrivateValue:
    salt = bytes.fromhex(row["salt"])
    return PrivateValue(int(row["seq"]), str(row["name"]), salt, row["value"])
