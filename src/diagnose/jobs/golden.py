"""Golden reports: what a capture was judged to show, without what changes by itself."""

from __future__ import annotations

import json
from typing import Any

from diagnose.model.report import Report

GOLDEN = "golden.json"
VOLATILE = (
    "report_id",
    "digest",
    "schema_version",
    "tool.version",
    "profile.sha256",
    "conclusion.knowledge_sha256",
    "results[].sha256",
    "results[].version",
    "results[].origin",
)
"""What may change without a change of judgement, by its place in the report."""


def golden_text(report: Report) -> str:
    """Write a report without what is volatile, so that two can be compared line by line."""
    fields = report.model_dump(mode="json")
    for place in VOLATILE:
        _drop(fields, place.replace("[]", ".[]").split("."))
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _drop(value: Any, path: list[str]) -> None:
    head, *rest = path
    if head == "[]":
        for one in value:
            _drop(one, rest)
    elif isinstance(value, dict) and head in value:
        if rest:
            _drop(value[head], rest)
        else:
            del value[head]
